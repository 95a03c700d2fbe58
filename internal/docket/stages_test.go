package docket

import (
	"cmp"
	"fmt"
	"strings"
	"testing"

	"foia/internal/law"
	"foia/internal/workday"
)

// underLaw folds a request under the law of a state or country.
func underLaw(t testing.TB, id string, events ...Event) State {
	t.Helper()
	return underLawIn(t, id, "", events...)
}

// underLawIn is the same for a request in a language; empty: English.
func underLawIn(t testing.TB, id, language string, events ...Event) State {
	t.Helper()
	return Fold(Request{Facts: map[string]string{"language": language}, ID: "2026-0001", Law: id, OfficeID: "list-police", Via: "email",
		Created: workday.MustDate("2026-02-02")}, numbered(events), basis(t))
}

func numbered(events []Event) []Event {
	for i := range events {
		events[i].Seq = i + 1
	}
	return events
}

func happens(kind Kind, on string, data ...string) Event {
	e := Event{Kind: kind, On: workday.MustDate(on), Data: map[string]string{}}
	for i := 0; i+1 < len(data); i += 2 {
		e.Data[data[i]] = data[i+1]
	}
	return e
}

// source is the first source of a law that supports its deadline.
func source(p *law.PublicRecords) string {
	for _, s := range p.Sources {
		for _, what := range s.Supports {
			if what == "deadline" {
				return s.Ref + ", " + s.AsOf
			}
		}
	}
	return ""
}

// Every stage of every law that is counted is found again by a plain count, day by
// day, from what it starts with.
func TestEveryStage(t *testing.T) {
	book, err := law.LoadRecords()
	if err != nil {
		t.Fatal(err)
	}
	sent, acknowledged := workday.MustDate("2026-02-03"), workday.MustDate("2026-02-05")
	units, duties := map[string]bool{}, map[string]bool{}
	for _, id := range book.IDs() {
		p, _ := book.Law(id)
		state := underLawIn(t, id, p.Use.Language, happens(Sent, sent.String(), "by", "portal"), happens(Received, sent.String()),
			happens(Acknowledged, acknowledged.String()),
			happens(Determination, acknowledged.String(), "outcome", "denied"))
		for _, tick := range p.Use.Clock {
			stage := p.Response.Stages[tick.Stage]
			units[stage.Unit], duties[stage.Duty] = true, true
			t.Run(fmt.Sprintf("%s, %s, %d %s: %s", id, stage.Duty, stage.Days, stage.Unit, source(p)), func(t *testing.T) {
				from := sent
				switch tick.From {
				case law.FromAcknowledgment, law.FromDetermination:
					from = acknowledged
				case law.FromAcknowledgmentDue:
					from = plain(t, id, sent, p.Response.Stages[0])
				}
				want := plain(t, id, from, stage)
				if source(p) == "" {
					t.Error("no source")
				}
				if !shows(state, owed[cmp.Or(tick.Duty, stage.Duty)], tick.Only, want) {
					t.Errorf("%s is not among %+v", want, state.Deadlines)
				}
			})
		}
	}
	for _, u := range []string{"business", "calendar", "month"} {
		if !units[u] {
			t.Errorf("no stage in the unit %s", u)
		}
	}
	for d := range owed {
		if !duties[d] {
			t.Errorf("no stage with the duty %s", d)
		}
	}
}

// plain counts a stage day by day.
func plain(t *testing.T, id string, from workday.Date, s law.Stage) workday.Date {
	c := basis(t).Calendar.Under(id)
	switch s.Unit {
	case "month":
		return from.AddMonths(s.Days)
	case "calendar":
		return from.AddDays(s.Days)
	}
	d := from
	for n := 0; n < s.Days; {
		d = d.AddDays(1)
		if c.Off(d, workday.Observed) == "" {
			n++
		}
	}
	return d
}

// shows tells whether a state has the day as a deadline or, if it holds only under a
// condition, as another reading.
func shows(s State, what, only string, want workday.Date) bool {
	for _, d := range s.Deadlines {
		if only == "" && d.What == what && d.Due == want {
			return true
		}
		for _, o := range d.Other {
			if only != "" && o.Due == want && strings.Contains(o.Says, only) {
				return true
			}
		}
	}
	return false
}

