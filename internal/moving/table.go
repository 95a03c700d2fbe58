package moving

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"foia/internal/roster"
)

// Limits: a desk has some hundred requests, a newsroom's database some thousands.
const (
	MaxRows  = 200_000
	maxBytes = 128 << 20 // of all cells, and what each takes besides
)

// table is a file that was read.
type table struct {
	name    string
	reading roster.Reading
	heads   []string // as they are typed; under a merged heading, with that before them
	rows    []row
	day     func(string) string
	notes   []string
	comma   bool         // amounts have a comma before the cents
	counted []bool       // by column: its days are Excel's numbers
	odd     roster.Lines // rows with characters that cannot be seen
}

// row is a row of the file.
type row struct {
	line   int
	cells  []string // one for each column, without what cannot be seen
	typed  []string
	err    error
	hidden bool
}

// ofCell is what a cell takes besides its text.
const ofCell = 16

// read reads a file.
func read(path, sheet string) (*table, error) { return readUpTo(path, sheet, maxBytes) }

func readUpTo(path, sheet string, most int) (t *table, err error) {
	r, err := roster.OpenWhole(path, sheet, knownHeads)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	t = &table{name: path, day: r.Day}
	for _, c := range r.Columns {
		t.heads = append(t.heads, c.Typed)
	}
	bytes, width := 0, len(t.heads)
	for {
		next, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		one := row{line: next.Line, typed: next.Typed, err: next.Err, hidden: next.Hidden, cells: make([]string, len(next.Cells))}
		for i, cell := range next.Cells {
			var odd bool
			if one.cells[i], odd = cleaned(cell); odd {
				t.odd.Add(next.Line)
			}
		}
		for _, cell := range next.Typed { // also beyond the columns
			bytes += len(cell) + ofCell
		}
		for i := len(one.cells); i < min(len(next.Typed), roster.MaxColumns) && r.Reading().Sheet != ""; i++ {
			cell, _ := cleaned(next.Typed[i])
			one.cells = append(one.cells, cell)
		}
		width = max(width, len(one.cells))
		t.rows = append(t.rows, one)
		if len(t.rows) > MaxRows || bytes > most {
			return nil, &roster.Fault{File: path, Line: next.Line, What: fmt.Sprintf("the file has more than %d rows, or %d MB of text",
				MaxRows, most>>20), Remedy: "split it"}
		}
	}
	t.reading, t.notes = r.Reading(), r.Notes()
	t.widen(width)
	t.shifted(len(r.Columns))
	t.underMerged()
	if err := t.headless(); err != nil {
		return nil, err
	}
	t.fillDown()
	t.countedColumns()
	var unseen []string
	for _, c := range t.reading.Unseen {
		if c < len(t.heads) && t.heads[c] != "" {
			unseen = append(unseen, t.heads[c])
		}
	}
	if len(unseen) > 0 {
		t.notes = append(t.notes, "columns that the sheet hides are read, too: "+strings.Join(unseen, ", "))
	}
	if t.odd.Count > 0 {
		t.notes = append(t.notes, fmt.Sprintf("characters that cannot be seen were dropped (%s)", &t.odd))
	}
	return t, nil
}

// isWholeDay tells whether a cell is a day and nothing else.
func isWholeDay(cell string) bool {
	d := readDay(cell, nil)
	return !d.prose && (d.form == written || d.form == inFigures || d.form == stamp)
}

// headless refuses a file in which no line names the columns: its first row would be taken for their names.
func (t *table) headless() error {
	for _, head := range t.heads {
		if isWholeDay(head) {
			return &roster.Fault{File: t.name, Line: t.reading.Heading, What: "no line names the columns",
				Remedy: "put a line above the first row that does, such as Agency, Request, Date sent, Status"}
		}
	}
	return nil
}

// shifted refuses rows of a text that have more cells than the header, be they empty, where most have not: a separator within a
// cell has moved the others.
func (t *table) shifted(width int) {
	if t.reading.Sheet != "" {
		return
	}
	long := 0
	for i := range t.rows {
		if len(t.rows[i].typed) > width {
			long++
		}
	}
	if long*2 > len(t.rows) {
		return
	}
	for i := range t.rows {
		if one := &t.rows[i]; len(one.typed) > width && one.err == nil {
			one.err = &roster.Fault{File: t.name, Line: one.line,
				What:   fmt.Sprintf("the row has %d cells; the header has %d", len(one.typed), width),
				Remedy: "put quotes around text that contains the separator"}
		}
	}
}

// widen gives columns that stand beside the headings, with cells and without a name, their place in each row.
func (t *table) widen(width int) {
	for len(t.heads) < width {
		t.heads = append(t.heads, "")
	}
	for i := range t.rows {
		for len(t.rows[i].cells) < width {
			t.rows[i].cells = append(t.rows[i].cells, "")
		}
	}
}

// knownHeads tells how many of the names of columns mean something, by which the heading row is found.
func knownHeads(names []string) (n int) {
	for _, name := range names {
		if len(name) > 60 {
			continue
		}
		if isWholeDay(name) {
			return 0 // a row
		}
		head := heading(name)
		for i := range columnRules() {
			if columnRules()[i].fits(head, anyCells) {
				n++
				break
			}
		}
	}
	return n
}

// underMerged puts the heading of a group before the headings under it, where these do not tell columns apart: Request over
// Date and Method, Response over Date and Result.
func (t *table) underMerged() {
	above := t.reading.Above
	filled := 0
	for _, cell := range above {
		if strings.TrimSpace(cell) != "" {
			filled++
		}
	}
	if filled < 2 {
		return // a title
	}
	count := map[string]int{}
	for _, h := range t.heads {
		count[words(h)]++
	}
	group := ""
	for i := range t.heads {
		if strings.TrimSpace(t.heads[i]) == "" && i < len(above) && strings.TrimSpace(above[i]) != "" { // merged down
			t.heads[i] = strings.Join(strings.Fields(above[i]), " ")
			group = ""
			continue
		}
		if i < len(above) && strings.TrimSpace(above[i]) != "" {
			group = strings.Join(strings.Fields(above[i]), " ")
		}
		switch own := words(t.heads[i]); {
		case own == "":
			t.heads[i] = group
		case group != "" && (count[own] > 1 || own == "date" || own == "day" || own == "when"):
			t.heads[i] = group + " " + t.heads[i]
		}
	}
}

// fillDown gives cells that are merged down the rows the text of the first.
func (t *table) fillDown() {
	at := map[int]int{}
	for i := range t.rows {
		at[t.rows[i].line] = i
	}
	for _, b := range t.reading.Merged {
		first, ok := at[b.Line]
		if !ok || b.LastLine == b.Line || b.Column >= len(t.heads) {
			continue
		}
		for line := b.Line + 1; line <= b.LastLine; line++ {
			if i, ok := at[line]; ok && t.rows[i].cells[b.Column] == "" {
				t.rows[i].cells[b.Column] = t.rows[first].cells[b.Column]
			}
		}
	}
}
