// Package disk is what foia asks of a disk wherever systems answer differently:
// replacing and moving files, getting them past a power cut, modes, locks, free room, names and
// paths, network shares, and what an error of the system means. Whoever works with files calls
// it and needs to know no system.
//
// What holds on all of them: whoever reads a file that is being replaced gets the old
// text or the new, never a part; RenameNew replaces nothing; what Sync has been called for
// is on the disk when it returns, as far as the disk itself is honest.
//
// What differs:
//
//   - Linux. Names and contents are synced by fsync(2), whole file systems by syncfs(2).
//   - macOS. As Linux, but fsync(2) there leaves the data in the drive's own cache, so
//     that Go's File.Sync calls fcntl(F_FULLFSYNC) instead, which empties it. There is no
//     syncfs: many files are synced one by one, which is slower.
//   - Windows. A folder cannot be synced. A move waits until it is on the disk
//     (MOVEFILE_WRITE_THROUGH); names that come to be otherwise are kept by the journal of
//     NTFS, so that after a power cut they are all there up to some moment shortly before
//     it. A log that commits later than its files may then know a document whose name
//     is lost: foia verify says so. Modes do not exist: a file may be read by whom its
//     folder lets in, which below a user's own profile is that user, the system and its
//     administrators. A file that another program has open, such as a spreadsheet or a
//     virus scanner, can be neither replaced nor removed: that is tried again for some two
//     seconds, for the scanner's sake, and is then an error for which Held is true. Names of
//     devices, and those that Windows would cut, are refused (Refused) before it takes them for
//     something else; paths of more than 260 characters need Windows 10, as Go does, whose
//     runtime asks the system for them.
//
// docs/systems.md says the same to users.
package disk

import (
	"io/fs"
	"os"
	"time"
)

// The modes of what foia makes: requests may be confidential. On Windows they say nothing;
// see there.
const (
	FolderMode fs.FileMode = 0o700
	FileMode   fs.FileMode = 0o600
)

// SyncFile has the contents of a file on the disk.
func SyncFile(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0) // Windows syncs only what may be written
	if err != nil {
		return err
	}
	return syncAndClose(file)
}

// syncAndClose closes in any case, and returns what failed first.
func syncAndClose(file *os.File) error {
	err := file.Sync()
	if closing := file.Close(); err == nil {
		err = closing
	}
	return err
}

// pauses are those between the tries at something that another program is in the way of:
// 2.2 seconds in all.
var pauses = []time.Duration{5 * time.Millisecond, 15 * time.Millisecond, 40 * time.Millisecond, 100 * time.Millisecond,
	240 * time.Millisecond, 600 * time.Millisecond, 1200 * time.Millisecond}

// Patiently does something with files, and again while another program is in the way, for
// a short time. Where open files are in nobody's way (Linux, macOS), it is done once.
func Patiently(do func() error) error { return patiently(do, Held, time.Sleep) }

// patiently does something again while its error is one that may be gone in a moment.
func patiently(do func() error, passing func(error) bool, sleep func(time.Duration)) error {
	err := do()
	for _, pause := range pauses {
		if err == nil || !passing(err) {
			break
		}
		sleep(pause)
		err = do()
	}
	return err
}
