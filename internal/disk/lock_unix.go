//go:build unix

package disk

import (
	"os"

	"golang.org/x/sys/unix"
)

// lockFlags open a lock file: a link is not followed, which would make, or hold, a file elsewhere.
const lockFlags = os.O_CREATE | os.O_RDONLY | unix.O_NOFOLLOW
