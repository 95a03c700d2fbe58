package terminal

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
)

// narrowest is what a column of a table gives up last.
const narrowest = 8

// Table prints rows under a head, within the width of the terminal. The widest
// columns give way first; their cells go on in the next line. Where there is no room for all
// columns, each row is a list of its cells.
func (t Terminal) Table(head []string, rows [][]string) { t.tableWithin(t.Width(), head, rows) }

func (t Terminal) tableWithin(width int, head []string, rows [][]string) {
	head = t.cells(head)
	cells := make([][]string, len(rows))
	for i, row := range rows {
		cells[i] = t.cells(row)
	}
	var out strings.Builder
	if widths, room := columnWidths(head, cells, width); room {
		writeTable(&out, head, cells, widths)
	} else {
		writeLists(&out, head, cells, width)
	}
	fmt.Fprint(t.Out, out.String())
}

// cells are texts as they are printed, each on one line.
func (t Terminal) cells(texts []string) []string {
	out := make([]string, len(texts))
	for i, text := range texts {
		out[i] = Cell(t.say(text))
	}
	return out
}

func writeTable(out *strings.Builder, head []string, rows [][]string, widths []int) {
	writeRow(out, head, widths)
	total := len(widths) - 1
	for _, w := range widths {
		total += w
	}
	out.WriteString(strings.Repeat("─", total) + "\n")
	for _, row := range rows {
		writeRow(out, row, widths)
	}
}

// writeRow writes a row, whose cells go on below themselves.
func writeRow(out *strings.Builder, row []string, widths []int) {
	high, columns := 1, make([][]string, len(row))
	for i, c := range row {
		columns[i] = folded(c, widths[i])
		high = max(high, len(columns[i]))
	}
	for n := range high {
		var line strings.Builder
		for i, lines := range columns {
			text := ""
			if n < len(lines) {
				text = lines[n]
			}
			line.WriteString(text + strings.Repeat(" ", max(0, widths[i]-lipgloss.Width(text))+1))
		}
		out.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}

// writeLists writes each row as a list: its first cell, and below it the others, each after
// what its column is called.
func writeLists(out *strings.Builder, head []string, rows [][]string, width int) {
	const indent, deeper = "  ", "    "
	for n, row := range rows {
		if n > 0 {
			out.WriteString("\n")
		}
		for i, c := range row {
			if c == "" {
				continue
			}
			first, next := indent, deeper
			if i == 0 {
				first, next = "", indent
			}
			if head[i] != "" {
				c = head[i] + ": " + c
			}
			lines := folded(c, width-len(next)) // the first line may have less than it could
			out.WriteString(first + strings.Join(lines, "\n"+next) + "\n")
		}
	}
}

// columnWidths gives each column what its longest cell needs, and takes from the widest ones
// until all fit: first from those that can give without breaking a date, an id, an amount or a
// single word such as a status; then from those that break such a word. Dates, ids and amounts
// are never broken: there is no room, then.
func columnWidths(head []string, rows [][]string, total int) (widths []int, room bool) {
	widths = make([]int, len(head))
	whole, least := slices.Repeat([]int{narrowest}, len(head)), slices.Repeat([]int{narrowest}, len(head))
	sum := len(head) - 1
	for i, h := range head {
		widths[i] = lipgloss.Width(h)
		for _, r := range rows {
			widths[i] = max(widths[i], lipgloss.Width(r[i]))
			numbers, single := unbroken(r[i])
			least[i], whole[i] = max(least[i], numbers), max(whole[i], numbers, single)
		}
		sum += widths[i]
	}
	for _, floor := range [][]int{whole, least} {
		for ; sum > total; sum-- {
			gives := -1
			for i, w := range widths {
				if w > floor[i] && (gives < 0 || w > widths[gives]) {
					gives = i
				}
			}
			if gives < 0 {
				break
			}
			widths[gives]--
		}
	}
	return widths, sum <= total
}

// mostWhole is the width up to which a word stays whole: that of ids, dates and amounts.
const mostWhole = 14

// isNumber tells whether a word is, or may be, a date, an id or an amount, such as 2026-03-02
// or $1,200.05, which must not be broken.
func isNumber(word string) bool {
	return strings.ContainsAny(word, "0123456789") && lipgloss.Width(word) <= mostWhole
}

// unbroken are the widths that a cell needs if its numbers, and if its only word, are to stay
// whole. What is longer than an id or an amount may be broken.
func unbroken(text string) (numbers, single int) {
	words := strings.Fields(text)
	for _, word := range words {
		w := lipgloss.Width(word)
		if isNumber(word) {
			numbers = max(numbers, w)
		}
		if len(words) == 1 && w <= mostWhole {
			single = w
		}
	}
	return numbers, single
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
			case lipgloss.Width(line+space+piece) > width:
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
	if isNumber(word) && lipgloss.Width(word) <= width {
		return []string{word}
	}
	for part := range strings.SplitAfterSeq(word, "-") {
		for lipgloss.Width(part) > width {
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
		if end > 0 && (seen >= signs*width || lipgloss.Width(word[:next]) > width) {
			break
		}
		end = next
		seen++
	}
	return end
}
