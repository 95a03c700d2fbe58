package report

import (
	"fmt"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/law"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// newBasis is what dates are counted by in an empty folder.
func newBasis(t testing.TB) docket.Basis {
	t.Helper()
	w, err := workspace.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	b, err := w.Basis()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// standingOf folds a request. Its events are lines such as "2026-03-02 sent by=portal".
func standingOf(t testing.TB, b docket.Basis, r docket.Request, lines string) store.Standing {
	t.Helper()
	var events []docket.Event
	for line := range strings.SplitSeq(lines, "|") {
		words := strings.Fields(line)
		e := docket.Event{Request: r.ID, Seq: len(events) + 1, On: workday.MustDate(words[0]), Kind: docket.Kind(words[1]),
			Data: map[string]string{}, By: "ana"}
		for _, word := range words[2:] {
			name, value, _ := strings.Cut(word, "=")
			e.Data[name] = strings.ReplaceAll(value, "_", " ")
		}
		events = append(events, e)
	}
	return store.Standing{Request: r.Brief(), State: docket.Fold(r, events, b).Brief()}
}

// requestTo is a request of March 2, 2026.
func requestTo(n int, office, under string) docket.Request {
	return docket.Request{ID: fmt.Sprintf("2026-%04d", n), Law: under, Created: workday.MustDate("2026-03-02"), Subject: "Contracts",
		OfficeID: office, Agency: "Agency of " + office, Component: "Office of " + office, Via: "portal"}
}

// made counts some requests.
func made(t testing.TB, asked Asked, all []store.Standing) *Report {
	t.Helper()
	b := begin(asked, &law.Book{}, asked.By)
	for _, s := range all {
		c := Count(s, asked.On)
		if err := b.add(&c); err != nil {
			t.Fatal(err)
		}
	}
	r, err := b.only()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var inMay = workday.MustDate("2026-05-29")

// lives are requests to three offices, of which each is another case.
func lives(t testing.TB, b docket.Basis) []store.Standing {
	t.Helper()
	var all []store.Standing
	for i, c := range []struct{ office, lines string }{
		// 30 days from the portal to the determination; 5 pages and then 7, 2 withheld.
		{"a", "2026-03-02 drafted|2026-03-02 sent by=portal|2026-03-20 interim-release pages=5|" +
			"2026-04-01 determination outcome=partial pages=7 withheld=2 exemptions=b6,b5"},
		// 20 days from the day of receipt that the agency gives, March 10, and not the 22 from the sending.
		{"a", "2026-03-02 drafted|2026-03-08 sent by=mail|2026-03-12 acknowledged received=2026-03-10|" +
			"2026-03-30 determination outcome=granted pages=1"},
		// Denied on the day; fees asked twice, the later notice counts, and paid in two parts.
		{"b", "2026-03-02 drafted|2026-03-02 sent by=portal|2026-03-02 fee-notice amount=90|2026-03-02 fee-notice amount=120.50|" +
			"2026-03-02 fee-answered answer=paid amount=60.25|2026-03-02 fee-answered answer=paid amount=60.25|" +
			"2026-03-02 determination outcome=denied"},
		// An acknowledgment alone is no response; 20 working days from March 2 end on March 30: overdue. Fees in euros, paid
		// without an amount.
		{"b", "2026-03-02 drafted|2026-03-02 sent by=portal|2026-03-04 acknowledged|2026-03-05 fee-notice amount=235_EUR|" +
			"2026-03-06 fee-answered answer=paid"},
		// Released in part, and still open and overdue; a notice that asks for nothing.
		{"c", "2026-03-02 drafted|2026-03-02 sent by=portal|2026-03-05 fee-notice amount=0|2026-03-20 interim-release pages=100"},
		// Referred as a whole: no response.
		{"c", "2026-03-02 drafted|2026-03-02 sent by=portal|2026-03-20 referred to=doj-jmd"},
		// Closed by the requester.
		{"c", "2026-03-02 drafted|2026-03-02 sent by=portal|2026-03-20 closed"},
		// Sent by mail, and nothing shows when it arrived: nobody knows whether it is late.
		{"c", "2026-03-02 drafted|2026-04-02 sent by=mail"},
		// Confirmed by a determination, and never recorded as sent: the days are unknown.
		{"a", "2026-03-02 drafted|2026-04-10 determination outcome=no-records"},
		// Not counted: a draft, and a sending that was struck out, and one that came back.
		{"a", "2026-03-02 drafted"},
		{"a", "2026-03-02 drafted|2026-03-02 sent by=portal|2026-03-03 correction of=2 reason=wrong"},
		{"a", "2026-03-02 drafted|2026-03-02 sent by=mail|2026-03-09 undelivered"},
	} {
		all = append(all, standingOf(t, b, requestTo(i+1, c.office, law.Federal), c.lines))
	}
	sample := requestTo(90, "a", law.Federal)
	sample.Sample = true
	return append(all, standingOf(t, b, sample, "2026-03-02 drafted|2026-03-02 sent by=portal"))
}
