package disk

import (
	"errors"
	"slices"

	"golang.org/x/sys/windows"
)

// Full tells whether an error says that there is no room on the disk, or none for this user.
func Full(err error) bool {
	return is(err, windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL, windows.ERROR_DISK_QUOTA_EXCEEDED)
}

// Held tells whether an error may say that another program has the file open. "Access is
// denied" may: that is the answer if a file is to be replaced that is open, or that is
// removed already and still open. It is also the answer to who lacks the right.
func Held(err error) bool {
	return is(err, windows.ERROR_SHARING_VIOLATION, windows.ERROR_LOCK_VIOLATION, windows.ERROR_USER_MAPPED_FILE,
		windows.ERROR_ACCESS_DENIED)
}

func is(err error, numbers ...windows.Errno) bool {
	var said windows.Errno
	return errors.As(err, &said) && slices.Contains(numbers, said)
}

// ReadOnly tells whether an error says that nothing can be written where a file is.
func ReadOnly(err error) bool { return is(err, windows.ERROR_WRITE_PROTECT) }

// NobodyReads tells whether a pipe could not be written since its other end is closed.
func NobodyReads(err error) bool { return is(err, windows.ERROR_BROKEN_PIPE, windows.ERROR_NO_DATA) }
