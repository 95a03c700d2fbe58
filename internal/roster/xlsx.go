package roster

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// openXLSX opens an Excel file, or says what else a ZIP file is.
func (r *Roster) openXLSX(name string, file File) error {
	open, err := unpack(file)
	if err != nil {
		return notExcel(name, err)
	}
	book, err := openBook(open)
	if err != nil {
		return notExcel(name, err)
	}
	r.notes = append(r.notes, book.notes...)
	if err := r.lookThrough(name, book); err != nil {
		return err
	}
	sheet, err := newSheet(name, book, file)
	if err != nil {
		return notExcel(name, err)
	}
	r.rows = sheet
	return nil
}

func notExcel(name string, err error) error {
	return &Fault{File: name, What: "the Excel file cannot be read: " + err.Error(), Remedy: "save it again as .xlsx, without a password, or as CSV"}
}

// mostPacked is how large an Excel file may be; lists of all offices of the
// country have 20 MB.
const mostPacked = 256 << 20

// unpack opens the parts of an Excel file.
func unpack(file File) (parts, error) {
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	if size > mostPacked {
		return nil, fmt.Errorf("it has more than %d MB", mostPacked>>20)
	}
	archive, err := zip.NewReader(file, size)
	if err != nil {
		return nil, err
	}
	members := make(map[string]*zip.File, len(archive.File))
	for _, f := range archive.File {
		// Some programs write the names with other letters or slashes.
		members[strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(f.Name, "/"), `\`, "/"))] = f
	}
	switch {
	case members["content.xml"] != nil && members["mimetype"] != nil:
		return nil, errors.New("it is an OpenDocument spreadsheet (.ods)")
	case members["index/document.iwa"] != nil || members["index.zip"] != nil:
		return nil, errors.New("it is a spreadsheet of Apple Numbers")
	}
	return func(name string, most int64) (io.ReadCloser, error) {
		f := members[strings.ToLower(name)]
		if f == nil {
			return nil, errNoPart
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		return &limited{from: r, left: most}, nil
	}, nil
}

// limited is a part of which no more than so much is unpacked.
type limited struct {
	from io.ReadCloser
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errors.New("more than foia unpacks of a list")
	}
	n, err := l.from.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}

func (l *limited) Close() error { return l.from.Close() }

// lookThrough notes merged cells, and refuses formulas whose values the file does
// not hold: they would be read as empty cells.
func (r *Roster) lookThrough(name string, book *workbook) error {
	part, err := book.open(book.sheet, mostSheet)
	if err != nil {
		return notExcel(name, err)
	}
	l, err := lookThrough(part)
	if err = errors.Join(err, part.Close()); err != nil {
		return notExcel(name, err)
	}
	if l.merged != "" {
		r.notes = append(r.notes, fmt.Sprintf("the sheet has merged cells (%s): their text counts only for the first", l.merged))
	}
	if l.empty == "" {
		return nil
	}
	fault := &Fault{File: name, What: "the cell " + l.empty + " has a formula, but the file does not have its value",
		Remedy: "open the file in a spreadsheet program and save it, or save it as CSV"}
	if column, ok := columnOf([]byte(l.empty)); ok {
		fault.Column = column + 1
		fault.Line, _ = strconv.Atoi(strings.TrimLeft(l.empty, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")) // 0, if it is no number
	}
	return fault
}
