package disk

import (
	"errors"
	"os"
	"path/filepath"
)

// Named is a file by its name, without a folder.
type Named struct {
	Name string
	Data []byte
}

// Spread has files in a folder of their own for as long as a command needs them as files, which only the user can
// read. clear takes them away again; it must be called.
func Spread(files []Named) (paths []string, clear func() error, err error) {
	dir, err := os.MkdirTemp("", "foia-")
	if err != nil {
		return nil, nil, err
	}
	clear = func() error { return os.RemoveAll(dir) }
	for _, f := range files {
		path := filepath.Join(dir, filepath.Base(f.Name))
		if _, err := os.Lstat(path); err == nil { // of two files with one name, none takes the place of the other
			apart, err := os.MkdirTemp(dir, "")
			if err != nil {
				return nil, nil, errors.Join(err, clear())
			}
			path = filepath.Join(apart, filepath.Base(f.Name))
		}
		if err := os.WriteFile(path, f.Data, 0o600); err != nil {
			return nil, nil, errors.Join(err, clear())
		}
		paths = append(paths, path)
	}
	return paths, clear, nil
}
