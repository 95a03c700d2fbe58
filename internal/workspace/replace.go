package workspace

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// Replacement is a file on its way into place: written piece by piece, so that no
// memory holds it whole, and seen by nobody before it is done.
type Replacement struct {
	w    *Workspace
	path string
	file *unfinished
	out  *bufio.Writer
}

// Replace begins a file of the workspace. Done puts it into place; Cancel, which
// may be called in any case, clears it away if Done was not.
func (w *Workspace) Replace(name string) (*Replacement, error) {
	dir := filepath.Dir(w.Path(name))
	if err := os.MkdirAll(dir, dirMode); err != nil {
		return nil, w.failed("the folder cannot be made", dir, err)
	}
	return w.ReplaceAt(w.Path(name))
}

// ReplaceAt begins a file anywhere on this machine, in a folder that is there.
func (w *Workspace) ReplaceAt(path string) (*Replacement, error) {
	file, err := w.begin(path, fileMode)
	if err != nil {
		return nil, w.failed("the file cannot be written", path, err)
	}
	return &Replacement{w: w, path: path, file: file, out: bufio.NewWriterSize(file, 1<<16)}, nil
}

// Write adds to the file.
func (r *Replacement) Write(p []byte) (int, error) {
	n, err := r.out.Write(p)
	if err != nil {
		err = r.w.failed("the file cannot be written", r.path, err)
	}
	return n, err
}

// Read opens what was written so far.
func (r *Replacement) Read() (io.ReadCloser, error) {
	if err := r.out.Flush(); err != nil {
		return nil, r.w.failed("the file cannot be written", r.path, err)
	}
	return os.Open(r.file.Name())
}

// Done puts the file into place, on the disk.
func (r *Replacement) Done() error {
	if err := errors.Join(r.out.Flush(), r.file.put(r.file.Replace)); err != nil {
		return r.w.failed("the file cannot be written", r.path, err)
	}
	return nil
}

// Cancel clears the file away, if it is not in place.
func (r *Replacement) Cancel() error { return r.file.discard() }
