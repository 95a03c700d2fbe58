package workspace

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"foia/internal/disk"
	"foia/internal/docket"
	"foia/internal/remedy"
	"foia/internal/store"
)

// Documents is what is asked of a log to open a document: those that its database keeps.
type Documents interface {
	Document(ctx context.Context, request string, d docket.Document) (io.ReadCloser, error)
}

// OpenDocument opens a frozen file of a request, or one that came with an event,
// wherever it is kept: in the folder of whoever made it, in the database, or in the
// folder that all share. Whether its bytes are still those of the log is for the caller
// to check: d has their SHA-256.
func (w *Workspace) OpenDocument(ctx context.Context, log Documents, r docket.Request, d docket.Document) (io.ReadCloser, error) {
	name := path.Join(r.Folder, d.Name)
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return nil, &remedy.Error{What: "the log names a document outside the folder", Where: name,
			Do: "see: " + remedy.To(remedy.Verify).String()}
	}
	name = w.lies(name)
	// Where others have it too, a copy that somebody changed in this folder harms nobody.
	if w.SharesDocuments() && w.checkDocument(name, d) != nil {
		return w.openShared(ctx, log, r, d)
	}
	f, err := os.Open(w.Path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, missing(w.Path(name))
	}
	if err != nil {
		return nil, w.failed("the document cannot be read", w.Path(name), err)
	}
	return f, nil
}

func missing(place string) error {
	return &remedy.Error{What: "a document in the log is missing", Where: place,
		Do: remedy.To(remedy.Verify).String() + " lists everything that is missing; restore it from a backup", Cause: fs.ErrNotExist}
}

// openShared opens a document where all who share the log have it.
func (w *Workspace) openShared(ctx context.Context, log Documents, r docket.Request, d docket.Document) (io.ReadCloser, error) {
	place := w.Path(path.Join(r.Folder, d.Name))
	switch w.documentsPlace() {
	case InDatabase:
		content, err := log.Document(ctx, r.ID, d)
		if err == nil || !errors.Is(err, store.ErrNoDocument) {
			return content, err
		}
	case InFolder:
		place = w.sharedPath(d)
		f, err := os.Open(place)
		if err == nil {
			return f, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, w.failed("the document cannot be read", place, err)
		}
	}
	return nil, missing(place)
}

// sharedPath is the place of a document in the folder that all share: under its
// SHA-256, so that nobody's file takes the place of another's.
func (w *Workspace) sharedPath(d docket.Document) string {
	if len(d.SHA256) != 2*sha256.Size {
		return filepath.Join(w.documentsFolder(), "unknown")
	}
	return filepath.Join(w.documentsFolder(), d.SHA256[:2], d.SHA256)
}

// Keep puts the files of a request where all who share the log have them, within the
// transaction that logs them. A log of one's own keeps them in the request's folder
// alone.
func (w *Workspace) Keep(tx *store.Tx, request string, files []File) error {
	place := w.documentsPlace()
	if place == "" {
		return nil
	}
	for _, f := range files {
		content, err := f.open()
		if err != nil {
			return w.failed("the document cannot be read", f.Name, err)
		}
		if place == InDatabase {
			err = tx.Keep(request, DocumentOf(f), content)
		} else {
			err = w.keepInFolder(DocumentOf(f), content)
		}
		if err := errors.Join(err, content.Close()); err != nil {
			return err
		}
	}
	return nil
}

// keepInFolder has a file in the folder that all share, on the disk. What is left there
// by a transaction that failed harms nobody.
func (w *Workspace) keepInFolder(d docket.Document, content io.Reader) (err error) {
	var wrong *notHere
	if _, err := w.Named(w.Config.DocumentsFolder); errors.As(err, &wrong) {
		return &remedy.Error{Where: ConfigFile, What: "documents_folder: " + wrong.what, Do: wrong.remedy}
	}
	if _, err := os.Stat(w.documentsFolder()); err != nil {
		return w.failed("the shared folder of documents cannot be reached", w.documentsFolder(), err)
	}
	place := w.sharedPath(d)
	if info, err := os.Stat(place); err == nil && info.Size() == d.Size {
		return nil
	}
	dir := filepath.Dir(place)
	if err := os.MkdirAll(dir, 0o770); err != nil { // its group shares it
		return w.failed("the shared folder cannot be written", dir, err)
	}
	file, err := w.begin(place, disk.FileMode)
	if err != nil {
		return w.failed("the document cannot be written", place, err)
	}
	defer func() { err = errors.Join(err, file.discard()) }()
	_, err = io.Copy(file, content)
	if err == nil {
		err = file.put(func() error { return file.ReplaceWithMode(0o440) })
	}
	if err != nil {
		return w.failed("the document cannot be written", place, err)
	}
	return nil
}

// Fetch puts the documents of a request into the folder of whoever asks, checked
// against the log, and returns how many were not there.
func (w *Workspace) Fetch(ctx context.Context, log Documents, r docket.Request, events []docket.Event) (fetched int, err error) {
	all := append([]docket.Document{}, r.Documents...)
	for _, e := range events {
		files, err := e.Files()
		if err != nil {
			return fetched, err
		}
		all = append(all, files...)
	}
	superseded, err := docket.Superseded(r, events)
	if err != nil {
		return fetched, err
	}
	for _, d := range all {
		name := path.Join(r.Folder, d.Name)
		if w.Exists(w.lies(name)) {
			continue
		}
		if slices.Contains(superseded, d) {
			name = path.Join(r.Folder, docket.EarlierDir, d.Name)
			if err := os.MkdirAll(filepath.Dir(w.Path(name)), dirMode); err != nil {
				return fetched, w.failed("the folder cannot be made", w.Path(path.Dir(name)), err)
			}
		}
		if err := w.fetch(ctx, log, r, d, name); err != nil {
			return fetched, err
		}
		fetched++
	}
	return fetched, nil
}

func (w *Workspace) fetch(ctx context.Context, log Documents, r docket.Request, d docket.Document, name string) (err error) {
	from, err := w.OpenDocument(ctx, log, r, d)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	to, err := w.Replace(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Cancel()) }()
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(to, sum), from); err != nil {
		return fmt.Errorf("%s cannot be fetched: %w", name, err)
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != d.SHA256 {
		return &remedy.Error{What: "the document does not match the log", Where: name,
			Do: "see: " + remedy.To(remedy.Verify).String()}
	}
	return to.Done()
}

// KeepFrom returns what keeps the documents of a log that is copied, in the target and
// within its transactions.
func (w *Workspace) KeepFrom(ctx context.Context, from Documents) func(tx *store.Tx, d store.Placed) error {
	return func(tx *store.Tx, d store.Placed) error {
		content, err := w.OpenSettled(ctx, from, d.Request, d.Document)
		if err != nil {
			return err
		}
		return errors.Join(tx.Keep(d.Request.ID, d.Document, content), content.Close())
	}
}
