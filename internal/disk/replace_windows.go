package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteFile replaces a file whole, or makes it: it is written beside its place, synced, and
// moved. Its permissions are those that its folder gives to new files, whatever the mode and
// whatever those of the file before were.
func WriteFile(path string, data []byte, mode fs.FileMode) (err error) {
	p, err := Begin(path, mode)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Discard()) }()
	if _, err := p.Write(data); err != nil {
		return err
	}
	return p.Replace()
}

// WriteFileWithMode is WriteFile. A mode without the right to write does not make the file
// read-only, as it would in package os: such a file could not be replaced or removed.
func WriteFileWithMode(path string, data []byte, mode fs.FileMode) error {
	return WriteFile(path, data, mode)
}

// Pending is a file on its way into place, beside it.
type Pending struct {
	*os.File
	path         string
	closed, done bool
}

// Begin begins a file that Replace will put into place. The mode says nothing here.
func Begin(path string, _ fs.FileMode) (*Pending, error) {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"*")
	if err != nil {
		return nil, err
	}
	return &Pending{File: file, path: path}, nil
}

// Replace puts the file into place. After a failure, what was there before is there still.
func (p *Pending) Replace() error {
	err := p.Sync()
	p.closed = true // an open file cannot be moved
	if closing := p.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = Rename(p.Name(), p.path)
	}
	p.done = err == nil
	return err
}

// Discard closes and removes the file, if it is not in place.
func (p *Pending) Discard() error {
	if p.done {
		return nil
	}
	var closing error
	if !p.closed {
		closing = p.Close()
		p.closed = true
	}
	if err := Remove(p.Name()); err != nil {
		return err
	}
	p.done = true
	return closing
}
