package terminal

import (
	"strings"
	"unicode"
)

// Clean takes out of a text what a terminal would obey: control characters and
// the signs that turn the direction of writing. Line breaks stay.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r):
			return '\ufffd'
		}
		return r
	}, s)
}

// Cell is a text, clean and on one line.
func Cell(s string) string { return strings.Join(strings.Fields(Clean(s)), " ") }
