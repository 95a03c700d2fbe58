package workspace

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"

	"foia/internal/docket"
	"foia/internal/store"
)

// OpenDocument opens a frozen file of a request, or one that came with an event,
// wherever it is kept. Whether its bytes are still those of the log is for the caller
// to check: d has their SHA-256.
func (w *Workspace) OpenDocument(_ context.Context, _ store.Log, r docket.Request, d docket.Document) (io.ReadCloser, error) {
	place := w.Path(path.Join(r.Folder, d.Name))
	f, err := os.Open(place)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &Failure{What: "a document that the log knows is missing", Where: place, Remedy: "foia verify lists all that is missing; restore it from a backup", Err: err}
	}
	if err != nil {
		return nil, w.failed("the document cannot be read", place, err)
	}
	return f, nil
}
