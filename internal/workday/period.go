package workday

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"foia/internal/entered"
	"foia/internal/lazy"
)

// Period is a time from a first to a last day. Either may be zero: the period has no beginning,
// or no end yet.
type Period struct{ From, To Date }

// String is the period as ReadPeriod reads it.
func (p Period) String() string {
	switch {
	case p == Period{}:
		return ""
	case p.From.IsZero():
		return "until " + p.To.String()
	case p.To.IsZero():
		return p.From.String() + " to now"
	case p.From == p.To:
		return p.From.String()
	}
	return p.From.String() + " to " + p.To.String()
}

// Words is the period as it is read aloud.
func (p Period) Words() string {
	switch {
	case p == Period{}:
		return "no period"
	case p.From.IsZero():
		return "until " + p.To.Letter()
	case p.To.IsZero():
		return "from " + p.From.Letter() + " on, with no last day"
	case p.From == p.To:
		return p.From.Letter()
	}
	return p.From.Letter() + " to " + p.To.Letter()
}

// longestPeriod is more than any period is written with, in bytes.
const longestPeriod = 2*longestDate + 20

// ReadPeriod reads a period as people write it: 2024, last year, Jan 2025 to now, since May 6,
// 2025, the last 6 months, Q1 2025. A month, a quarter and a year are whole; “to now” is a period
// without a last day, and “to today” one that ends today. A fiscal year is refused: offices begin
// theirs on different days. So is what has two readings, as for a day.
func (r Reader) ReadPeriod(s string) (Period, error) {
	if len(s) > longestPeriod {
		return Period{}, notAPeriod(s)
	}
	text := strings.TrimSpace(strings.TrimPrefix(strings.ToLower(entered.Line(s)), "the "))
	switch {
	case text == "":
		return Period{}, nil
	case fiscal.RE().MatchString(text):
		return Period{}, fmt.Errorf("%s: fiscal years begin on different days from office to office; write the first and the last day",
			entered.Shown(s))
	}
	p, err := r.period(text)
	switch {
	case errors.Is(err, errNoPeriod), !p.From.written(), !p.To.written():
		return Period{}, notAPeriod(s)
	case err != nil:
		return p, err
	case !p.From.IsZero() && !p.To.IsZero() && p.To.Before(p.From):
		return p, fmt.Errorf("the period ends (%s) before it begins (%s)", p.To.Letter(), p.From.Letter())
	}
	return p, nil
}

func notAPeriod(s string) error {
	return fmt.Errorf("%s is not a period: write it like 2024, last year, Jan 2025 to now, or 2025-01-20 to 2025-05-06", entered.Shown(s))
}

var (
	errNoPeriod = errors.New("not a period")

	fiscal = lazy.Pattern(`\b(fiscal|fy ?\d+)`)
	// twoEnds parts the ends of a period. A hyphen parts only between spaces: it is also within days.
	twoEnds  = lazy.Pattern(`\.\.| (?:to|through|thru|until|till|and|-) |\s?[–—]\s?`)
	openEnd  = lazy.Pattern(`^(?:from|since|after|starting|beginning) +`)
	openHead = lazy.Pattern(`^(?:until|till|up to|through|before) +`)
	counted  = lazy.Pattern(`^(?:last|past|previous) (\d{1,4}) (day|week|month|year)s?$`)
	quarters = lazy.Pattern(`^(?:q([1-4])|([1-4])(?:st|nd|rd|th) quarter|(first|second|third|fourth) quarter)(?: of|,)? +(\d{4})$`)
)

func (r Reader) period(text string) (Period, error) {
	for _, whole := range []string{"between ", "from "} {
		if rest, ok := strings.CutPrefix(text, whole); ok && twoEnds.RE().MatchString(rest) {
			text = rest
			break
		}
	}
	if ends := twoEnds.RE().Split(text, 3); len(ends) == 2 && ends[0] != "" {
		return r.between(strings.TrimSpace(ends[0]), strings.TrimSpace(ends[1]))
	}
	if m := openEnd.RE().FindString(text); m != "" {
		return r.open(strings.TrimSpace(m), strings.TrimSuffix(strings.TrimSuffix(text[len(m):], " onward"), " on"))
	}
	if m := openHead.RE().FindString(text); m != "" {
		p, err := r.one(text[len(m):])
		if strings.HasPrefix(m, "before") && err == nil {
			return Period{To: p.From.AddDays(-1)}, nil
		}
		return Period{To: p.To}, err
	}
	return r.one(text)
}

