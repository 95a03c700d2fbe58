// Package roster reads lists of offices as people keep them: CSV in whatever
// encoding and with whatever separator a spreadsheet program wrote it, and XLSX.
// It reads row by row, so that a list may be larger than memory, and says of each
// thing that is wrong in which line and column it stands. What the columns mean
// is not its business.
package roster

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"foia/internal/disk"
)

// Limits: beyond them a file is no list of offices.
const (
	MaxColumns = 500
	MaxCell    = 32 << 10 // characters; what XLSX can hold (32,767) and a letter can print
)

// Roster is an open list.
type Roster struct {
	Header   []string // as it appears in the file
	Columns  []Column // of the header, those with a name
	notes    []string // how the file was read, where that is not plain
	formulas Lines    // of cells that were written as ="02139"
	name     string
	rows     source
	width    int
	ahead    []record // read in search of the header
	whole    bool     // everything is read, see OpenWhole
	wanted   string   // the sheet of a workbook that is to be read
	known    Known
	reading  Reading
}

// Column is a column of the header.
type Column struct {
	Name  string `json:"name"`  // lower case, words joined by _
	Typed string `json:"typed"` // as it appears in the file
	Index int    `json:"index"` // from 0
}

// Row is one row under the header.
type Row struct {
	Line  int      // in the file, from 1
	Cells []string // one for each column of the header
	Typed []string // as they appear in the file, for rejected.csv
	Err   error    // a *Fault, if the row cannot be used

	Hidden bool // it is hidden in the sheet; only OpenWhole gives such rows
}

// Fault is what is wrong with a list.
type Fault struct {
	File         string
	Line, Column int // from 1; 0: the whole file, or the whole line
	What, Remedy string
	Cause        string // of a row: what other rows may have as well, such as “have too many cells”
}

func (f *Fault) Error() string {
	where := f.File
	if f.Line > 0 {
		where += fmt.Sprintf(":%d", f.Line)
		if f.Column > 0 {
			where += fmt.Sprintf(":%d", f.Column)
		}
	}
	return f.What + " (" + where + ")"
}

// Hint says what to do.
func (f *Fault) Hint() string { return f.Remedy }

// Usage: it is the file that is wrong, which the command line names.
func (f *Fault) Usage() bool { return true }

// source gives the records of a file with their lines; io.EOF ends it.
type source interface {
	next() (line int, cells []string, err error)
	notes() []string // known when all was read
	skips() bool     // whether the row that was read last is hidden
	close() error
}

// Notes say how the file was read, where that is not plain. They are complete when
// the last row was read.
func (r *Roster) Notes() []string {
	out := append(slices.Clone(r.notes), r.rows.notes()...)
	if r.formulas.Count > 0 {
		out = append(out, fmt.Sprintf("cells written as =\"…\" were read as the text inside (%s)", &r.formulas))
	}
	return out
}

func (r *Roster) note(text string) {
	if text != "" {
		r.notes = append(r.notes, text)
	}
}

// Open opens a list and reads its header, which is found by known. The error is a
// *Fault.
func Open(path string, known Known) (*Roster, error) {
	return openPath(path, &Roster{known: known})
}

// OpenWhole opens a list of which nothing may be passed over: rows that the sheet hides
// come, too; columns without a name in letters, or with the name of another, are columns;
// a formula whose value the file does not have is an empty cell and is counted. Of a workbook the sheet is read that is
// named, or else the one that names the most columns.
func OpenWhole(path, sheet string, known Known) (*Roster, error) {
	return openPath(path, &Roster{known: known, whole: true, wanted: sheet})
}

func openPath(path string, r *Roster) (*Roster, error) {
	file, err := disk.OpenPlain(path)
	var other *disk.NotPlain
	if errors.As(err, &other) {
		return nil, &Fault{File: path, What: "the list cannot be read: " + other.Error(), Remedy: "name a CSV or XLSX file"}
	}
	if err != nil {
		return nil, &Fault{File: path, What: "the list cannot be read: " + disk.Reason(err), Remedy: "check the name of the file"}
	}
	r.name = filepath.Base(path)
	if err := r.read(file); err != nil {
		file.Close()
		return nil, err
	}
	return r, nil
}

// File is what a list is read from.
type File interface {
	io.ReadSeekCloser
	io.ReaderAt
}

// New reads a list from an open file, which it closes in the end.
func New(name string, file File, known Known) (*Roster, error) {
	r := &Roster{name: name, known: known}
	if err := r.read(file); err != nil {
		return nil, err
	}
	return r, nil
}

