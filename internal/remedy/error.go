// Package remedy is about what a person is told when something is wrong, or is to be
// done: what, where, and what to do about it. What to do with the program itself is named
// as an act, a value that each face words in its own way.
package remedy

import (
	"errors"

	"foia/internal/disk"
)

// Error is what a person is told when something cannot be done.
type Error struct {
	What   string // in a few words, in lower case
	Where  string // the file, line, row or field; may be empty
	Do     string // what to do; acts are named with Act.String
	Misuse bool   // what was asked for does not fit: nothing is broken
	Cause  error  // what the system or a library said; may be nil
}

// Error says what is wrong, and where.
func (e *Error) Error() string {
	s := e.What
	if e.Cause != nil {
		s += ": " + disk.Reason(e.Cause)
	}
	if e.Where != "" {
		s += " (" + e.Where + ")"
	}
	return s
}

// Hint says what to do.
func (e *Error) Hint() string { return e.Do }

// Usage tells whether what was asked for does not fit.
func (e *Error) Usage() bool { return e.Misuse }

// Unwrap returns what the system or a library said.
func (e *Error) Unwrap() error { return e.Cause }

// Cannot is the error that something cannot be done.
func Cannot(what, do string) *Error { return &Error{What: what, Do: do} }

// Misuse is the error that what was asked for does not fit.
func Misuse(what, do string) *Error { return &Error{What: what, Do: do, Misuse: true} }

// Of is what an error says to do; empty: nothing.
func Of(err error) string {
	var hinted interface{ Hint() string }
	if errors.As(err, &hinted) {
		return hinted.Hint()
	}
	return ""
}

// IsMisuse tells whether an error says that what was asked for does not fit.
func IsMisuse(err error) bool {
	var misuse interface{ Usage() bool }
	return errors.As(err, &misuse) && misuse.Usage()
}
