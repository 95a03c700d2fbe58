package logbook

import (
	"context"
	"slices"

	"foia/internal/docket"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// Agenda is what is asked of a log to know what is open and due in it.
type Agenda interface {
	Lists
	Life
	Complete(ctx context.Context) (bool, error)
	Due(ctx context.Context, until workday.Date) ([]store.DueRow, error)
	DueDays(ctx context.Context, until workday.Date) ([]store.DueDay, error)
	DueOn(ctx context.Context, days []workday.Date) ([]store.DueRow, error)
	ChangedAfter(ctx context.Context, day workday.Date) ([]string, error)
}

// Due lists what is due within so many days of a day, or overdue then, for the
// requests that a filter takes. The days are looked up in the log; only requests to
// which something happened after the day are folded again, without that.
func Due(ctx context.Context, w *workspace.Workspace, log Agenda, day workday.Date, within int, filter Filter) ([]docket.Item, error) {
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

// DueFirst is Due for whoever looks at the first of many: those, and how many there are
// in all.
func DueFirst(ctx context.Context, w *workspace.Workspace, log Agenda, day workday.Date, within int, filter Filter,
	most int) (first []docket.Item, all int, err error) {
	complete, err := log.Complete(ctx)
	if err != nil {
		return nil, 0, err
	}
	later, err := log.ChangedAfter(ctx, day)
	if err != nil {
		return nil, 0, err
	}
	if !complete || len(later) > 0 || !filter.everything() {
		items, err := Due(ctx, w, log, day, within, filter)
		return items[:min(len(items), most)], len(items), err
	}
	counted, err := log.DueDays(ctx, day.AddDays(docket.Furthest(within)))
	if err != nil {
		return nil, 0, err
	}
	days, last, all := nearest(counted, day, within, most)
	rows, err := log.DueOn(ctx, days)
	if err != nil {
		return nil, 0, err
	}
	for _, row := range rows {
		first = docket.AppendItem(first, row.Request, row.Deadline, day, within)
	}
	// A day may have more than what comes first: what they owe on a day that has
	// something that you owe.
	first = slices.DeleteFunc(first, func(i docket.Item) bool { return docket.CompareUrgency(i, last) > 0 })
	docket.SortItems(first)
	return first[:min(len(first), most)], all, nil
}

// nearest are the days on which the first items of a list are due, and the last kind of
// item among them; all is how long the list is.
func nearest(counted []store.DueDay, day workday.Date, within, most int) (days []workday.Date, last docket.Item, all int) {
	var kinds []docket.Item
	counts := map[docket.Item]int{}
	for _, c := range counted {
		d := docket.Deadline{What: c.What, Who: c.Who, Due: c.Due, Last: c.Due}
		if c.Later {
			d.Last = c.Due.AddDays(1)
		}
		for _, kind := range docket.Agenda("", []docket.Deadline{d}, day, within) {
			if counts[kind] == 0 {
				kinds = append(kinds, kind)
			}
			counts[kind] += c.Count
			all += c.Count
		}
	}
	slices.SortStableFunc(kinds, docket.CompareUrgency)
	got := 0
	for i, kind := range kinds {
		if got >= most && docket.CompareUrgency(kinds[i-1], kind) != 0 {
			break
		}
		got += counts[kind]
		last = kind
		if !slices.Contains(days, kind.Due) {
			days = append(days, kind.Due)
		}
	}
	return days, last, all
}

// wantedIn tells of the ids of open requests which of them a filter takes.
func wantedIn(ctx context.Context, log Lists, filter Filter) (func(id string) bool, error) {
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

// Open hands over what is made of every open request as it stands on a day. It is made on all
// cores at once, and keeps no text of the standing but as a copy.
func Open[T any](ctx context.Context, w *workspace.Workspace, log Agenda, day workday.Date, make func(store.Standing) (T, error),
	hand func(T) error) error {
	return open(ctx, w, log, day, store.Query{OpenOnly: true}, make, hand)
}

// open is Open of those that the database can look up.
func open[T any](ctx context.Context, w *workspace.Workspace, log Agenda, day workday.Date, query store.Query,
	make func(store.Standing) (T, error), hand func(T) error) error {
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
	err = found(ctx, log, query, func(s store.Standing) bool { return !later[s.Request.ID] }, make, hand)
	for _, s := range past {
		if err != nil {
			break
		}
		var made T
		if made, err = make(s); err == nil {
			err = hand(made)
		}
	}
	return err
}

// foldLater folds the requests to which something happened after a day, as they
// stood on it, and tells which they are.
func foldLater(
	ctx context.Context, w *workspace.Workspace, log Agenda, day workday.Date, f func(store.Standing) error,
) (map[string]bool, error) {
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
		past, known, err := AsOf(ctx, log, id, day, basis)
		if err != nil {
			return nil, err
		}
		if !known {
			continue
		}
		if err := f(past); err != nil {
			return nil, err
		}
	}
	return later, nil
}
