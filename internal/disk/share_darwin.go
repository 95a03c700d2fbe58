package disk

import "golang.org/x/sys/unix"

// overNetwork are the file systems of other machines, by the name that statfs(2) gives.
var overNetwork = map[string]string{"nfs": "NFS", "smbfs": "SMB", "afpfs": "AFP", "webdav": "WebDAV"}

// Share says by which protocol a file is on another machine; empty, if it is on this one or
// that is not known.
func Share(path string) string {
	var s unix.Statfs_t
	if unix.Statfs(path, &s) != nil || s.Flags&unix.MNT_LOCAL != 0 {
		return ""
	}
	return overNetwork[unix.ByteSliceToString(s.Fstypename[:])]
}
