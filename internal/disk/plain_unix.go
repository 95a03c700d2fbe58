//go:build linux || darwin

package disk

import "golang.org/x/sys/unix"

// withoutWaiting: open(2) waits for the other end of a pipe otherwise.
const withoutWaiting = unix.O_NONBLOCK
