package roster

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// workbook is what an Excel file says beside the rows of its sheets.
type workbook struct {
	parts     archive
	sheet     string // that is read
	part      string // that holds it
	from1904  bool
	unsettled bool     // whether the values of formulas are to be computed anew
	formats   []format // by the number of the style
	texts     *texts   // that cells share
	notes     []string
	seen      []sheetPart // the sheets that the user sees
}

// sheetPart is a sheet, and the part that holds it.
type sheetPart struct{ name, part string }

// openBook opens a workbook and chooses the sheet that is read.
func openBook(parts archive) (*workbook, error) {
	b := &workbook{parts: parts, texts: &texts{}}
	return b, b.read()
}

// reference is what one part of a file says of another.
type reference struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

type references struct {
	All []reference `xml:"Relationship"`
}

// of are those to parts of a kind, such as worksheet. The rest of the type differs
// between the two forms of the format (ECMA-376 Part 1, strict, and Part 4,
// transitional).
func (r references) of(kind string) (out []reference) {
	for _, one := range r.All {
		if strings.HasSuffix(one.Type, "/"+kind) {
			out = append(out, one)
		}
	}
	return out
}

// place is the part of a kind in a folder, or where it is by custom.
func (r references) place(kind, dir, custom string) string {
	if of := r.of(kind); len(of) > 0 {
		return targetOf(of[0], dir)
	}
	return custom
}

// contents is the part that lists the sheets.
type contents struct {
	Properties struct {
		Date1904 string `xml:"date1904,attr"`
	} `xml:"workbookPr"`
	Calculation struct {
		OnLoad string `xml:"fullCalcOnLoad,attr"`
	} `xml:"calcPr"`
	Sheets []struct {
		Name  string `xml:"name,attr"`
		ID    string `xml:"id,attr"`
		State string `xml:"state,attr"`
	} `xml:"sheets>sheet"`
}

func (b *workbook) read() error {
	var top, near references
	if err := b.decode("_rels/.rels", &top); err != nil {
		return err
	}
	place := top.place("officeDocument", "", "xl/workbook.xml")
	var list contents
	if err := b.decode(place, &list); err != nil {
		return err
	}
	dir, file := path.Split(place)
	if err := b.decode(dir+"_rels/"+file+".rels", &near); err != nil {
		return err
	}
	b.from1904, b.unsettled = isTrue(list.Properties.Date1904), isTrue(list.Calculation.OnLoad)
	if err := b.choose(list, near, dir); err != nil {
		return err
	}
	if err := b.readStyles(near.place("styles", dir, "xl/styles.xml")); err != nil {
		return err
	}
	return b.readTexts(near.place("sharedStrings", dir, "xl/sharedStrings.xml"))
}

// isTrue reads a truth as XML has it.
func isTrue(s string) bool { return s == "1" || s == "true" }

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

// choose takes the first sheet with cells that the user sees. Others hold charts.
func (b *workbook) choose(list contents, near references, dir string) error {
	parts := map[string]string{}
	for _, r := range near.of("worksheet") {
		parts[r.ID] = targetOf(r, dir)
	}
	var hidden []string
	tables := 0
	for _, s := range list.Sheets {
		part := parts[s.ID]
		if part == "" {
			continue
		}
		tables++
		seen := s.State == "" || s.State == "visible"
		if seen {
			b.seen = append(b.seen, sheetPart{s.Name, part})
		}
		switch {
		case b.part != "":
		case seen:
			b.sheet, b.part = s.Name, part
		default:
			hidden = append(hidden, s.Name)
		}
	}
	switch {
	case b.part == "" && len(hidden) > 0:
		return errors.New("all of its sheets are hidden")
	case b.part == "":
		return errors.New("it has no sheet")
	case len(hidden) > 0:
		b.notes = append(b.notes, fmt.Sprintf("the sheet %s is read: it is the first that is not hidden (hidden before it: %s)", b.sheet,
			strings.Join(hidden[:min(3, len(hidden))], ", ")))
	case tables > 1:
		b.notes = append(b.notes, fmt.Sprintf("only the first of %d sheets is read: %s", tables, b.sheet))
	}
	return nil
}

// readStyles reads how the cells of each style show numbers. Without the part, they
// show them as they are.
func (b *workbook) readStyles(name string) error {
	var sheet struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Styles []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := b.decode(name, &sheet); err != nil && !errors.Is(err, errNoPart) {
		return err
	}
	own := map[int]format{}
	for _, f := range sheet.Formats {
		own[f.ID] = readFormat(f.Code)
	}
	for _, s := range sheet.Styles {
		f, spelledOut := own[s.Format]
		if !spelledOut || isBuiltIn(s.Format) {
			f = builtIn(s.Format)
		}
		b.formats = append(b.formats, f)
	}
	return nil
}

// format is how the cells of a style show numbers. A style that the file does not
// have shows them as they are.
func (b *workbook) format(style int) format {
	if style < 0 || style >= len(b.formats) {
		return format{}
	}
	return b.formats[style]
}

// readTexts reads the texts that cells share, if the file has any.
func (b *workbook) readTexts(name string) (err error) {
	part, err := b.parts.open(name)
	if errors.Is(err, errNoPart) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, part.Close()) }()
	if err := b.texts.read(newTags(part)); err != nil {
		return fmt.Errorf("the texts of its cells: %w", err)
	}
	return nil
}

// close removes the temporary file, if there is one.
func (b *workbook) close() error {
	if b == nil {
		return nil
	}
	return b.texts.close()
}
