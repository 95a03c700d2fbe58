package workday

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"foia/internal/entered"
	"foia/internal/lazy"
)

// Order says how a day in figures such as 5/6/2026 is meant.
type Order string

// The orders. The empty one refuses what can be read in two ways.
const (
	MonthFirst Order = "us" // 5/6/2026 is May 6, 2026
	DayFirst   Order = "eu" // 5/6/2026 is June 5, 2026
)

// ParseOrder reads the name of an order.
func ParseOrder(s string) (Order, error) {
	switch o := Order(strings.ToLower(strings.TrimSpace(s))); o {
	case "", MonthFirst, DayFirst:
		return o, nil
	}
	return "", fmt.Errorf("unknown order %s: use us (5/6/2026 is May 6) or eu (5/6/2026 is June 5)", entered.Shown(s))
}

// Reader reads days as the user writes them.
type Reader struct {
	Order Order
	Today Date // what today and yesterday are counted from; zero: the words are no days
}

// Ambiguous says that a day in figures can be read in two ways.
type Ambiguous struct {
	Text                 string
	MonthFirst, DayFirst Date
}

func (a *Ambiguous) Error() string {
	return fmt.Sprintf("%s may be %s or %s: write %s or %s", entered.Shown(a.Text), a.MonthFirst.Letter(), a.DayFirst.Letter(),
		a.MonthFirst, a.DayFirst)
}

// In is the day that is meant in an order; zero if the order does not say.
func (a *Ambiguous) In(o Order) Date {
	switch o {
	case MonthFirst:
		return a.MonthFirst
	case DayFirst:
		return a.DayFirst
	}
	return Date{}
}

// longestDate is more than any date is written with, in bytes: that of an e-mail has a
// day, a time, an offset and the name of a zone.
const longestDate = 120

// ReadDate reads a day as people and programs write it: 2025-05-06, 2025/05/06, May 6
// 2025, 6 May 2025, Tuesday, May 6, 2025, the Date line of an e-mail, the time stamps of
// RFC 3339. Of a time stamp the day counts that is written there, in the zone of the
// stamp. A day in figures that can be read in two ways, such as 06.05.2025, is refused
// with both; a weekday that is not the date's is refused.
func ReadDate(s string) (Date, error) { return Reader{}.Read(s) }

// Read is ReadDate with what the reader knows of the user.
func (r Reader) Read(s string) (Date, error) {
	if len(s) > longestDate {
		return Date{}, notADate(s)
	}
	text := entered.Line(s)
	if d := r.word(text); !d.IsZero() {
		return d, nil
	}
	text = dateLine.RE().ReplaceAllString(text, "")
	text = strings.TrimSpace(timeOfDay.RE().ReplaceAllString(text, "${year}"))
	if d, err := ParseDate(text); err == nil || looksISO(text) {
		return d, err
	}
	return r.parts(s, text)
}

// word is the day that a word means today.
func (r Reader) word(s string) Date {
	switch strings.ToLower(s) {
	case "today":
		return r.Today
	case "yesterday":
		if !r.Today.IsZero() {
			return r.Today.AddDays(-1)
		}
	}
	return Date{}
}

// dateLine begins the line of an e-mail that has its date.
const dateLine = lazy.Pattern(`(?i)^(date|sent): *`)

// timeOfDay ends a time stamp: 14:30, T14:30:00.000Z, at 2:30 PM EDT, 14:30:00 -0400 (EDT).
// After that Unix writes the year.
const timeOfDay = lazy.Pattern(`(?i)(T|,? +(at +)?)\d{1,2}:\d{2}(:\d{2}([.,]\d{1,9})?)?` +
	`( ?[ap]\.?m\.?)?( ?(z|[a-z]{2,4}|(utc|gmt)?[+-]\d{2}:?\d{2})){0,2}` +
	`( \([a-z +0-9:.-]{1,40}\))?(?P<year> \d{4})?$`)

