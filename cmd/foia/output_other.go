//go:build !windows

package main

// pipeEnded tells whether the other end of a pipe is closed, where that is not EPIPE.
func pipeEnded(error) bool { return false }
