package docket

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"foia/internal/law"
	"foia/internal/workday"
)

func TestCents(t *testing.T) {
	for text, want := range map[string]string{"0": "0.00", "120": "120.00", "120.50": "120.50", "0.07": "0.07",
		"92233720368547757.99": "92233720368547757.99",
		"":                     "?", "1.5": "?", "1.505": "?", "-1": "?", "1.-1": "?", "+1": "?", "1.": "?", ".50": "?",
		"92233720368547759": "?", "1e3": "?"} {
		c, err := ReadCents(text)
		if got := c.String(); err == nil && got != want || err != nil && want != "?" {
			t.Errorf("%q: %s, %v; want %s", text, got, err, want)
		}
	}
	if sum, err := Cents(10).Plus(20); err != nil || sum.String() != "0.30" {
		t.Errorf("%s, %v", sum, err)
	}
	if sum, err := Cents(math.MaxInt64).Plus(1); err == nil {
		t.Errorf("it overflows: %s", sum)
	}
}

// What a request brought: struck-out notices do not count, the latest fee notice
// takes the place of the one before it.
func TestAccount(t *testing.T) {
	for _, c := range []struct{ name, events, want string }{
		{"nothing happened", "2025-04-08 drafted", "ack=, det=, pages=?, fee=?, took=?"},
		{"sent and decided", "2025-04-08 drafted|2025-04-08 sent by=portal|2025-04-10 acknowledged|2025-04-20 acknowledged|2025-05-08 " +
			"determination outcome=granted pages=12",
			"ack=2025-04-10, det=2025-05-08, pages=12, fee=?, took=30"},
		{"counted from the receipt that is proven", "2025-04-08 drafted|2025-04-08 sent by=mail|2025-04-14 received|2025-05-08 " +
			"determination outcome=denied", "ack=, det=2025-05-08, pages=?, fee=?, took=24"},
		{"counted from the day of sending if receipt is assumed",
			"2025-04-08 drafted|2025-04-08 sent by=mail|2025-05-08 determination outcome=granted pages=0",
			"ack=, det=2025-05-08, pages=0, fee=?, took=30"},
		{"interim releases add up", "2025-04-08 drafted|2025-04-08 sent by=portal|2025-04-10 interim-release pages=5|2025-04-11 " +
			"interim-release pages=7|2025-04-18 determination outcome=partial pages=3",
			"ack=, det=2025-04-18, pages=15, fee=?, took=10"},
		{"the latest fee", "2025-04-08 drafted|2025-04-08 sent by=portal|2025-04-10 fee-notice amount=100|2025-04-12 fee-notice " +
			"amount=35.05", "ack=, det=, pages=?, fee=35.05, took=?"},
		{"another currency", "2025-04-08 drafted|2025-04-08 sent by=portal|2025-04-12 fee-notice amount=\"235 EUR\"",
			"ack=, det=, pages=?, fee=235.00 EUR, took=?"},
		{"a corrected fee", "2025-04-08 drafted|2025-04-10 fee-notice amount=100|2025-04-12 fee-notice amount=35.05|2025-04-13 " +
			"correction of=3 reason=x", "ack=, det=, pages=?, fee=100.00, took=?"},
	} {
		r := Request{ID: "2025-0001", Law: law.Federal, OfficeID: "treasury-irs", Created: workday.MustDate("2025-04-08")}
		var events []Event
		for line := range strings.SplitSeq(c.events, "|") {
			events = append(events, anEventOf(t, len(events)+1, line))
		}
		s := Fold(r, events, basis(t))
		pages, fee, took := "?", "?", "?"
		if s.Account.Pages != nil {
			pages = fmt.Sprint(*s.Account.Pages)
		}
		if s.Account.Fee != nil {
			fee = s.Account.Fee.String()
		}
		if days, ok := s.Took(); ok {
			took = fmt.Sprint(days)
		}
		if got := fmt.Sprintf("ack=%s, det=%s, pages=%s, fee=%s, took=%s", s.Account.Acknowledged, s.Account.Determined, pages, fee,
			took); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// A number alone is in the currency of the law, also in logs that do not name it.
func TestAccountCurrency(t *testing.T) {
	for id, want := range map[string]string{"": "5.00", "us-tx": "5.00", "ca": "5.00 CAD", "au": "5.00 AUD", "gb": "5.00 GBP",
		"de": "5.00 EUR", "somewhere": "5.00"} {
		s := underLaw(t, id, happens(Sent, "2026-02-03"), happens(FeeNotice, "2026-02-05", "amount", "5"))
		if s.Account.Fee == nil || s.Account.Fee.String() != want {
			t.Errorf("%s: %v, want %s", id, s.Account.Fee, want)
		}
	}
}

// Of several dates that the agency missed, the first is named; what you owe, and
// what is closed, makes nobody late.
func TestAgencyLate(t *testing.T) {
	r := Request{ID: "2025-0001", Law: law.Federal, OfficeID: "treasury-irs", Created: workday.MustDate("2025-04-08"),
		Facts: map[string]string{"expedited": Asked}}
	events := []Event{anEventOf(t, 1, "2025-04-08 drafted"), anEventOf(t, 2, "2025-04-08 sent by=portal")}
	for day, want := range map[string]string{"2025-04-18": "", "2025-04-19": DueExpedition, "2025-06-01": DueExpedition} {
		s := Fold(r, events, basis(t))
		d, late := s.AgencyLate(workday.MustDate(day))
		if d.What != want || late != (want != "") || late != s.Overdue(workday.MustDate(day), Agency) {
			t.Errorf("%s: %q, %v; want %q", day, d.What, late, want)
		}
	}
	s := Fold(r, append(events, anEventOf(t, 3, "2025-05-01 closed")), basis(t))
	if d, late := s.AgencyLate(workday.MustDate("2025-06-01")); late {
		t.Errorf("closed, and late with %s", d.What)
	}
}
