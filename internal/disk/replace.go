package disk

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// The names of files that are on their way into place: hidden, beside it, and such that
// whoever finds one knows what it is.
const (
	unfinishedStart = "."
	unfinishedEnd   = ".unfinished"
)

// Unfinished is a new name for a file on its way into place, beside it.
func Unfinished(path string) string {
	dir, start := unfinishedOf(path)
	return filepath.Join(dir, start+rand.Text()+unfinishedEnd)
}

// IsUnfinished tells whether a name is one that Unfinished gives.
func IsUnfinished(name string) bool {
	return strings.HasPrefix(name, unfinishedStart) && strings.HasSuffix(name, unfinishedEnd)
}

// unfinishedOf is where the unfinished files of a path are, and how their names begin. A
// long name is cut, since systems take no name of more than 255 bytes.
func unfinishedOf(path string) (dir, start string) {
	base := filepath.Base(path)
	return filepath.Dir(path), unfinishedStart + strings.ToValidUTF8(base[:min(len(base), 200)], "") + "-"
}

// RemoveUnfinished removes what programs that were killed left of a file beside its place.
// What a program is still writing stays.
func RemoveUnfinished(path string) error {
	dir, start := unfinishedOf(path)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), start) || !IsUnfinished(e.Name()) || !e.Type().IsRegular() {
			continue
		}
		if err := RemoveRest(filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// WriteFile replaces a file whole, or makes it: it is written beside its place, not into a
// folder that others can list, synced, and renamed. A file that was there hands on its mode;
// a new one has the given one, less the user's umask. On Windows its permissions are those
// that its folder gives to new files.
func WriteFile(path string, data []byte, mode fs.FileMode) error {
	return WriteFileAs(path, Unfinished(path), data, mode)
}

// WriteFileAs is WriteFile by way of a name that Unfinished gave.
func WriteFileAs(path, beside string, data []byte, mode fs.FileMode) (err error) {
	p, err := Begin(path, beside, mode)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Discard()) }()
	if info, err := os.Stat(path); err == nil {
		if err := setMode(p.File, info.Mode().Perm()); err != nil {
			return err
		}
	}
	if _, err := p.Write(data); err != nil {
		return err
	}
	return p.Replace()
}

// Pending is a file on its way into place, beside it.
type Pending struct {
	*os.File
	path         string
	closed, done bool
}

// Begin begins a file that Replace will put into place, under a name that Unfinished gave. It
// has the given mode, less the user's umask; on Windows the mode says nothing.
func Begin(path, beside string, mode fs.FileMode) (*Pending, error) {
	file, err := os.OpenFile(beside, os.O_RDWR|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return nil, err
	}
	p := &Pending{File: file, path: path}
	if err := hold(file); err != nil {
		return nil, errors.Join(err, p.Discard())
	}
	return p, nil
}

// Replace puts the file into place. After a failure, what was there before is there still.
func (p *Pending) Replace() error { return p.put(Rename) }

// ReplaceNew puts the file into place as RenameNew does: what is there stays.
func (p *Pending) ReplaceNew() error { return p.put(RenameNew) }

// ReplaceWithMode is Replace, but the file has exactly that mode. On Windows, a mode without
// the right to write does not make the file read-only, as it would in package os: such a file
// could not be replaced or removed.
func (p *Pending) ReplaceWithMode(mode fs.FileMode) error {
	if err := setMode(p.File, mode); err != nil {
		return err
	}
	return p.Replace()
}

// PutAt is Replace at another place on the same disk.
func (p *Pending) PutAt(path string) error {
	p.path = path
	return p.Replace()
}

func (p *Pending) put(move func(from, to string) error) error {
	err := p.Sync()
	// Only what is closed can be moved on Windows; elsewhere it is held until it is in place.
	err = errors.Join(err, p.closeBeforeMove())
	if err == nil {
		err = move(p.Name(), p.path)
	}
	p.done = err == nil
	return errors.Join(err, p.close())
}

func (p *Pending) close() error {
	if p.closed {
		return nil
	}
	p.closed = true
	return p.Close()
}

// Discard closes and removes the file, if it is not in place.
func (p *Pending) Discard() error {
	if p.done {
		return nil
	}
	p.done = true
	closing := p.close()
	if err := Remove(p.Name()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return closing
}
