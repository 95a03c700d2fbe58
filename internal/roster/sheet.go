package roster

import (
	"errors"
	"fmt"
	"io"
	"strconv"
)

// mostSheetColumns is how many columns a sheet can have; the last is XFD.
const mostSheetColumns = 16384

// sheetSource reads the rows of a sheet that the user sees, the values of formulas.
type sheetSource struct {
	name   string
	book   *workbook
	part   io.ReadCloser
	tags   *tags
	line   int
	width  int // of the row before
	within bool
	over   bool
	hidden int // rows left out
	file   File
}

func newSheet(name string, book *workbook, file File) (*sheetSource, error) {
	part, err := book.open(book.sheet, mostSheet)
	if err != nil {
		return nil, err
	}
	return &sheetSource{name: name, book: book, part: part, tags: newTags(part), file: file}, nil
}

func (s *sheetSource) fault(column int, what string) error {
	return &Fault{File: s.name, Line: s.line, Column: column, What: "the row cannot be read: " + what, Remedy: "save the file again, or as CSV"}
}

// next reads the next row that is not hidden; rows that a filter hides are.
func (s *sheetSource) next() (int, []string, error) {
	for !s.over {
		tag, err := s.tags.next()
		if err != nil {
			return 0, nil, s.fault(0, broken(err).Error())
		}
		switch name, closing := tagName(tag); string(name) {
		case "sheetData":
			s.within, s.over = !closing, closing || alone(tag)
		case "row":
			if closing || !s.within {
				continue
			}
			hidden := yes(attribute(tag, "hidden"))
			if err := s.count(attribute(tag, "r")); err != nil {
				return 0, nil, err
			}
			if alone(tag) {
				continue
			}
			cells, err := s.cells()
			switch {
			case err != nil:
				return s.line, nil, err
			case hidden && !blank(cells):
				s.hidden++
			case !hidden:
				return s.line, cells, nil
			}
		}
	}
	return 0, nil, io.EOF
}

// count takes the number of a row, which may be left out.
func (s *sheetSource) count(number []byte) error {
	if number == nil {
		s.line++
		return nil
	}
	n, err := strconv.Atoi(string(number))
	if err != nil || n <= s.line {
		return s.fault(0, fmt.Sprintf("after row %d comes row %.20s", s.line, number))
	}
	s.line = n
	return nil
}

// cells reads the cells of a row.
func (s *sheetSource) cells() ([]string, error) {
	cells := make([]string, 0, s.width)
	for {
		tag, err := s.tags.next()
		if err != nil {
			return nil, s.fault(0, broken(err).Error())
		}
		name, closing := tagName(tag)
		if closing && string(name) == "row" {
			s.width = len(cells)
			return cells, nil
		}
		if closing || string(name) != "c" {
			continue
		}
		column := len(cells)
		if at := attribute(tag, "r"); at != nil {
			var ok bool
			if column, ok = columnOf(at); !ok || column < len(cells) {
				return nil, s.fault(len(cells)+1, fmt.Sprintf("after %d cells comes cell %.20s", len(cells), at))
			}
		}
		if column >= mostSheetColumns {
			return nil, s.fault(0, "it has too many cells")
		}
		for len(cells) < column {
			cells = append(cells, "")
		}
		text, err := s.cell(tag)
		if err != nil {
			return nil, s.fault(column+1, err.Error())
		}
		cells = append(cells, text)
	}
}

// columnOf is the column of a cell such as AB12, from 0.
func columnOf(name []byte) (int, bool) {
	n := 0
	for i, c := range name {
		if c < 'A' || c > 'Z' {
			return n - 1, i > 0
		}
		if n = n*26 + int(c-'A') + 1; n > mostSheetColumns {
			return 0, false
		}
	}
	return 0, false
}

// cell reads a cell: its value, as a list means it.
func (s *sheetSource) cell(tag []byte) (string, error) {
	if alone(tag) {
		return "", nil
	}
	style, _ := strconv.Atoi(string(attribute(tag, "s"))) // without one, it is the first
	kind := cellKind(attribute(tag, "t"))
	text, err := s.value()
	if err != nil || text == "" {
		return "", err
	}
	switch kind {
	case 's':
		i, err := strconv.Atoi(text)
		shared, there := s.book.texts.at(i)
		if err != nil || !there {
			return "", errors.New("the text of a cell is missing from the file")
		}
		return shared, nil
	case 'b':
		if text == "0" {
			return "FALSE", nil
		}
		return "TRUE", nil
	case 'n':
		var f format
		if style >= 0 && style < len(s.book.formats) {
			f = s.book.formats[style]
		}
		return f.show(text, s.book.from1904), nil
	case 'd':
		return isoDay(text), nil
	}
	return text, nil
}

// cellKind is what the value of a cell is: s a text of those that cells share, n a
// number, b a truth, d a day, t a text or error of its own.
func cellKind(t []byte) byte {
	switch string(t) {
	case "s", "b", "d", "n":
		return t[0]
	case "":
		return 'n'
	}
	return 't'
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

// value reads what is inside a cell: the value (v), or a text of its own (is).
func (s *sheetSource) value() (string, error) {
	var text string
	aside, formula := false, false
	defer func() { s.tags.keep = false }()
	for {
		tag, err := s.tags.next()
		if err != nil {
			return "", broken(err)
		}
		name, closing := tagName(tag)
		switch string(name) {
		case "c", "row", "sheetData":
			if closing {
				if string(name) != "c" {
					return "", errors.New("a cell has no end")
				}
				return text, nil
			}
			return "", errors.New("a cell has no end")
		case "f":
			formula = !closing && !alone(tag)
		case "rPh":
			aside = !closing && !alone(tag)
		case "v", "t":
			if closing && s.tags.keep && !aside && !formula {
				if text == "" {
					text = unescape(s.tags.text)
				} else {
					text += unescape(s.tags.text)
				}
			}
			s.tags.keep = !closing && !alone(tag)
			if len(text) > mostText {
				return "", errLongText
			}
		}
	}
}

func (s *sheetSource) notes() []string {
	if s.hidden == 0 {
		return nil
	}
	if s.hidden == 1 {
		return []string{"1 row of the sheet is hidden, by hand or by a filter, and was left out"}
	}
	return []string{fmt.Sprintf("%d rows of the sheet are hidden, by hand or by a filter, and were left out", s.hidden)}
}

func (s *sheetSource) close() error { return errors.Join(s.part.Close(), s.file.Close()) }

// look is what a sheet holds besides text.
type look struct {
	merged string // the first of the merged cells, such as C5:D6
	empty  string // the first cell with a formula whose value was not kept, such as C2
}

// lookThrough looks through a sheet before its rows are read.
func lookThrough(r io.Reader) (look, error) {
	var l look
	var cell []byte
	var formula, value bool
	in := newTags(r)
	for {
		tag, err := in.next()
		if err == io.EOF {
			return l, nil
		}
		if err != nil {
			return l, err
		}
		name, closing := tagName(tag)
		switch string(name) {
		case "c":
			if !closing {
				cell, formula, value = append(cell[:0], attribute(tag, "r")...), false, false
			} else if formula && !value && l.empty == "" {
				l.empty = string(cell)
			}
		case "f":
			formula = true
		case "v", "is":
			value = true
		case "mergeCell":
			if l.merged == "" {
				l.merged = string(attribute(tag, "ref"))
			}
		}
	}
}
