package roster

import (
	"errors"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// sheetSource reads the rows of a sheet that the user sees, the values of formulas.
type sheetSource struct {
	name   string
	book   *workbook
	rows   *excelize.Rows
	walk   *walk
	part   io.Closer
	line   int
	hidden int // rows left out
	file   File
}

func newSheet(name string, book *workbook, file File) (*sheetSource, error) {
	rows, err := book.Rows(book.sheet)
	if err != nil {
		return nil, err
	}
	part, err := book.parts.open(book.part)
	if err != nil {
		return nil, errors.Join(err, rows.Close())
	}
	w := &walk{tags: newTags(part), texts: book.texts, unsettled: book.unsettled}
	return &sheetSource{name: name, book: book, rows: rows, walk: w, part: part, file: file}, nil
}

func (s *sheetSource) fault(column int, err error) error {
	return &Fault{File: s.name, Line: s.line, Column: column, What: "the row cannot be read: " + err.Error(),
		Remedy: "save the file again, or as CSV"}
}

// next reads the next row that is not hidden; rows that a filter hides are.
func (s *sheetSource) next() (line int, cells []string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = s.fault(0, fmt.Errorf("%v", p))
		}
	}()
	for s.rows.Next() {
		s.line++
		hidden := s.rows.GetRowOpts().Hidden
		if cells, err = s.rows.Columns(); err != nil {
			return s.line, nil, s.fault(0, err)
		}
		marks, err := s.walk.to(s.line)
		if err != nil {
			return s.line, nil, s.broken(err)
		}
		if err := s.show(cells, marks); err != nil {
			return s.line, nil, err
		}
		if !hidden {
			return s.line, cells, nil
		}
		if !blank(cells) {
			s.hidden++
		}
	}
	return s.end()
}

// end makes sure that nothing follows the last row that excelize gave.
func (s *sheetSource) end() (int, []string, error) {
	if err := s.rows.Error(); err != nil {
		return 0, nil, s.fault(0, err)
	}
	for !s.walk.over {
		if err := s.walk.row(); err != nil {
			return 0, nil, s.broken(err)
		}
		if !s.walk.over && len(s.walk.marks) > 0 {
			return 0, nil, s.fault(0, errors.New("the sheet goes on after its end"))
		}
	}
	return 0, nil, io.EOF
}

// broken is the fault of what the walk found.
func (s *sheetSource) broken(err error) error {
	s.line = max(s.line, s.walk.line)
	var empty *noValue
	if !errors.As(err, &empty) {
		return s.fault(0, err)
	}
	column, line, err := excelize.CellNameToCoordinates(empty.cell)
	if err != nil {
		return s.fault(0, err)
	}
	return &Fault{File: s.name, Line: line, Column: column, What: empty.Error(),
		Remedy: "open the file in a spreadsheet program and save it, or save it as CSV"}
}

// show makes of the values of cells what a list means.
func (s *sheetSource) show(cells []string, marks []mark) error {
	if n := len(marks); len(cells) > 0 && (n == 0 || len(cells) > marks[n-1].column+1) {
		return s.fault(0, errors.New("it contains cells of another row"))
	}
	for _, m := range marks {
		if m.lost {
			return s.fault(m.column+1, errors.New("the text of a cell is missing from the file"))
		}
		if m.column >= len(cells) || cells[m.column] == "" {
			continue
		}
		cell := &cells[m.column]
		switch m.kind {
		case aNumber:
			*cell = s.book.format(m.style).show(*cell, s.book.from1904)
		case aTruth:
			*cell = truth(*cell)
		case aDay:
			*cell = isoDay(*cell)
		}
	}
	return nil
}

func truth(s string) string {
	if s == "0" {
		return "FALSE"
	}
	return "TRUE"
}

// isoDay is the day of a cell of the type d, which is written as ISO 8601 has it.
func isoDay(s string) string {
	if len(s) < len("2025-05-06T") || s[10] != 'T' {
		return s
	}
	switch s[11:] {
	case "00:00", "00:00:00", "00:00:00.000", "00:00:00Z":
		return s[:10]
	}
	return s[:10] + " " + s[11:]
}

func (s *sheetSource) notes() (out []string) {
	if s.walk.merged != "" {
		out = append(out, fmt.Sprintf("the sheet has merged cells (%s): their text counts only for the first", s.walk.merged))
	}
	switch {
	case s.hidden == 1:
		out = append(out, "1 row of the sheet is hidden, by hand or by a filter, and was left out")
	case s.hidden > 1:
		out = append(out, fmt.Sprintf("%d rows of the sheet are hidden, by hand or by a filter, and were left out", s.hidden))
	}
	return out
}

func (s *sheetSource) close() error {
	return errors.Join(s.part.Close(), s.rows.Close(), s.book.close(), s.file.Close())
}
