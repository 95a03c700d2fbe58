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

// Days, months and years of the calendar under a law that lets its clock stand still, or
// moves a last day off, counted by hand on a calendar of 2026.
func TestCountUnder(t *testing.T) {
	question := Pause{From: MustDate("2026-02-10"), To: MustDate("2026-02-13"), Why: "a question was open"} // four days
	open := Pause{From: MustDate("2026-02-10"), Why: "a question is open"}
	for _, row := range []struct {
		from   string
		span   Span
		pauses []Pause
		want   string
		left   int
	}{
		{"2026-02-03", Span{N: 10, Unit: CalendarDays}, nil, "2026-02-13", 0},
		{"2026-02-03", Span{N: 10, Unit: CalendarDays}, []Pause{question}, "2026-02-17", 0},
		{"2026-02-03", Span{N: 6, Unit: CalendarDays}, []Pause{question}, "2026-02-09", 0}, // asked the day after
		{"2026-02-03", Span{N: 7, Unit: CalendarDays}, []Pause{question}, "2026-02-14", 0},
		{"2026-02-03", Span{N: 10, Unit: CalendarDays}, []Pause{open}, "", 4},
		{"2026-02-03", Span{N: 11, Unit: CalendarDays, Roll: true}, nil, "2026-02-17", 0},
		// a Saturday, and Monday is Washington's Birthday
		{"2026-02-03", Span{N: 1, Unit: Months}, []Pause{question}, "2026-03-07", 0},
		{"2026-01-31", Span{N: 1, Unit: Months, Roll: true}, nil, "2026-03-02", 0}, // February 28 is a Saturday
		{"2025-02-03", Span{N: 1, Unit: Years}, nil, "2026-02-03", 0},
		{"2024-02-29", Span{N: 1, Unit: Years}, nil, "2025-02-28", 0},
		{"2026-02-03", Span{N: 5, Unit: WorkingDays, Roll: true}, []Pause{question}, "2026-02-17", 0}, // 4, 5, 6, 9, then the 17th
	} {
		n, err := federal(t).CountUnder(MustDate(row.from), row.span, Observed, row.pauses...)
		if err != nil || n.Due.String() != row.want || n.Left != row.left {
			t.Errorf("%s, %+v, %v: %s, %d left, %v; want %s", row.from, row.span, row.pauses, n.Due, n.Left, err, row.want)
		}
		if row.want == "" {
			for _, p := range []Policy{Strict, Lenient} {
				if due, ok := n.Others[p]; !ok || !due.IsZero() {
					t.Errorf("%s: %s under %s", row.from, due, p)
				}
			}
		}
	}
}
