package moving

import (
	"slices"

	"foia/internal/docket"
	"foia/internal/workday"
)

// endAnswered gives the day of the answer to the end, where the status says that you ended it and no answer is told: “Withdrawn”,
// decided on 12/12/2024.
func (r *rowOf) endAnswered() {
	day, came := r.days[onDetermination]
	_, decided := r.says(docket.Determination)
	if r.muck || !came || decided || !r.told.ended || r.told.reason == "" {
		return
	}
	for _, m := range []Means{onClosed, onWithdrawn, onDenied, onRecords, onStatus} {
		if r.has(m) {
			return
		}
	}
	r.days[onClosed] = day
	delete(r.days, onDetermination)
}

// whenSaid is the day that the words of a status name. In figures it is the day that the file's order, or else the order of
// events, leaves: nothing is answered before it was sent.
func (r *rowOf) whenSaid(when string) *workday.Date {
	d := readDay(when, nil)
	switch d.form {
	case written:
		return &d.day
	case inFigures:
	default:
		return nil
	}
	sent := r.days[onSent]
	var fit []workday.Date
	orders := []workday.Order{workday.MonthFirst, workday.DayFirst}
	if o := r.cal.fileOrder(); o != "" {
		orders = []workday.Order{o}
	} else if r.answers.Dates != "" {
		orders = []workday.Order{r.answers.Dates}
	}
	for _, o := range orders {
		if day, ok := d.in(o); ok && (sent == nil || !day.Before(*sent)) && !slices.Contains(fit, day) {
			fit = append(fit, day)
		}
	}
	if len(fit) != 1 {
		return nil
	}
	return &fit[0]
}
