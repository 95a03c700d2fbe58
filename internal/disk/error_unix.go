//go:build unix

package disk

import (
	"errors"

	"golang.org/x/sys/unix"
)

// Full tells whether an error says that there is no room on the disk, or none for this user.
func Full(err error) bool { return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) }

// Held tells whether an error may say that another program has the file open: never here,
// where an open file can be replaced, moved and removed.
func Held(error) bool { return false }

// ReadOnly tells whether an error says that nothing can be written where a file is.
func ReadOnly(err error) bool { return errors.Is(err, unix.EROFS) }

// NobodyReads tells whether a pipe could not be written since its other end is closed.
func NobodyReads(err error) bool { return errors.Is(err, unix.EPIPE) }
