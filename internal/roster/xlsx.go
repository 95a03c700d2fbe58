package roster

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Limits of what is unpacked: a small file may hold a very large one.
const (
	mostPacked   = 64 << 20 // of the file
	mostUnpacked = 1 << 30
	inMemory     = 16 << 20 // of the parts that are read in one piece; more text of cells goes through a temporary file
	mostOther    = 64 << 20 // of the parts that are neither sheets nor the text of cells
)

// openXLSX opens an Excel file, or says what else a ZIP file is.
func (r *Roster) openXLSX(name string, file File) (err error) {
	var book *workbook
	defer func() {
		if err != nil {
			err = errors.Join(err, book.close())
			err = &Fault{File: name, What: "the Excel file cannot be read: " + err.Error(),
				Remedy: "save it again as .xlsx, without a password, or as CSV"}
		}
	}()
	archive, err := unpack(file)
	if err != nil {
		return err
	}
	if book, err = openBook(archive); err != nil {
		return err
	}
	if r.whole {
		if err := book.fittest(name, file, r.known, r.wanted); err != nil {
			return err
		}
		for _, s := range book.seen {
			r.reading.Sheets = append(r.reading.Sheets, s.name)
		}
	}
	sheet, err := newSheet(name, book, file, r.whole)
	if err != nil {
		return err
	}
	r.notes = append(r.notes, book.notes...)
	r.rows = sheet
	r.reading.Sheet, r.reading.From1904 = book.sheet, book.from1904
	return nil
}

// fittest takes, of the sheets that the user sees, the one that is wanted by name, or else the first that names the most columns:
// before a tracker there may be a sheet that says how to use it.
func (b *workbook) fittest(name string, file File, known Known, wanted string) error {
	if wanted == "" && len(b.seen) < 2 {
		return nil
	}
	best, most := -1, 1
	var names []string
	for i, s := range b.seen {
		names = append(names, s.name)
		if wanted != "" {
			if s.name == wanted {
				best = i
			}
			continue
		}
		n, err := b.namedIn(s, name, file, known)
		if err != nil {
			return err
		}
		if n > most {
			best, most = i, n
		}
	}
	if wanted != "" && best < 0 {
		return fmt.Errorf("it has no sheet %s, but %s", wanted, strings.Join(names, ", "))
	}
	if best < 0 {
		return nil
	}
	b.sheet, b.part, b.notes = b.seen[best].name, b.seen[best].part, nil
	return nil
}

// namedIn is how many columns a line at the top of a sheet names.
func (b *workbook) namedIn(s sheetPart, name string, file File, known Known) (most int, err error) {
	at := *b
	at.part = s.part
	sheet, err := newSheet(name, &at, file, true)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, sheet.part.Close()) }()
	for range headerLines {
		_, cells, err := sheet.next()
		if errors.Is(err, io.EOF) {
			return most, nil
		}
		if err != nil {
			return most, err
		}
		most = max(most, known(cells))
	}
	return most, nil
}

// archive are the parts of an Excel file, by their names in lower case.
type archive map[string]*zip.File

// partName is the name of a part however a program wrote it.
func partName(name string) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(name, "/"), `\`, "/"))
}

// unpack lists the parts of an Excel file, and refuses what is none or too large.
func unpack(file File) (archive, error) {
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	if size > mostPacked {
		return nil, fmt.Errorf("it has more than %d MB", mostPacked>>20)
	}
	packed, err := zip.NewReader(file, size)
	if err != nil {
		return nil, err
	}
	a := make(archive, len(packed.File))
	all, other := uint64(0), uint64(0)
	for _, f := range packed.File {
		name := partName(f.Name)
		a[name] = f
		// What is unpacked is never more than the list of parts says: package zip sees to that.
		if all += min(f.UncompressedSize64, mostUnpacked+1); all > mostUnpacked {
			return nil, fmt.Errorf("unpacked, it has more than %d GB", mostUnpacked>>30)
		}
		// These are read row by row.
		if strings.HasPrefix(name, "xl/worksheets/sheet") || name == "xl/sharedstrings.xml" {
			continue
		}
		if other += min(f.UncompressedSize64, mostUnpacked); other > mostOther {
			return nil, fmt.Errorf("it holds more than %d MB of pictures and the like", mostOther>>20)
		}
	}
	return a, a.foreign()
}

// foreign says what a file is that is no Excel file.
func (a archive) foreign() error {
	switch {
	case a["content.xml"] != nil && a["mimetype"] != nil:
		return errors.New("it is an OpenDocument spreadsheet (.ods)")
	case a["index/document.iwa"] != nil || a["index.zip"] != nil:
		return errors.New("it is a spreadsheet of Apple Numbers")
	case a["xl/workbook.bin"] != nil:
		return errors.New("it is a binary workbook (.xlsb)")
	case a["word/document.xml"] != nil:
		return errors.New("it is a Word document")
	}
	return nil
}

// errNoPart says that the file lacks a part that others refer to.
var errNoPart = errors.New("a part of it is missing")

// open opens a part.
func (a archive) open(name string) (io.ReadCloser, error) {
	f := a[partName(name)]
	if f == nil {
		return nil, errNoPart
	}
	return f.Open()
}
