package workspace

import (
	"errors"
	"os"
	"path"
	"path/filepath"

	"foia/internal/disk"
)

// ReplaceSet moves the files of one folder into another, where they take the place
// of all those that are ours: what was left from a larger set goes too. Both folders
// are named below the workspace; the first is removed.
func (w *Workspace) ReplaceSet(from, to string, ours func(name string) bool) error {
	entries, err := os.ReadDir(w.Path(from))
	if err != nil {
		return w.failed("the new files cannot be listed", w.Path(from), err)
	}
	if err := os.MkdirAll(w.Path(to), dirMode); err != nil {
		return w.failed("the folder cannot be made", w.Path(to), err)
	}
	fresh := map[string]bool{}
	for _, e := range entries {
		fresh[e.Name()] = true
		if err := disk.Rename(w.Path(path.Join(from, e.Name())), w.Path(path.Join(to, e.Name()))); err != nil {
			return w.failed("the file cannot be moved into place", w.Path(path.Join(to, e.Name())), err)
		}
	}
	old, err := os.ReadDir(w.Path(to))
	if err != nil {
		return w.failed("the folder cannot be listed", w.Path(to), err)
	}
	for _, e := range old {
		if e.IsDir() || fresh[e.Name()] || !ours(e.Name()) {
			continue
		}
		if err := disk.Remove(w.Path(path.Join(to, e.Name()))); err != nil {
			return w.failed("an older file cannot be removed", w.Path(path.Join(to, e.Name())), err)
		}
	}
	if err := disk.Remove(w.Path(from)); err != nil {
		return w.failed("the folder cannot be removed", w.Path(from), err)
	}
	return disk.SyncDir(w.Path(to))
}

// Clear removes a folder of the workspace with all that is in it.
func (w *Workspace) Clear(name string) error {
	if err := disk.RemoveAll(w.Path(name)); err != nil {
		return w.failed("the folder cannot be cleared", w.Path(name), err)
	}
	return nil
}

// Rename gives a file or folder of the workspace another name, on the disk.
func (w *Workspace) Rename(from, to string) error {
	if err := disk.Rename(w.Path(from), w.Path(to)); err != nil {
		return w.failed("the file cannot be moved into place", w.Path(to), err)
	}
	return disk.SyncDir(filepath.Dir(w.Path(to)))
}

// Abandon removes a folder that nothing but a lock was put into.
func (w *Workspace) Abandon() error {
	if err := errors.Join(w.Clear(LockFile), disk.Remove(w.Dir)); err != nil {
		return w.failed("the folder cannot be cleared away", w.Dir, err)
	}
	return nil
}
