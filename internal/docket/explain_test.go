package docket

import (
	"strings"
	"testing"

	"foia/internal/law"
	"foia/internal/workday"
)

// The paragraphs that are in a complaint, word for word.
func TestExplain(t *testing.T) {
	b := basis(t)
	events := func(lines ...string) []Event {
		var out []Event
		for i, l := range lines {
			out = append(out, anEventOf(t, i+1, l))
		}
		return out
	}
	for _, row := range []struct {
		office, what string
		events       []Event
		want         string
	}{
		{"treasury-do", DueDetermination,
			events("2025-05-20 sent by=portal", "2025-05-22 acknowledged received=2025-05-20",
				"2025-06-10 extended days=10 grounds=voluminous"),
			"The agency gives May 20, 2025 as the date of receipt. 5 U.S.C. § 552(a)(6)(A)(i): a determination within 20 days, excepting " +
				"Saturdays, Sundays and legal public holidays. " +
				"A notice dated June 10, 2025 adds 10 working days for unusual circumstances (5 U.S.C. § 552(a)(6)(B)(i)). " +
				"30 working days from Tuesday, May 20, 2025, end on Thursday, July 3, 2025. May 20, 2025 is day 0. " +
				"Left out: 12 weekend days, and Monday, May 26, 2025 (Memorial Day); Thursday, June 19, 2025 (Juneteenth National " +
				"Independence Day)."},
		{"dhs-ice", DueDetermination, events("2025-04-08 received proof=x", "2025-04-17 clarification-requested"),
			"It was received on April 8, 2025, and you have proof. 5 U.S.C. § 552(a)(6)(A)(i): a determination within 20 days, excepting " +
				"Saturdays, Sundays and legal public holidays. " +
				"Of 20 working days from Tuesday, April 8, 2025, 14 are left: the clock is stopped. April 8, 2025 is day 0. Left out: 2 " +
				"weekend days; no holiday falls within. " +
				"The clock has been stopped since Thursday, April 17, 2025 (the agency asked for information)."},
		{"treasury-irs", DueAppeal, events("2025-04-08 sent by=portal", "2025-05-06 determination outcome=denied appeal-by=2025-08-04"),
			"The decision is dated May 6, 2025. 26 C.F.R. § 601.702(c)(10)(i): a letter postmarked within 35 days after the date of the " +
				"letter that notifies of the determination, or of the last records released. " +
				"35 calendar days from Tuesday, May 6, 2025, end on Tuesday, June 10, 2025. Every day counts. " +
				"Another date, Monday, August 4, 2025: postmarked or transmitted within 90 calendar days after the date of the " +
				"component’s final response (31 C.F.R. § 1.6(a)). " +
				"Another date, Monday, August 4, 2025: a period set by the head of the agency, not less than 90 days after the date of " +
				"the adverse determination (5 U.S.C. § 552(a)(6)(A)(i)(III)(aa)). " +
				"Another date, Monday, August 4, 2025: the day the letter gives (the letter of May 6, 2025)."},
	} {
		s := Fold(Request{ID: "2025-0001", Law: law.Federal, OfficeID: row.office, Via: "portal"}, row.events, b)
		d, ok := s.Deadline(row.what)
		if got := d.Explain(); !ok || got != row.want {
			t.Errorf("%s, %s:\n%s\nwant\n%s", row.office, row.what, got, row.want)
		}
	}
	d := Deadline{What: "x", Cite: "c", Says: "s", Due: workday.MustDate("2025-05-06"), Met: workday.MustDate("2025-05-07")}
	if !strings.HasSuffix(d.Explain(), "It was done on Wednesday, May 7, 2025, 1 day late.") {
		t.Error(d.Explain())
	}
}
