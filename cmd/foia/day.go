package main

import (
	"errors"
	"strings"

	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/remedy"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// readDay reads a flag that is a date as people write dates.
func (a *app) readDay(flag, s string) (workday.Date, error) {
	if strings.TrimSpace(s) == "" {
		return a.today(), nil
	}
	return a.readDayAsOf(flag, s, a.today())
}

// eventDay reads the day of an event, which may be unknown: then the event says so.
func (a *app) eventDay(s string, data map[string]string) (workday.Date, error) {
	if strings.EqualFold(strings.TrimSpace(s), docket.DayUnknown) {
		data[docket.DayDetail] = docket.DayUnknown
		return workday.Date{}, nil
	}
	return a.readDay("--on", s)
}

// readDayAsOf reads a date as it is understood on a day.
func (a *app) readDayAsOf(flag, s string, today workday.Date) (workday.Date, error) {
	d, err := workday.Reader{Today: today}.Read(s)
	var ambiguous *workday.Ambiguous
	if errors.As(err, &ambiguous) {
		if d := ambiguous.In(a.dateOrder()); !d.IsZero() {
			return d, nil
		}
		return d, remedy.Misuse(flag+": "+err.Error(), letter.DatesRemedy)
	}
	if err != nil {
		return d, remedy.Misuse(flag+": "+err.Error(), "write the date as 2025-05-06 or May 6, 2025")
	}
	return d, nil
}

// dateOrder is how foia.yaml says that dates are written. What is wrong with that file,
// the command itself will say.
func (a *app) dateOrder() workday.Order {
	w, err := workspace.Open(a.dir)
	if err != nil {
		return ""
	}
	return w.Config.Dates
}
