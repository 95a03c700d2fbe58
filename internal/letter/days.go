package letter

import (
	"errors"
	"strings"

	"foia/internal/entered"
	"foia/internal/lazy"
	"foia/internal/workday"
)

func (c cleaner) day(v any) (any, error) {
	s, err := c.scalar(v)
	if err != nil || strings.TrimSpace(s) == "" {
		return nil, err
	}
	d, err := c.in.Dates.Read(c.seen(s))
	var ambiguous *workday.Ambiguous
	if errors.As(err, &ambiguous) {
		return nil, c.problem(err.Error(), DatesRemedy)
	}
	if err != nil {
		return nil, c.problem(err.Error(), "write the day as year-month-day, for example 2025-05-06")
	}
	return d.String(), nil
}

// DatesRemedy is for a day in figures that can be read in two ways.
const DatesRemedy = "write the day as year-month-day, or say in foia.yaml how you write dates: “dates: us” (the month first) or " +
	"“dates: eu” (the day first)"

// between are the words and signs between the two days of a period.
const between = lazy.Pattern(`\.\.| (?:to|through|until|[-–—]) |[–—]`)

func (c cleaner) days(v any) (any, error) {
	var from, to any
	switch v := v.(type) {
	case [2]string:
		from, to = v[0], v[1]
	case map[string]any:
		from, to = v["from"], v["to"]
	case []any: // as a log and an answers.yaml hold it
		if len(v) != 2 {
			return nil, c.problem("a period needs two dates", "write 2025-01-20..2025-05-06")
		}
		from, to = v[0], v[1]
	default:
		s, err := c.scalar(v)
		if err != nil || strings.TrimSpace(s) == "" {
			return nil, err
		}
		ends := between.RE().Split(s, 3)
		if len(ends) != 2 {
			return nil, c.problem(entered.Shown(s)+" is not a pair of dates", "write 2025-01-20..2025-05-06")
		}
		from, to = ends[0], ends[1]
	}
	first, err := c.day(from)
	if err != nil {
		return nil, err
	}
	last, err := c.day(to)
	if err != nil {
		return nil, err
	}
	if first == nil || last == nil {
		return nil, c.problem("a range needs both dates", "write 2025-01-20..2025-05-06")
	}
	return [2]string{first.(string), last.(string)}, nil
}
