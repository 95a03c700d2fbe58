package main

import (
	"errors"
	"io"
	"os"

	"foia/internal/disk"
	"foia/internal/remedy"
)

// output is where a command's results go. It remembers that something could not be written,
// whoever wrote it and whether they looked: what is lost is an error of the command, in the end.
type output struct {
	to     io.Writer
	failed error
}

func (o *output) Write(p []byte) (int, error) {
	if o.failed != nil {
		return 0, o.failed // what follows would be read as if nothing were missing before it
	}
	n, err := o.to.Write(p)
	o.failed = err
	return n, err
}

// Fd is the number of the file behind it, by which a terminal is known; none, if it is no file.
func (o *output) Fd() uintptr {
	if f, ok := o.to.(*os.File); ok {
		return f.Fd()
	}
	return ^uintptr(0)
}

// lost is what became of results that could not be written; nil, if all were.
func (a *app) lost() error {
	o, ok := unworded(a.out).(*output)
	if !ok || o.failed == nil {
		return nil
	}
	return &remedy.Error{What: "the results cannot be written", Cause: o.failed, Where: "standard output",
		Do: "make room where they go, or send them elsewhere; what the command recorded or made is kept"}
}

// nobodyReads tells whether results could not be written since who reads them has enough, such as
// head: there is nothing to say, and nobody to say it to.
func nobodyReads(err error) bool { return errors.Is(err, io.ErrClosedPipe) || disk.NobodyReads(err) }
