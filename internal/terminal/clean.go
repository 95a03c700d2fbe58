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

// plain tells whether a text has only the printed signs of ASCII and a few others, as most have.
func plain(s string) bool {
	for _, r := range s {
		if (r < ' ' || r >= 0x7f) && !common(r) {
			return false
		}
	}
	return true
}

// common are signs beyond ASCII that laws, names and advice are full of. Each takes one column.
func common(r rune) bool {
	switch r {
	case '§', '…', '–', '—', '‘', '’', '“', '”', '─':
		return true
	}
	return false
}
