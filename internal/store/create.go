package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// create makes an empty log at path, whole or not at all: it is made beside
// the place and linked into it. If another process was faster, its log stays.
func create(ctx context.Context, path string) (err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, unfinished(path)) // mode 0600
	if err != nil {
		return explain(err, path)
	}
	defer func() {
		if removing := os.Remove(f.Name()); removing != nil && !errors.Is(removing, fs.ErrNotExist) {
			err = errors.Join(err, explain(removing, f.Name()))
		}
	}()
	if err := f.Close(); err != nil {
		return explain(err, path)
	}
	err = fill(ctx, f.Name())
	if err == nil {
		err = putInPlace(f.Name(), path)
	}
	if _, there := os.Lstat(path); err != nil && there == nil {
		return nil // another process was faster, and cleared up
	}
	if err != nil {
		return explain(err, path)
	}
	return explain(clearUp(path), path)
}

// unfinished are the names of logs that are being made beside the path.
func unfinished(path string) string { return "." + filepath.Base(path) + "-*.new" }

// clearUp removes what killed processes left behind when they made the log.
func clearUp(path string) error {
	entries, err := os.ReadDir(filepath.Dir(path))
	for _, e := range entries {
		// A database may have a journal beside it.
		name := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(e.Name(), "-journal"), "-wal"), "-shm")
		if ours, badPattern := filepath.Match(unfinished(path), name); badPattern != nil || !ours {
			continue
		}
		if removing := os.Remove(filepath.Join(filepath.Dir(path), e.Name())); !errors.Is(removing, fs.ErrNotExist) {
			err = errors.Join(err, removing)
		}
	}
	return err
}

// fill gives an empty file the schema of a log.
func fill(ctx context.Context, path string) (err error) {
	// Nothing is lost if the power fails here, so one sync at the end will do.
	db, err := openDB(path, "mode=rw", "synchronous(OFF)")
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	err = migrate(ctx, db)
	if err == nil {
		_, err = db.ExecContext(ctx, "PRAGMA journal_mode = WAL")
	}
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	return syncFile(path, os.O_RDWR) // Windows syncs only what may be written
}

// putInPlace gives the file its name, unless there is a log by now. A link
// never replaces; where the file system has no links, a rename must do.
func putInPlace(from, to string) error {
	err := os.Link(from, to)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		if _, there := os.Lstat(to); there == nil {
			return nil
		}
		if err := os.Rename(from, to); err != nil {
			return err
		}
	}
	if runtime.GOOS == "windows" {
		return nil // keeps the list of files safe by itself, and opens no folder
	}
	return syncFile(filepath.Dir(to), os.O_RDONLY)
}

// syncFile makes sure that a file, or a folder's list of files, is on the disk.
func syncFile(path string, flag int) (err error) {
	f, err := os.OpenFile(path, flag, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return f.Sync()
}
