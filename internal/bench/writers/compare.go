package main

import (
	"context"
	"errors"
	"fmt"

	"foia/internal/docket"
	"foia/internal/store"
)

// compare makes sure that the log has what the writers said, each once, and nothing
// else besides the requests that were there before; that it is whole; and that no id is
// missing.
func (r run) compare(ctx context.Context, said []saying, before int) (err error) {
	log, err := r.open(ctx, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	ids, err := log.IDs(ctx)
	if err != nil {
		return err
	}
	for i, id := range ids {
		if want := fmt.Sprintf("%d-%04d", day.Year(), i+1); id != want {
			return fmt.Errorf("a gap: %s is where %s should be", id, want)
		}
	}
	entries, err := written(ctx, log)
	if err != nil {
		return err
	}
	for _, s := range said {
		got := entries[s.Mark]
		delete(entries, s.Mark)
		switch {
		case s.Refused && len(got) > 0:
			return fmt.Errorf("%s was refused and is there: %v", s.Mark, got)
		case !s.Refused && (len(got) != 1 || got[0] != entry{s.Request, s.Event}):
			return fmt.Errorf("%s was said to be event %d of %s, and is %v", s.Mark, s.Event, s.Request, got)
		}
	}
	if len(entries) != before {
		return fmt.Errorf("%d entries that nobody reported", len(entries)-before)
	}
	faults, err := log.Verify(ctx)
	if err == nil && len(faults) > 0 {
		err = fmt.Errorf("the log is not whole: %v", faults)
	}
	return err
}

// entry is the place of an event.
type entry struct {
	request string
	seq     int
}

// written are the places of all events, by their marks.
func written(ctx context.Context, log *store.Log) (map[string][]entry, error) {
	found := map[string][]entry{}
	err := log.History(ctx, 0, func(_ int, e docket.Event) error {
		mark := e.Data["note"]
		found[mark] = append(found[mark], entry{e.Request, e.Seq})
		return nil
	})
	return found, err
}
