package report

import (
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/workday"
)

// timed are figures of which so many decisions took so many days each.
func timed(f Figures, days ...int) Figures {
	for _, n := range days {
		f.Days.Timed++
		f.Days.tally.add(n, 1)
	}
	f.Days.finish()
	return f
}

func usd(cents docket.Cents) Money {
	return Money{Sums: map[string]docket.Cents{"USD": cents}, Requests: 1}
}

// What a board reads, from no request to many.
func TestSentences(t *testing.T) {
	const late = ", even with every doubtful day counted in the agency’s favor; "
	const notLate = "No request is known to have been answered late or to be overdue; "
	for _, c := range []struct {
		name    string
		offices int
		f       Figures
		want    string
	}{
		{"nothing", 0, Figures{}, "No requests in this report had been sent by May 29, 2026. With nothing sent, there is no " +
			"response rate " +
			"and no median. No fees were asked or paid, and no pages were released."},
		{"one, unanswered", 1, Figures{Sent: 1, Open: 1},
			"By May 29, 2026, one request had been sent to one office, and the agency had not responded. There is no decision " +
				"yet, and one request is still open. " + notLate + "the log shows no fees asked and no count of pages released."},
		{"one, answered", 1, timed(Figures{Sent: 1, Responded: 1, Decided: 1, Late: 1, Released: Pages{1, 1}, Asked: usd(9000)}, 30),
			"By May 29, 2026, one request had been sent to one office, and the agency had responded to it. Only one decision can be " +
				"timed, too few for a median; it took 30 calendar days, and no requests are still open. One request was answered late or " +
				"is " +
				"overdue" + late + "the log shows $90.00 in fees asked (none paid) and one page released."},
		{"one, referred", 1, Figures{Sent: 1, Referred: 1},
			"By May 29, 2026, one request had been sent to one office, and it was referred to another office. No decision is due " +
				"from the offices that were asked, and no requests are still open. " + notLate +
				"the log shows no fees asked and no count of pages released."},
		{"two, both", 2, timed(Figures{Sent: 2, Responded: 2, Decided: 2, Released: Pages{0, 1}, Asked: usd(9000), Paid: usd(4500)}, 1, 0),
			"By May 29, 2026, two requests had been sent to two offices, and agencies had responded to both. Only two decisions can be " +
				"timed, too few for a median; the longest took one calendar day, and no requests are still open. " + notLate +
				"the log shows $90.00 in fees asked ($45.00 paid) and no pages released."},
		{"two, neither", 1, Figures{Sent: 2, Open: 2},
			"By May 29, 2026, two requests had been sent to one office, and the agency had responded to neither. No request has been " +
				"decided yet, and two requests are still open. " + notLate + "the log shows no fees asked and no count of pages released."},
		{"two, one referred", 2, Figures{Sent: 2, Referred: 1, Responded: 1, Decided: 1, Days: Days{Unknown: 1}},
			"By May 29, 2026, two requests had been sent to two offices; one was referred elsewhere, and the agency had responded to the " +
				"other one. The log cannot tell how long the one decision took, and no requests are still open. " + notLate +
				"the log shows no fees asked and no count of pages released."},
		{"three, one referred", 2, Figures{Sent: 3, Referred: 1, Responded: 1, Open: 2},
			"By May 29, 2026, three requests had been sent to two offices; one was referred elsewhere, and agencies had responded to one " +
				"of the other two. No request has been decided yet, and two requests are still open. " + notLate +
				"the log shows no fees asked and no count of pages released."},
		{"many", 1204, timed(Figures{Sent: 1_234, Responded: 800, Decided: 5, Referred: 34, Open: 1, Late: 12, Released: Pages{12_345, 9},
			Asked: Money{Sums: map[string]docket.Cents{"USD": 123_450, "EUR": 2000, "GBP": 5}}, Paid: Money{Unknown: 2}},
			10, 20, 31, 32, 40),
			"By May 29, 2026, 1,234 requests had been sent to 1,204 offices; 34 were referred elsewhere, and agencies had responded to " +
				"800 of the other 1,200 (67%). The median decision took 31 calendar days, the longest 40 calendar days, and one request " +
				"is still open. In all, 12 requests were answered late or are overdue" + late +
				"the log shows $1,234.50, 20.00 EUR and 0.05 GBP in fees asked (two payments of unknown size) and 12,345 pages released."},
		{"none of many", 3, Figures{Sent: 3, Open: 3, Late: 3},
			"By May 29, 2026, three requests had been sent to three offices, and agencies had responded to none of them. No request " +
				"has been decided yet, and three requests are still open. Three requests were answered late or are overdue" + late +
				"the log shows no fees asked and no count of pages released."},
		{"all of many", 3, Figures{Sent: 3, Responded: 3, Decided: 3, Days: Days{Unknown: 3}},
			"By May 29, 2026, three requests had been sent to three offices, and agencies had responded to all of them (100%). The log " +
				"cannot tell how long the three decisions took, and no requests are still open. " + notLate +
				"the log shows no fees asked and no count of pages released."},
	} {
		r := &Report{On: workday.MustDate("2026-05-29"), Offices: c.offices, Total: &c.f}
		s := r.Sentences()
		if got := strings.Join(s[:], " "); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}
