// Package terminal is what is done in a terminal: tables and paragraphs within its width,
// notes, questions, passwords, and how far a long command is. It knows no other room. What
// only the face can word (such as what advice calls a command) is worded by Words; the clock
// is passed in.
//
// Whatever text comes in is printed without control characters and without signs that turn
// the direction of writing: it may come from a file, an agency or the log. Nothing has
// color but the form in which questions are asked (see form.go).
package terminal

import (
	"fmt"
	"io"
	"time"
)

// Terminal is where a command reads and prints: a terminal, or files and pipes.
type Terminal struct {
	In  io.Reader // what a person types
	Out io.Writer // what a command was asked for
	Err io.Writer // everything else: notes, questions, progress

	// Shown: tables are set as a person sees them, although results do not go to a terminal.
	Shown bool
	// Columns is a width that is given, of a text that is printed elsewhere later; 0: that of Out.
	Columns int
	// Words is a text as it is to be read, before its width counts; nil: as it is.
	Words func(string) string
	// Now is the clock that measures progress.
	Now func() time.Time
}

// Person tells whether somebody is there to answer.
func (t Terminal) Person() bool { return isTerminal(t.In) && isTerminal(t.Err) }

// Note tells the user something beside the result.
func (t Terminal) Note(format string, args ...any) {
	fmt.Fprintln(t.Err, t.say(fmt.Sprintf(format, args...)))
}

// say is a text as it is printed: worded and clean.
func (t Terminal) say(s string) string {
	if t.Words != nil {
		s = t.Words(s)
	}
	return Clean(s)
}
