package workspace

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"

	"foia/internal/disk"
	"foia/internal/docket"
	"foia/internal/store"
)

// Writable is a log that can be written.
type Writable interface {
	Write(ctx context.Context, f func(*store.Tx) error) error
}

// Recover finishes or undoes what a killed command left behind, and tells how
// many folders it moved into place. The caller holds the folder's lock. Where a server
// keeps the log, the killed command's transaction may still be open there, or its COMMIT
// on the way: what became of it is known when this one has the log's write lock.
func (w *Workspace) Recover(ctx context.Context, log Writable) (finished int, err error) {
	entries, err := os.ReadDir(w.Path(RequestsDir))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, w.failed("the requests cannot be listed", w.Path(RequestsDir), err)
	}
	var left []string
	for _, e := range entries {
		if name, staged := strings.CutPrefix(e.Name(), making); staged {
			left = append(left, name)
		}
	}
	if len(left) == 0 {
		return 0, nil
	}
	err = log.Write(ctx, func(tx *store.Tx) error {
		for _, name := range left {
			moved, err := w.recover(tx, name)
			if err != nil {
				return err
			}
			if moved {
				finished++
			}
		}
		return nil
	})
	return finished, err
}

// recover finishes or undoes one folder that was left behind, and tells whether it moved
// it into place.
func (w *Workspace) recover(tx *store.Tx, name string) (moved bool, err error) {
	if strings.HasPrefix(name, filesOf) {
		return false, w.recoverFiles(tx, name)
	}
	folder := path.Join(RequestsDir, name)
	known, err := w.logged(tx, folder, stagedName(folder))
	if err != nil {
		return false, err
	}
	if known && !w.Exists(folder) {
		if err := w.moveFolder(folder); err != nil {
			return false, err
		}
		return true, disk.SyncDir(w.Path(RequestsDir))
	}
	return false, w.startAnew(stagedName(folder))
}

// logged tells whether the log holds the request of that folder, whose name
// begins with the request's id, with the files that are staged: where several write,
// another's request may have got the id.
func (w *Workspace) logged(tx *store.Tx, folder, staged string) (bool, error) {
	parts := strings.SplitN(path.Base(folder), "-", 3)
	if len(parts) < 2 {
		return false, nil
	}
	r, err := tx.Request(parts[0] + "-" + parts[1])
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	if err != nil || r.Folder != folder {
		return false, err
	}
	for _, d := range r.Documents {
		if w.Exists(staged) && w.checkDocument(path.Join(staged, d.Name), d) != nil {
			return false, nil
		}
	}
	return true, nil
}

// recoverFiles finishes or undoes further files that a killed command left behind.
func (w *Workspace) recoverFiles(tx *store.Tx, name string) error {
	f := &further{dir: path.Join(RequestsDir, making+name)}
	id, number, _ := cutLast(strings.TrimPrefix(name, filesOf), "-")
	seq, err := strconv.Atoi(number)
	if err != nil {
		return w.discardFiles(f)
	}
	events, err := tx.Events(id)
	if errors.Is(err, store.ErrNotFound) {
		return w.discardFiles(f)
	}
	if err != nil {
		return err
	}
	if seq < 1 || seq > len(events) {
		return w.discardFiles(f)
	}
	r, err := tx.Request(id)
	if err != nil {
		return err
	}
	files, err := events[seq-1].Files()
	if err != nil {
		return err
	}
	f.folder = r.Folder
	for _, d := range files {
		f.names = append(f.names, d.Name)
	}
	if events[seq-1].Kind == docket.Redrafted {
		superseded, err := docket.Superseded(r, events[:seq])
		if err != nil {
			return err
		}
		for _, d := range superseded {
			f.taken = append(f.taken, d.Name)
		}
	}
	if err := w.moveFiles(f, disk.SyncDir); err != nil {
		return err
	}
	return w.discardFiles(f)
}

// cutLast cuts a text at the last separator.
func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}
