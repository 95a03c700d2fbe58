package roster

import (
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

// parts opens a part of an Excel file by its name; errNoPart, if there is none.
type parts func(name string, most int64) (io.ReadCloser, error)

var errNoPart = errors.New("a part of it is missing")

// Limits of what is unpacked: a small file may hold a very large one.
const (
	mostSheet   = 1 << 30
	mostPart    = 16 << 20  // of the parts that are held in memory
	mostStrings = 256 << 20 // of the texts of the cells, with their tags
	mostHeld    = 32 << 20  // of the texts alone, which are held in memory
)

// workbook is what the cells of a sheet need of the rest of the file.
type workbook struct {
	open     parts
	sheet    string // the part that holds the sheet
	from1904 bool
	formats  []format // by the number of the style
	texts    texts
	notes    []string
}

// bookSheet is a sheet in the list of sheets.
type bookSheet struct{ name, state, id string }

// openBook reads all of a workbook but the sheet.
func openBook(open parts) (*workbook, error) {
	b := &workbook{open: open}
	place, err := b.place()
	if err != nil {
		return nil, err
	}
	sheets, err := b.sheets(place)
	if err != nil {
		return nil, err
	}
	targets, err := b.related(place)
	if err != nil {
		return nil, err
	}
	if err := b.choose(sheets, targets); err != nil {
		return nil, err
	}
	for _, t := range targets {
		switch {
		case strings.HasSuffix(t.kind, "/styles"):
			err = b.readStyles(t.name)
		case strings.HasSuffix(t.kind, "/sharedStrings"):
			err = b.readTexts(t.name)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.name, err)
		}
	}
	return b, nil
}

// place is the name of the part with the list of sheets.
func (b *workbook) place() (string, error) {
	const usual = "xl/workbook.xml"
	targets, err := b.related("")
	if err != nil {
		return "", err
	}
	for _, t := range targets {
		if strings.HasSuffix(t.kind, "/officeDocument") {
			if strings.HasSuffix(t.name, ".bin") {
				return "", errors.New("it is a binary workbook (.xlsb)")
			}
			return t.name, nil
		}
	}
	return usual, nil
}

// target is a part that another one refers to.
type target struct{ id, kind, name string }

// related are the parts that a part refers to; "" stands for the file.
func (b *workbook) related(part string) (out []target, err error) {
	dir := path.Dir(part)
	err = b.each(path.Join(dir, "_rels", path.Base(part)+".rels"), func(name string, tag []byte) error {
		if name == "Relationship" {
			to := unescape(attribute(tag, "Target"))
			if absolute, ok := strings.CutPrefix(to, "/"); ok {
				to = absolute
			} else {
				to = path.Join(dir, to)
			}
			out = append(out, target{string(attribute(tag, "Id")), string(attribute(tag, "Type")), to})
		}
		return nil
	})
	if part == "" && errors.Is(err, errNoPart) {
		return nil, nil // it is then at its usual place, or there is none
	}
	return out, err
}

// each calls do with every opening tag of a part.
func (b *workbook) each(part string, do func(name string, tag []byte) error) (err error) {
	if part == "_rels/..rels" {
		part = "_rels/.rels"
	}
	r, err := b.open(part, mostPart)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	in := newTags(r)
	for {
		tag, err := in.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if name, closing := tagName(tag); !closing {
			if err := do(string(name), tag); err != nil {
				return err
			}
		}
	}
}

// sheets reads the list of sheets.
func (b *workbook) sheets(place string) (out []bookSheet, err error) {
	err = b.each(place, func(name string, tag []byte) error {
		switch name {
		case "sheet":
			out = append(out, bookSheet{unescape(attribute(tag, "name")), string(attribute(tag, "state")), string(attribute(tag, "id"))})
		case "workbookPr":
			b.from1904 = yes(attribute(tag, "date1904"))
		}
		return nil
	})
	return out, err
}

// yes is a truth of XML.
func yes(v []byte) bool { return string(v) == "1" || string(v) == "true" }

// choose takes the first sheet with cells that the user sees.
func (b *workbook) choose(sheets []bookSheet, targets []target) error {
	var read string
	var hidden []string
	tables, visible := 0, 0
	for _, s := range sheets {
		part := ""
		for _, t := range targets {
			if t.id == s.id && strings.HasSuffix(t.kind, "/worksheet") {
				part = t.name
			}
		}
		if part == "" {
			continue // a chart
		}
		tables++
		if s.state == "hidden" || s.state == "veryHidden" {
			if b.sheet == "" {
				hidden = append(hidden, s.name)
			}
			continue
		}
		if visible++; visible == 1 {
			b.sheet, read = part, s.name
		}
	}
	switch {
	case b.sheet == "" && tables > 0:
		return errors.New("all of its sheets are hidden")
	case b.sheet == "":
		return errors.New("it has no sheet")
	case len(hidden) > 0:
		b.notes = append(b.notes, fmt.Sprintf("the sheet %s is read: it is the first that is not hidden (hidden before it: %s)", read, strings.Join(hidden[:min(3, len(hidden))], ", ")))
	case tables > 1:
		b.notes = append(b.notes, fmt.Sprintf("only the first of %d sheets is read: %s", tables, read))
	}
	return nil
}

// readStyles reads how the cells of each style show numbers.
func (b *workbook) readStyles(part string) error {
	custom := map[int]format{}
	inCells := false
	return b.each(part, func(name string, tag []byte) error {
		switch name {
		case "numFmt":
			if id, err := strconv.Atoi(string(attribute(tag, "numFmtId"))); err == nil {
				custom[id] = readFormat(unescape(attribute(tag, "formatCode")))
			}
		case "cellXfs", "cellStyleXfs", "cellStyles", "dxfs":
			inCells = name == "cellXfs"
		case "xf":
			if !inCells {
				return nil
			}
			id, err := strconv.Atoi(string(attribute(tag, "numFmtId")))
			f, there := custom[id]
			if err == nil && !there {
				f = builtIn(id)
			}
			b.formats = append(b.formats, f)
		}
		return nil
	})
}

// texts are the texts that cells share, one after the other.
type texts struct {
	all  string
	ends []uint32
}

func (t *texts) at(i int) (string, bool) {
	if i < 0 || i >= len(t.ends) {
		return "", false
	}
	begin := uint32(0)
	if i > 0 {
		begin = t.ends[i-1]
	}
	return t.all[begin:t.ends[i]], true
}

// readTexts reads the texts that cells share. What is said of the pronunciation of
// a text (rPh) does not belong to it.
func (b *workbook) readTexts(part string) (err error) {
	r, err := b.open(part, mostStrings)
	if errors.Is(err, errNoPart) {
		return nil // a cell that needs it says so
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	var all strings.Builder
	aside := false
	in := newTags(r)
	for {
		tag, err := in.next()
		if err == io.EOF {
			b.texts.all = all.String()
			return nil
		}
		if err != nil {
			return err
		}
		name, closing := tagName(tag)
		switch string(name) {
		case "rPh":
			aside = !closing && !alone(tag)
		case "t":
			if closing && in.keep && !aside {
				all.WriteString(unescape(in.text))
			}
			in.keep = !closing && !alone(tag)
		case "si":
			if closing || alone(tag) {
				if all.Len() > mostHeld || len(b.texts.ends) > mostHeld/4 {
					return fmt.Errorf("its cells have more than %d MB of text", mostHeld>>20)
				}
				b.texts.ends = append(b.texts.ends, uint32(all.Len()))
			}
		}
	}
}
