package workday

import (
	"testing"

	"pgregory.net/rapid"
)

func TestAddMonths(t *testing.T) {
	for _, row := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-01-01", 3, "2026-04-01"},
		{"2026-01-31", 1, "2026-02-28"},
		{"2028-01-31", 1, "2028-02-29"}, // a leap year
		{"2026-01-31", 2, "2026-03-31"},
		{"2026-01-31", 12, "2027-01-31"},
		{"2026-11-30", 3, "2027-02-28"},
		{"2028-02-29", 12, "2029-02-28"},
		{"2028-02-29", 48, "2032-02-29"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-01-15", -13, "2024-12-15"},
		{"2026-05-06", 0, "2026-05-06"},
	} {
		if got := MustDate(row.from).AddMonths(row.n); got != MustDate(row.want) {
			t.Errorf("%s and %d months: got %s, want %s", row.from, row.n, got, row.want)
		}
	}
}

// The month is the one that so many months lie ahead, and the day the same or the
// last that the month has.
func TestAddMonthsProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := MustDate("1900-01-01").AddDays(rapid.IntRange(0, 80_000).Draw(t, "day"))
		n := rapid.IntRange(-600, 600).Draw(t, "months")
		got := d.AddMonths(n)
		if months := (got.year-d.year)*12 + int(got.month-d.month); months != n {
			t.Fatalf("%s and %d months: %s is %d months away", d, n, got, months)
		}
		if _, err := NewDate(got.year, got.month, got.day); err != nil {
			t.Fatal(err)
		}
		lastOfMonth := got.AddDays(1).Midnight().Day() == 1
		if got.day != d.day && (got.day > d.day || !lastOfMonth) {
			t.Fatalf("%s and %d months: got %s", d, n, got)
		}
	})
}
