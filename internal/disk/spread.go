package disk

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
)

// Named is a file by its name, without a folder.
type Named struct {
	Name string
	Data []byte
}

// Spread has files in folders of their own for as long as a command needs them as files, which only the user can
// read: each has its own, since two may have one name, or names that are one to the disk. clear takes them away
// again; it must be called.
func Spread(files []Named) (paths []string, clear func() error, err error) {
	dir, err := os.MkdirTemp("", "foia-")
	if err != nil {
		return nil, nil, err
	}
	clear = func() error { return os.RemoveAll(dir) }
	for i, f := range files {
		path := filepath.Join(dir, strconv.Itoa(i), filepath.Base(f.Name))
		err := os.Mkdir(filepath.Dir(path), 0o700)
		if err == nil {
			err = os.WriteFile(path, f.Data, 0o600)
		}
		if err != nil {
			return nil, nil, errors.Join(err, clear())
		}
		paths = append(paths, path)
	}
	return paths, clear, nil
}
