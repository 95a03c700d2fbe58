package roster

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// xlsxSource reads the first sheet of an Excel file, the values of its formulas.
type xlsxSource struct {
	name string
	book *excelize.File
	rows *excelize.Rows
	line int
	file File
}

// Limits of what is unpacked: a small file may hold a very large one.
const (
	mostUnpacked = 1 << 30
	inMemory     = 16 << 20 // more of a sheet than this goes through a temporary file
)

// Excel keeps a date as a number of days, with the time of day as its fraction: since the
// day before January 1, 1900 (and one more, for the February 29 that it gives that year),
// or since January 1, 1904, as files of old Macs have it (ECMA-376, part 1, 18.17.4.1).
var (
	dayZero1900 = time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	dayZero1904 = time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
)

// excelDay matches the number of a day from 1927 to 2173. Nobody writes a date in five
// digits.
var excelDay = regexp.MustCompile(`^([1-9]\d{4})(\.\d{1,17})?$`)

// Day is a cell that ought to hold a date: as year-month-day if it is a number in an
// Excel file, else as it is.
func (r *Roster) Day(cell string) string {
	m := excelDay.FindStringSubmatch(strings.TrimSpace(cell))
	if m == nil || r.dayZero.IsZero() {
		return cell
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		return cell
	}
	return r.dayZero.AddDate(0, 0, n).Format(time.DateOnly)
}

func (r *Roster) openXLSX(name string, file File) (err error) {
	fail := func(what string) error {
		return &Fault{File: name, What: "the Excel file cannot be read: " + what, Remedy: "save it again as .xlsx, without a password, or as CSV"}
	}
	defer func() {
		if p := recover(); p != nil {
			err = fail(fmt.Sprint(p))
		}
	}()
	book, err := excelize.OpenReader(file, excelize.Options{RawCellValue: true, UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: inMemory})
	if err != nil {
		return fail(err.Error())
	}
	sheets := book.GetSheetList()
	if len(sheets) == 0 {
		book.Close()
		return fail("it has no sheet")
	}
	rows, err := book.Rows(sheets[0])
	if err != nil {
		book.Close()
		return fail(err.Error())
	}
	if len(sheets) > 1 {
		r.Notes = append(r.Notes, fmt.Sprintf("only the first of %d sheets is read: %s", len(sheets), sheets[0]))
	}
	if err := r.lookThrough(name, file); err != nil {
		rows.Close()
		book.Close()
		return err
	}
	props, err := book.GetWorkbookProps()
	if err != nil {
		return errors.Join(fail(err.Error()), rows.Close(), book.Close())
	}
	r.dayZero = dayZero1900
	if props.Date1904 != nil && *props.Date1904 {
		r.dayZero = dayZero1904
	}
	r.rows = &xlsxSource{name: name, book: book, rows: rows, file: file}
	return nil
}

// lookThrough notes merged cells, and refuses formulas whose values the file does
// not hold: they would be read as empty cells.
func (r *Roster) lookThrough(name string, file File) error {
	s, err := lookThrough(file)
	switch {
	case errors.Is(err, errNoSheet):
		r.Notes = append(r.Notes, "foia could not check for merged cells and formulas without a value: "+err.Error())
		return nil
	case err != nil:
		return &Fault{File: name, What: "the Excel file cannot be read: " + err.Error(), Remedy: "save it again as .xlsx, without a password, or as CSV"}
	}
	if s.merged != "" {
		r.Notes = append(r.Notes, fmt.Sprintf("the sheet has merged cells (%s): their text counts only for the first", s.merged))
	}
	if s.empty != "" {
		fault := &Fault{File: name, What: "the cell " + s.empty + " has a formula, but the file does not have its value",
			Remedy: "open the file in a spreadsheet program and save it, or save it as CSV"}
		if column, line, err := excelize.CellNameToCoordinates(s.empty); err == nil {
			fault.Line, fault.Column = line, column
		}
		return fault
	}
	return nil
}

func (x *xlsxSource) next() (line int, cells []string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &Fault{File: x.name, Line: x.line, What: fmt.Sprintf("the row cannot be read: %v", p), Remedy: "save the file again, or as CSV"}
		}
	}()
	if !x.rows.Next() {
		if err := x.rows.Error(); err != nil {
			return 0, nil, &Fault{File: x.name, Line: x.line + 1, What: "the row cannot be read: " + err.Error(), Remedy: "save the file again, or as CSV"}
		}
		return 0, nil, io.EOF
	}
	x.line++
	cells, err = x.rows.Columns()
	if err != nil {
		return x.line, nil, &Fault{File: x.name, Line: x.line, What: "the row cannot be read: " + err.Error(), Remedy: "save the file again, or as CSV"}
	}
	return x.line, cells, nil
}

func (x *xlsxSource) close() error {
	err := x.rows.Close()
	if closing := x.book.Close(); err == nil {
		err = closing
	}
	if closing := x.file.Close(); err == nil {
		err = closing
	}
	return err
}
