package logbook

import (
	"context"
	"slices"

	"foia/internal/docket"
	"foia/internal/store"
	"foia/internal/workday"
)

// Today is what a day has for somebody: the open requests by what is next for them.
type Today struct {
	Places map[docket.Place]*Placed
}

// Placed are the requests in one place of the list.
type Placed struct {
	Count int
	First []Line // the most pressing of them
}

// Line is one request with what is next for it.
type Line struct {
	Request docket.Request // in short
	Step    docket.Step
}

// TodayOf reads where the open requests stand on a day, and keeps the most pressing of each
// place, at most so many. Memory does not grow with the log.
func TodayOf(ctx context.Context, log Lists, day workday.Date, most int) (Today, error) {
	t := Today{Places: map[docket.Place]*Placed{}}
	err := Find(ctx, log, Filter{OpenOnly: true}, func(s store.Standing) error {
		step := docket.Next(s.Request, s.State, day)
		place := docket.PlaceOf(s.State, step, day)
		if t.Places[place] == nil {
			t.Places[place] = &Placed{}
		}
		t.Places[place].add(Line{s.Request, step}, most)
		return nil
	})
	for _, p := range t.Places {
		p.trim(most)
	}
	return t, err
}

// add keeps a line, and now and then forgets those that are not among the first.
func (p *Placed) add(l Line, most int) {
	p.Count++
	p.First = append(p.First, l)
	if len(p.First) > 8*most+64 {
		p.trim(most)
	}
}

// trim keeps the most pressing lines.
func (p *Placed) trim(most int) {
	slices.SortStableFunc(p.First, func(a, b Line) int { return docket.ComparePressing(a.Step, b.Step) })
	p.First = p.First[:min(len(p.First), most)]
}
