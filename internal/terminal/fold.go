package terminal

import "strings"

// mostWhole is the width up to which a word stays whole: that of ids, dates and amounts.
const mostWhole = 14

// isNumber tells whether a word is, or may be, a date, an id or an amount, such as 2026-03-02
// or $1,200.05, which must not be broken.
func isNumber(word string) bool {
	return strings.ContainsAny(word, "0123456789") && widthOfText(word) <= mostWhole
}

// folded are the lines of a cell. A line ends between words or after a hyphen, but not within
// a number; a word that is too long is cut.
func folded(text string, width int) (lines []string) {
	line := ""
	for _, word := range strings.Fields(text) {
		space := " "
		for _, piece := range pieces(word, width) {
			switch {
			case line == "":
				line = strings.TrimLeft(piece, emoji)
			case widthOfText(line+space+piece) > width:
				lines, line = append(lines, line), strings.TrimLeft(piece, emoji)
			default:
				line += space + piece
			}
			space = ""
		}
	}
	return append(lines, line)
}

// emoji makes the character before it a picture, two columns wide, if there is one: where a
// line begins, that would be the space between two columns.
const emoji = "\ufe0f"

// pieces are the parts of a word that stay whole on a line.
func pieces(word string, width int) (out []string) {
	if isNumber(word) && widthOfText(word) <= width {
		return []string{word}
	}
	for part := range strings.SplitAfterSeq(word, "-") {
		for widthOfText(part) > width {
			n := fits(part, width)
			out = append(out, part[:n])
			part = part[n:]
		}
		if part != "" {
			out = append(out, part)
		}
	}
	return out
}

// fits is how many bytes of a word go into a width: whole characters, one at least. A
// character may have signs above and below it, but not without end.
func fits(word string, width int) int {
	const signs = 8
	end, seen := 0, 0
	for i, r := range word {
		next := i + len(string(r))
		if end > 0 && (seen >= signs*width || widthOfText(word[:next]) > width) {
			break
		}
		end = next
		seen++
	}
	return end
}
