package main

import (
	"errors"
	"syscall"
)

// pipeEnded tells whether the other end of a pipe is closed: ERROR_BROKEN_PIPE and ERROR_NO_DATA,
// of the system error codes of Windows.
func pipeEnded(err error) bool {
	return errors.Is(err, syscall.ERROR_BROKEN_PIPE) || errors.Is(err, syscall.Errno(232))
}
