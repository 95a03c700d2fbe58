package workday

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// ReadDate reads a day as people write it: 2025-05-06, May 6 2025, 6 May 2025,
// Tuesday, May 6, 2025. A day in figures that can be read in two ways, such as
// 06.05.2025, is refused with both; a weekday that is not the date's is refused.
func ReadDate(s string) (Date, error) {
	s = strings.TrimSpace(s)
	if len(s) > 0 && s[0] >= '0' && s[0] <= '9' {
		if d, err := ParseDate(s); err == nil || looksISO(s) {
			return d, err
		}
	}
	words := strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",./-", r) })
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
			return Date{}, notADate(s)
		}
	}
	d, err := assembled(s, numbers, month)
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

func assembled(s string, numbers []int, month time.Month) (Date, error) {
	switch {
	case month != 0 && len(numbers) == 2 && numbers[0] <= 31 && numbers[1] >= 1000:
		return NewDate(numbers[1], month, numbers[0])
	case month == 0 && len(numbers) == 3 && numbers[2] >= 1000:
		return inFigures(s, numbers[0], numbers[1], numbers[2])
	}
	return Date{}, notADate(s)
}

// inFigures reads 13.05.2025 and 05/13/2025, which can mean but one day.
func inFigures(s string, a, b, year int) (Date, error) {
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
	return Date{}, fmt.Errorf("%q may be %s or %s: write %s or %s", s, american.Letter(), european.Letter(), american, european)
}

func notADate(s string) error {
	return fmt.Errorf("%q is not a date: write it like 2025-05-06 or May 6, 2025", s)
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
