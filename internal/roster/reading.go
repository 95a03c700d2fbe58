package roster

import (
	"strconv"
	"strings"
)

// Reading is how a list was read. What is counted is complete when the last row was read.
type Reading struct {
	Encoding  string   // utf-8, utf-16, windows-1252, or "utf-8 and windows-1252"; empty of a workbook
	Separator rune     // of a CSV file
	Sheet     string   // of a workbook
	Sheets    []string // of a workbook, all that the user sees; only OpenWhole tells them
	From1904  bool     // its days are counted from 1904
	Heading   int      // the line that names the columns
	Above     []string // the cells of the line before it that is not empty, if there is one
	Valueless Lines    // rows with a formula whose value the file does not have
	Merged    []Block  // cells that are one
	Unseen    []int    // columns that the sheet hides, from 0; they are read

	utf16 bool
}

// Block is a range of cells that are merged. Columns count from 0, lines from 1.
type Block struct{ Column, Line, LastColumn, LastLine int }

// mostBlocks is how many merged ranges are kept. A tracker has some dozens.
const mostBlocks = 10_000

// merge keeps a range of merged cells, such as C5:D6.
func (w *walk) merge(name string) {
	if w.merged == "" {
		w.merged = name
	}
	from, to, _ := strings.Cut(name, ":")
	column, line, err := placeOf(from)
	last, lastLine, errTo := placeOf(to)
	if err == nil && errTo == nil && len(w.blocks) < mostBlocks {
		w.blocks = append(w.blocks, Block{column, line, last, lastLine})
	}
}

// hideColumns keeps a range of hidden columns. To hide all that are not used, programs hide thousands.
func (w *walk) hideColumns(from, to string) {
	first, err := strconv.Atoi(from)
	last, errTo := strconv.Atoi(to)
	if err != nil || errTo != nil {
		return
	}
	for c := max(first, 1); c <= min(last, MaxColumns); c++ {
		w.unseen = append(w.unseen, c-1)
	}
}

// Reading tells how the list was read.
func (r *Roster) Reading() Reading {
	out := r.reading
	switch rows := r.rows.(type) {
	case *sheetSource:
		out.Valueless, out.Merged, out.Unseen = rows.walk.valueless, rows.walk.blocks, rows.walk.unseen
	case *csvSource:
		out.Encoding = "utf-8"
		switch {
		case out.utf16:
			out.Encoding = "utf-16"
		case rows.mixed != nil && rows.mixed.utf8 && rows.mixed.old.Count > 0:
			out.Encoding = "utf-8 and windows-1252"
		case rows.mixed != nil && rows.mixed.old.Count > 0:
			out.Encoding = "windows-1252"
		}
	}
	return out
}
