package workspace

import (
	"context"
	"errors"
	"io"
	"io/fs"

	"foia/internal/docket"
	"foia/internal/store"
)

// OpenSettled opens a document as OpenDocument does, also one that another command
// has logged and not yet moved into place: it waits until that command is done, or
// finishes it if it was killed.
func (w *Workspace) OpenSettled(ctx context.Context, log Documents, r docket.Request, d docket.Document) (io.ReadCloser, error) {
	file, err := w.OpenDocument(ctx, log, r, d)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return file, err
	}
	unlock, locking := w.Lock(ctx)
	if locking != nil {
		return nil, err
	}
	settling := w.settle(ctx)
	if errors.Is(settling, store.ErrReadOnly) {
		settling = nil // who only reads can finish nothing: the document is looked for once more
	}
	if err := errors.Join(settling, unlock()); err != nil {
		return nil, err
	}
	return w.OpenDocument(ctx, log, r, d)
}

// settle recovers with a log that may be written, which the caller's may not.
func (w *Workspace) settle(ctx context.Context) error {
	log, err := w.OpenLog(ctx, false)
	if err != nil {
		return err
	}
	_, err = w.Recover(ctx, log)
	return errors.Join(err, log.Close())
}
