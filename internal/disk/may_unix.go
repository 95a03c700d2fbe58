//go:build linux || darwin

package disk

import (
	"os"
	"os/user"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

// MayWrite says why this user may not read and write a file or folder; nil, if so. It opens nothing: closing a file would give
// up the locks that this program has on it in another place (fcntl(2)).
func MayWrite(path string) error { return unix.Access(path, unix.R_OK|unix.W_OK) }

// Owner is the name of whom a file belongs to, or their number; empty, if it is not known.
func Owner(path string) string {
	info, err := os.Lstat(path)
	if err != nil {
		return ""
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return ""
	}
	id := strconv.FormatUint(uint64(stat.Uid), 10)
	if u, err := user.LookupId(id); err == nil {
		return u.Username
	}
	return id
}
