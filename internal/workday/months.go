package workday

// AddMonths returns the same day so many months later; a day that the month lacks
// becomes its last day.
func (d Date) AddMonths(n int) Date {
	first := DateOf(Date{d.year, d.month, 1}.Midnight().AddDate(0, n, 0))
	last := DateOf(first.Midnight().AddDate(0, 1, -1))
	return Date{first.year, first.month, min(d.day, last.day)}
}

// MonthCount counts months from a day: they end on the day of the same number, or
// on the last day of a month that lacks it. If that is no working day, Others has
// the next working day, to which many laws move it.
func (c *Calendar) MonthCount(from Date, months int, p Policy) (Count, error) {
	if err := checkCount(from, months); err != nil {
		return Count{}, err
	}
	due := from.AddMonths(months)
	n := Count{From: from, Day0: from, Days: months, Unit: Months, Policy: p, Due: due, Literal: due, Skipped: []Skipped{}, Others: map[Policy]Date{}}
	c.rolled(&n)
	return n, nil
}

// rolled notes the next working day of a last day that is none.
func (c *Calendar) rolled(n *Count) {
	for _, p := range Policies {
		if next := c.Next(n.Due, p); next != n.Due {
			n.Others[p] = next
		}
	}
}

// CountUnder counts a number of days or months under a law that says no more than
// that. Working days count from receipt; of calendar days and months, every day
// counts, and Others has the next working day after a last day that is none.
func (c *Calendar) CountUnder(from Date, days int, unit Unit, p Policy) (Count, error) {
	switch unit {
	case Months:
		return c.MonthCount(from, days, p)
	case CalendarDays:
		n, err := c.CalendarCount(from, days, p, false)
		if err == nil {
			c.rolled(&n)
		}
		return n, err
	}
	return c.FromReceipt(from, days, p)
}
