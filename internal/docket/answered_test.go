package docket

import (
	"fmt"
	"strings"
	"testing"

	"foia/internal/law"
	"foia/internal/workday"
)

func lifeOfText(t *testing.T, lines string) State {
	t.Helper()
	r := Request{ID: "2025-0001", Law: law.Federal, OfficeID: "treasury-irs", Created: workday.MustDate("2025-04-08"), Via: "portal"}
	var events []Event
	for line := range strings.SplitSeq(lines, "|") {
		events = append(events, anEventOf(t, len(events)+1, line))
	}
	return Fold(r, events, basis(t))
}

// What answers a request, what was withheld, and what was paid.
func TestAccountOfAnswers(t *testing.T) {
	const sent = "2025-04-08 drafted|2025-04-08 sent by=portal|"
	for _, c := range []struct{ name, events, want string }{
		{"an acknowledgment answers nothing", sent + "2025-04-10 acknowledged", "ans=, det=, ref=, withheld=?, paid=[] and 0, took=?"},
		{"a release answers", sent + "2025-04-10 interim-release withheld=4|2025-05-08 determination outcome=partial withheld=3",
			"ans=2025-04-10, det=2025-05-08, ref=, withheld=7, paid=[] and 0, took=30"},
		{"a later determination takes the place of the earlier", sent + "2025-04-10 determination outcome=denied withheld=9|2025-05-08 " +
			"determination outcome=partial withheld=3", "ans=2025-04-10, det=2025-05-08, ref=, withheld=3, paid=[] and 0, took=30"},
		{"a referral of the whole is no answer", sent + "2025-04-10 referred to=doj-jmd",
			"ans=, det=, ref=2025-04-10, withheld=?, paid=[] and 0, took=?"},
		{"nor as a determination", sent + "2025-04-10 determination outcome=referred withheld=2",
			"ans=, det=, ref=2025-04-10, withheld=2, paid=[] and 0, took=?"},
		{"a part that is referred leaves the rest", sent + "2025-04-10 referred to=doj-jmd pages=4",
			"ans=, det=, ref=, withheld=?, paid=[] and 0, took=?"},
		{"a referral after a determination takes nothing away", sent + "2025-04-10 determination outcome=partial withheld=5|2025-05-01 " +
			"determination outcome=referred", "ans=2025-04-10, det=2025-04-10, ref=2025-05-01, withheld=5, paid=[] and 0, took=2"},
		{"payments add up, each currency by itself", sent + "2025-04-10 fee-notice amount=100|2025-04-11 fee-answered answer=paid " +
			"amount=50|2025-04-12 fee-answered answer=paid amount=\"20 EUR\"|2025-04-13 fee-answered answer=paid amount=50.05|" +
			"2025-04-14 fee-answered answer=paid|2025-04-15 fee-answered answer=agreed",
			"ans=, det=, ref=, withheld=?, paid=[100.05 20.00 EUR] and 1, took=?"},
		{"a payment that was struck out", sent + "2025-04-10 fee-notice amount=100|2025-04-11 fee-answered answer=paid amount=50|" +
			"2025-04-12 correction of=4 reason=x", "ans=, det=, ref=, withheld=?, paid=[] and 0, took=?"},
		{"decided before the day of receipt", "2025-04-08 drafted|2025-04-08 sent by=mail|2025-04-20 acknowledged received=2025-04-18|" +
			"2025-04-15 determination outcome=denied", "ans=2025-04-15, det=2025-04-15, ref=, withheld=?, paid=[] and 0, took=?"},
	} {
		s := lifeOfText(t, c.events)
		withheld, took := "?", "?"
		if s.Account.Withheld != nil {
			withheld = fmt.Sprint(*s.Account.Withheld)
		}
		if days, ok := s.Took(); ok {
			took = fmt.Sprint(days)
		}
		a := s.Account
		if got := fmt.Sprintf("ans=%s, det=%s, ref=%s, withheld=%s, paid=%s and %d, took=%s", a.Answered, a.Determined, a.Referred,
			withheld, a.Paid, a.PaidUnknown, took); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// An agency is late for sure only after its last day by every calendar: of a request that
// arrived on April 8, 2025, that is May 6, twenty working days later.
func TestLateForSure(t *testing.T) {
	const sent = "2025-04-08 drafted|2025-04-08 sent by=portal"
	for _, c := range []struct {
		events, day               string
		missed, answered, unknown bool
	}{
		{sent, "2025-05-06", false, false, false},
		{sent, "2025-05-07", true, false, false},
		{sent + "|2025-05-20 closed", "2025-06-01", false, false, false},
		{sent + "|2025-05-06 determination outcome=denied", "2025-06-01", false, false, false},
		{sent + "|2025-05-07 determination outcome=denied", "2025-06-01", false, true, false},
		{sent + "|2025-05-20 referred to=doj-jmd", "2025-06-01", false, false, false},
		{sent + "|2025-04-20 clarification-requested", "2025-06-01", false, false, true}, // the clock stands
		{"2025-04-08 drafted|2025-04-08 sent by=mail", "2025-06-01", false, false, true}, // nobody knows when it arrived
	} {
		s := lifeOfText(t, c.events)
		late, timed := s.AnsweredLate()
		if missed := s.MissedForSure(workday.MustDate(c.day)); missed != c.missed || late != c.answered || timed == c.unknown {
			t.Errorf("%s, on %s: missed %v, answered late %v, timed %v", c.events, c.day, missed, late, timed)
		}
	}
}

// Between its last day by the strictest calendar and by the kindest, an agency is not late for
// sure; a sample is never late.
func TestLateByTheKindestCalendar(t *testing.T) {
	day := workday.MustDate
	d := Deadline{What: DueDetermination, Who: Agency, Due: day("2025-05-06"), Lenient: day("2025-05-08")}
	open := State{Status: IsSent, Deadlines: []Deadline{d}}
	for on, want := range map[string]bool{"2025-05-06": false, "2025-05-08": false, "2025-05-09": true} {
		if open.MissedForSure(day(on)) != want {
			t.Errorf("open on %s: %v", on, !want)
		}
		met := d
		met.Met = day(on)
		if late, timed := (State{Deadlines: []Deadline{met}}).AnsweredLate(); late != want || !timed {
			t.Errorf("answered on %s: late %v, timed %v", on, late, timed)
		}
	}
	open.Sample = true
	if open.MissedForSure(day("2025-06-01")) {
		t.Error("a sample is late")
	}
}
