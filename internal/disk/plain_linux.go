package disk

import (
	"os"

	"golang.org/x/sys/unix"
)

// ofSystem tells whether a file is one that the kernel makes when it is read, of which it says that it is plain and
// has no bytes: proc(5), sysfs(5).
func ofSystem(f *os.File) bool {
	var s unix.Statfs_t
	if unix.Fstatfs(int(f.Fd()), &s) != nil {
		return false
	}
	switch uint32(s.Type) {
	case unix.PROC_SUPER_MAGIC, unix.SYSFS_MAGIC, unix.DEBUGFS_MAGIC, unix.TRACEFS_MAGIC, unix.CGROUP_SUPER_MAGIC,
		unix.CGROUP2_SUPER_MAGIC, unix.SECURITYFS_MAGIC:
		return true
	}
	return false
}
