package workday

// AddMonths returns the same day so many months later; a day that the month lacks
// becomes its last day.
func (d Date) AddMonths(n int) Date {
	first := DateOf(Date{d.year, d.month, 1}.Midnight().AddDate(0, n, 0))
	last := DateOf(first.Midnight().AddDate(0, 1, -1))
	return Date{first.year, first.month, min(d.day, last.day)}
}

// Span is a time as a law gives it.
type Span struct {
	N    int
	Unit Unit
	Roll bool // a last day on which the office is closed moves to the next one; of working days it never is one
}

// CountUnder counts a time under a law that says no more than that. Working days count
// from receipt; of calendar days, months and years every day counts, but for those on
// which the clock stands still, of which each makes the end a day later.
func (c *Calendar) CountUnder(from Date, s Span, p Policy, pauses ...Pause) (Count, error) {
	if s.Unit == WorkingDays {
		return c.FromReceipt(from, s.N, p, pauses...)
	}
	if err := checkCount(from, s.N); err != nil {
		return Count{}, err
	}
	n := Count{From: from, Day0: from, Days: s.N, Unit: s.Unit, Policy: p, Skipped: []Skipped{}, Others: map[Policy]Date{}}
	n.Due, n.Left = stretched(from, s.end(from), pauses)
	for _, pause := range pauses {
		if n.Due.IsZero() || !pause.From.After(n.Due) {
			n.Pauses = append(n.Pauses, pause)
		}
	}
	if n.Due.IsZero() {
		for _, other := range Policies {
			n.Others[other] = Date{}
		}
		return n, nil
	}
	n.Literal = n.Due
	if !s.Roll {
		return n, nil
	}
	due := n.Due
	for why := c.Off(n.Due, p); why != ""; why = c.Off(n.Due, p) {
		n.Skipped = append(n.Skipped, Skipped{n.Due, why})
		n.Due = n.Due.AddDays(1)
	}
	for _, other := range Policies {
		if other != p {
			n.Others[other] = c.Next(due, other)
		}
	}
	n.Literal = n.Due
	return n, nil
}

// end is the last day of a time that does not leave out any.
func (s Span) end(from Date) Date {
	switch s.Unit {
	case Months:
		return from.AddMonths(s.N)
	case Years:
		return from.AddYears(s.N)
	}
	return from.AddDays(s.N)
}

// stretched is an end that moves by each day on which the clock stood still; unknown,
// with the days that are left, while it does.
func stretched(from, end Date, pauses []Pause) (Date, int) {
	for d := from.AddDays(1); !d.After(end); d = d.AddDays(1) {
		for _, pause := range pauses {
			if !pause.holds(d) {
				continue
			}
			if pause.To.IsZero() {
				return Date{}, d.DaysUntil(end) + 1
			}
			end = end.AddDays(1)
			break
		}
	}
	return end, 0
}
