package filing

import (
	"context"

	"foia/internal/docket"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// Due lists what is due within so many days of a day, or overdue then. The days
// are looked up in the log; only if the day lies before events that the log holds
// is every request folded again, without them.
func Due(ctx context.Context, w *workspace.Workspace, log store.Log, day workday.Date, within int) ([]docket.Item, error) {
	items := []docket.Item{}
	past, err := before(ctx, log, day)
	if err != nil {
		return nil, err
	}
	if past {
		err = foldPast(ctx, w, log, day, func(s store.Standing) error {
			if s.State.Open() {
				items = append(items, docket.Agenda(s.Request.ID, s.State.Deadlines, day, within)...)
			}
			return nil
		})
		docket.SortItems(items)
		return items, err
	}
	rows, err := log.Due(ctx, day.AddDays(docket.Furthest(within)))
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		items = docket.AppendItem(items, row.Request, row.Deadline, day, within)
	}
	docket.SortItems(items)
	return items, nil
}

// Open hands over every open request as it stands on a day.
func Open(ctx context.Context, w *workspace.Workspace, log store.Log, day workday.Date, f func(store.Standing) error) error {
	past, err := before(ctx, log, day)
	if err != nil {
		return err
	}
	if !past {
		return log.Standings(ctx, true, f)
	}
	return foldPast(ctx, w, log, day, func(s store.Standing) error {
		if !s.State.Open() {
			return nil
		}
		return f(s)
	})
}

// before tells whether a day lies before the last event of the log.
func before(ctx context.Context, log store.Log, day workday.Date) (bool, error) {
	last, err := log.LastDay(ctx)
	return !last.IsZero() && day.Before(last), err
}

// foldPast folds every request that there was on a day, as it stood then.
func foldPast(ctx context.Context, w *workspace.Workspace, log store.Log, day workday.Date, f func(store.Standing) error) error {
	basis, err := w.Basis()
	if err != nil {
		return err
	}
	ids, err := log.IDs(ctx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		r, err := log.Request(ctx, id)
		if err != nil {
			return err
		}
		events, err := log.Events(ctx, id)
		if err != nil {
			return err
		}
		known := docket.Known(events, day)
		if len(known) == 0 {
			continue
		}
		if err := f(store.Standing{Request: r, State: docket.Fold(r, known, basis)}); err != nil {
			return err
		}
	}
	return nil
}
