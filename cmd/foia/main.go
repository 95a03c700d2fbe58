//go:build !pages

// Command foia makes public-records requests and keeps a log of them.
package main

import (
	"os"
	"runtime/debug"
	"time"

	"foia/internal/desktop"
)

// gcPercent lets the heap of a command, which lives for a fraction of a second,
// grow to five times what is in use before it is cleared. It takes a fifth off
// the time of a letter, and costs some 20 MB.
const gcPercent = 400

func main() {
	debug.SetGCPercent(gcPercent)
	os.Exit(run(os.Args[1:], &app{in: os.Stdin, out: os.Stdout, err: os.Stderr, now: time.Now, who: account,
		desktop: desktop.System{}}))
}
