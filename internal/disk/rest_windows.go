package disk

import (
	"errors"
	"io/fs"
	"os"
)

// Hold has nothing to do: as long as an unfinished file is open, RemoveRest cannot remove it,
// and a lock would keep the file from being written. Between the moment when it is closed and
// the one when it is in place, another program that makes the same file might take it for a
// rest; then the move fails, with an error, and the other's file is the one that stays.
func Hold(string) (release func() error, err error) { return func() error { return nil }, nil }

// RemoveRest removes an unfinished file, unless a program has it open. A file that is gone is
// no error.
func RemoveRest(path string) error {
	err := os.Remove(path)
	if errors.Is(err, fs.ErrNotExist) || Held(err) {
		return nil
	}
	return err
}
