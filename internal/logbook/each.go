package logbook

import (
	"context"
	"errors"

	"foia/internal/docket"
	"foia/internal/remedy"
	"foia/internal/workspace"
)

// RecordedEach is what came of several entries.
type RecordedEach struct {
	Events  []docket.Event // those that were recorded
	Before  int            // entries that are in the log already
	Refused []RefusedEntry // then nothing was written
	Unusual map[string]int // by what is said
}

// RefusedEntry is an entry that cannot be recorded.
type RefusedEntry struct {
	Index int // its place among the entries, from 0
	Err   error
}

// errNotWritten takes back what was written within a turn.
var errNotWritten = errors.New("nothing is to be written")

// RecordEach records entries one after another, all of them or none: if one is refused, nothing is
// written. What is in the log already is left alone. With dryRun, nothing is written in any case.
func (b *Book) RecordEach(ctx context.Context, entries []Entry, dryRun bool) (out RecordedEach, err error) {
	basis, err := b.Workspace.Basis()
	if err != nil {
		return out, err
	}
	files := make([][]*workspace.Incoming, len(entries))
	defer func() {
		for _, f := range files {
			err = errors.Join(err, discard(f))
		}
	}()
	for i, entry := range entries {
		var repeated *docket.Repeated
		switch files[i], err = b.takeIn(ctx, entry, basis); {
		case errors.As(err, &repeated): // seen again when it is to be recorded
			err = nil
		case remedy.IsMisuse(err):
			out.Refused = append(out.Refused, RefusedEntry{i, err})
		case err != nil:
			return out, err
		}
	}
	if len(out.Refused) > 0 {
		return out, nil
	}
	err = b.Holding(ctx, false, func() error {
		return b.Write(ctx, func(t *Turn) error {
			if err := out.record(ctx, t, entries, files, basis, func(e Entry) docket.Proposed { return b.proposed(e, basis) }); err != nil {
				return err
			}
			if dryRun || len(out.Refused) > 0 {
				return errNotWritten
			}
			return nil
		})
	})
	if errors.Is(err, errNotWritten) {
		err = nil
	}
	return out, err
}

func (out *RecordedEach) record(ctx context.Context, t *Turn, entries []Entry, files [][]*workspace.Incoming, basis docket.Basis,
	propose func(Entry) docket.Proposed) error {
	out.Unusual = map[string]int{}
	for i, entry := range entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		recorded, err := t.record(entry, files[i], propose(entry), basis)
		var repeated *docket.Repeated
		switch {
		case errors.As(err, &repeated):
			out.Before++
		case remedy.IsMisuse(err):
			out.Refused = append(out.Refused, RefusedEntry{i, err})
		case err != nil:
			return err
		default:
			out.Events = append(out.Events, recorded.Event)
			for _, u := range recorded.Unusual {
				out.Unusual[u]++
			}
		}
	}
	return nil
}
