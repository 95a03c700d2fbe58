package logbook

import (
	"cmp"
	"context"
	"errors"
	"io"

	"foia/internal/docket"
	"foia/internal/export"
	"foia/internal/sheet"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// Listing is what is to be written of a log.
type Listing struct {
	Today   workday.Date
	Filter  Filter
	Private bool   // private requests, too
	Program string // which program writes it

	Words func(string) string // words the acts that a text names
}

// Listed is what was written of a log.
type Listed struct {
	Requests, Deadlines, Events int

	Hidden int // private requests that were left out
	Cut    int // texts that were longer than there was room for
}

// Records is what is asked of a log to write all of it.
type Records interface {
	Lists
	History(ctx context.Context, after int, f func(n int, e docket.Event) error) error
}

// form is a file of lists on its way.
type form interface {
	Begin(export.List) error
	Row(cells []any) error
	End() error
	Close() error
}

// WriteSheet writes a log as a workbook of Excel: its requests, deadlines and events, each a sheet. What
// no sheet has room for is refused before anything is written. The same log gives the same bytes on
// a day.
func WriteSheet(ctx context.Context, w *workspace.Workspace, log Records, out io.Writer, l Listing) (Listed, error) {
	s, err := l.survey(ctx, log)
	if err != nil {
		return s.Listed, err
	}
	for i, rows := range []int{s.Requests, s.Deadlines, s.Events} {
		if err := sheet.Fits(export.Lists()[i], rows); err != nil {
			return s.Listed, err
		}
	}
	book, err := sheet.New(out, export.Lists(), l.about(w, s.Listed))
	if err == nil {
		err = l.write(ctx, log, s, book)
	}
	if err == nil {
		s.Cut = book.Cut()
	}
	return s.Listed, err
}

// WriteJSON writes a log as one JSON document, with the same lists as WriteSheet.
func WriteJSON(ctx context.Context, w *workspace.Workspace, log Records, out io.Writer, l Listing) (Listed, error) {
	s, err := l.survey(ctx, log)
	if err != nil {
		return s.Listed, err
	}
	document, err := export.NewDocument(out, l.about(w, s.Listed))
	if err == nil {
		err = l.write(ctx, log, s, document)
	}
	return s.Listed, err
}

// about is what is to be known of the lists. How many private requests were left out is told to who
// makes them, and not to who reads them.
func (l Listing) about(w *workspace.Workspace, made Listed) []export.Fact {
	holidays := cmp.Or(w.Config.Policy, string(workday.Observed))
	return export.About(l.Today, holidays, l.Program, [3]int{made.Requests, made.Deadlines, made.Events})
}

// surveyed is what is known of a log before it is written.
type surveyed struct {
	Listed
	last      int                       // the number of the last event
	left      map[string]bool           // requests that are left out
	corrected map[string][]docket.Event // corrections, by request
}

// survey counts what there is to write. It holds only what is out of the ordinary.
func (l Listing) survey(ctx context.Context, log Records) (surveyed, error) {
	s := surveyed{left: map[string]bool{}, corrected: map[string][]docket.Event{}}
	err := log.Find(ctx, store.Query{}, func(st store.Standing) error {
		switch {
		case !l.Filter.Takes(st):
		case st.State.Private && !l.Private:
			s.Hidden++
		default:
			s.Requests++
			s.Deadlines += len(st.State.Deadlines)
			return nil
		}
		s.left[st.Request.ID] = true
		return nil
	})
	if err != nil {
		return s, err
	}
	err = log.History(ctx, 0, func(n int, e docket.Event) error {
		s.last = n
		if s.left[e.Request] {
			return nil
		}
		if s.Events++; e.Kind == docket.Correction || e.Kind == docket.Discarded {
			s.corrected[e.Request] = append(s.corrected[e.Request], e)
		}
		return nil
	})
	return s, err
}

func (l Listing) write(ctx context.Context, log Records, s surveyed, to form) error {
	writers := []func(context.Context, Records, surveyed, form) error{l.requests, l.deadlines, l.events}
	for i, list := range export.Lists() {
		if err := to.Begin(list); err != nil {
			return err
		}
		if err := writers[i](ctx, log, s, to); err != nil {
			return err
		}
		if err := to.End(); err != nil {
			return err
		}
	}
	return to.Close()
}

// each hands over what is made of the requests that are written.
func each[T any](ctx context.Context, log Records, l Listing, make func(store.Standing) (T, error), hand func(T) error) error {
	filter := l.Filter
	filter.PublicOnly = filter.PublicOnly || !l.Private
	return FindMade(ctx, log, filter, make, hand)
}

func (l Listing) requests(ctx context.Context, log Records, _ surveyed, to form) error {
	return each(ctx, log, l, func(s store.Standing) ([]any, error) {
		return l.worded(export.RequestCells(s.Request, s.State, l.Today)), nil
	}, to.Row)
}

func (l Listing) deadlines(ctx context.Context, log Records, _ surveyed, to form) error {
	return each(ctx, log, l, func(s store.Standing) (rows [][]any, err error) {
		for _, d := range s.State.Deadlines {
			rows = append(rows, l.worded(export.DeadlineCells(s.Request, s.State, d)))
		}
		return rows, nil
	}, func(rows [][]any) error {
		for _, row := range rows {
			if err := to.Row(row); err != nil {
				return err
			}
		}
		return nil
	})
}

// errLastEvent ends the reading of events at the last one that the log had when it was surveyed.
var errLastEvent = errors.New("that was the last event")

func (l Listing) events(ctx context.Context, log Records, s surveyed, to form) error {
	struck := make(map[string]map[int]bool, len(s.corrected))
	for id, corrections := range s.corrected {
		struck[id] = docket.Corrected(corrections)
	}
	err := log.History(ctx, 0, func(n int, e docket.Event) error {
		switch {
		case n > s.last:
			return errLastEvent
		case s.left[e.Request]:
			return nil
		}
		cells, err := export.EventCells(e, !struck[e.Request][e.Seq])
		if err != nil {
			return err
		}
		return to.Row(l.worded(cells))
	})
	if errors.Is(err, errLastEvent) {
		return nil
	}
	return err
}

// worded words the acts that texts name.
func (l Listing) worded(cells []any) []any {
	for i, c := range cells {
		if text, ok := c.(string); ok {
			cells[i] = l.Words(text)
		}
	}
	return cells
}
