package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// NotPlain says what a name leads to instead of a file that can be read twice with the same result.
type NotPlain struct{ What string }

func (e *NotPlain) Error() string { return "it is " + e.What + ", not a file" }

// OpenPlain opens a file that the user named, if it is one: not a folder, and nothing that ends never or is another each time
// it is read. It does not wait for the other end of a pipe, and looks at what it opened, not at what had that name before.
func OpenPlain(name string) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_RDONLY|withoutWaiting, 0)
	if err != nil {
		if info, there := os.Stat(name); there == nil && !info.Mode().IsRegular() { // a socket cannot be opened
			return nil, &NotPlain{kindOf(info.Mode())}
		}
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = &NotPlain{kindOf(info.Mode())}
	}
	if err == nil && ofSystem(f) {
		err = &NotPlain{"a view into the running system"}
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func kindOf(m fs.FileMode) string {
	switch {
	case m.IsDir():
		return "a folder"
	case m&fs.ModeNamedPipe != 0:
		return "a pipe"
	case m&fs.ModeSocket != 0:
		return "a socket"
	}
	return "a device"
}

// LeadsTo is the file that a link leads to in the end; empty, if the name is none. That a folder on the way there is a
// link is how somebody keeps their files, and nothing to be told of each time.
func LeadsTo(name string) string {
	info, err := os.Lstat(name)
	if err != nil || info.Mode()&fs.ModeSymlink == 0 {
		return ""
	}
	to, err := filepath.EvalSymlinks(name)
	if err != nil {
		if to, err = os.Readlink(name); err != nil { // it leads nowhere
			return ""
		}
	}
	if whole, err := filepath.Abs(to); err == nil && !filepath.IsAbs(to) && filepath.IsAbs(name) {
		return whole
	}
	return to
}