// open is a period without a last day.
func (r Reader) open(word, begin string) (Period, error) {
	p, err := r.one(begin)
	if err == nil && word == "after" {
		return Period{From: p.To.AddDays(1)}, nil
	}
	return Period{From: p.From}, err
}

// between is the period between two ends. Of two days in one year, the year may stand with the
// second alone.
func (r Reader) between(from, to string) (Period, error) {
	var last Period
	switch to {
	case "now", "present", "the present", "date":
	default:
		var err error
		if last, err = r.one(to); err != nil {
			return last, err
		}
	}
	first, err := r.one(from)
	if errors.Is(err, errNoPeriod) && !last.To.IsZero() {
		first, err = r.one(from + " " + strconv.Itoa(last.To.Year()))
	}
	return Period{From: first.From, To: last.To}, err
}

// one is a period that has one name.
func (r Reader) one(text string) (Period, error) {
	text = strings.TrimPrefix(text, "the ")
	if p, ok := r.relative(text); ok {
		return p, nil
	}
	if m := quarters.RE().FindStringSubmatch(text); m != nil {
		n := map[string]int{"first": 1, "second": 2, "third": 3, "fourth": 4}[m[3]]
		if n == 0 {
			n, _ = strconv.Atoi(m[1] + m[2])
		}
		return months(m[4], time.Month(3*n-2), 3)
	}
	words := strings.FieldsFunc(text, func(c rune) bool { return c == ' ' || c == ',' || c == '/' })
	switch {
	case len(words) == 1 && isYear(words[0]):
		return months(words[0], time.January, 12)
	case len(words) == 1 && len(text) == 7 && text[4] == '-' && isYear(text[:4]):
		if n, err := strconv.Atoi(text[5:]); err == nil && n >= 1 && n <= 12 {
			return months(text[:4], time.Month(n), 1)
		}
	case len(words) == 2 && isYear(words[1]) && monthOf(strings.TrimSuffix(words[0], ".")) != 0:
		return months(words[1], monthOf(strings.TrimSuffix(words[0], ".")), 1)
	}
	d, err := r.Read(text)
	var ambiguous *Ambiguous
	switch {
	case errors.As(err, &ambiguous):
		return Period{}, err
	case err != nil:
		return Period{}, errNoPeriod
	}
	return Period{d, d}, nil
}

// relative is a period counted from today.
func (r Reader) relative(text string) (Period, bool) {
	if r.Today.IsZero() {
		return Period{}, false
	}
	year, month := r.Today.Year(), r.Today.month
	whole := func(first Date, n int) (Period, bool) { return Period{first, first.AddMonths(n).AddDays(-1)}, true }
	switch text {
	case "this year":
		return whole(Date{year, time.January, 1}, 12)
	case "last year", "previous year":
		return whole(Date{year - 1, time.January, 1}, 12)
	case "this month":
		return whole(Date{year, month, 1}, 1)
	case "last month", "previous month":
		return whole(Date{year, month, 1}.AddMonths(-1), 1)
	}
	m := counted.RE().FindStringSubmatch(text)
	if m == nil {
		return Period{}, false
	}
	n, _ := strconv.Atoi(m[1])
	switch m[2] {
	case "day":
		return Period{r.Today.AddDays(1 - n), r.Today}, n > 0
	case "week":
		return Period{r.Today.AddDays(1 - 7*n), r.Today}, n > 0
	case "month":
		return Period{r.Today.AddMonths(-n).AddDays(1), r.Today}, n > 0
	default:
		return Period{r.Today.AddMonths(-12 * n).AddDays(1), r.Today}, n > 0
	}
}

// isYear tells whether a word is a year of which there may be records.
func isYear(w string) bool {
	return len(w) == 4 && strings.Trim(w, "0123456789") == "" && w >= "1000"
}

func months(year string, first time.Month, n int) (Period, error) {
	y, err := strconv.Atoi(year)
	if err != nil {
		return Period{}, errNoPeriod
	}
	from, err := NewDate(y, first, 1)
	if err != nil {
		return Period{}, errNoPeriod
	}
	return Period{from, from.AddMonths(n).AddDays(-1)}, nil
}

// written tells whether a day is one that can be written, or none.
func (d Date) written() bool {
	_, err := NewDate(d.year, d.month, d.day)
	return d.IsZero() || err == nil
}
