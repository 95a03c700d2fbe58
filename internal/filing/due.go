package filing

import (
	"context"

	"foia/internal/docket"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// Due lists what is due within so many days of a day, or overdue then, for the
// requests that a filter takes. The days
// are looked up in the log; only requests to which something happened after the day
// are folded again, without that.
func Due(ctx context.Context, w *workspace.Workspace, log store.Log, day workday.Date, within int, filter Filter) ([]docket.Item, error) {
	items := []docket.Item{}
	later, err := foldLater(ctx, w, log, day, func(s store.Standing) error {
		if s.State.Open() && filter.Takes(s) {
			items = append(items, docket.Agenda(s.Request.ID, s.State.Deadlines, day, within)...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	wanted, err := wantedIn(ctx, log, filter)
	if err != nil {
		return nil, err
	}
	rows, err := log.Due(ctx, day.AddDays(docket.Furthest(within)))
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if !later[row.Request] && wanted(row.Request) {
			items = docket.AppendItem(items, row.Request, row.Deadline, day, within)
		}
	}
	docket.SortItems(items)
	return items, nil
}

// wantedIn tells of the ids of open requests which of them a filter takes.
func wantedIn(ctx context.Context, log store.Log, filter Filter) (func(id string) bool, error) {
	if filter.everything() {
		return func(string) bool { return true }, nil
	}
	filter.OpenOnly = true
	ids := map[string]bool{}
	err := Find(ctx, log, filter, func(s store.Standing) error {
		ids[s.Request.ID] = true
		return nil
	})
	return func(id string) bool { return ids[id] }, err
}

// Open hands over every open request as it stands on a day.
func Open(ctx context.Context, w *workspace.Workspace, log store.Log, day workday.Date, f func(store.Standing) error) error {
	var past []store.Standing
	later, err := foldLater(ctx, w, log, day, func(s store.Standing) error {
		if s.State.Open() {
			past = append(past, s)
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = log.Standings(ctx, true, func(s store.Standing) error {
		if later[s.Request.ID] {
			return nil
		}
		return f(s)
	})
	for _, s := range past {
		if err == nil {
			err = f(s)
		}
	}
	return err
}

// foldLater folds the requests to which something happened after a day, as they
// stood on it, and tells which they are.
func foldLater(ctx context.Context, w *workspace.Workspace, log store.Log, day workday.Date, f func(store.Standing) error) (map[string]bool, error) {
	ids, err := log.ChangedAfter(ctx, day)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	basis, err := w.Basis()
	if err != nil {
		return nil, err
	}
	later := make(map[string]bool, len(ids))
	for _, id := range ids {
		later[id] = true
		r, err := log.Request(ctx, id)
		if err != nil {
			return nil, err
		}
		events, err := log.Events(ctx, id)
		if err != nil {
			return nil, err
		}
		known := docket.Known(events, day)
		if len(known) == 0 {
			continue
		}
		if err := f(store.Standing{Request: r, State: docket.Fold(r, known, basis)}); err != nil {
			return nil, err
		}
	}
	return later, nil
}
