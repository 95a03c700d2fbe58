package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"foia/internal/disk"
)

// create makes an empty log at path, whole or not at all: it is made beside
// the place and linked into it. If another process was faster, its log stays.
func create(path string) (err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, unfinished(path)) // mode 0600
	if err != nil {
		return explain(err, path)
	}
	defer func() {
		if removing := disk.Remove(f.Name()); removing != nil && !errors.Is(removing, fs.ErrNotExist) {
			err = errors.Join(err, explain(removing, f.Name()))
		}
	}()
	_, err = f.Write(emptyLog)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = putInPlace(f.Name(), path)
	}
	if _, there := os.Lstat(path); err != nil && there == nil {
		return nil // another process was faster, and cleared up
	}
	if err != nil {
		return explain(err, path)
	}
	return ClearUp(path)
}

// unfinished are the names of logs that are being made beside the path.
func unfinished(path string) string { return "." + filepath.Base(path) + "-*.new" }

// ClearUp removes what killed processes left behind when they made the log, which is there. On
// Windows, what another process is still making cannot be removed: it does so itself.
func ClearUp(path string) error {
	entries, err := os.ReadDir(filepath.Dir(path))
	for _, e := range entries {
		// A database may have a journal beside it.
		name := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(e.Name(), "-journal"), "-wal"), "-shm")
		if ours, badPattern := filepath.Match(unfinished(path), name); badPattern != nil || !ours {
			continue
		}
		if removing := os.Remove(filepath.Join(filepath.Dir(path), e.Name())); !errors.Is(removing, fs.ErrNotExist) &&
			!disk.Held(removing) {
			err = errors.Join(err, removing)
		}
	}
	return explain(err, path)
}

// putInPlace gives the file its name, unless there is a log by now.
func putInPlace(from, to string) error {
	err := disk.RenameNew(from, to)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return disk.SyncDir(filepath.Dir(to))
}
