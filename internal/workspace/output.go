package workspace

import (
	"bufio"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"foia/internal/disk"
)

// Output is a file of the user's choosing, in whatever folder, on its way into place:
// it appears whole or not at all.
type Output struct {
	path    string
	replace bool
	file    *os.File
	out     *bufio.Writer
	held    func() error // lets go of the unfinished file, which others shall not take for a rest
}

// CreateOutput begins a file. Without replace, a file that is there stays, and is an
// error. What is left of a program that was killed when it made the same file goes.
func CreateOutput(path string, replace bool) (*Output, error) {
	o := &Output{path: path, replace: replace}
	if err := o.mayBe(); err != nil {
		return nil, err
	}
	if err := o.clearUp(); err != nil {
		return nil, o.failed(err)
	}
	var err error
	if o.file, err = os.CreateTemp(filepath.Dir(path), o.unfinished()); err != nil { // mode 0600
		return nil, o.failed(err)
	}
	if err := o.hold(); err != nil {
		return nil, errors.Join(o.failed(err), o.Cancel())
	}
	o.out = bufio.NewWriterSize(o.file, 1<<16)
	return o, nil
}

// mayBe tells whether the file may be put into its place.
func (o *Output) mayBe() error {
	info, err := os.Lstat(o.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return o.failed(err)
	case !info.Mode().IsRegular():
		return &Failure{What: "what is there is not a plain file", Where: o.path, Remedy: "name a new file"}
	case !o.replace:
		return &Failure{What: "a file with that name already exists", Where: o.path, Remedy: "choose another name, or replace it with --force"}
	}
	return nil
}

func (o *Output) failed(err error) error {
	return (&Workspace{}).failed("the file cannot be written", o.path, err)
}

// unfinished are the names of the file before it is in place.
func (o *Output) unfinished() string { return "." + filepath.Base(o.path) + "-*.unfinished" }

// hold keeps others from clearing the unfinished file away.
func (o *Output) hold() (err error) {
	o.held, err = disk.Hold(o.file.Name())
	return err
}

func (o *Output) clearUp() error {
	dir, base := filepath.Dir(o.path), filepath.Base(o.path)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), "."+base+"-") || !strings.HasSuffix(e.Name(), ".unfinished") || !e.Type().IsRegular() {
			continue
		}
		if err := disk.RemoveRest(filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	return nil
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
	if err := errors.Join(o.out.Flush(), o.file.Sync(), o.file.Close()); err != nil {
		return o.failed(err)
	}
	if err := o.mayBe(); err != nil {
		return err
	}
	if err := o.move(); err != nil {
		return o.failed(err)
	}
	o.file = nil
	return errors.Join(o.release(), disk.SyncDir(filepath.Dir(o.path)))
}

// move gives the file its name.
func (o *Output) move() error {
	if o.replace {
		return disk.Rename(o.file.Name(), o.path)
	}
	return disk.RenameNew(o.file.Name(), o.path)
}

func (o *Output) release() error {
	if o.held == nil {
		return nil
	}
	return o.held()
}

// Cancel clears the file away, if it is not in place.
func (o *Output) Cancel() error {
	if o.file == nil {
		return nil
	}
	_ = o.file.Close() // closed already after a failure of Done
	err := disk.Remove(o.file.Name())
	o.file = nil
	return errors.Join(err, o.release())
}
