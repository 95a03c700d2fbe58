package terminal

import (
	"bufio"
	"strings"
)

// Column is a column of a table, and what becomes of it where a terminal is narrow.
type Column struct {
	Name string
	// Drop says how much is lost with the column: where there is no room, the highest goes
	// first. What has 0 always stays.
	Drop int
	// Least is the width below which the column is dropped rather than cut; 0: leastCell.
	Least int
	// Longest is the width of its longest cell, where that is known before the rows come.
	Longest int
	// Wraps: its cells go on in the next line, since nothing of them may be lost. Else they are
	// cut, with an ellipsis.
	Wraps bool
}

const (
	// leastCell is the width below which little can be read of a text.
	leastCell = 12
	// sampled is by how many rows the widths of the columns are found where a list is long.
	// What comes later is cut to them.
	sampled = 1000
)

// Table prints rows under a head. In a terminal it fits the width: columns are dropped, as each
// says, then cells are cut between words; a date, an id or an amount is never cut, nor is the only word of
// a cell. Where not even the columns fit that always stay, each row is a list of its cells. Where
// results do not go to a terminal, each row is one line, whole, with tabs between its cells.
type Table struct {
	terminal Terminal
	out      *bufio.Writer
	columns  []Column
	tabs     bool
	width    int
	most     int        // rows to find widths by; 0: all of them
	held     [][]string // rows until the widths are found
	begun    bool       // they are found
	shown    []int      // the columns that are
	widths   []int      // of those; nil: rows are lists
	rows     int
}

// Tabs tells whether tables are lines with tabs, for other programs, since results do not go to a
// terminal.
func (t Terminal) Tabs() bool { return !t.Shown && !isTerminal(t.Out) }

// Table prints a table, and returns the names of the columns for which there was no room.
func (t Terminal) Table(columns []Column, rows [][]string) (dropped []string, err error) {
	table := t.newTable(columns)
	table.most = 0
	for _, row := range rows {
		if err := table.Row(row); err != nil {
			return nil, err
		}
	}
	return table.Close()
}

// LongTable begins a table that is printed as its rows come. It holds only the first of them.
// With tabs, its rows are lines with tabs also in a terminal.
func (t Terminal) LongTable(columns []Column, tabs bool) *Table {
	table := t.newTable(columns)
	table.tabs = table.tabs || tabs
	return table
}

func (t Terminal) newTable(columns []Column) *Table {
	return &Table{terminal: t, out: bufio.NewWriterSize(t.Out, 1<<16), columns: columns, tabs: t.Tabs(), width: t.Width(), most: sampled}
}

// Row prints a row, or holds it until the widths are found.
func (t *Table) Row(cells []string) error {
	cells = t.terminal.cells(cells)
	if t.tabs {
		if err := t.begin(); err != nil {
			return err
		}
		return t.line(strings.Join(cells, "\t"))
	}
	if !t.begun {
		t.held = append(t.held, cells)
		if t.most == 0 || len(t.held) < t.most {
			return nil
		}
		return t.begin()
	}
	return t.write(cells)
}

// Close prints what is held, and returns the names of the columns for which there was no room.
func (t *Table) Close() (dropped []string, err error) {
	if err := t.begin(); err != nil {
		return nil, err
	}
	shown := 0
	for i, c := range t.columns {
		if shown < len(t.shown) && t.shown[shown] == i {
			shown++
		} else if !t.tabs && c.Name != "" {
			dropped = append(dropped, c.Name)
		}
	}
	return dropped, t.out.Flush()
}

// begin finds the widths and prints the head, and the rows that were held.
func (t *Table) begin() error {
	if t.begun {
		return nil
	}
	t.begun = true
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.Name
	}
	names = t.terminal.cells(names)
	if t.tabs {
		return t.line(strings.Join(names, "\t"))
	}
	var room bool
	if t.shown, t.widths, room = layout(t.columns, names, t.held, t.width); !room {
		t.widths = nil
	} else {
		if err := t.write(names); err != nil {
			return err
		}
		total := len(t.widths) - 1
		for _, w := range t.widths {
			total += w
		}
		if err := t.line(strings.Repeat("─", max(0, total))); err != nil {
			return err
		}
	}
	held := t.held
	t.held = nil
	for _, row := range held {
		if err := t.write(row); err != nil {
			return err
		}
	}
	return nil
}

func (t *Table) line(line string) error {
	if _, err := t.out.WriteString(line); err != nil {
		return err
	}
	return t.out.WriteByte('\n')
}

