package disk

import (
	"os"
	"time"

	"golang.org/x/sys/windows"
)

// Rename moves a file or folder within a volume, and returns when that is on the disk. A file
// takes the place of one that is there, unless another program has that open. The moved file
// keeps the permissions that it has; those of the file in whose place it comes are gone.
func Rename(from, to string) error {
	return move(from, to, windows.MOVEFILE_REPLACE_EXISTING|windows.MOVEFILE_WRITE_THROUGH)
}

// RenameNew moves a file to a name that nothing has, and returns when that is on the disk: if
// something has the name, that stays, and the error is fs.ErrExist.
func RenameNew(from, to string) error { return move(from, to, windows.MOVEFILE_WRITE_THROUGH) }

// move takes paths as they are: the runtime of Go has told the system that this program
// knows paths of more than 260 characters.
func move(from, to string, flags uint32) error {
	a, err := windows.UTF16PtrFromString(from)
	if err != nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
	}
	b, err := windows.UTF16PtrFromString(to)
	if err != nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
	}
	return Patiently(func() error {
		if err := windows.MoveFileEx(a, b, flags); err != nil {
			return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
		}
		return nil
	})
}

// Remove removes a file, or an empty folder.
func Remove(path string) error { return Patiently(func() error { return os.Remove(path) }) }

// RemoveAll removes a file or folder with all that is in it. What is not there is no error.
func RemoveAll(path string) error {
	// A folder is not empty as long as a file is open that was removed from it.
	passing := func(err error) bool { return Held(err) || is(err, windows.ERROR_DIR_NOT_EMPTY) }
	err := patiently(func() error { return os.RemoveAll(path) }, passing, time.Sleep)
	if is(err, windows.ERROR_INVALID_FUNCTION, windows.ERROR_NOT_SUPPORTED, windows.ERROR_CALL_NOT_IMPLEMENTED) {
		return removeEach(path, func(path string) error {
			return patiently(func() error { return os.Remove(path) }, passing, time.Sleep)
		})
	}
	return err
}
