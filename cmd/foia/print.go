package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"foia/internal/remedy"

	"charm.land/lipgloss/v2"
	"charm.land/lipgloss/v2/table"
	"golang.org/x/term"
)

// clean takes out of a text what a terminal would obey: control characters and
// the signs that turn the direction of writing. Line breaks stay.
func clean(s string) string {
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

// cell is a text on one line.
func cell(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// width is that of the terminal, or 80 where there is none.
func (a *app) width() int {
	if f, ok := asFile(a.out); ok {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 20 {
			return w
		}
	}
	return 80
}

// words is a text with its acts worded, before its width counts.
func (a *app) words(s string) string { return remedy.Words(s, a.wording()) }

// worded are rows with the acts in them worded.
func (a *app) worded(rows [][]string) [][]string {
	out := make([][]string, len(rows))
	for i, r := range rows {
		for _, c := range r {
			out[i] = append(out[i], a.words(c))
		}
	}
	return out
}

// table prints rows under a head, within the width of the terminal. The widest
// columns give way first; their cells go on in the next line.
func (a *app) table(head []string, rows [][]string) {
	rows = a.worded(rows)
	widths := columnWidths(head, rows, a.width())
	styles := make([]lipgloss.Style, len(widths))
	for i, w := range widths {
		styles[i] = lipgloss.NewStyle().Width(w)
	}
	t := table.New().Headers(head...).Wrap(true).
		Border(lipgloss.Border{Top: "─", Middle: "─", Left: " ", Right: " "}).
		BorderTop(false).BorderBottom(false).BorderLeft(false).BorderRight(false).
		StyleFunc(func(_, column int) lipgloss.Style { return styles[column] })
	for _, r := range rows {
		out := make([]string, len(r))
		for i, c := range r {
			out[i] = cell(c)
		}
		t.Row(out...)
	}
	var out strings.Builder
	for line := range strings.SplitSeq(t.String(), "\n") {
		out.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	fmt.Fprint(a.out, out.String())
}

// columnWidths gives each column what its longest cell needs, and takes from
// the widest ones until all fit: first from those that can give without breaking
// a date, an id, an amount or a status.
func columnWidths(head []string, rows [][]string, total int) []int {
	const narrowest = 8
	widths, whole, sum := make([]int, len(head)), make([]int, len(head)), len(head)-1
	for i, h := range head {
		widths[i], whole[i] = lipgloss.Width(h), narrowest
		for _, r := range rows {
			text := cell(r[i])
			widths[i], whole[i] = max(widths[i], lipgloss.Width(text)), max(whole[i], unbroken(text))
		}
		sum += widths[i]
	}
	for ; sum > total; sum-- {
		gives := -1
		for i, w := range widths {
			slack := w > whole[i]
			if w > narrowest && (gives < 0 || slack && widths[gives] <= whole[gives] || slack == (widths[gives] > whole[gives]) &&
				w > widths[gives]) {
				gives = i
			}
		}
		if gives < 0 {
			break
		}
		widths[gives]--
	}
	return widths
}

// unbroken is the width that a cell needs if its one word, and each word with a digit in
// it, such as 2026-03-02 or $1,200.05, is to stay whole. What is longer than an id or an
// amount may be broken.
func unbroken(text string) (width int) {
	const most = 14
	words := strings.Fields(text)
	for _, word := range words {
		if w := lipgloss.Width(word); w <= most && (len(words) == 1 || strings.ContainsAny(word, "0123456789")) {
			width = max(width, w)
		}
	}
	return width
}

// json prints a value as indented JSON.
func (a *app) json(v any) error {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(v)
	if err == nil {
		_, err = unworded(a.out).Write(remedy.WordsJSON(text.Bytes(), a.wording()))
	}
	if err != nil {
		return fmt.Errorf("the result cannot be written as JSON: %w", err)
	}
	return nil
}

// kept stands for a space at which no line ends. clean has taken it out of every
// text before.
const kept = "\x00"

// citations keeps 5 U.S.C. § 552 together.
var citations = strings.NewReplacer(" U.S.C. § ", kept+"U.S.C."+kept+"§"+kept, " C.F.R. § ", kept+"C.F.R."+kept+"§"+kept, "§ ",
	"§"+kept)

// wrapped prints a paragraph within the width of the terminal, each line after
// an indent.
func (a *app) wrapped(indent, s string) {
	a.wrappedAfter(indent, indent, s)
}

func (a *app) wrappedAfter(first, indent, s string) {
	line, prefix := first, first
	for _, word := range strings.Fields(citations.Replace(clean(a.words(s)))) {
		word = strings.ReplaceAll(word, kept, " ")
		if lipgloss.Width(line)+1+lipgloss.Width(word) > min(a.width(), 100) && line != prefix {
			fmt.Fprintln(a.out, line)
			line, prefix = indent, indent
		}
		if line != prefix {
			line += " "
		}
		line += word
	}
	fmt.Fprintln(a.out, strings.TrimRight(line, " "))
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
