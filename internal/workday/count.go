package workday

import (
	"fmt"
	"strings"
	"time"
)

// Unit is what is counted.
type Unit string

// The units of statutes.
const (
	WorkingDays  Unit = "working days"
	CalendarDays Unit = "calendar days"
	Months       Unit = "months"
	Years        Unit = "years"
)

// Skipped is a day that was not counted, and why.
type Skipped struct {
	Date   Date   `json:"date"`
	Reason string `json:"reason"`
}

// Pause is a time in which a clock stands still: neither From nor To nor a day
// between them is counted. To is zero while it has not ended.
type Pause struct {
	From, To Date
	Why      string // such as: clarification was asked for
}

func (p Pause) holds(d Date) bool {
	return !d.Before(p.From) && (p.To.IsZero() || !d.After(p.To))
}

// Count is a deadline with its explanation. Day 0 is the day of the event;
// the day after it is the first that can count.
type Count struct {
	From    Date            `json:"from"`  // the day of the event, as it was given
	Day0    Date            `json:"day_0"` // the day that counts as the event's: a later one if the office was closed
	Days    int             `json:"days"`
	Unit    Unit            `json:"unit"`
	Policy  Policy          `json:"policy"`
	Due     Date            `json:"due"`         // unknown while the clock stands still
	Literal Date            `json:"literal_due"` // counted from the day as given, even if the office was closed
	Skipped []Skipped       `json:"skipped"`
	Others  map[Policy]Date `json:"others"`         // what the other policies give
	Left    int             `json:"left,omitempty"` // days still to count, if the clock stands still
	Pauses  []Pause         `json:"-"`
}

// maxCount is more days than any rule gives: six years.
const maxCount = 3_000

// FromReceipt counts working days from the receipt of a letter. What is received
// on a day on which the office is closed counts as received on the next working
// day: neither the statute nor the regulations read say so, but it never calls an
// agency late too early; Literal has the other reading.
func (c *Calendar) FromReceipt(from Date, days int, p Policy, pauses ...Pause) (Count, error) {
	if err := checkCount(from, days); err != nil {
		return Count{}, err
	}
	return c.count(from, days, p, pauses, c.Next), nil
}

// FromEvent counts working days from a day, whatever day that is: the date of a
// letter, a postmark.
func (c *Calendar) FromEvent(from Date, days int, p Policy, pauses ...Pause) (Count, error) {
	if err := checkCount(from, days); err != nil {
		return Count{}, err
	}
	return c.count(from, days, p, pauses, func(d Date, _ Policy) Date { return d }), nil
}

// count counts by every policy. day0 gives the day that counts as the event's.
func (c *Calendar) count(from Date, days int, p Policy, pauses []Pause, day0 func(Date, Policy) Date) Count {
	n := Count{From: from, Day0: day0(from, p), Days: days, Unit: WorkingDays, Policy: p, Others: map[Policy]Date{}, Skipped: []Skipped{}}
	for d := from; d != n.Day0; d = d.AddDays(1) {
		n.Skipped = append(n.Skipped, Skipped{d, c.Off(d, p)})
	}
	n.Due, n.Left = c.walk(n.Day0, days, p, pauses, &n.Skipped)
	n.Literal = n.Due
	if n.Day0 != from {
		n.Literal, _ = c.walk(from, days, p, pauses, nil)
	}
	for _, other := range Policies {
		if other != p {
			n.Others[other], _ = c.walk(day0(from, other), days, other, pauses, nil)
		}
	}
	for _, pause := range pauses {
		if n.Due.IsZero() || !pause.From.After(n.Due) {
			n.Pauses = append(n.Pauses, pause)
		}
	}
	return n
}

// walk goes forward day by day, and keeps what it does not count. If it comes to
// a pause without an end, there is no last day, but so many days left.
func (c *Calendar) walk(d Date, days int, p Policy, pauses []Pause, skipped *[]Skipped) (due Date, left int) {
	for days > 0 {
		d = d.AddDays(1)
		why := c.Off(d, p)
		for _, pause := range pauses {
			if pause.holds(d) {
				if pause.To.IsZero() {
					return Date{}, days
				}
				why = pause.Why
			}
		}
		if why == "" {
			days--
		} else if skipped != nil {
			*skipped = append(*skipped, Skipped{d, why})
		}
	}
	return d, 0
}

// CalendarCount counts calendar days from a day; none is left out. With roll, a
// last day that is no working day moves to the next one, for rules that say so.
func (c *Calendar) CalendarCount(from Date, days int, p Policy, roll bool) (Count, error) {
	return c.CountUnder(from, Span{days, CalendarDays, roll}, p)
}

