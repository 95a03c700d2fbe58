package disk

import (
	"errors"
	"path/filepath"
)

// Refused says why no file can be made under a path; empty, if nothing is known against it.
func Refused(path string) string { return refusedByWindows(path) }

// Under is where a file is that a setting of a folder names: below the folder, or elsewhere if
// it has a drive, a share or, on the folder's own drive, begins with a slash. Slashes may lean
// either way. A drive without a slash is an error: where C:x is depends on who asks.
func Under(dir, name string) (string, error) {
	full, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	path, wrong := underOnWindows(full, name)
	if wrong != "" {
		return "", errors.New(wrong)
	}
	return filepath.Clean(path), nil
}

// Foreign tells whether a path is written as on another system alone: none is.
func Foreign(string) bool { return false }
