package reply

import (
	"regexp"
	"strings"
	"unicode/utf16"

	"foia/internal/lazy"
)

// shaped are the lines of a text without what only its paper had: numbers in the margin, an empty line after each line,
// and the spaces by which lines are made equally long. What stands in a line stays there, so that it can be found.
func shaped(lines []string) []string {
	lines = withoutNumbers(lines)
	for i, s := range lines {
		if justified(s) {
			body := strings.TrimLeft(s, " ")
			lines[i] = s[:len(s)-len(body)] + strings.Join(strings.Fields(body), " ")
		}
	}
	return singleSpaced(lines)
}

// fromUTF16 is a text that was written in UTF-16, as its first two bytes say.
func fromUTF16(s string) string {
	low, high := 0, 1
	switch {
	case strings.HasPrefix(s, "\xff\xfe"):
	case strings.HasPrefix(s, "\xfe\xff"):
		low, high = 1, 0
	default:
		return s
	}
	var units []uint16
	for i := 2; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i+low])|uint16(s[i+high])<<8)
	}
	return string(utf16.Decode(units))
}

// withoutNumbers takes the numbers of lines away, where nearly all have one.
func withoutNumbers(lines []string) []string {
	numbered, all := 0, 0
	for _, s := range lines {
		if strings.TrimSpace(s) == "" {
			continue
		}
		all++
		if lineNumber.RE().MatchString(s) {
			numbered++
		}
	}
	if all < 12 || numbered*10 < all*9 {
		return lines
	}
	out := make([]string, len(lines))
	for i, s := range lines {
		out[i] = lineNumber.RE().ReplaceAllString(s, "")
	}
	return out
}

var lineNumber = lazy.Pattern(`^\s{0,4}\d{1,3}(?:\s{2}|\s*$)`)

// justified tells whether a line is prose with several spaces between some of its words: of a table each cell has few.
func justified(s string) bool {
	s = strings.TrimSpace(s)
	if len(strings.Fields(s)) < 7 || strings.ContainsAny(s, "[]$£€_|\t☐☑☒") {
		return false
	}
	gaps := severalSpaces.RE().FindAllString(s, -1)
	for _, g := range gaps {
		if len(g) > 4 {
			return false
		}
	}
	return len(gaps) >= 2 && !figureAlone(severalSpaces.RE(), s)
}

// figureAlone tells whether a cell is nothing but a number.
func figureAlone(between *regexp.Regexp, s string) bool {
	for _, cell := range between.Split(s, -1) {
		if onlyFigure.RE().MatchString(cell) {
			return true
		}
	}
	return false
}

var (
	severalSpaces = lazy.Pattern(` {2,}`)
	onlyFigure    = lazy.Pattern(`^[\d.,%]+$`)
)

// singleSpaced puts the lines of a paragraph together where an empty line stands after each.
func singleSpaced(lines []string) []string {
	alone, long := 0, 0
	for i, s := range lines {
		if len(strings.TrimSpace(s)) < 50 {
			continue
		}
		long++
		if i+1 >= len(lines) || strings.TrimSpace(lines[i+1]) == "" {
			alone++
		}
	}
	open := 0 // long lines that end in the middle of a sentence
	for _, s := range lines {
		if s = strings.TrimSpace(s); len(s) >= 50 && len(s) < 120 && !endOfLine.RE().MatchString(s) {
			open++
		}
	}
	if long < 6 || alone*10 < long*9 || open*2 < long {
		return lines
	}
	out := make([]string, len(lines))
	at := -1 // the line to which the next is put
	for i, s := range lines {
		text := strings.TrimSpace(s)
		if text == "" {
			continue
		}
		if at >= 0 {
			out[at] += " " + text
		} else {
			out[i], at = s, i
		}
		if len(text) < 50 || endOfLine.RE().MatchString(text) {
			at = -1
		}
	}
	return out
}

var endOfLine = lazy.Pattern(`[.:;?!]["”)]?$|[\])_☐☒☑□■✓✔]$`)
