//go:build unix

package disk

import (
	"errors"
	"io/fs"
	"os"
)

// Rename moves a file or folder within a file system. A file takes the place of one that is
// there, at once for whoever looks. The name is past a power cut when SyncDir has returned.
func Rename(from, to string) error { return os.Rename(from, to) }

// RenameNew moves a file to a name that nothing has: if something has it, that stays, and
// the error is fs.ErrExist. It is made with a link, which never replaces; where the file
// system has no links, it is looked whether the name is free, and a rename must do. The name
// is past a power cut when SyncDir has returned.
func RenameNew(from, to string) error {
	err := os.Link(from, to)
	if err == nil {
		if err := os.Remove(from); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	if errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, there := os.Lstat(to); there == nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: fs.ErrExist}
	}
	return os.Rename(from, to)
}

// Remove removes a file, or an empty folder.
func Remove(path string) error { return os.Remove(path) }

// RemoveAll removes a file or folder with all that is in it. What is not there is no error.
func RemoveAll(path string) error { return os.RemoveAll(path) }