func checkCount(from Date, days int) error {
	switch {
	case from.IsZero():
		return fmt.Errorf("there is no day to count from")
	case days < 0 || days > maxCount:
		return fmt.Errorf("%d days cannot be counted: give 0 to %d", days, maxCount)
	case from.year < firstYear:
		return fmt.Errorf("the holidays before %d are not known", firstYear)
	}
	return nil
}

// AddYears returns the same day so many years later; February 29 becomes
// February 28 where the year has none, so that a right is never shown longer
// than it is.
func (d Date) AddYears(n int) Date {
	if later, err := NewDate(d.year+n, d.month, d.day); err == nil {
		return later
	}
	return Date{d.year + n, d.month, d.day - 1}
}

// Explain says in words how the day was counted.
func (n Count) Explain() string {
	var b strings.Builder
	unit := strings.TrimSuffix(string(n.Unit), "s")
	if n.Days != 1 {
		unit += "s"
	}
	if n.Due.IsZero() {
		fmt.Fprintf(&b, "Of %d %s from %s, %d are left: the clock is stopped.", n.Days, unit, n.From.Long(), n.Left)
	} else {
		end := "end"
		if n.Days == 1 {
			end = "ends"
		}
		fmt.Fprintf(&b, "%d %s from %s, %s on %s.", n.Days, unit, n.From.Long(), end, n.Due.Long())
	}
	if n.Day0 != n.From {
		fmt.Fprintf(&b, " %s is not a working day, so %s counts as day 0", n.From.Letter(), n.Day0.Letter())
		if n.Literal.IsZero() || n.Literal == n.Due {
			b.WriteString(".")
		} else {
			fmt.Fprintf(&b, "; counted from the day itself, the last day would be %s.", n.Literal.Letter())
		}
	} else if n.Unit == WorkingDays {
		fmt.Fprintf(&b, " %s is day 0.", n.From.Letter())
	}
	b.WriteString(n.explainSkipped())
	for _, p := range n.Pauses {
		b.WriteString(p.explain())
	}
	for _, p := range Policies {
		if other, ok := n.Others[p]; ok && other != n.Due && !other.IsZero() {
			fmt.Fprintf(&b, " Under the policy %s, the last day is %s.", p, other.Long())
		}
	}
	return b.String()
}

func (p Pause) explain() string {
	if p.To.IsZero() {
		return fmt.Sprintf(" The clock has been stopped since %s (%s).", p.From.Long(), p.Why)
	}
	return fmt.Sprintf(" The clock was stopped from %s to %s (%s); the next day to count is the day after.", p.From.Long(), p.To.Long(),
		p.Why)
}

// paused tells whether a day was left out for a pause.
func (n Count) paused(d Date) bool {
	for _, p := range n.Pauses {
		if p.holds(d) {
			return true
		}
	}
	return false
}

func isWeekend(d Date) bool {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
}

// rolled tells whether the last day was moved from a day off.
func (n Count) rolled() bool {
	return len(n.Skipped) > 0 && !n.Due.IsZero() && n.Skipped[len(n.Skipped)-1].Date == n.Due.AddDays(-1)
}

// explainSkipped names the holidays, and the number of weekend days.
func (n Count) explainSkipped() string {
	weekend := 0
	var names []string
	for _, s := range n.Skipped {
		switch {
		case s.Date.Before(n.Day0), n.paused(s.Date):
		case s.Reason == "Saturday" || s.Reason == "Sunday":
			weekend++
		default:
			names = append(names, fmt.Sprintf("%s (%s)", s.Date.Long(), s.Reason))
		}
	}
	days := fmt.Sprintf("%d weekend days", weekend)
	if weekend == 1 {
		days = "1 weekend day"
	}
	switch {
	case n.Unit != WorkingDays && n.rolled():
		return " The last day falls on a day off and moves to the next working day."
	case n.Unit == Months, n.Unit == Years:
		return ""
	case n.Unit == CalendarDays && isWeekend(n.Due):
		return fmt.Sprintf(" Every day counts. The last day is a %s and is not moved, since no rule that was read moves it.",
			n.Due.Weekday())
	case n.Unit == CalendarDays && len(n.Pauses) == 0:
		return " Every day counts."
	case n.Unit == CalendarDays:
		return " Every other day counts."
	case weekend == 0 && len(names) == 0:
		return ""
	case len(names) == 0:
		return " Left out: " + days + "; no holiday falls within."
	case weekend == 0:
		return " Left out: " + strings.Join(names, "; ") + "."
	}
	return " Left out: " + days + ", and " + strings.Join(names, "; ") + "."
}
