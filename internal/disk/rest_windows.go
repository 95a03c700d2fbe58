package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"golang.org/x/sys/windows"
)

// hold has nothing to do: as long as an unfinished file is open, RemoveRest cannot remove it,
// and a lock would keep the file from being written. Between the moment when it is closed and
// the one when it is in place, another program that makes the same file might take it for a
// rest; then the move fails, with an error, and the other's file is the one that stays.
func hold(*os.File) error { return nil }

// letGo lets go of a file, and removes it.
func letGo(file *os.File) error { return errors.Join(file.Close(), os.Remove(file.Name())) }

// stands tells whether an open file still has its name: always, since nobody can remove it.
func stands(*os.File) bool { return true }

// setMode has nothing to do: there are no modes.
func setMode(*os.File, fs.FileMode) error { return nil }

// closeBeforeMove closes the file: an open one cannot be moved.
func (p *Pending) closeBeforeMove() error { return p.close() }

// RemoveRest removes an unfinished file, unless a program has it open. A file that is gone is
// no error.
func RemoveRest(path string) error {
	err := os.Remove(path)
	if errors.Is(err, fs.ErrNotExist) || Held(err) {
		return nil
	}
	return err
}

// ifAbandoned does something with the contents of a file, unless a program has it open, and
// tells whether it was done. A file that is gone is no error.
func ifAbandoned(path string, do func(content []byte) error) (done bool, err error) {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return false, err
	}
	// Shared with nobody: it opens only if no other program has it open.
	handle, err := windows.CreateFile(name, windows.GENERIC_READ, 0, nil, windows.OPEN_EXISTING, windows.FILE_ATTRIBUTE_NORMAL, 0)
	if errors.Is(err, fs.ErrNotExist) || Held(err) {
		return false, nil
	}
	if err != nil {
		return false, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	file := os.NewFile(uintptr(handle), path)
	content, err := io.ReadAll(io.LimitReader(file, longestMark))
	if err = errors.Join(err, file.Close()); err != nil {
		return false, err
	}
	if err := do(content); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	return true, nil
}
