// Package workday is about civil dates: days on a calendar, without a time of
// day, a time zone or a clock. Statutes speak of days, so nothing in foia that
// concerns the law uses time.Time.
//
// The package reads no clock. Whoever needs "today" is handed it.
package workday

import (
	"fmt"
	"time"
)

// Date is a day of the Gregorian calendar. The zero Date is no day at all and
// prints as the empty string: unknown is a value.
type Date struct {
	year  int
	month time.Month
	day   int
}

// The years that foia accepts. The Act dates from 1966; records may be older,
// a date beyond 2200 is a slip of the keyboard.
const (
	minYear = 1776
	maxYear = 2200
)

// NewDate returns the day, or an error if the calendar has no such day.
func NewDate(year int, month time.Month, day int) (Date, error) {
	if !isDay(year, month, day) {
		return Date{}, fmt.Errorf("there is no day %04d-%02d-%02d", year, month, day)
	}
	if year < minYear || year > maxYear {
		return Date{}, fmt.Errorf("the year %d is outside %d to %d", year, minYear, maxYear)
	}
	return Date{year, month, day}, nil
}

// isDay tells whether the calendar has a day.
func isDay(year int, month time.Month, day int) bool {
	if time.January <= month && month <= time.December && 1 <= day && day <= 28 {
		return true // in every month
	}
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return t.Year() == year && t.Month() == month && t.Day() == day
}

// MustDate is NewDate for tests and tables; it panics on a day that is none.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// DateOf returns the day that t falls on in t's own location.
func DateOf(t time.Time) Date {
	return Date{t.Year(), t.Month(), t.Day()}
}

// ParseDate reads an ISO 8601 day such as 2025-05-06.
func ParseDate(s string) (Date, error) {
	var y, m, d int
	if len(s) != len("2006-01-02") || s[4] != '-' || s[7] != '-' {
		return Date{}, fmt.Errorf("%q is not a date like 2025-05-06", s)
	}
	for _, part := range []struct {
		text string
		into *int
	}{{s[:4], &y}, {s[5:7], &m}, {s[8:], &d}} {
		for _, c := range part.text {
			if c < '0' || c > '9' {
				return Date{}, fmt.Errorf("%q is not a date like 2025-05-06", s)
			}
			*part.into = *part.into*10 + int(c-'0')
		}
	}
	return NewDate(y, time.Month(m), d)
}

// IsZero tells whether the date is unknown.
func (d Date) IsZero() bool { return d == Date{} }

// Year returns the year of the date.
func (d Date) Year() int { return d.year }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.Midnight().Weekday() }

// Midnight returns the first instant of the day in UTC, for libraries that
// want a time.Time.
func (d Date) Midnight() time.Time {
	return time.Date(d.year, d.month, d.day, 0, 0, 0, 0, time.UTC)
}

// AddDays returns the day that lies n calendar days later (earlier for n < 0).
func (d Date) AddDays(n int) Date { return DateOf(d.Midnight().AddDate(0, 0, n)) }

// DaysUntil returns the number of calendar days from d to e.
func (d Date) DaysUntil(e Date) int {
	return int((e.Midnight().Unix() - d.Midnight().Unix()) / (24 * 60 * 60)) // a time.Duration ends at 292 years
}

// Before tells whether d lies earlier than e.
func (d Date) Before(e Date) bool {
	if d.year != e.year {
		return d.year < e.year
	}
	return d.month < e.month || d.month == e.month && d.day < e.day
}

// After tells whether d lies later than e.
func (d Date) After(e Date) bool { return e.Before(d) }

// String returns the ISO form, 2025-05-06, or "" for the unknown date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	if d.year < 0 || d.year > 9999 { // of sums: foia accepts no such day
		return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
	}
	text := [10]byte{4: '-', 7: '-'} // lists have a million of them
	put := func(from, to, n int) {
		for i := to - 1; i >= from; i-- {
			text[i] = byte('0' + n%10)
			n /= 10
		}
	}
	put(0, 4, d.year)
	put(5, 7, int(d.month))
	put(8, 10, d.day)
	return string(text[:])
}

// Long returns the form used where a letter counts days: Tuesday, May 6, 2025.
func (d Date) Long() string {
	if d.IsZero() {
		return ""
	}
	return d.Midnight().Format("Monday, January 2, 2006")
}

// Letter returns the form used in running text: May 6, 2025.
func (d Date) Letter() string {
	if d.IsZero() {
		return ""
	}
	return d.Midnight().Format("January 2, 2006")
}

// MarshalText writes the ISO form; the unknown date is empty.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the ISO form; empty is the unknown date.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	var err error
	*d, err = ParseDate(string(b))
	return err
}