func (r *Roster) read(file File) error {
	name := r.name
	head := make([]byte, mostHead)
	n, err := io.ReadFull(file, head)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return &Fault{File: name, What: "the list cannot be read: " + err.Error(), Remedy: "check the file"}
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return &Fault{File: name, What: "the list cannot be read: " + err.Error(), Remedy: "save it as a file and name that"}
	}
	switch start := string(head[:n]); {
	case strings.HasPrefix(start, "PK\x03\x04"):
		err = r.openXLSX(name, file)
	case strings.HasPrefix(start, "\xD0\xCF\x11\xE0"):
		return &Fault{File: name, What: "the list is an old Excel file (.xls), or is locked with a password",
			Remedy: "save it as .xlsx or CSV, without a password"}
	default:
		if what := otherFile(start); what != "" {
			return &Fault{File: name, What: "the list is " + what + ", whatever its name says",
				Remedy: "open it in a spreadsheet program and save it as .xlsx or CSV"}
		}
		err = r.openCSV(name, file)
	}
	if err != nil {
		return err
	}
	return r.header(name, r.known)
}

// mostHead is how much of a file is looked at to see what it is.
const mostHead = 512

// otherFile says what a file is that is text, or looks like it, and no table: portals give web pages out as .xls.
func otherFile(start string) string {
	start = strings.ToLower(strings.TrimLeft(strings.TrimPrefix(start, "\uFEFF"), " \t\r\n"))
	switch {
	case strings.HasPrefix(start, "<") && (strings.Contains(start, "<html") || strings.Contains(start, "<table") ||
		strings.Contains(start, "<!doctype html")):
		return "a web page (HTML)"
	case strings.HasPrefix(start, "<?xml"):
		return "an XML file"
	case strings.HasPrefix(start, "%pdf-"):
		return "a PDF"
	case strings.HasPrefix(start, `{\rtf`):
		return "a text document (RTF)"
	}
	return ""
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// Next returns the next row that is not empty; io.EOF after the last.
func (r *Roster) Next() (Row, error) {
	for {
		line, cells, hidden, err := r.record()
		if err != nil {
			return Row{}, err
		}
		row := Row{Line: line, Typed: cells}
		if blank(cells) {
			continue
		}
		row.Hidden = r.whole && hidden
		row.Err = r.check(line, cells)
		row.Cells = make([]string, len(r.Columns))
		for i, c := range r.Columns {
			if c.Index < len(cells) {
				row.Cells[i] = r.text(line, cells[c.Index])
			}
		}
		return row, nil
	}
}

// text is a cell without what surrounds it: blanks, and the signs by which a
// spreadsheet program is kept from making a number of it, as in ="02139" and '02139.
func (r *Roster) text(line int, cell string) string {
	cell = strings.TrimSpace(cell)
	if inner, ok := strings.CutPrefix(cell, `="`); ok && strings.HasSuffix(inner, `"`) {
		r.formulas.Add(line)
		return strings.TrimSpace(strings.ReplaceAll(strings.TrimSuffix(inner, `"`), `""`, `"`))
	}
	if inner, ok := strings.CutPrefix(cell, "'"); ok && inner != "" && strings.Trim(inner, "0123456789-") == "" {
		return inner
	}
	return cell
}

// wider tells whether a row may have more cells than the header: in a sheet each stands in its column, whether that has a name
// or not; in text, a separator in the wrong place may have made it.
func (r *Roster) wider() bool { return r.whole && r.reading.Sheet != "" }

// check looks for cells that no column names, that are too long, or that cannot be
// read.
func (r *Roster) check(line int, cells []string) error {
	if len(cells) > r.width && !blank(cells[r.width:]) && !r.wider() {
		return &Fault{File: r.name, Line: line, Column: r.width + 1,
			What:   fmt.Sprintf("the row has %d cells; the header has %d", len(cells), r.width),
			Remedy: "put quotes around text that contains the separator", Cause: "have more cells than the header"}
	}
	for i, c := range cells {
		if !r.whole && strings.IndexByte(c, 0) >= 0 { // who wants everything drops and tells them
			return &Fault{File: r.name, Line: line, Column: i + 1, What: "the cell has a zero byte, which no text has",
				Remedy: "check the cell, and save the list as UTF-8", Cause: "have a cell with a zero byte"}
		}
		if strings.ContainsRune(c, utf8.RuneError) {
			return &Fault{File: r.name, Line: line, Column: i + 1,
				What:   "the cell has a character that was lost when the file was saved, or that its encoding does not have",
				Remedy: "check the cell, and save the list as UTF-8",
				Cause:  "have a character that was lost when the file was saved, or that its encoding does not have"}
		}
		if n := len(c); n <= MaxCell {
			continue
		}
		if n := utf8.RuneCountInString(c); n > MaxCell {
			return &Fault{File: r.name, Line: line, Column: i + 1,
				What: fmt.Sprintf("the cell has %d characters, more than %d", n, MaxCell), Remedy: "shorten it",
				Cause: fmt.Sprintf("have a cell with more than %d characters", MaxCell)}
		}
	}
	return nil
}

// Close closes the file.
func (r *Roster) Close() error { return r.rows.close() }
