package docket

import (
	"strings"
	"testing"

	"foia/internal/law"
	"foia/internal/workday"
)

// foldThen folds a request to an office from lines of events; it was made when it was
// sent.
func foldThen(t *testing.T, office, lines string) State {
	t.Helper()
	var events []Event
	for line := range strings.SplitSeq(lines, "\n") {
		events = append(events, anEventOf(t, len(events)+1, line))
	}
	r := Request{ID: "1990-0001", Law: law.Federal, OfficeID: office, Via: "mail", Created: events[0].On,
		Facts: map[string]string{"fee_category": "media"}}
	return Fold(r, events, basis(t))
}

// Dates of older requests go by the law of their day; each date counted by hand.
func TestDatesThen(t *testing.T) {
	for _, row := range []struct{ name, office, events, what, due, cite, why string }{
		// Thursday, June 5, 1997: ten working days end on Thursday, June 19.
		{"ten days before October 2, 1997", "epa-hq", "1997-06-04 sent by=mail\n1997-06-05 received", DueDetermination, "1997-06-19",
			"5 U.S.C. § 552(a)(6)(A)(i)", ""},
		// Made October 1, received October 3, 1997: ten working days, without Columbus Day (October 13), end on October 20.
		{"the day it was made decides", "epa-hq", "1997-10-01 sent by=mail\n1997-10-03 received", DueDetermination, "1997-10-20",
			"5 U.S.C. § 552(a)(6)(A)(i)", ""},
		// Made and received October 2, 1997: twenty end on October 31.
		{"twenty since", "epa-hq", "1997-10-02 sent by=fax\n1997-10-02 received", DueDetermination, "1997-10-31",
			"5 U.S.C. § 552(a)(6)(A)(i)", ""},
		{"before 1975", "epa-hq", "1974-06-03 sent by=mail\n1974-06-05 received", DueDetermination, "", "",
			"foia knows the law on this only for requests made after October 1, 1997"},
		// Denied Wednesday, March 4, 2015; 60 days end on Sunday, May 3.
		{"sixty days to appeal to Justice", "doj-olc", "2015-01-05 sent by=fax\n2015-03-04 determination outcome=denied", DueAppeal,
			"2015-05-03", "28 C.F.R. § 16.9(a)", ""},
		{"no minimum before July 1, 2016", "epa-hq", "2016-06-30 sent by=fax\n2016-08-01 determination outcome=denied", DueAppeal, "", "",
			"requests made after June 30, 2016 (5 U.S.C. § 552(a)(6)(A)(i)(III)(aa))"},
		// Denied August 1, 2016; 90 days end on October 30.
		{"ninety days since", "epa-hq", "2016-07-01 sent by=fax\n2016-08-01 determination outcome=denied", DueAppeal, "2016-10-30",
			"5 U.S.C. § 552(a)(6)(A)(i)(III)(aa)", ""},
		{"the letter's day, where no rule is known", "epa-hq",
			"2015-01-05 sent by=fax\n2015-03-04 determination outcome=denied appeal-by=2015-04-03", DueAppeal, "2015-04-03",
			"the letter of March 4, 2015", ""},
	} {
		s := foldThen(t, row.office, row.events)
		d, ok := s.Deadline(row.what)
		if !ok || d.Due.String() != row.due || d.Cite != row.cite || !strings.Contains(d.Why, row.why) || row.why == "" && d.Why != "" {
			t.Errorf("%s: %s by %s (%s); want %s by %s", row.name, d.Due, d.Cite, d.Why, row.due, row.cite)
		}
		today := workday.MustDate("2026-11-23")
		if step := Next(Request{ID: "1990-0001", Law: law.Federal}, s, today); step.What == "" || strings.Contains(step.Why, ", ,") {
			t.Errorf("%s: %+v", row.name, step)
		}
		RowOf(Request{ID: "1990-0001", Law: law.Federal}, s, today)
	}
}

// Whether a question stopped the time before the limits on tolling of December 31, 2008,
// is not known: it is counted so that no agency is called late too early, and says so. No
// fee is called late then.
func TestRemarksThen(t *testing.T) {
	s := foldThen(t, "epa-hq", "2008-12-01 sent by=fax\n2008-12-05 clarification-requested\n2009-03-02 fee-notice amount=300")
	if len(s.Remarks) != 2 || !strings.Contains(s.Remarks[0].Says,
		"counted as stopping the clock, which never calls an agency late too early: foia knows the law on this only for requests made "+
			"after December 30, 2008") {
		t.Errorf("%+v", s.Remarks)
	}
	for _, m := range s.Remarks {
		if m.Topic == "late-fees" {
			t.Errorf("no rule on late fees applied: %+v", m)
		}
	}
	if d, _ := s.Deadline(DueDetermination); !d.Due.IsZero() || !strings.Contains(d.Why, "stopped since December 5, 2008") {
		t.Errorf("due %s: %s", d.Due, d.Why)
	}
	s = foldThen(t, "epa-hq", "2010-03-01 sent by=fax\n2010-06-01 fee-notice amount=300")
	if len(s.Remarks) != 2 || s.Remarks[1].Topic != "late-fees" || s.Remarks[1].Cite != "5 U.S.C. § 552(a)(4)(A)(viii)" {
		t.Errorf("late fees of 2010: %+v", s.Remarks)
	}
}

// An appeal whose last day is not known can still be written, and is not called over.
func TestAppealThen(t *testing.T) {
	s := foldThen(t, "epa-hq", "2016-06-30 sent by=fax\n2016-08-01 determination outcome=denied")
	r := Request{ID: "2016-0001", Law: law.Federal, OfficeID: "epa-hq", Created: workday.MustDate("2016-06-30")}
	events := []Event{anEventOf(t, 1, "2016-06-30 sent by=fax"), anEventOf(t, 2, "2016-08-01 determination outcome=denied")}
	today := workday.MustDate("2016-09-01")
	if err := At(r, events, today, basis(t)).Ready("adverse"); err != nil {
		t.Errorf("an appeal: %v", err)
	}
	if step := Next(r, s, today); strings.Contains(step.Why, "run out") {
		t.Errorf("%+v", step)
	}
}

// A request was made when it was sent first; while the log does not say, on the day of
// its letter.
func TestMadeOn(t *testing.T) {
	r := Request{Created: workday.MustDate("2025-04-07")}
	events := []Event{anEventOf(t, 1, "2025-04-07 drafted"), anEventOf(t, 2, "2025-04-10 sent"), anEventOf(t, 3, "2025-04-08 sent"),
		anEventOf(t, 4, "2025-04-11 correction of=3 reason=x")}
	for n, want := range map[int]string{1: "2025-04-07", 2: "2025-04-10", 3: "2025-04-08", 4: "2025-04-10"} {
		if got := MadeOn(r, events[:n]); got.String() != want {
			t.Errorf("%d events: %s, want %s", n, got, want)
		}
	}
}