// write prints a row, whose cells are cut or go on below themselves.
func (t *Table) write(row []string) error {
	t.rows++
	if t.widths == nil {
		return t.writeList(row)
	}
	high, columns := 1, make([][]string, len(t.shown))
	for n, i := range t.shown {
		if t.columns[i].Wraps {
			columns[n] = folded(row[i], t.widths[n])
		} else {
			columns[n] = []string{cut(row[i], t.widths[n])}
		}
		high = max(high, len(columns[n]))
	}
	for h := range high {
		var line strings.Builder
		for n, lines := range columns {
			text := ""
			if h < len(lines) {
				text = lines[h]
			}
			line.WriteString(text)
			for range max(0, t.widths[n]-widthOfText(text)) + 1 {
				line.WriteByte(' ')
			}
		}
		if err := t.line(strings.TrimRight(line.String(), " ")); err != nil {
			return err
		}
	}
	return nil
}

// writeList writes a row as a list: its first cell, and below it the others, each after
// what its column is called.
func (t *Table) writeList(row []string) error {
	const indent, deeper = "  ", "    "
	if t.rows > 1 {
		if err := t.line(""); err != nil {
			return err
		}
	}
	for i, c := range row {
		if c == "" {
			continue
		}
		first, next := indent, deeper
		if i == 0 {
			first, next = "", indent
		}
		if name := t.terminal.cells([]string{t.columns[i].Name})[0]; name != "" {
			c = name + ": " + c
		}
		lines := folded(c, t.width-len(next)) // the first line may have less than it could
		if err := t.line(first + strings.Join(lines, "\n"+next)); err != nil {
			return err
		}
	}
	return nil
}

// cells are texts as they are printed, each on one line.
func (t Terminal) cells(texts []string) []string {
	out := make([]string, len(texts))
	for i, text := range texts {
		out[i] = Cell(t.say(text))
	}
	return out
}

// layout finds which columns are shown, and how wide each is: as wide as its longest cell, if
// there is room. Else columns are dropped until the others have what they need at least; then
// the widest give way first.
func layout(columns []Column, names []string, rows [][]string, total int) (shown, widths []int, room bool) {
	need, whole := make([]int, len(columns)), make([]int, len(columns))
	for i, c := range columns {
		need[i] = max(widthOfText(names[i]), c.Longest)
		whole[i] = need[i]
		for _, row := range rows {
			w := widthOfText(row[i])
			whole[i] = max(whole[i], w)
			need[i] = max(need[i], c.needed(row[i], w))
		}
		shown = append(shown, i)
	}
	sum := func(of []int) int {
		all := len(shown) - 1
		for _, i := range shown {
			all += of[i]
		}
		return all
	}
	for sum(need) > total {
		last := -1
		for n, i := range shown {
			if columns[i].Drop > 0 && (last < 0 || columns[i].Drop > columns[shown[last]].Drop) {
				last = n
			}
		}
		if last < 0 {
			return allOf(columns), nil, false
		}
		shown = append(shown[:last:last], shown[last+1:]...)
	}
	for excess := sum(whole) - total; excess > 0; excess-- {
		gives := -1
		for _, i := range shown {
			if whole[i] > need[i] && (gives < 0 || whole[i] > whole[gives]) {
				gives = i
			}
		}
		whole[gives]--
	}
	for _, i := range shown {
		widths = append(widths, whole[i])
	}
	return shown, widths, true
}

func allOf(columns []Column) (all []int) {
	for i := range columns {
		all = append(all, i)
	}
	return all
}

// needed is the width that a cell needs at least: all of it if it is one word, else what its numbers
// need, and so much that something can be read.
func (c Column) needed(text string, width int) int {
	least := c.Least
	if least == 0 {
		least = leastCell
	}
	if width <= least {
		return width
	}
	words := strings.Fields(text)
	if len(words) == 1 && width <= mostOneWord {
		return width
	}
	for _, word := range words {
		if c.Wraps && isNumber(word) {
			least = max(least, widthOfText(word))
		}
	}
	return least
}

// mostOneWord is how long the only word of a cell may be to stay whole: an id of an office is that
// long, an address on the web is longer.
const mostOneWord = 40

// cut is a text within a width: whole, or cut between words, with an ellipsis.
func cut(text string, width int) string {
	text = strings.TrimLeft(text, emoji)
	if widthOfText(text) <= width {
		return text
	}
	if !strings.Contains(text, " ") && isNumber(text) {
		return text // it came later than the rows that the widths were found by
	}
	const ellipsis = "…"
	out := ""
	for word := range strings.FieldsSeq(text) {
		longer := word
		if out != "" {
			longer = out + " " + word
		}
		if widthOfText(longer)+1 > width {
			break
		}
		out = longer
	}
	if out == "" {
		word, _, _ := strings.Cut(text, " ")
		if !isNumber(word) {
			out = word[:fits(word, max(1, width-1))]
		}
	}
	return strings.TrimRight(out, ",;:") + ellipsis
}
