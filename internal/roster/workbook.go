package roster

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
)

// workbook is an Excel file, as excelize has it, and what it does not tell.
type workbook struct {
	*excelize.File
	parts     archive
	sheet     string // that is read
	part      string // that holds it
	from1904  bool
	formats   map[int]format // by the number of the style
	texts     int            // how many texts the cells share
	unsettled bool           // whether the values of formulas are to be computed anew
	notes     []string
}

// openBook opens a workbook and chooses the sheet that is read.
func openBook(parts archive, file File) (*workbook, error) {
	open, err := openExcelize(file)
	if err != nil {
		if open != nil {
			err = errors.Join(err, open.Close())
		}
		return nil, err
	}
	b := &workbook{File: open, parts: parts, formats: map[int]format{}}
	return b, b.read()
}

func (b *workbook) read() error {
	props, err := b.GetWorkbookProps()
	if err == io.EOF { // of a part that is not there
		return fmt.Errorf("the list of its sheets: %w", errNoPart)
	}
	if err != nil {
		return err
	}
	calculation, err := b.GetCalcProps()
	if err != nil {
		return err
	}
	b.from1904 = props.Date1904 != nil && *props.Date1904
	b.unsettled = calculation.FullCalcOnLoad != nil && *calculation.FullCalcOnLoad
	tables, err := b.tables()
	if err != nil {
		return err
	}
	if err := b.choose(tables); err != nil {
		return err
	}
	b.texts, err = b.countTexts()
	return err
}

// close closes the library's temporary files.
func (b *workbook) close() error {
	if b == nil {
		return nil
	}
	return b.Close()
}

// reference is what one part of a file says of another.
type reference struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// tables are the parts that hold the sheets with cells, by their names. Others are
// charts, which excelize lists as well.
func (b *workbook) tables() (map[string]string, error) {
	place := "xl/workbook.xml"
	var top, near struct {
		References []reference `xml:"Relationship"`
	}
	if err := b.decode("_rels/.rels", &top); err != nil {
		return nil, err
	}
	for _, r := range top.References {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			place = targetOf(r, "")
		}
	}
	var list struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := b.decode(place, &list); err != nil {
		return nil, err
	}
	dir, file := path.Split(place)
	if err := b.decode(dir+"_rels/"+file+".rels", &near); err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, s := range list.Sheets {
		for _, r := range near.References {
			if r.ID == s.ID && strings.HasSuffix(r.Type, "/worksheet") {
				out[s.Name] = targetOf(r, dir)
			}
		}
	}
	return out, nil
}

// targetOf is the part that a reference in a folder means.
func targetOf(r reference, dir string) string {
	if absolute, ok := strings.CutPrefix(r.Target, "/"); ok {
		return absolute
	}
	return path.Join(dir, r.Target)
}

// decode reads a small part.
func (b *workbook) decode(name string, into any) error {
	part, err := b.parts.open(name)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if err := xml.NewDecoder(io.LimitReader(part, inMemory)).Decode(into); err != nil {
		return errors.Join(fmt.Errorf("%s: %w", name, err), part.Close())
	}
	return part.Close()
}

// choose takes the first sheet with cells that the user sees.
func (b *workbook) choose(tables map[string]string) error {
	var hidden []string
	seen := 0
	for _, name := range b.GetSheetList() {
		part := tables[name]
		if part == "" {
			continue
		}
		visible, err := b.GetSheetVisible(name)
		switch {
		case err != nil:
			return err
		case visible && seen == 0:
			b.sheet, b.part = name, part
			seen++
		case visible:
			seen++
		case seen == 0:
			hidden = append(hidden, name)
		}
	}
	switch {
	case seen == 0 && len(hidden) > 0:
		return errors.New("all of its sheets are hidden")
	case seen == 0:
		return errors.New("it has no sheet")
	case len(hidden) > 0:
		b.notes = append(b.notes, fmt.Sprintf("the sheet %s is read: it is the first that is not hidden (hidden before it: %s)", b.sheet,
			strings.Join(hidden[:min(3, len(hidden))], ", ")))
	case len(tables) > 1:
		b.notes = append(b.notes, fmt.Sprintf("only the first of %d sheets is read: %s", len(tables), b.sheet))
	}
	return nil
}

// countTexts counts the texts that cells share. A cell that refers to one more has
// lost its text, of which excelize says nothing.
func (b *workbook) countTexts() (n int, err error) {
	part, err := b.parts.open("xl/sharedStrings.xml")
	if errors.Is(err, errNoPart) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, part.Close()) }()
	in := newTags(part)
	for {
		token, err := in.next()
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return 0, fmt.Errorf("the texts of its cells: %w", err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "si" {
			n++
		}
	}
}

// format is how the cells of a style show numbers. A style that the file does not
// have shows them as they are.
func (b *workbook) format(style int) format {
	f, known := b.formats[style]
	if known {
		return f
	}
	if s, err := b.GetStyle(style); err == nil {
		if f = builtIn(s.NumFmt); s.CustomNumFmt != nil {
			f = readFormat(*s.CustomNumFmt)
		}
	}
	b.formats[style] = f
	return f
}
