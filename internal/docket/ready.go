package docket

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"foia/internal/remedy"
	"foia/internal/workday"
)

// NotReady says that a letter may not go out: what it would claim is not so, or
// not yet.
type NotReady struct {
	Fails string // what is not so, by name: a claim, or one of the conditions below
	Why   string
	Cite  string       // the rule, if it is one
	When  workday.Date // from when it may; unknown if that depends on events
	Do    string
}

func (n *NotReady) Error() string {
	s := n.Why
	if n.Cite != "" {
		s += " (" + n.Cite + ")"
	}
	return s
}

// Hint says when it may go out, or what must happen before.
func (n *NotReady) Hint() string {
	if !n.When.IsZero() {
		return "you can send it starting " + n.When.Long()
	}
	return n.Do
}

// Conditions are the names that a template's `needs` may have.
func Conditions() []string { return slices.Sorted(maps.Keys(conditions)) }

// Ready tells whether the condition of a letter is met. The error is *NotReady; another
// one if there is no such condition.
func (v *View) Ready(needs string) error {
	if needs == "" {
		needs = "sent"
	}
	condition, ok := conditions[needs]
	if !ok {
		return fmt.Errorf("there is no condition %q; the conditions are %s", needs, strings.Join(Conditions(), ", "))
	}
	if v.f.request.Sample {
		return &NotReady{Fails: "real", Why: "this is a sample, which was never filed",
			Do: "make the request in your own name: " + askOf().String()}
	}
	n := condition(v.check())
	switch {
	case n != nil && v.undatedTell(needs, n.Fails):
		return v.unplaced()
	case n != nil:
		return n
	}
	return v.agreedReady(needs)
}

// check is what a condition looks at.
type check struct {
	request Request
	life    life
	state   State
	today   workday.Date
	view    *View
}

var conditions = map[string]func(check) *NotReady{
	"sent":                 check.sent,
	"pending":              check.pending,
	"answered-once":        check.answeredOnce,
	"late":                 check.late,
	"late-for-sure":        check.lateForSure,
	"late-before-suit":     check.lateBeforeSuit,
	"reminder-due":         check.reminderDue,
	"no-number":            check.noNumber,
	"deficient":            unanswered(DeficiencyNotice, DuePerfection, "no letter from the agency calls the request deficient"),
	"question":             unanswered(ClarificationRequested, DueClarification, "the log has no question from the agency"),
	"fees":                 unanswered(FeeNotice, DueFees, "the log has no fee notice"),
	"interest":             unanswered(StillInterestedAsked, DueInterest, "the agency has not asked whether you are still interested"),
	"acknowledged":         happened("the log has no acknowledgment", Acknowledged),
	"referred":             happened("the log has no referral", Referred),
	"released":             check.released,
	"bad-extension":        check.badExtension,
	"scope":                check.scope,
	"remanded":             check.remanded,
	"adverse":              appealable("determination"),
	"adverse-expedition":   appealable("expedition"),
	"adverse-fee-waiver":   appealable("fee-waiver"),
	"adverse-fee-category": appealable("fee-category"),
	"expedition-late":      check.expeditionLate,
	"expedition-possible":  check.expeditionPossible,
	"waiver-possible":      check.waiverPossible,
	"appeal-late":          check.appealLate,
	"dispute":              check.dispute,
	"review":               reviewable("determination"),
	"review-silence":       reviewable(Silence),
	"review-charges":       reviewable(Charges),
	"notice":               check.notice,
	"form":                 check.form,
	"counsel":              check.counsel,
	"comments":             check.comments,
}

// see is where the user finds out more.
func (c check) see(verb remedy.Verb) string { return "see: " + remedy.To(verb, c.request.ID).String() }

// seeNext says where to read what comes next.
func (c check) seeNext() string {
	return "see what comes next: " + remedy.To(remedy.Next, c.request.ID).String()
}

// askAnew makes the same request of the same office again.
func askAnew(r Request) remedy.Act { return remedy.To(remedy.New, r.Template).With("to", r.OfficeID) }

// askOf makes a request of an office that is to be named.
func askOf() remedy.Act { return remedy.To(remedy.New, "request").With("to", remedy.Open("OFFICE")) }

