package workspace

import (
	"context"
	"errors"

	"foia/internal/store"
)

// ExamineLog opens the tracking log for reading and leaves it as it is, so that a
// damaged one can be looked at: bringing what is kept of its dates up to date would
// write, which a damaged log refuses. Only an older schema is brought up to date.
func (w *Workspace) ExamineLog(ctx context.Context) (*store.Log, error) {
	log, err := w.open(ctx, store.Options{ReadOnly: true})
	if errors.Is(err, store.ErrOlder) {
		return w.ReadLog(ctx)
	}
	return log, err
}

// PeekLog opens the tracking log for reading and changes nothing at all: a log that would have
// to be brought up to date first is an error.
func (w *Workspace) PeekLog(ctx context.Context) (*store.Log, error) {
	return w.open(ctx, store.Options{ReadOnly: true})
}