func (r Reader) parts(typed, text string) (Date, error) {
	words := strings.FieldsFunc(text, func(c rune) bool { return unicode.IsSpace(c) || strings.ContainsRune(",./-–−", c) })
	var numbers []int
	var month time.Month
	weekday := time.Weekday(-1)
	for _, w := range words {
		if n, ok := number(w); ok {
			numbers = append(numbers, n)
		} else if m := monthOf(w); m != 0 && month == 0 {
			month = m
		} else if day := weekdayOf(w); day >= 0 && weekday < 0 {
			weekday = day
		} else {
			return Date{}, notADate(typed)
		}
	}
	d, err := r.assembled(typed, text, numbers, month)
	if err == nil && weekday >= 0 && d.Weekday() != weekday {
		return Date{}, fmt.Errorf("%s is a %s, not a %s", d.Letter(), d.Weekday(), weekday)
	}
	return d, err
}

// looksISO tells whether a text has the form of an ISO date, so that what is
// wrong is the day and not the form.
func looksISO(s string) bool {
	return len(s) == 10 && s[4] == '-' && s[7] == '-' && strings.Trim(s, "0123456789-") == ""
}

// basicISO is the form without hyphens, 20250506, as files and systems have it.
const basicISO = lazy.Pattern(`^\d{8}$`)

func (r Reader) assembled(typed, text string, n []int, month time.Month) (Date, error) {
	switch {
	case month != 0 && len(n) == 2 && n[0] <= 31 && n[1] >= 1000:
		return NewDate(n[1], month, n[0])
	case month != 0 && len(n) == 2 && n[0] >= 1000 && n[1] <= 31: // 2025-May-06
		return NewDate(n[0], month, n[1])
	case month == 0 && len(n) == 3 && n[0] >= 1000: // 2025/05/06: after the year comes the month
		return NewDate(n[0], time.Month(n[1]), n[2])
	case month == 0 && len(n) == 3 && n[2] >= 1000:
		return r.inFigures(typed, n[0], n[1], n[2])
	case basicISO.RE().MatchString(text):
		return NewDate(n[0]/10_000, time.Month(n[0]/100%100), n[0]%100)
	}
	return Date{}, notADate(typed)
}

// inFigures reads 13.05.2025 and 05/13/2025, which can mean but one day, and others by
// the order that the user has set.
func (r Reader) inFigures(s string, a, b, year int) (Date, error) {
	american, errA := NewDate(year, time.Month(a), b)
	european, errE := NewDate(year, time.Month(b), a)
	switch {
	case errA != nil && errE != nil:
		return Date{}, notADate(s)
	case errA != nil:
		return european, nil
	case errE != nil || a == b:
		return american, nil
	}
	ambiguous := &Ambiguous{s, american, european}
	if d := ambiguous.In(r.Order); !d.IsZero() {
		return d, nil
	}
	return Date{}, ambiguous
}

func notADate(s string) error {
	return fmt.Errorf("%s is not a date: write it like 2025-05-06 or May 6, 2025", entered.Shown(s))
}

// number reads 6, 06, 6th.
func number(w string) (int, bool) {
	for _, ending := range []string{"st", "nd", "rd", "th"} {
		if bare, ok := strings.CutSuffix(strings.ToLower(w), ending); ok && bare != "" {
			w = bare
			break
		}
	}
	n, err := strconv.Atoi(w)
	return n, err == nil && n > 0
}

func monthOf(w string) time.Month {
	for m := time.January; m <= time.December; m++ {
		if abbreviates(w, m.String()) {
			return m
		}
	}
	return 0
}

func weekdayOf(w string) time.Weekday {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if abbreviates(w, d.String()) {
			return d
		}
	}
	return -1
}

// abbreviates tells whether w is a name, or its first letters, three at least.
func abbreviates(w, name string) bool {
	return len(w) >= 3 && len(w) <= len(name) && strings.EqualFold(w, name[:len(w)])
}
