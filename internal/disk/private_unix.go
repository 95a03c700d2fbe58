//go:build unix

package disk

import "io/fs"

// Open tells whether others than the owner may read or write a file, by its mode.
func Open(info fs.FileInfo) bool { return info.Mode().Perm()&0o077 != 0 }
