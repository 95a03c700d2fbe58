package roster

import (
	"errors"
	"fmt"
	"io"
)

// sheetSource reads the rows of a sheet that the user sees, the values of formulas.
type sheetSource struct {
	name   string
	book   *workbook
	walk   *walk
	part   io.Closer
	line   int
	hidden int // rows left out
	whole  bool
	file   File
}

func newSheet(name string, book *workbook, file File, whole bool) (*sheetSource, error) {
	part, err := book.parts.open(book.part)
	if err != nil {
		return nil, err
	}
	w := &walk{tags: newTags(part), texts: book.texts, unsettled: book.unsettled, lenient: whole}
	return &sheetSource{name: name, book: book, walk: w, part: part, file: file, whole: whole}, nil
}

func (s *sheetSource) fault(column int, err error) error {
	return &Fault{File: s.name, Line: s.line, Column: column, What: "the row cannot be read: " + err.Error(),
		Remedy: "save the file again, or as CSV"}
}

// next reads the next row that is not hidden; rows that a filter hides are.
func (s *sheetSource) next() (line int, cells []string, err error) {
	for {
		if err := s.walk.row(); err != nil {
			return s.walk.line, nil, s.broken(err)
		}
		if s.walk.over {
			return 0, nil, io.EOF
		}
		s.line = s.walk.line
		if cells, err = s.show(); err != nil {
			return s.line, nil, err
		}
		if !s.walk.hidden || s.whole {
			return s.line, cells, nil
		}
		if !blank(cells) {
			s.hidden++
		}
	}
}

// broken is the fault of what the walk found.
func (s *sheetSource) broken(err error) error {
	s.line = s.walk.line
	var empty *noValue
	if !errors.As(err, &empty) {
		return s.fault(0, err)
	}
	return &Fault{File: s.name, Line: empty.line, Column: empty.column + 1, What: empty.Error(),
		Remedy: "open the file in a spreadsheet program and save it, or save it as CSV"}
}

// show makes of the cells of a row what a list means by them.
func (s *sheetSource) show() ([]string, error) {
	var out []string
	for _, c := range s.walk.cells {
		switch {
		case c.lost:
			return nil, s.fault(c.column+1, errors.New("the text of a cell is missing from the file"))
		case c.empty:
			continue
		}
		for len(out) < c.column {
			out = append(out, "")
		}
		out = append(out, s.meaning(c))
	}
	return out, nil
}

func (s *sheetSource) meaning(c cell) string {
	switch {
	case c.text == "":
	case c.kind == aNumber:
		return s.book.format(c.style).show(c.text, s.book.from1904)
	case c.kind == aTruth:
		return truth(c.text)
	case c.kind == aDay:
		return isoDay(c.text)
	}
	return c.text
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

func (s *sheetSource) skips() bool { return s.walk.hidden }

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
	return errors.Join(s.part.Close(), s.book.close(), s.file.Close())
}