// Days that were counted by hand, at least one for each unit and duty; the rules are
// those of the laws named, as their sources have them.
func TestStagesByHand(t *testing.T) {
	for _, row := range []struct {
		name, law, what, want, lenient string
		events                         []Event
	}{
		{"Cal. Gov. Code § 7922.535: ten calendar days", "us-ca", DueDetermination, "2026-03-13", "2026-03-13",
			[]Event{happens(Sent, "2026-03-03")}},
		{"Cal. Gov. Code § 6800: a last day on a Saturday moves to Monday", "us-ca", DueDetermination, "2026-03-16", "2026-03-16",
			[]Event{happens(Sent, "2026-03-04")}},
		{"no rule was read for New Mexico: a last day on a Saturday is late only after Monday", "us-nm", DueProduction, "2026-03-14",
			"2026-03-16", []Event{happens(Sent, "2026-02-27")}},
		{"the same: extended by 14 days", "us-ca", DueDetermination, "2026-03-27", "2026-03-27",
			[]Event{happens(Sent, "2026-03-03"), happens(Extended, "2026-03-10", "days", "14")}},
		{"the same: by no more than 14 days", "us-ca", DueDetermination, "2026-03-27", "2026-03-27",
			[]Event{happens(Sent, "2026-03-03"), happens(Extended, "2026-03-10", "until", "2026-05-01")}},
		{"the same: to an earlier day", "us-ca", DueDetermination, "2026-03-20", "2026-03-20",
			[]Event{happens(Sent, "2026-03-03"), happens(Extended, "2026-03-10", "until", "2026-03-20")}},
		{"the same: a notice after the time extends nothing", "us-ca", DueDetermination, "2026-03-13", "2026-03-13",
			[]Event{happens(Sent, "2026-03-03"), happens(Extended, "2026-03-20", "days", "14")}},
		{"Tex. Gov't Code § 552.301, § 662.003: ten business days", "us-tx", DueResponse, "2026-03-17", "",
			[]Event{happens(Sent, "2026-03-03")}},
		{"5 ILCS 140/3: five business days over Memorial Day", "us-il", DueResponse, "2026-05-28", "",
			[]Event{happens(Sent, "2026-05-20")}},
		{"N.Y. Pub. Off. Law § 89(3)(a): five business days to acknowledge", "us-ny", DueAcknowledgment, "2026-03-10", "",
			[]Event{happens(Sent, "2026-03-03")}},
		{"the same: 20 more from the acknowledgment", "us-ny", DueDetermination, "2026-04-02", "",
			[]Event{happens(Sent, "2026-03-03"), happens(Acknowledged, "2026-03-05")}},
		{"ORS 192.329: ten business days after the acknowledgment was due", "us-or", DueProduction, "2026-03-24", "",
			[]Event{happens(Sent, "2026-03-03")}},
		{"MCL 15.235: e-mail counts as received one business day later", "us-mi", DueResponse, "2026-03-11", "",
			[]Event{happens(Sent, "2026-03-03", "by", "email")}},
		{"the same by hand", "us-mi", DueResponse, "2026-03-10", "",
			[]Event{happens(Sent, "2026-03-03", "by", "mail"), happens(Received, "2026-03-03")}},
		{"65 P.S. § 67.901-902: five business days, then 30 days", "us-pa", DueDetermination, "2026-04-09", "",
			[]Event{happens(Sent, "2026-03-03"), happens(Extended, "2026-03-06", "until", "2026-05-01")}},
		{"Miss. Code § 25-61-5: 14 working days in all", "us-ms", DueProduction, "2026-03-23", "",
			[]Event{happens(Sent, "2026-03-03"), happens(Extended, "2026-03-06", "until", "2026-05-01")}},
		{"O.C.G.A. § 50-18-71: three business days; what Georgia does about a holiday on a Saturday is unknown, so Independence Day may " +
			"be kept on July 3 or 6", "us-ga", DueResponse, "2026-07-06", "2026-07-08", []Event{happens(Sent, "2026-07-01")}},
		{"FOI Act 2000 s. 10: twenty working days over Easter", "gb", DueResponse, "2026-04-23", "", []Event{happens(Sent, "2026-03-24")}},
		{"IFG § 7 Abs. 5, § 23 VwVfG: one month from the translation", "de", DueProduction, "2026-04-10", "",
			[]Event{happens(Sent, "2026-03-03"), happens(Perfected, "2026-03-10", "by", "email")}},
		{"the same without one", "de", DueProduction, "", "", []Event{happens(Sent, "2026-03-03")}},
		{"Ley 156-2025 was not read: the time in Puerto Rico is unknown", "us-pr", DueProduction, "", "",
			[]Event{happens(Sent, "2026-03-03")}},
		{"ATIA s. 7: 30 days", "ca", DueResponse, "2026-04-02", "", []Event{happens(Sent, "2026-03-03")}},
		{"a day that the office gave itself", "us-wa", DuePromised, "2026-06-01", "2026-06-01",
			[]Event{happens(Sent, "2026-03-03"), happens(Acknowledged, "2026-03-05", "until", "2026-06-01")}},
		{"no number: foia's suggestion, ten working days", "us-oh", DueReminder, "2026-03-17", "", []Event{happens(Sent, "2026-03-03")}},
	} {
		t.Run(row.name, func(t *testing.T) {
			d, ok := underLaw(t, row.law, row.events...).Deadline(row.what)
			if !ok || d.Due.String() != row.want || row.lenient != "" && d.Lenient.String() != row.lenient {
				t.Errorf("%v %s (lenient %s): %s", ok, d.Due, d.Lenient, d.Explain())
			}
		})
	}
}

