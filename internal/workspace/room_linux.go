package workspace

import "golang.org/x/sys/unix"

// roomAt is how many bytes may still be written where a folder is.
func roomAt(dir string) (bytes uint64, known bool) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, false
	}
	return s.Bavail * uint64(s.Bsize), true
}
