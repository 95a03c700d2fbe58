//go:build linux || darwin

package disk

import "golang.org/x/sys/unix"

// Free is how many bytes this user may still write where a folder is, as far as the system
// tells.
func Free(dir string) (bytes uint64, known bool) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, false
	}
	return s.Bavail * uint64(s.Bsize), true
}
