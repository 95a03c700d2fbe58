package workspace

import (
	"bufio"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"foia/internal/disk"
	"foia/internal/remedy"
)

// Output is a file of the user's choosing, in whatever folder, on its way into place:
// it appears whole or not at all.
type Output struct {
	w       *Workspace
	path    string
	replace bool
	file    *unfinished
	out     *bufio.Writer
}

// CreateOutput begins a file. Without replace, a file that is there stays, and is an
// error. What is left of a program that was killed when it made the same file goes.
func (w *Workspace) CreateOutput(path string, replace bool) (*Output, error) {
	o := &Output{w: w, path: path, replace: replace}
	if err := o.mayBe(); err != nil {
		return nil, err
	}
	if err := disk.RemoveUnfinished(path); err != nil {
		return nil, o.failed(err)
	}
	var err error
	if o.file, err = w.begin(path, fileMode); err != nil {
		return nil, o.failed(err)
	}
	o.out = bufio.NewWriterSize(o.file, 1<<16)
	return o, nil
}

// mayBe tells whether the file may be put into its place.
func (o *Output) mayBe() error {
	if why := disk.Refused(o.path); why != "" {
		return &remedy.Error{What: "there cannot be a file of that name: " + why, Where: o.path, Do: "choose another name"}
	}
	info, err := os.Lstat(o.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return o.failed(err)
	case !info.Mode().IsRegular():
		return &remedy.Error{What: "what is there is not a plain file", Where: o.path, Do: "name a new file"}
	case !o.replace:
		return &remedy.Error{What: "a file with that name already exists", Where: o.path,
			Do: "choose another name, or replace it with " + remedy.Name("force")}
	}
	return nil
}

func (o *Output) failed(err error) error {
	return o.w.failed("the file cannot be written", o.path, err)
}

// Write adds to the file.
func (o *Output) Write(p []byte) (int, error) {
	n, err := o.out.Write(p)
	if err != nil {
		err = o.failed(err)
	}
	return n, err
}

// Done puts the file into place, on the disk.
func (o *Output) Done() error {
	if err := o.out.Flush(); err != nil {
		return o.failed(err)
	}
	if err := o.mayBe(); err != nil {
		return err
	}
	move := o.file.ReplaceNew
	if o.replace {
		move = o.file.Replace
	}
	if err := o.file.put(move); err != nil {
		return o.failed(err)
	}
	return disk.SyncDir(filepath.Dir(o.path))
}

// Cancel clears the file away, if it is not in place.
func (o *Output) Cancel() error { return o.file.discard() }
