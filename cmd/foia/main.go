// Command foia makes public-records requests and keeps a log of them.
package main

import (
	"os"
	"time"
)

func main() {
	os.Exit(run(os.Args[1:], &app{in: os.Stdin, out: os.Stdout, err: os.Stderr, now: time.Now}))
}