// write names a letter that may be written now, and if it may not, where the user finds
// out more: a hint never names what foia would refuse.
func (c check) write(words string, way Way, ready func(check) *NotReady) string {
	letter := way.Letter
	for _, u := range c.state.Waiting(c.today) {
		if u.Letter == letter || Reminds(u.Letter) && Reminds(letter) {
			return "record that it was sent: " + remedy.To(remedy.Record, c.request.ID, string(Sent)).
				With("letter", strconv.Itoa(u.Event)).With("on", remedy.Open("DATE")).String()
		}
	}
	if ready(c) != nil || Reminds(letter) && !QuietUntil(c.state, c.today).IsZero() {
		return c.seeNext()
	}
	return words + ": " + way.make(c.request).String()
}

// recordFirst names the act that records an event, with what it cannot do without.
func (c check) recordFirst(kind Kind, more ...remedy.Detail) string {
	act := remedy.To(remedy.Record, c.request.ID, string(kind)).With("on", remedy.Open("DATE"))
	act.Details = append(act.Details, more...)
	spec, _ := SpecOf(kind)
	for _, d := range spec.Details {
		given := slices.ContainsFunc(more, func(m remedy.Detail) bool { return m.Name == d.Name })
		if d.Required && !given {
			act = act.With(d.Name, remedy.Open(strings.ToUpper(d.Name)))
		}
	}
	return "record it first: " + act.String()
}

func (c check) sent() *NotReady {
	if c.state.Status == IsClosed {
		return &NotReady{Fails: "open", Why: "the request is closed", Do: "make a new request: " + askOf().String()}
	}
	if !c.state.Begun {
		return &NotReady{Fails: "sent", Why: "the request has not been sent",
			Do: "record that first: " + remedy.To(remedy.Record, c.request.ID, string(Sent)).With("on", remedy.Open("DATE")).String()}
	}
	return nil
}

// pending: sent, and neither determined nor referred as a whole.
func (c check) pending() *NotReady {
	if n := c.sent(); n != nil {
		return n
	}
	if d := c.life.lastDetermination(); d != nil {
		return &NotReady{Fails: "undetermined", Why: "the agency made its decision on " + d.On.Letter(),
			Do: c.seeNext()}
	}
	if e := c.life.whollyReferred(); e != nil {
		n := &NotReady{Fails: "undetermined",
			Why: "the request was referred as a whole on " + e.On.Letter() + ": the office that has it answers", Do: c.see(remedy.Show)}
		if c.state.Child != "" {
			n.Do = "write about request " + c.state.Child + " instead"
		}
		return n
	}
	return nil
}

// answeredOnce: the requester center has answered something, which is what the
// Public Liaison waits for.
func (c check) answeredOnce() *NotReady {
	if n := c.sent(); n != nil {
		return n
	}
	if c.life.first(append([]Kind{Determination, Referred, AppealReceived, AppealExtended, AppealDecided}, contact...)...) != nil {
		return nil
	}
	return &NotReady{Fails: "answered-once", Why: "the Public Liaison takes up concerns after the agency’s first answer, and the " +
		"log has none", Do: c.write("ask for the status first", Way{Letter: "status"}, check.late)}
}

// running is the open deadline for a determination, with a date.
func (c check) running() (Deadline, *NotReady) {
	if n := c.pending(); n != nil {
		return Deadline{}, n
	}
	d, ok := c.state.Answer(c.today)
	switch {
	case !ok && !c.state.LawUnknown:
		return d, &NotReady{Fails: "counted", Why: "no deadline is known: nothing shows when the agency received the request",
			Do: c.see(remedy.Explain)}
	case !ok:
		return d, &NotReady{Fails: "counted", Why: "foia does not know which law applies to this office, so it counts no deadlines",
			Do: "write to the office without citing deadlines"}
	case !d.Open():
		return d, &NotReady{Fails: "counted", Why: "nothing is due from the agency: " + d.Standing(c.today), Do: c.see(remedy.Explain)}
	case d.Due.IsZero():
		return d, &NotReady{Fails: "counted", Why: "no deadline is known: " + d.Why, Cite: d.Cite, Do: c.see(remedy.Explain)}
	case d.Lenient.IsZero():
		return d, &NotReady{Fails: "counted", Why: d.lenientWords(), Cite: d.Cite, Do: c.see(remedy.Explain)}
	}
	return d, nil
}

