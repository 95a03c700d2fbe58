package roster

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// mark is what excelize does not tell of a cell while it reads row by row.
type mark struct {
	column int // from 0
	style  int
	kind   kindOfCell
	lost   bool // the text is missing from the file
}

// kindOfCell is the attribute t of a cell (ECMA-376 Part 1, 18.18.11).
type kindOfCell byte

const (
	aNumber kindOfCell = iota
	aTruth
	aDay
	aText
)

// walk goes through the part that holds a sheet, in step with excelize. It sees
// whether the part is whole: excelize takes a sheet that breaks off for its end.
type walk struct {
	tags      *tags
	texts     int  // how many texts cells share
	unsettled bool // whether a formula whose value is 0 may not have been computed
	within    bool // the part of the sheet that has rows
	line      int  // of the last row that was read
	marks     []mark
	over      bool   // after the rows
	merged    string // the first of the merged cells, such as C5:D6
}

// noValue says which cell has a formula whose value was not kept. It would be read as
// an empty cell.
type noValue struct{ cell string }

func (e *noValue) Error() string {
	return "the cell " + e.cell + " has a formula, but the file does not have its value"
}

// to are the marks of a line, nil if the sheet does not have it.
func (w *walk) to(line int) ([]mark, error) {
	for w.line < line && !w.over {
		if err := w.row(); err != nil {
			return nil, err
		}
	}
	if w.line == line && !w.over {
		return w.marks, nil
	}
	return nil, nil
}

// row reads the next row, or what follows the last one.
func (w *walk) row() error {
	for {
		token, err := w.tags.next()
		if err == io.EOF {
			w.over = true
			return nil
		}
		if err != nil {
			return err
		}
		if end, ok := token.(xml.EndElement); ok && end.Name.Local == "sheetData" {
			w.within = false
		}
		start, ok := token.(xml.StartElement)
		switch {
		case !ok:
		case start.Name.Local == "sheetData":
			w.within = true
		case start.Name.Local == "mergeCell" && w.merged == "":
			w.merged = value(start, "ref")
		case start.Name.Local == "row" && w.within: // form controls have others
			if err := w.count(value(start, "r")); err != nil {
				return err
			}
			return w.cells()
		}
	}
}

// count takes the number of a row, which may be left out.
func (w *walk) count(number string) error {
	if number == "" {
		w.line++
		return nil
	}
	n, err := strconv.Atoi(number)
	if err != nil || n <= w.line {
		return fmt.Errorf("row %.20s comes after row %d", number, w.line)
	}
	w.line = n
	return nil
}

// cells reads the cells of a row.
func (w *walk) cells() error {
	w.marks = w.marks[:0]
	column := -1 // of the last cell
	for {
		token, err := w.tags.next()
		if err != nil {
			return unexpected(err)
		}
		switch t := token.(type) {
		case xml.EndElement:
			if t.Name.Local == "row" {
				return nil
			}
		case xml.StartElement:
			if t.Name.Local == "row" {
				return errors.New("a row contains another row")
			}
			if t.Name.Local != "c" {
				continue
			}
			m, err := w.cell(t, column)
			if err != nil {
				return err
			}
			column = m.column
			w.marks = append(w.marks, m)
		}
	}
}

// cell reads a cell after another one.
func (w *walk) cell(start xml.StartElement, last int) (mark, error) {
	m := mark{column: last + 1, kind: kindOf(value(start, "t"))}
	if s, err := strconv.Atoi(value(start, "s")); err == nil {
		m.style = s // without one, it is the first
	}
	if at := value(start, "r"); at != "" {
		column, line, err := excelize.CellNameToCoordinates(at)
		if err != nil || column-1 <= last || line != w.line {
			return m, fmt.Errorf("the cell %.20s is not in its place", at)
		}
		m.column = column - 1
	}
	in, err := w.inside()
	if err != nil {
		return m, err
	}
	number := strings.TrimSpace(in.text)
	if value(start, "t") == "s" && number != "" {
		n, err := strconv.Atoi(number)
		m.lost = err != nil || n < 0 || n >= w.texts
	}
	if in.unknown(m.kind, w.unsettled) {
		name, err := excelize.CoordinatesToCellName(m.column+1, w.line)
		return m, errors.Join(&noValue{name}, err)
	}
	return m, nil
}

// inside is what stands inside a cell: whether it has a formula, and its value.
type inside struct {
	formula, value bool
	text           string
}

// unknown tells whether a formula has no value: it was left out, or is empty though
// not a text (openpyxl), or is the 0 that stands for it until it is computed
// (XlsxWriter).
func (in inside) unknown(kind kindOfCell, unsettled bool) bool {
	text := strings.TrimSpace(in.text)
	return in.formula && (!in.value || kind != aText && text == "" || kind == aNumber && text == "0" && unsettled)
}

func (w *walk) inside() (in inside, err error) {
	within := ""
	for {
		token, err := w.tags.next()
		if err != nil {
			return in, unexpected(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			within = t.Name.Local
			switch within {
			case "f":
				in.formula = true
			case "v", "is":
				in.value = true
			case "c", "row":
				return in, errors.New("a cell contains another cell")
			}
		case xml.EndElement:
			if t.Name.Local == "c" {
				return in, nil
			}
			within = ""
		case xml.CharData:
			if within == "v" && len(in.text) < 20 { // longer ones are no numbers of texts
				in.text += string(t)
			}
		}
	}
}

// value is an attribute of a tag, empty if it has none.
func value(start xml.StartElement, name string) string {
	for _, a := range start.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func kindOf(t string) kindOfCell {
	switch t {
	case "", "n":
		return aNumber
	case "b":
		return aTruth
	case "d":
		return aDay
	}
	return aText
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// tags are the parts of an XML text one after the other.
type tags struct{ in *xml.Decoder }

// newTags reads XML as excelize does: in UTF-8.
func newTags(r io.Reader) *tags { return &tags{xml.NewDecoder(r)} }

// next is the next part; io.EOF ends it.
func (t *tags) next() (xml.Token, error) {
	token, err := t.in.Token()
	if _, declares := token.(xml.Directive); declares {
		return nil, errors.New("it declares a document type, which no spreadsheet program does")
	}
	return token, err
}
