package disk

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// overNetwork are the file systems of other machines, by the number that statfs(2) gives.
var overNetwork = map[uint32]string{
	unix.NFS_SUPER_MAGIC: "NFS", unix.SMB_SUPER_MAGIC: "SMB", unix.CIFS_SUPER_MAGIC: "SMB", unix.SMB2_SUPER_MAGIC: "SMB",
}

// Share says by which protocol a file is on another machine; empty, if it is on this one or
// that is not known.
func Share(path string) string {
	var s unix.Statfs_t
	if unix.Statfs(path, &s) != nil {
		return ""
	}
	if uint32(s.Type) != unix.FUSE_SUPER_MAGIC {
		return overNetwork[uint32(s.Type)]
	}
	var file unix.Stat_t
	mounts, err := os.Open("/proc/self/mountinfo")
	if err != nil || unix.Stat(path, &file) != nil {
		return ""
	}
	defer mounts.Close() // it was only read
	return fuseShare(bufio.NewScanner(mounts), fmt.Sprintf("%d:%d", unix.Major(uint64(file.Dev)), unix.Minor(uint64(file.Dev))))
}

// fuseShare tells sshfs from the many file systems of this machine that programs make,
// by the list of what is mounted: proc_pid_mountinfo(5).
func fuseShare(mounts *bufio.Scanner, device string) string {
	for mounts.Scan() {
		place, kind, _ := strings.Cut(mounts.Text(), " - ")
		if fields := strings.Fields(place); len(fields) > 2 && fields[2] == device && strings.HasPrefix(kind, "fuse.sshfs ") {
			return "sshfs"
		}
	}
	return ""
}
