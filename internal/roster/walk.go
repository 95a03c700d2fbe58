package roster

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// cell is a cell of a sheet as the file has it.
type cell struct {
	column int // from 0
	style  int
	kind   kindOfCell
	text   string // its value
	empty  bool   // it has neither value nor formula
	lost   bool   // its text is missing from the file
}

// kindOfCell is the attribute t of a cell (ECMA-376 Part 1, 18.18.11).
type kindOfCell byte

const (
	aNumber kindOfCell = iota
	aTruth
	aDay
	aText
)

// walk goes through the part that holds a sheet, row by row, and sees whether the part
// is whole and in order.
type walk struct {
	tags      *tags
	texts     *texts
	unsettled bool // whether a formula whose value is 0 may not have been computed
	within    bool // the part of the sheet that has rows
	line      int  // of the last row that was read
	hidden    bool // whether that row is, by hand or by a filter
	cells     []cell
	over      bool   // after the rows
	merged    string // the first of the merged cells, such as C5:D6
	lenient   bool   // a formula without a value is an empty cell
	valueless Lines  // the rows that have one
	blocks    []Block
	unseen    []int // columns that are hidden, from 0
}

// noValue says which cell has a formula whose value was not kept. It would be read as
// an empty cell.
type noValue struct{ column, line int }

func (e *noValue) Error() string {
	return "the cell " + nameOf(e.column, e.line) + " has a formula, but the file does not have its value"
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
		case start.Name.Local == "col" && !w.within && isTrue(value(start, "hidden")):
			w.hideColumns(value(start, "min"), value(start, "max"))
		case start.Name.Local == "mergeCell":
			w.merge(value(start, "ref"))
		case start.Name.Local == "row" && w.within: // form controls have others
			if err := w.count(value(start, "r")); err != nil {
				return err
			}
			w.hidden = isTrue(value(start, "hidden"))
			return w.readCells()
		}
	}
}

// count takes the number of a row, which may be left out.
func (w *walk) count(number string) error {
	if number == "" {
		number = strconv.Itoa(w.line + 1)
	}
	n, err := strconv.Atoi(number)
	if err == nil && n > mostRows {
		return fmt.Errorf("row %d is more than a sheet can have", n)
	}
	if err != nil || n <= w.line {
		return fmt.Errorf("row %.20s comes after row %d", number, w.line)
	}
	w.line = n
	return nil
}

// readCells reads the cells of a row.
func (w *walk) readCells() error {
	w.cells = w.cells[:0]
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
			c, err := w.cell(t, column)
			if err != nil {
				return err
			}
			column = c.column
			w.cells = append(w.cells, c)
		}
	}
}

// cell reads a cell after another one.
func (w *walk) cell(start xml.StartElement, last int) (cell, error) {
	c := cell{column: last + 1, kind: kindOf(value(start, "t"))}
	if s, err := strconv.Atoi(value(start, "s")); err == nil {
		c.style = s // without one, it is the first
	}
	if at := value(start, "r"); at != "" {
		column, line, err := placeOf(at)
		if err != nil || column <= last || line != w.line {
			return c, fmt.Errorf("the cell %.20s is not in its place", at)
		}
		c.column = column
	}
	in, err := w.inside()
	if err != nil {
		return c, err
	}
	if in.unknown(c.kind, w.unsettled) {
		if !w.lenient {
			return c, &noValue{c.column, w.line}
		}
		w.valueless.Add(w.line)
		c.empty = true
		return c, nil
	}
	c.text = in.text
	switch value(start, "t") {
	case "s":
		if number := strings.TrimSpace(in.text); number != "" {
			c.text, c.lost, err = w.shared(number)
		}
	case "inlineStr":
		if in.rich {
			c.text = in.inline
		}
	}
	c.empty = c.text == "" && !in.formula
	return c, err
}

// shared is the text of a number that a cell has instead.
func (w *walk) shared(number string) (text string, lost bool, err error) {
	n, err := strconv.Atoi(number)
	if err != nil {
		return "", true, nil
	}
	text, ok, err := w.texts.at(n)
	return text, !ok, err
}

// inside is what stands inside a cell: whether it has a formula, and its value.
type inside struct {
	formula, value bool
	text           string // of the value
	rich           bool   // it has a text of its own
	inline         string // which is that
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
			case "v":
				in.value = true
			case "is":
				in.value, in.rich = true, true
				if in.inline, err = w.tags.text("is"); err != nil {
					return in, err
				}
			case "c", "row":
				return in, errors.New("a cell contains another cell")
			}
		case xml.EndElement:
			if t.Name.Local == "c" {
				return in, nil
			}
			within = ""
		case xml.CharData:
			if within != "v" {
				continue
			}
			if len(in.text)+len(t) > mostCell {
				return in, errLongCell
			}
			in.text += string(t)
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

// newTags reads XML in UTF-8, as all programs write it.
func newTags(r io.Reader) *tags { return &tags{xml.NewDecoder(r)} }

// next is the next part; io.EOF ends it.
func (t *tags) next() (xml.Token, error) {
	token, err := t.in.Token()
	if _, declares := token.(xml.Directive); declares {
		return nil, errors.New("it declares a document type, which no spreadsheet program does")
	}
	return token, err
}
