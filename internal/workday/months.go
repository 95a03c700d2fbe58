package workday

// AddMonths returns the same day so many months later; a day that the month lacks
// becomes its last day.
func (d Date) AddMonths(n int) Date {
	first := DateOf(Date{d.year, d.month, 1}.Midnight().AddDate(0, n, 0))
	last := DateOf(first.Midnight().AddDate(0, 1, -1))
	return Date{first.year, first.month, min(d.day, last.day)}
}

// CountUnder counts a number of days or months under a law that says no more than
// that. Working days count from receipt; of calendar days and months, every day
// counts, and nothing moves a last day that is no working day.
func (c *Calendar) CountUnder(from Date, n int, unit Unit, p Policy) (Count, error) {
	switch unit {
	case Months:
		if err := checkCount(from, n); err != nil {
			return Count{}, err
		}
		due := from.AddMonths(n)
		return Count{From: from, Day0: from, Days: n, Unit: Months, Policy: p, Due: due, Literal: due, Skipped: []Skipped{}, Others: map[Policy]Date{}}, nil
	case CalendarDays:
		return c.CalendarCount(from, n, p, false)
	}
	return c.FromReceipt(from, n, p)
}
