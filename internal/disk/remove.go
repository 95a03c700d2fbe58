package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// removeEach removes a file or folder with all that is in it, one by one and by path. Package os
// does it by open folders, which not every file system that Windows shows, nor Wine, knows how
// to do. A link is removed, and not what it leads to.
func removeEach(path string, remove func(path string) error) error {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if info.IsDir() {
		entries, err := os.ReadDir(path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		for _, e := range entries {
			if err := removeEach(filepath.Join(path, e.Name()), remove); err != nil {
				return err
			}
		}
	}
	if err := remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
