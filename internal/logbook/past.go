package logbook

import (
	"context"

	"foia/internal/docket"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// AsOf folds a request without what happened after a day; known is false if it was not
// there yet.
func AsOf(ctx context.Context, log Life, id string, day workday.Date, basis docket.Basis) (s store.Standing, known bool, err error) {
	r, events, err := RequestAsOf(Within(ctx, log), id, day)
	if err != nil || len(events) == 0 {
		return s, false, err
	}
	return store.Standing{Request: r.Brief(), State: docket.Fold(r, events, basis)}, true, nil
}

// Changes is what is asked of a log to leave out what happened after a day.
type Changes interface {
	Life
	ChangedAfter(ctx context.Context, day workday.Date) ([]string, error)
}

// EachAsOf hands over the requests that read gives, each as it stood on a day, in the order
// in which they come. What the log keeps is used; only requests to which something happened
// after the day are folded, one by one. Who works on a request and who may see it is no part
// of its life: that is as it stands now, so that what was made private since stays so.
func EachAsOf(ctx context.Context, w *workspace.Workspace, log Changes, day workday.Date,
	read func(hand func(store.Standing) error) error, f func(store.Standing) error) error {
	changed, err := log.ChangedAfter(ctx, day)
	if err != nil {
		return err
	}
	basis, err := w.Basis()
	if err != nil {
		return err
	}
	later := make(map[string]bool, len(changed))
	for _, id := range changed {
		later[id] = true
	}
	return read(func(s store.Standing) error {
		if later[s.Request.ID] {
			past, known, err := AsOf(ctx, log, s.Request.ID, day, basis)
			if err != nil || !known {
				return err
			}
			past.State.Hands = s.State.Hands
			s = past
		}
		return f(s)
	})
}
