package terminal

import (
	"os"
	"strconv"

	"charm.land/lipgloss/v2"
	"golang.org/x/term"
)

// noWidth is the width where there is no terminal; what is narrower than leastWidth is taken
// for none.
const (
	noWidth    = 80
	leastWidth = 21
)

// columnsVariable is the width that a person wants, whatever the terminal says (POSIX, Base
// Definitions 8.3, COLUMNS).
const columnsVariable = "COLUMNS"

// Width is the width that results are printed in: what COLUMNS says, or that of the terminal
// that they go to, or 80 where there is none.
func (t Terminal) Width() int {
	if t.Columns > 0 {
		return t.Columns
	}
	if wanted, err := strconv.Atoi(os.Getenv(columnsVariable)); err == nil && wanted >= leastWidth {
		return wanted
	}
	return widthOf(t.Out)
}

// Fits tells whether a text needs no more than one line of what is printed.
func (t Terminal) Fits(s string) bool { return widthOfText(s) <= t.Width() }

// QuestionWidth is the width of the terminal that questions go to.
func (t Terminal) QuestionWidth() int { return widthOf(t.Err) }

// file is an output that may be a terminal. Who wraps a file hands on its number.
type file interface{ Fd() uintptr }

func isTerminal(stream any) bool {
	f, ok := stream.(file)
	return ok && term.IsTerminal(int(f.Fd()))
}

func widthOf(out any) int {
	if f, ok := out.(file); ok {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w >= leastWidth {
			return w
		}
	}
	return noWidth
}

// widthOfText is how many columns a text takes. Most texts have only signs of one column, which
// need no table of Unicode.
func widthOfText(s string) int {
	n := 0
	for _, r := range s {
		if (r < ' ' || r >= 0x7f) && !common(r) {
			return lipgloss.Width(s)
		}
		n++
	}
	return n
}
