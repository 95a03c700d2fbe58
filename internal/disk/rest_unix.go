//go:build unix

package disk

import (
	"errors"
	"io/fs"
	"os"

	"github.com/gofrs/flock"
)

// Hold keeps RemoveRest from taking an unfinished file for the rest of a program that was
// killed, until release is called or this program ends. The file may be written and renamed
// meanwhile.
func Hold(path string) (release func() error, err error) {
	held := flock.New(path)
	if _, err := held.TryLock(); err != nil {
		return nil, err
	}
	return held.Unlock, nil
}

// RemoveRest removes an unfinished file, unless a program holds it. A file that is gone is
// no error.
func RemoveRest(path string) error {
	lock := flock.New(path, flock.SetFlag(os.O_RDWR))
	free, err := lock.TryLock()
	if err == nil && free {
		err = errors.Join(os.Remove(path), lock.Unlock())
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
