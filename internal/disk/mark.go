package disk

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
)

// longestMark is how much of a mark is read: the path of a file, on any system.
const longestMark = 1 << 16

// Mark makes a small file that is held until release is called, which removes it, or this
// program ends, however it ends: then it stays, and IfAbandoned finds it. Its name begins
// with start.
func Mark(dir, start, content string) (release func() error, err error) {
	for {
		path := filepath.Join(dir, start+rand.Text())
		file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, FileMode)
		if err != nil {
			return nil, err
		}
		release = func() error { return letGo(file) }
		err = hold(file)
		if err == nil && !stands(file) { // somebody cleared it away before it was held
			if err := file.Close(); err != nil {
				return nil, err
			}
			continue
		}
		if err == nil {
			_, err = file.WriteString(content)
		}
		if err != nil {
			return nil, errors.Join(err, release())
		}
		return release, nil
	}
}

// IfAbandoned does something with the contents of a mark whose program has ended, and then
// removes the mark. It tells whether it was done; a mark that a program holds is left alone.
func IfAbandoned(path string, do func(content string) error) (done bool, err error) {
	done, err = ifAbandoned(path, func(content []byte) error {
		if err := do(string(content)); err != nil {
			return err
		}
		return os.Remove(path)
	})
	return done, err
}