// late: by the policy of the folder.
func (c check) late() *NotReady {
	d, n := c.running()
	if n == nil && !c.today.After(d.Due) {
		n = &NotReady{Fails: "due-passed", Why: "the agency has until " + d.Due.Letter(), Cite: d.Cite, When: d.Due.AddDays(1)}
	}
	return n
}

// lateForSure: by every calendar.
func (c check) lateForSure() *NotReady {
	d, n := c.running()
	if n == nil && !d.ForSure(c.today) {
		n = &NotReady{Fails: "late", Why: d.lenientWords(), Cite: d.Cite, When: dayAfter(d.Lenient), Do: c.see(remedy.Explain)}
	}
	return n
}

// lateBeforeSuit: late for sure, and not in court, which such a letter announces.
func (c check) lateBeforeSuit() *NotReady {
	if !c.state.Suit.IsZero() {
		return &NotReady{Fails: "not-in-court", Why: "a complaint was filed on " + c.state.Suit.Letter(),
			Do: "ask your lawyer what to write to the agency"}
	}
	return c.lateForSure()
}

// reminderDue: late for sure, or, where the law gives no number, past the day on
// which foia suggests to ask.
func (c check) reminderDue() *NotReady {
	d, ok := c.state.Deadline(DueReminder)
	if n := c.lateForSure(); n == nil || !ok {
		return n
	}
	if n := c.pending(); n != nil {
		return n
	}
	if !c.today.After(d.Due) {
		return &NotReady{Fails: "reminder-passed", Why: "the law sets no number of days; the suggested date to ask is " + d.Due.Letter(),
			When: d.Due.AddDays(1)}
	}
	return nil
}

// noNumber: late for sure, or more than ten working days without a tracking number.
func (c check) noNumber() *NotReady {
	n := c.lateForSure()
	if n == nil || c.pending() != nil {
		return n
	}
	if _, why := c.view.unnumbered(); why == "" {
		return nil
	}
	return n
}

// unanswered: the agency asked something, and no answer is in the log.
func unanswered(kind Kind, what, none string) func(check) *NotReady {
	return func(c check) *NotReady {
		if n := c.sent(); n != nil {
			return n
		}
		d, ok := c.state.openOrLast(what)
		switch {
		case !ok:
			return &NotReady{Fails: string(kind), Why: none, Do: c.recordFirst(kind)}
		case !d.Open():
			return &NotReady{Fails: "open-" + string(kind), Why: "it was answered or no longer applies: " + d.Standing(c.today),
				Do: c.see(remedy.Show)}
		case d.Lapses && c.today.After(d.stillCounts(c.today)):
			return &NotReady{Fails: "in-time-" + string(kind),
				Why: "the request is likely closed: " + d.Says + "; the day was " + d.Due.Letter(), Cite: d.Cite,
				Do: "make a new request: " + askAnew(c.request).String()}
		}
		return nil
	}
}

// openOrLast is the last deadline of a name that is open; if none is, the last.
func (s State) openOrLast(what string) (Deadline, bool) {
	for _, d := range slices.Backward(s.Deadlines) {
		if d.What == what && d.Open() {
			return d, true
		}
	}
	return s.Deadline(what)
}

// happened: one of the events is in the log.
func happened(none string, kinds ...Kind) func(check) *NotReady {
	return func(c check) *NotReady {
		if c.life.first(kinds...) == nil {
			return &NotReady{Fails: string(kinds[0]), Why: none, Do: c.recordFirst(kinds[0])}
		}
		return c.sent()
	}
}

// scope: the agency has extended the time, or asked something, and has not decided.
func (c check) scope() *NotReady {
	if n := c.pending(); n != nil {
		return n
	}
	if c.life.first(Extended, ClarificationRequested) == nil {
		return &NotReady{Fails: "scope", Why: "the agency has neither extended the time nor asked anything",
			Do: c.recordFirst(Extended, remedy.Detail{Name: "days", Value: remedy.Open("N")})}
	}
	return nil
}
