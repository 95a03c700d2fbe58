//go:build unix

package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// hold keeps RemoveRest from taking an unfinished file for the rest of a program that was
// killed, until it is closed or this program ends. The file may be written and renamed
// meanwhile. The lock is flock(2), which belongs to the open file.
func hold(file *os.File) error {
	for {
		err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		if !errors.Is(err, unix.EINTR) {
			return lockFailed(file, err)
		}
	}
}

// lockFailed lets pass what a file system says that has no such locks: there, RemoveRest
// cannot lock either, and takes nothing.
func lockFailed(file *os.File, err error) error {
	if err == nil || errors.Is(err, unix.ENOTSUP) || errors.Is(err, unix.ENOSYS) || errors.Is(err, unix.ENOLCK) {
		return nil
	}
	return &fs.PathError{Op: "lock", Path: file.Name(), Err: err}
}

func setMode(file *os.File, mode fs.FileMode) error { return file.Chmod(mode) }

// closeBeforeMove has nothing to do: an open file can be moved.
func (p *Pending) closeBeforeMove() error { return nil }

// letGo removes a file that is held, and lets go of it.
func letGo(file *os.File) error { return errors.Join(os.Remove(file.Name()), file.Close()) }

// RemoveRest removes an unfinished file, unless a program holds it. A file that is gone, or
// that is another person's, is no error.
func RemoveRest(path string) error {
	_, err := ifAbandoned(path, func([]byte) error { return os.Remove(path) })
	if errors.Is(err, fs.ErrPermission) {
		return nil // theirs to clear away
	}
	return err
}

// ifAbandoned does something with the contents of a file, unless a program holds it; nobody
// else does so meanwhile. It tells whether it was done. A file that is gone is no error.
func ifAbandoned(path string, do func(content []byte) error) (done bool, err error) {
	file, err := os.OpenFile(path, os.O_RDWR|unix.O_NOFOLLOW, 0)
	if errors.Is(err, fs.ErrPermission) { // such as a document for all, which nobody may write
		file, err = os.OpenFile(path, os.O_RDONLY|unix.O_NOFOLLOW, 0)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB) != nil || !stands(file) {
		return false, nil
	}
	content, err := io.ReadAll(io.LimitReader(file, longestMark))
	if err == nil {
		err = do(content)
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return err == nil, err
}

// stands tells whether an open file still has its name.
func stands(file *os.File) bool {
	open, err := file.Stat()
	if err != nil {
		return false
	}
	named, err := os.Lstat(file.Name())
	return err == nil && os.SameFile(open, named)
}
