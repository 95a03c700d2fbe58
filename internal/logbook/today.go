package logbook

import (
	"cmp"
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

// trim keeps the lines whose day is nearest; those without a day come last, in the order of
// the ids.
func (p *Placed) trim(most int) {
	slices.SortStableFunc(p.First, func(a, b Line) int {
		switch x, y := a.Step.By, b.Step.By; {
		case x.IsZero() != y.IsZero():
			return boolFirst(!x.IsZero(), !y.IsZero())
		case x.Before(y):
			return -1
		case y.Before(x):
			return 1
		}
		return cmp.Compare(a.Request.ID, b.Request.ID)
	})
	p.First = p.First[:min(len(p.First), most)]
}

// boolFirst orders what is true before what is not.
func boolFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}
