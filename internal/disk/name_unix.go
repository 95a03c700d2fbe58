//go:build unix

package disk

import "path/filepath"

// Refused says why no file can be made under a path; empty, if nothing is known against it.
func Refused(string) string { return "" }

// Under is where a file is that a setting of a folder names: below the folder, or elsewhere if
// it begins with a slash.
func Under(dir, name string) (string, error) {
	if filepath.IsAbs(name) {
		return name, nil
	}
	return filepath.Join(dir, name), nil
}

// Foreign tells whether a path is written as on another system alone: with a drive, or with
// the slashes of Windows.
func Foreign(name string) bool { return ofWindows(name) }
