package main

import (
	"fmt"

	"foia/internal/docket"
	"foia/internal/law"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// explainedCount is a date that `foia explain --from` counts, by the calendar of a law.
type explainedCount struct {
	workday.Count
	Law      string `json:"law"`
	Holidays bool   `json:"holidays_known"`

	calendar *workday.Calendar
	records  *law.PublicRecords // nil: the federal law
	named    bool               // the user has named the law
	said     string             // what there is to say besides the count
}

// countBy is a count by the calendar of a law; empty: the federal one.
func countBy(b docket.Basis, id string) (*explainedCount, error) {
	c := &explainedCount{Law: id, named: id != ""}
	if !c.named {
		c.Law = law.Federal
	}
	if !b.Book.Knows(c.Law) {
		return nil, remedy.Misuse("foia does not know the law "+id, "to see the laws it knows: foia law list")
	}
	c.records, _ = b.Book.Records().Law(c.Law)
	c.calendar = b.Calendar.Under(c.Law)
	c.Holidays = c.calendar.HolidaysKnown()
	return c, nil
}

// workingDays counts working days, and says whose holidays were left out.
func (c *explainedCount) workingDays(from workday.Date, days int, policy workday.Policy) (err error) {
	if c.Count, err = c.calendar.FromEvent(from, days, policy); err != nil {
		return err
	}
	other, err := c.calendar.FromReceipt(from, days, policy)
	if err != nil {
		return err
	}
	if other.Day0 != c.Day0 {
		c.said += fmt.Sprintf(" Your own time runs from the date itself; what an agency receives on %s counts as received on %s, and its "+
			"time ends on %s.",
			from.Letter(), other.Day0.Letter(), other.Due.Long())
	}
	switch {
	case !c.named:
		c.said += " The holidays are those of federal offices; for a state or another country, add --law."
	case c.records == nil:
		c.said += " The holidays are those of federal offices."
	case c.Holidays:
		place, _ := workday.PlaceOf(c.Law)
		c.said += fmt.Sprintf(" The holidays are those of %s (%s).", c.records.Place, place.Cite)
	default:
		c.said += c.unknownHolidays() + " and were counted as working days: the actual date may be later."
	}
	return nil
}

func (c *explainedCount) unknownHolidays() string {
	return " The holidays of " + c.records.Place + " are not known to foia"
}

// calendarDays counts calendar days, and does with a last day on a day off what the law
// does.
func (c *explainedCount) calendarDays(from workday.Date, days int, policy workday.Policy) (err error) {
	var rule *law.LastDay
	if c.records != nil && c.records.Verified("last_day") {
		rule = c.records.LastDay
	}
	moves := rule != nil && rule.Moves
	if c.Count, err = c.calendar.CalendarCount(from, days, policy, moves); err != nil {
		return err
	}
	switch {
	case c.records == nil:
	case moves:
		c.said += fmt.Sprintf(
			" Under this law, a last day on which the office is closed moves to the next on which it is open (%s).", rule.Cite)
	case rule != nil:
		c.said += fmt.Sprintf(" Under this law, a last day on which the office is closed stays (%s).", rule.Cite)
	default:
		c.said += " foia does not know what this law does with a last day on which the office is closed, and does not move it."
	}
	if moves && !c.Holidays {
		c.said += c.unknownHolidays() + ": if the last day is one, it moves further."
	}
	return nil
}
