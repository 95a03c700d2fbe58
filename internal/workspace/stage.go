package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"foia/internal/store"
)

// File is one file of a request's folder.
type File struct {
	Name string
	Data []byte
}

// Stage writes the files of a request beside its place, and has them on the
// disk when it returns. folder is the request's, below the workspace.
func (w *Workspace) Stage(folder string, files []File) error {
	if w.Exists(folder) {
		return &Failure{What: "the folder of the new request is already there, and the log does not know it", Where: w.Path(folder),
			Remedy: "move it away and run the command again"}
	}
	temporary := w.Path(stagedName(folder))
	if err := os.RemoveAll(temporary); err != nil {
		return w.failed("an unfinished folder cannot be cleared away", temporary, err)
	}
	if err := os.MkdirAll(temporary, dirMode); err != nil {
		return w.failed("the folder cannot be made", temporary, err)
	}
	for _, f := range files {
		if err := writeSynced(filepath.Join(temporary, f.Name), f.Data); err != nil {
			return w.failed("the file cannot be written", filepath.Join(temporary, f.Name), err)
		}
	}
	return syncDir(temporary)
}

func stagedName(folder string) string {
	return path.Join(path.Dir(folder), making+path.Base(folder))
}

func writeSynced(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}

// syncDir makes the names in a folder durable.
func syncDir(name string) error {
	d, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("the folder cannot be opened: %w", err)
	}
	return errors.Join(d.Sync(), d.Close())
}

// Publish moves a staged folder into place. The log must know the request by
// now: if the program dies before the move, Recover makes up for it.
func (w *Workspace) Publish(folder string) error {
	if err := os.Rename(w.Path(stagedName(folder)), w.Path(folder)); err != nil {
		return w.failed("the request is logged, but its folder cannot be moved into place", w.Path(folder), err)
	}
	return syncDir(filepath.Dir(w.Path(folder)))
}

// Discard clears away what Stage wrote, after a failure.
func (w *Workspace) Discard(folders []string) error {
	var errs []error
	for _, f := range folders {
		errs = append(errs, os.RemoveAll(w.Path(stagedName(f))))
	}
	// Gone if it holds nothing else; a folder with other requests stays.
	if err := os.Remove(w.Path(RequestsDir)); err != nil && !errors.Is(err, fs.ErrNotExist) && !isNotEmpty(err) {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

func isNotEmpty(err error) bool {
	return errors.Is(err, fs.ErrExist) || strings.Contains(err.Error(), "not empty")
}

// Keep writes one further file into a request's folder, on the disk when it
// returns. A file of that name that the log does not know is the rest of a killed
// command, and is replaced.
func (w *Workspace) Keep(name string, data []byte) error {
	full := w.Path(name)
	if err := os.MkdirAll(filepath.Dir(full), dirMode); err != nil {
		return w.failed("the folder cannot be made", filepath.Dir(full), err)
	}
	if err := os.Remove(full); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return w.failed("the file cannot be written", full, err)
	}
	if err := writeSynced(full, data); err != nil {
		return w.failed("the file cannot be written", full, err)
	}
	return syncDir(filepath.Dir(full))
}

// Remove clears away what Keep wrote, after a failure.
func (w *Workspace) Remove(names []string) error {
	var errs []error
	for _, n := range names {
		if err := os.Remove(w.Path(n)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
		// Gone if it holds nothing else.
		if err := os.Remove(filepath.Dir(w.Path(n))); err != nil && !errors.Is(err, fs.ErrNotExist) && !isNotEmpty(err) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// Recover finishes or undoes what a killed command left behind, and tells how
// many folders it moved into place. The caller holds the folder's lock.
func (w *Workspace) Recover(ctx context.Context, log store.Log) (finished int, err error) {
	entries, err := os.ReadDir(w.Path(RequestsDir))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, w.failed("the requests cannot be listed", w.Path(RequestsDir), err)
	}
	for _, e := range entries {
		name, staged := strings.CutPrefix(e.Name(), making)
		if !staged {
			continue
		}
		folder := path.Join(RequestsDir, name)
		known, err := w.logged(ctx, log, folder)
		if err != nil {
			return finished, err
		}
		if !known || w.Exists(folder) {
			if err := os.RemoveAll(w.Path(stagedName(folder))); err != nil {
				return finished, w.failed("an unfinished folder cannot be cleared away", w.Path(stagedName(folder)), err)
			}
			continue
		}
		if err := w.Publish(folder); err != nil {
			return finished, err
		}
		finished++
	}
	return finished, nil
}

// logged tells whether the log holds the request of that folder, whose name
// begins with the request's id.
func (w *Workspace) logged(ctx context.Context, log store.Log, folder string) (bool, error) {
	parts := strings.SplitN(path.Base(folder), "-", 3)
	if len(parts) < 2 {
		return false, nil
	}
	r, err := log.Request(ctx, parts[0]+"-"+parts[1])
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	return err == nil && r.Folder == folder, err
}
