package workday

import (
	"errors"
	"strings"
	"testing"
)

func TestReadDate(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"2025-05-06", "2025-05-06"},
		{" May 6 2025 ", "2025-05-06"},
		{"May 6, 2025", "2025-05-06"},
		{"6 May 2025", "2025-05-06"},
		{"May 6th, 2025", "2025-05-06"},
		{"Tuesday, May 6, 2025", "2025-05-06"},
		{"tue 6 sept 2022", "2022-09-06"},
		{"13.05.2025", "2025-05-13"}, // no month 13
		{"5/13/2025", "2025-05-13"},
		{"05.05.2025", "2025-05-05"}, // both readings are the same day
		{"2024-02-29", "2024-02-29"},
		{"Feb 29 2024", "2024-02-29"},
		{"2026/10/11", "2026-10-11"}, // Japan, and many exports
		{"2026.10.11", "2026-10-11"},
		{"2026-1-5", "2026-01-05"},
		{"2026–10–11", "2026-10-11"}, // a word processor made dashes of the hyphens
		{"20261011", "2026-10-11"},   // ISO 8601, basic form
		{"2026-Oct-11", "2026-10-11"},
		{"11-OCT-2026", "2026-10-11"},                     // Oracle, SAS
		{"2026-10-11T14:30:00Z", "2026-10-11"},            // RFC 3339
		{"2026-10-11T23:30:00.123-04:00", "2026-10-11"},   // the day that is written there
		{"2026-10-11 14:30:00", "2026-10-11"},             // SQL
		{"2026-10-11 14:30:00 +0000 UTC", "2026-10-11"},   // a program in Go
		{"Sun, 11 Oct 2026 14:30:00 -0400", "2026-10-11"}, // RFC 5322
		{"Date: Sun, 11 Oct 2026 14:30:00 -0400 (EDT)", "2026-10-11"},
		{"Sent: Sunday, October 11, 2026 2:30 PM", "2026-10-11"}, // Outlook
		{"October 11, 2026 at 2:30 p.m. EDT", "2026-10-11"},      // Gmail, a press office
		{"Sun Oct 11 14:30:00 EDT 2026", "2026-10-11"},           // Unix
		{"Sun Oct 11 14:30:00 2026", "2026-10-11"},
		{"Sun, Oct 11, 2026 at 2:30\u202fPM", "2026-10-11"},
		{"10/13/2026 2:30 PM", "2026-10-13"},
		{"\u200e10\u200e/\u200e13\u200e/\u200e2026 \u200f\u200e2:30 PM", "2026-10-13"}, // the properties of a file on Windows
		{"October 11, 2026", "2026-10-11"},
		{"11 Oct 2026", "2026-10-11"},
		{"２０２６年", ""},
		{"２０２６/１０/１１", "2026-10-11"},
		{"May\u00a06,\u00a02025", "2025-05-06"},
	} {
		if d, err := ReadDate(row.text); (err == nil) != (row.want != "") || d.String() != row.want {
			t.Errorf("%q: %s, %v; want %s", row.text, d, err, row.want)
		}
	}
	for _, row := range []struct{ text, why string }{
		{"06.05.2025", "June 5, 2025 or May 6, 2025: write 2025-06-05 or 2025-05-06"},
		{"6/5/2025", "June 5, 2025 or May 6, 2025"},
		{"06-05-2025", "June 5, 2025 or May 6, 2025"},
		{"Monday, May 6, 2025", "is a Tuesday, not a Monday"},
		{"2025-02-29", "there is no day 2025-02-29"},
		{"Feb 29 2025", "there is no day"},
		{"5/6/25", "is not a date"},
		{"May 2025", "is not a date"},
		{"the ides of March 2025", "is not a date"},
		{"2825-05-06", "outside 1776 to 2200"},
		{"May 6 2825", "outside 1776 to 2200"},
		{"", "is not a date"},
		{"2025", "is not a date"},
		{"today", "is not a date"}, // nobody said which day that is
		{"2026/13/11", "there is no day"},
		{"20261311", "there is no day"},
		{"13052026", "there is no day 1305"},
		{"14:30", "is not a date"},
		{"2026-10-11T14:30:00Z and later", "is not a date"},
		{"1.5.2026 2.5.2026", "is not a date"},
		{strings.Repeat("May 6, 2025 ", 1<<20), "is not a date"},
	} {
		d, err := ReadDate(row.text)
		if err == nil || !strings.Contains(err.Error(), row.why) {
			t.Errorf("%.100q: %s, %.200v; want %q", row.text, d, err, row.why)
		}
		if err != nil && len(err.Error()) > 300 {
			t.Errorf("a long message: %.400v", err)
		}
	}
}

// A user who says how dates are written there is believed, and only where that matters.
func TestReader(t *testing.T) {
	today := MustDate("2026-11-23")
	for _, row := range []struct {
		order      Order
		text, want string
	}{
		{MonthFirst, "5/6/2026", "2026-05-06"}, {DayFirst, "5/6/2026", "2026-06-05"}, {MonthFirst, "13.05.2026", "2026-05-13"},
		{DayFirst, "05/13/2026", "2026-05-13"},
		{DayFirst, "2026/05/06", "2026-05-06"}, {"", "today", "2026-11-23"}, {"", "Yesterday", "2026-11-22"}, {"", "5/6/2026", ""},
		{MonthFirst, "5/6/2026 14:30", "2026-05-06"},
	} {
		d, err := Reader{row.order, today}.Read(row.text)
		var ambiguous *Ambiguous
		if d.String() != row.want || (err == nil) != (row.want != "") || err != nil &&
			(!errors.As(err, &ambiguous) || ambiguous.In(DayFirst) != MustDate("2026-06-05")) {
			t.Errorf("%s, %q: %s, %v; want %s", row.order, row.text, d, err, row.want)
		}
	}
	for text, want := range map[string]Order{"": "", "us": MonthFirst, " EU ": DayFirst} {
		if o, err := ParseOrder(text); err != nil || o != want {
			t.Errorf("%q: %q, %v", text, o, err)
		}
	}
	if o, err := ParseOrder("uk"); err == nil {
		t.Errorf("uk: %q", o)
	}
}

func FuzzReadDate(f *testing.F) {
	for _, s := range []string{"2025-05-06", "Tuesday, May 6th, 2025", "06.05.2025", "٢٠٢٥", "May\x00 6 2025"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ReadDate(s)
		if err != nil {
			return
		}
		if again, err := ReadDate(d.Letter()); err != nil || again != d {
			t.Errorf("%q is %s, which reads back as %s, %v", s, d, again, err)
		}
	})
}
