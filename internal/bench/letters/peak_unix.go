//go:build unix

package main

import (
	"runtime"
	"syscall"
)

// peak is the most memory that this program has had, in bytes.
func peak() (uint64, error) {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0, err
	}
	if runtime.GOOS == "darwin" {
		return uint64(usage.Maxrss), nil // elsewhere it is in kilobytes
	}
	return uint64(usage.Maxrss) << 10, nil
}
