package roster

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// sheet is what the first sheet of an Excel file holds besides text. It is looked
// for tag by tag: to ask excelize would have the whole sheet in memory.
type sheet struct {
	merged string // the first of the merged cells, such as C5:D6
	empty  string // the first cell with a formula whose value was not kept, such as C2
}

// errNoSheet says that the parts of the file are not where they usually are.
var errNoSheet = errors.New("the first sheet is not at its usual place")

// lookThrough looks through the first sheet of an Excel file.
func lookThrough(file File) (sheet, error) {
	var s sheet
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return s, err
	}
	archive, err := zip.NewReader(file, size)
	if err != nil {
		return s, err
	}
	name, err := firstSheet(archive)
	if err != nil {
		return s, err
	}
	part, err := archive.Open(name)
	if err != nil {
		return s, errNoSheet
	}
	return s, errors.Join(eachTag(part, s.looker()), part.Close())
}

// firstSheet is the name of the part that holds the first sheet.
func firstSheet(archive *zip.Reader) (string, error) {
	var book struct {
		Sheets []struct {
			ID string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var parts struct {
		Parts []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	for name, into := range map[string]any{"xl/workbook.xml": &book, "xl/_rels/workbook.xml.rels": &parts} {
		if err := decodePart(archive, name, into); err != nil {
			return "", err
		}
	}
	for _, p := range parts.Parts {
		if len(book.Sheets) > 0 && p.ID == book.Sheets[0].ID {
			if absolute, ok := strings.CutPrefix(p.Target, "/"); ok {
				return absolute, nil
			}
			return path.Join("xl", p.Target), nil
		}
	}
	return "", errNoSheet
}

func decodePart(archive *zip.Reader, name string, into any) error {
	part, err := archive.Open(name)
	if err != nil {
		return errNoSheet
	}
	if err := xml.NewDecoder(io.LimitReader(part, inMemory)).Decode(into); err != nil {
		return errors.Join(fmt.Errorf("%s: %w", name, err), part.Close())
	}
	return part.Close()
}

// looker takes the tags of a sheet one after the other.
func (s *sheet) looker() func(tag []byte) {
	var cell string
	var formula, value bool
	return func(tag []byte) {
		switch tagName(tag) {
		case "c":
			cell, formula, value = attribute(tag, "r"), false, false
		case "f":
			formula = true
		case "v", "is":
			value = true
		case "/c":
			if formula && !value && s.empty == "" {
				s.empty = cell
			}
		case "mergeCell":
			if s.merged == "" {
				s.merged = attribute(tag, "ref")
			}
		}
	}
}

// eachTag calls f with what stands between each < and >. A tag that is longer than
// the buffer is passed over: those that are looked for are short.
func eachTag(r io.Reader, f func(tag []byte)) error {
	b := bufio.NewReaderSize(r, 1<<16)
	for {
		if err := skipTo(b, '<'); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		tag, err := b.ReadSlice('>')
		switch {
		case err == nil:
			f(tag[:len(tag)-1])
		case errors.Is(err, bufio.ErrBufferFull):
			err = skipTo(b, '>')
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func skipTo(b *bufio.Reader, c byte) error {
	for {
		if _, err := b.ReadSlice(c); !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// tagName is the name of a tag without its prefix: c, /c, mergeCell.
func tagName(tag []byte) string {
	closing := ""
	if rest, ok := bytes.CutPrefix(tag, []byte("/")); ok {
		tag, closing = rest, "/"
	}
	if end := bytes.IndexAny(tag, " \t\r\n/"); end >= 0 {
		tag = tag[:end]
	}
	if colon := bytes.IndexByte(tag, ':'); colon >= 0 {
		tag = tag[colon+1:]
	}
	return closing + string(tag)
}

// attribute is the value of an attribute of a tag; empty if it has none.
func attribute(tag []byte, name string) string {
	for _, quote := range []string{`"`, `'`} {
		for _, space := range " \t\r\n" {
			begin := string(space) + name + "=" + quote
			if i := bytes.Index(tag, []byte(begin)); i >= 0 {
				value, _, _ := bytes.Cut(tag[i+len(begin):], []byte(quote))
				return string(value)
			}
		}
	}
	return ""
}
