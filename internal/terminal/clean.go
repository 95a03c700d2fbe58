package terminal

import (
	"strings"
	"unicode"
)

// Clean takes out of a text what a terminal would obey: control characters and
// the signs that turn the direction of writing. Line breaks stay.
func Clean(s string) string {
	if plain(s) {
		return s
	}
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
func Cell(s string) string {
	if plain(s) && !strings.Contains(s, "  ") && strings.TrimSpace(s) == s {
		return s
	}
	return strings.Join(strings.Fields(Clean(s)), " ")
}

// plain tells whether a text has only the printed signs of ASCII, as most have.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}
