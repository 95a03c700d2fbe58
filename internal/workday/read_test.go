package workday

import (
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
	} {
		if d, err := ReadDate(row.text); err != nil || d.String() != row.want {
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
	} {
		d, err := ReadDate(row.text)
		if err == nil || !strings.Contains(err.Error(), row.why) {
			t.Errorf("%q: %s, %v; want %q", row.text, d, err, row.why)
		}
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
