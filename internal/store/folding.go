package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"foia/internal/docket"
)

// folding folds requests from their events, in the order of their ids, some at a time: what a
// log takes instead of standings that it does not have, or that are not up to date.
type folding struct {
	ctx   context.Context
	log   *Log
	ids   []string // still to be read
	ready []standingRow
}

// atATime is how many requests one query reads: a server far away is not asked for each.
const atATime = 200

func (l *Log) folding(ctx context.Context, ids []string) *folding {
	slices.SortFunc(ids, compareIDs)
	return &folding{ctx: ctx, log: l, ids: ids}
}

// compareIDs compares as requests are listed: by year and number.
func compareIDs(a, b string) int {
	yearA, numberA, _ := strings.Cut(a, "-")
	yearB, numberB, _ := strings.Cut(b, "-")
	return cmp.Or(cmp.Compare(yearA, yearB), cmp.Compare(len(numberA), len(numberB)), cmp.Compare(numberA, numberB))
}

// upTo hands over the requests before an id, or all that are left.
func (f *folding) upTo(id string, hand func(standingRow) error) error {
	for {
		if len(f.ready) == 0 {
			if len(f.ids) == 0 || id != "" && compareIDs(f.ids[0], id) >= 0 {
				return nil
			}
			if err := f.read(); err != nil {
				return err
			}
			continue
		}
		row := f.ready[0]
		if id != "" && compareIDs(row.Request, id) >= 0 {
			return nil
		}
		f.ready = f.ready[1:]
		if err := hand(row); err != nil {
			return err
		}
	}
}

// read reads and folds the next requests.
func (f *folding) read() error {
	l := f.log
	if l.project == nil {
		return &Failure{Kind: ErrRefused, Detail: "it was opened without the law that its dates follow from", Where: l.where}
	}
	ids := f.ids[:min(atATime, len(f.ids))]
	f.ids = f.ids[len(ids):]
	list := "(" + strings.TrimSuffix(strings.Repeat("?, ", len(ids)), ", ") + ")"
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	events := map[string][]docket.Event{}
	err := eachEvent(f.ctx, l.asked(), func(row eventRow) error {
		e, err := row.event()
		events[e.Request] = append(events[e.Request], e)
		return err
	}, "WHERE request IN "+list+" ORDER BY request, seq", args...)
	if err != nil {
		return explain(err, l.where)
	}
	return explain(eachRequest(f.ctx, l.asked(), func(row requestRow) error {
		r, err := row.request()
		if err != nil {
			return err
		}
		if len(events[r.ID]) == 0 {
			return notFound(r.ID) // every request has a first event
		}
		folded, err := l.project.row(r, events[r.ID])
		f.ready = append(f.ready, folded)
		return err
	}, "WHERE id IN "+list+" ORDER BY year, number", args...), l.where)
}

// foldEach folds every request from its events.
func (l *Log) foldEach(ctx context.Context, f func(standingRow) error) error {
	ids, err := allIDs(ctx, l.asked())
	if err != nil {
		return explain(err, l.where)
	}
	return l.folding(ctx, ids).upTo("", f)
}

// foldThose folds some requests.
func (l *Log) foldThose(ctx context.Context, ids map[string]bool, f func(standingRow) error) error {
	var list []string
	for id := range ids {
		list = append(list, id)
	}
	return l.folding(ctx, list).upTo("", f)
}
