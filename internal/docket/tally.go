package docket

import (
	"slices"

	"foia/internal/law"
	"foia/internal/workday"
)

// lenient is the end of a count by the calendar that is kindest to the agency; unknown if
// the clock stands still by any of them.
func lenient(n workday.Count) workday.Date {
	last := n.Due
	for _, due := range n.Others {
		if due.IsZero() || last.IsZero() {
			return workday.Date{}
		}
		last = latest(last, due)
	}
	return last
}

// tally counts the time of a clock from a day, with so many days more by a notice. Where
// the notice's days are of another kind, they follow when the others are over.
func (f *folding) tally(c *clock, from workday.Date, adds int, pauses []workday.Pause) (workday.Count, error) {
	extra := f.extra(c)
	if adds == 0 || extra.Unit == c.limit.Unit {
		span := f.span(law.Limit{Days: c.limit.Days + adds, Unit: c.limit.Unit})
		return f.basis.Calendar.CountUnder(from, span, f.basis.Policy, pauses...)
	}
	n, err := f.basis.Calendar.CountUnder(from, f.span(c.limit), f.basis.Policy, pauses...)
	if err != nil || n.Due.IsZero() {
		return n, err
	}
	return f.further(n, law.Limit{Days: adds, Unit: extra.Unit})
}

// further counts on from the end of a time, by each calendar from its own end.
func (f *folding) further(first workday.Count, l law.Limit) (workday.Count, error) {
	n, err := f.basis.Calendar.CountUnder(first.Due, f.span(l), f.basis.Policy)
	for policy, end := range first.Others {
		if err != nil || end.IsZero() {
			return n, err
		}
		var m workday.Count
		if m, err = f.basis.Calendar.CountUnder(end, f.span(l), policy); err == nil {
			n.Others[policy] = m.Due
		}
	}
	return n, err
}

// extra is what a notice may add to a clock at most; the zero Limit if no number is known.
func (f *folding) extra(c *clock) law.Limit {
	if rule, ok := f.rule(c.Extension); ok && rule.Limit != nil {
		return *rule.Limit
	}
	return law.Limit{Unit: c.limit.Unit}
}

// span is a time as the calendar counts it: with what becomes of a last day on which the
// office is closed, if the law says.
func (f *folding) span(l law.Limit) workday.Span {
	last := f.regime.LastDay()
	return workday.Span{N: l.Days, Unit: l.Unit, Roll: last != nil && last.Moves}
}

// kindest is the end of a count by the calendar that is kindest to the agency, also where
// no rule that was read moves a last day on which it is closed.
func (f *folding) kindest(n workday.Count) workday.Date {
	end := lenient(n)
	if end.IsZero() || n.Unit == workday.WorkingDays || f.regime.LastDay() != nil {
		return end
	}
	return f.basis.Calendar.Next(end, workday.Lenient)
}

// run counts the days, with what stops and extends them.
func (f *folding) run(c *clock, l life) {
	if !c.runs() {
		return
	}
	f.pause(c, l)
	n, err := f.tally(c, c.day0, 0, c.pauses)
	if err != nil {
		c.day0, c.why = workday.Date{}, err.Error()
		return
	}
	c.plain, c.total = n, n
	f.extend(c, l)
	if c.notice == nil || c.notice.adds == 0 {
		return
	}
	if n, err := f.tally(c, c.day0, c.notice.adds, c.pauses); err == nil {
		c.total = n
	}
}

// before are the pauses that had begun when an event happened.
func (c *clock) before(e Event) []workday.Pause {
	var before []workday.Pause
	for _, p := range c.pauses {
		if !p.From.After(e.On) {
			before = append(before, p)
		}
	}
	return before
}

// lastDay is the end of the time, with so many days more, by the calendar that is kindest
// to the agency, also in counting the ten working days for passing a request on; unknown
// if the clock stands still by any of them.
func (f *folding) lastDay(c *clock, adds int, pauses []workday.Pause) workday.Date {
	var last workday.Date
	for _, day0 := range []workday.Date{c.day0, c.latest} {
		if day0.IsZero() {
			continue
		}
		n, err := f.tally(c, day0, adds, pauses)
		if err != nil || f.kindest(n).IsZero() {
			return workday.Date{}
		}
		last = latest(last, f.kindest(n))
	}
	return last
}

// end is the last day of the time by the lenient calendar, with what a notice of
// extension adds or may add.
func (f *folding) end(c *clock) workday.Date {
	switch {
	case c.notice == nil:
		return f.lastDay(c, 0, c.pauses)
	case c.notice.endless:
		return c.notice.with
	}
	end := f.lastDay(c, c.notice.adds, c.pauses)
	until := c.notice.day("until")
	if until.IsZero() || c.notice.number("days") != 0 || c.notice.late || c.notice.short || c.notice.long || end.IsZero() {
		return end
	}
	if slices.ContainsFunc(c.pauses, func(p workday.Pause) bool { return p.From.After(c.notice.On) }) {
		return latest(until, end) // what was asked after the notice moves its date, too
	}
	if f.extra(c).Unit != workday.WorkingDays {
		until = f.basis.Calendar.Next(until, workday.Lenient) // as the last day of any time that counts every day
	}
	return latest(until, f.lastDay(c, 0, c.pauses)) // the agency's own date, whatever the calendar
}