// What a suggestion is says that it is one; where holidays are unknown, a date says
// that the true one may be later; what starts with an unknown day is unknown.
func TestStagesSayWhatTheyAre(t *testing.T) {
	d, _ := underLaw(t, "us-oh", happens(Sent, "2026-03-03")).Deadline(DueReminder)
	if d.Who != You || d.Cite != NoLaw || !strings.Contains(d.Explain(), "suggests") {
		t.Errorf("%+v", d)
	}
	d, _ = underLaw(t, "us-ri", happens(Sent, "2026-03-03")).Deadline(DueProduction)
	if !strings.Contains(d.Explain(), "The holidays of Rhode Island are not known to foia and were counted as working days: the actual "+
		"date may be later.") {
		t.Error(d.Explain())
	}
	d, _ = underLaw(t, "us-ny", happens(Sent, "2026-03-03")).Deadline(DueDetermination)
	if !d.Due.IsZero() || !strings.Contains(d.Why, "acknowledgment") {
		t.Errorf("%+v", d)
	}
	// A day of its own, given in time, takes the place of the stage; one given late does not.
	for on, open := range map[string]bool{"2026-03-06": false, "2026-04-06": true} {
		d, _ = underLaw(t, "us-ut", happens(Sent, "2026-03-03"), happens(Extended, on, "until", "2026-06-01")).Deadline(DueDetermination)
		if d.Open() != open {
			t.Errorf("extended on %s: %+v", on, d)
		}
	}
	if s := underLaw(t, "eu", happens(Sent, "2026-03-03")); len(s.Deadlines) != 2 || s.Deadlines[1].What != DueReminder {
		t.Errorf("nothing reminds of an application that nobody registers: %+v", s.Deadlines)
	}
	if s := underLaw(t, "us-ca"); len(s.Deadlines) != 0 || s.LawUnknown {
		t.Errorf("%+v", s)
	}
}

// Your own time to complain, as far as it is known: from the denial, or from the day
// on which silence counts as one.
func TestRoutes(t *testing.T) {
	denied := func(id string) State {
		return underLaw(t, id, happens(Sent, "2026-03-03"), happens(Determination, "2026-03-10", "outcome", "denied"))
	}
	for _, row := range []struct{ law, want, last, source string }{
		{"us-ct", "2026-04-09", "", "Conn. Gen. Stat. § 1-206(b)(1): 30 days"},
		{"us-nj", "2026-04-24", "", "N.J.S.A. 47:1A-6: 45 days to the Council and to the court"},
		{"us-pa", "2026-03-31", "", "65 P.S. § 67.1101: 15 business days"},
		{"us-id", "2026-09-06", "", "Idaho Code § 74-115: 180 days"},
		{"au", "2026-04-09", "2026-05-09", "FOI Act 1982: 30 days to review, 60 to the Commissioner"},
		{"us-ma", "2026-06-08", "", "950 CMR 32.08(1)(c): 90 days"},
		{"us-mi", "2026-09-06", "", "MCL 15.240(1)(b): 180 days to the court, none to the head of the body"},
		{"us-wa", "2027-03-10", "", "RCW 42.56.550(6): one year"},
		{"us-fl", "", "", "Fla. Stat. § 119.11: no time was read"},
	} {
		t.Run(row.source, func(t *testing.T) {
			s := denied(row.law)
			d, ok := s.Deadline(DueAppeal)
			last, _ := s.Deadline(DueAppealLast)
			if !ok || d.Due.String() != row.want || (d.Why != "") != (row.want == "") || last.Due.String() != row.last {
				t.Errorf("%s: %s and %s", row.law, d.Due, last.Due)
			}
		})
	}
	d, _ := underLaw(t, "us-pa", happens(Sent, "2026-03-03")).Deadline(DueAppeal)
	if d.Of != Silence || d.Due.String() != "2026-03-31" || d.Opens.String() != "2026-03-11" {
		t.Errorf("silence in Pennsylvania: %+v", d)
	}
}

// From late to the reminder, and on.
func TestNextUnderLaw(t *testing.T) {
	r := Request{ID: "2026-0001", Law: "us-ca", OfficeID: "list-police", Via: "email", Created: workday.MustDate("2026-02-02")}
	for _, row := range []struct{ law, day, want string }{
		{"us-ca", "2026-03-10", "wait"}, {"us-ca", "2026-03-16", "ask for the status of the request"},
		{"us-oh", "2026-03-10", "wait"}, {"us-oh", "2026-03-18", "ask for the status of the request"},
	} {
		r.Law = row.law
		day := workday.MustDate(row.day)
		events := numbered([]Event{happens(Sent, "2026-03-03")})
		state := Fold(r, events, basis(t))
		if step := Next(r, state, day); step.What != row.want {
			t.Errorf("%s on %s: %+v", row.law, row.day, step)
		}
		if err := At(r, events, day, basis(t)).Ready("reminder-due"); (err == nil) != (row.want != "wait") {
			t.Errorf("%s on %s: %v", row.law, row.day, err)
		}
	}
}
