package correspondence

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/longtest"
	"foia/internal/workday"
	"foia/templates"
)

// otherLaws are some laws of states and countries, with the working days from receipt in
// which the office is to respond: Tex. Gov't Code 552.221, .301; RCW 42.56.520; R.C.
// 149.43(B), which gives no number; Freedom of Information Act 2000, section 10.
var otherLaws = []struct {
	id   string
	days int
	fees bool // a notice of fees that comes in time stops it, and one that comes late does not: section 10(2)
}{{"us-tx", 10, false}, {"us-wa", 5, false}, {"us-oh", 0, false}, {"gb", 20, true}}

// otherEvents are the events of which the histories under these laws are made.
var otherEvents = []string{
	"received",
	"acknowledged tracking=W-1",
	"acknowledged until=@+12",
	"estimated until=@+20",
	"extended until=@+15",
	"extended",
	"clarification-requested",
	"fee-notice amount=20",
	"interim-release pages=3",
	"determination outcome=denied",
	"determination outcome=referred",
	"referred to=somebody",
	"referred to=somebody pages=3",
	"ruling-requested authority=\"the Attorney General\"",
	"reminded by=email",
	"closed",
	"appealed of=silence by=email",
	"correction of=3 reason=slip",
}

// otherHistories are all of up to two of these events, some days after the request or
// long after it.
func otherHistories(lawID string, yield func(history)) {
	base := history{request: aRequest("described", "email")}
	base.request.Law = lawID
	base = base.and(workday.MustDate("2025-04-07"), "drafted")
	sent := base.and(workday.MustDate("2025-04-08"), "sent by=email")
	yield(base)
	yield(sent)
	soon, long := workday.MustDate("2025-04-11"), workday.MustDate("2025-06-02")
	for _, start := range []history{base, sent} {
		for _, a := range otherEvents {
			for _, on := range []workday.Date{soon, long} {
				one := start.and(on, a)
				yield(one.dated())
				for _, b := range otherEvents {
					for _, later := range []workday.Date{soon, long} {
						yield(one.and(later, b).dated())
					}
				}
			}
		}
	}
}

// responds tells whether an event is the response that these laws ask for: the records or
// a decision, a day on which they will come, a question, what it costs; in Texas also the
// request for a ruling.
func (v view) responds(h happening) bool {
	if h.Kind == "acknowledged" {
		return h.has("until")
	}
	return slices.Contains([]docket.Kind{"determination", "interim-release", "estimated", "extended", "clarification-requested",
		"deficiency-notice", "fee-notice"}, h.Kind) ||
		h.Kind == "ruling-requested" // as in Texas; whoever asks for a ruling has answered that it wants one
}

// claimsOfOtherLaws are those of the laws of states and countries.
func (v view) claimsOfOtherLaws(calendar *workday.Calendar, days int, fees bool) map[string]truth {
	out := map[string]truth{"answer-late": no(), "promise-passed": no(), "unanswered": no(), "ruling-requested": no(),
		"deemed-denied": no(), "official-form": no()} // which none of these laws has
	for _, h := range v.where(func(h happening) bool { return h.Kind == "ruling-requested" }) {
		out["ruling-requested"] = yes(values{"asked": h.On, "authority": h.Data["authority"]})
	}
	if v.reachedOut("") == isNot || len(v.determinations()) > 0 || v.over() {
		return out
	}
	out["unanswered"] = either("nothing was decided", values{})
	if _, ok := v.sentFirst(); ok {
		out["unanswered"] = yes(values{})
	}
	received := v.receiptUnbound()
	due := lastUnder(calendar, received.on.own(), days)
	answered := func(h happening) bool { return v.responds(h) && !(fees && h.Kind == "fee-notice" && h.On.After(due)) }
	if received.known() && days > 0 && v.day.After(due) && len(v.where(answered)) == 0 {
		out["answer-late"] = yes(values{"due": due, "what": "response"})
	}
	if promised := v.estimates(); len(promised) > 0 && v.day.After(promised[len(promised)-1]["estimate"].(workday.Date)) {
		out["promise-passed"] = yes(values{"promised": promised[len(promised)-1]["estimate"]})
	}
	return out
}

// lastUnder is the last of so many working days by the calendar of a place that has the
// fewest; a receipt on a day off counts on the next.
func lastUnder(calendar *workday.Calendar, from workday.Date, days int) workday.Date {
	if from.IsZero() {
		return from
	}
	off := func(d workday.Date) bool { return calendar.Off(d, workday.Lenient) != "" }
	for off(from) {
		from = from.AddDays(1)
	}
	for days > 0 {
		if from = from.AddDays(1); !off(from) {
			days--
		}
	}
	return from
}

// TestModelOtherLaws compares the claims that are made under the laws of states and
// countries, and fills the letter that makes them.
func TestModelOtherLaws(t *testing.T) {
	b := newComparison(t)
	status, err := letter.NewLibrary(templates.Files).Template("records-status")
	if err != nil {
		t.Fatal(err)
	}
	held, filled, looked := map[string]int{}, 0, 0
	wrong := map[string]bool{}
	for _, l := range otherLaws {
		calendar := b.basis.Calendar.Under(l.id)
		otherHistories(l.id, func(h history) {
			for _, day := range []string{"2025-04-10", "2025-04-15", "2025-04-16", "2025-04-22", "2025-04-23", "2025-05-08", "2025-05-09",
				"2025-05-12", "2025-06-30"} {
				if looked++; looked%longtest.Histories(longtest.Count(5, 1), 1) != 0 {
					continue
				}
				v, seen := viewOf(h.request, h.events, workday.MustDate(day)),
					docket.At(h.request, h.events, workday.MustDate(day), b.basis)
				said := seen.Claims("")
				for name, truth := range v.claimsOfOtherLaws(calendar, l.days, l.fees) {
					what := ""
					if values, ok := said.Hold[name]; ok {
						held[name]++
						what = truth.untrue(inCodes(values))
					} else if truth.missing() != "" {
						what = truth.missing() + "; docket says: " + said.Why[name]
					}
					if class := fmt.Sprint(l.id, name, strings.HasPrefix(what, "it is ")); what != "" && !wrong[class] {
						wrong[class] = true
						t.Errorf("%s, on %s: %s %v: %s\n%s", l.id, day, name, said.Hold[name], what, h)
					}
				}
				var not *docket.NotReady
				if err := seen.Ready(status.Needs); errors.As(err, &not) {
					continue
				} else if err != nil {
					t.Fatal(err)
				}
				if filled++; filled%longtest.Histories(longtest.Count(3, 7), 1) != 0 {
					continue
				}
				office := agency.Office{ID: "described", Name: "Springfield Police Department", Address: []string{"1 Main Street"},
					City: "Springfield", Email: "records@springfield.example", Law: l.id}
				if _, err := letter.Fill(letter.Order{Template: status, Regime: b.basis.Book.For(office.ID, l.id), Office: office,
					Channel: agency.Email, Requester: b.requester, Date: workday.MustDate(day), ID: h.request.ID,
					Life: lifeOf(status, said), Charset: func(rune) bool { return true }}); err != nil && !wrong[l.id+err.Error()] {
					wrong[l.id+err.Error()] = true
					t.Errorf("%s, on %s: %v\n%s", l.id, day, err, h)
				}
			}
		})
	}
	t.Logf("held: %v; letters filled: %d", held, filled)
	for _, name := range append([]string{"unanswered"}, ofOtherLaws...) {
		if held[name] == 0 {
			t.Errorf("the claim %s was never held", name)
		}
	}
	if filled == 0 {
		t.Error("no letter was filled")
	}
}
