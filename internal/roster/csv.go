package roster

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// csvSource reads comma-separated values (RFC 4180) and their relatives.
type csvSource struct {
	name   string
	file   File
	reader *csv.Reader
}

func (r *Roster) openCSV(name string, file File) error {
	encoding, note, err := encodingOf(file)
	if err != nil {
		return &Fault{File: name, What: "the list cannot be read: " + err.Error(), Remedy: "check the file"}
	}
	if note != "" {
		r.Notes = append(r.Notes, note)
	}
	text := bufio.NewReaderSize(encoding, 1<<16)
	comma, err := separator(text)
	if err != nil {
		return &Fault{File: name, What: "the list cannot be read: " + err.Error(), Remedy: "check the file"}
	}
	if comma != ',' {
		r.Notes = append(r.Notes, fmt.Sprintf("the cells are separated by %s", map[rune]string{';': "semicolons", '\t': "tabs", '|': "vertical bars"}[comma]))
	}
	c := csv.NewReader(&singleReturns{from: text})
	c.Comma, c.FieldsPerRecord, c.ReuseRecord = comma, -1, false
	r.rows = &csvSource{name: name, file: file, reader: c}
	return nil
}

// encodingOf finds out how the characters are written: by the mark at the start,
// else UTF-8 if all of the file is that, else Windows-1252, which old spreadsheet
// programs write.
func encodingOf(file File) (io.Reader, string, error) {
	head := make([]byte, 3)
	n, err := io.ReadFull(file, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, "", err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, "", err
	}
	switch head = head[:n]; {
	case bytes.HasPrefix(head, []byte("\xFF\xFE")) || bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return transform.NewReader(file, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()), "the file is written in UTF-16", nil
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		_, err := file.Seek(3, io.SeekStart)
		return file, "", err
	}
	valid, err := allUTF8(file)
	if err != nil {
		return nil, "", err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, "", err
	}
	if valid {
		return file, "", nil
	}
	return transform.NewReader(file, charmap.Windows1252.NewDecoder()), "the file is not UTF-8 and was read as Windows-1252; check names with accents", nil
}

func allUTF8(r io.Reader) (bool, error) {
	whole := make([]byte, 1<<16)
	buffer := whole[:0]
	for {
		n, err := r.Read(buffer[len(buffer):cap(buffer)])
		buffer = buffer[:len(buffer)+n]
		for len(buffer) > 0 && (utf8.FullRune(buffer) || err == io.EOF) {
			c, size := utf8.DecodeRune(buffer)
			if c == utf8.RuneError && size == 1 {
				return false, nil
			}
			buffer = buffer[size:]
		}
		buffer = append(whole[:0], buffer...)
		if err == io.EOF {
			return true, nil
		}
		if err != nil {
			return false, err
		}
	}
}

// separator looks at the first line that is not empty for the character that
// parts its cells.
func separator(text *bufio.Reader) (rune, error) {
	head, err := text.Peek(1 << 15)
	if err != nil && err != io.EOF && !errors.Is(err, bufio.ErrBufferFull) {
		return 0, err
	}
	line := strings.TrimLeft(string(head), "\r\n")
	if end := strings.IndexAny(line, "\r\n"); end >= 0 {
		line = line[:end]
	}
	best, most := ',', 0
	for _, c := range []rune{',', ';', '\t', '|'} {
		count, quoted := 0, false
		for _, r := range line {
			switch {
			case r == '"':
				quoted = !quoted
			case r == c && !quoted:
				count++
			}
		}
		if count > most {
			best, most = c, count
		}
	}
	return best, nil
}

// singleReturns makes the line ends of old Macintosh files into those of others;
// a carriage return before a line feed is left to the reader of CSV.
type singleReturns struct {
	from *bufio.Reader
}

func (s *singleReturns) Read(p []byte) (int, error) {
	n, err := s.from.Read(p)
	for i := range n {
		if p[i] != '\r' {
			continue
		}
		next := byte(0)
		if i+1 < n {
			next = p[i+1]
		} else if peek, _ := s.from.Peek(1); len(peek) == 1 {
			next = peek[0]
		}
		if next != '\n' {
			p[i] = '\n'
		}
	}
	return n, err
}

// next reads a record. A quotation mark in the wrong place ends the reading: what
// stands after it may belong to the row or not, and nothing may be lost unseen.
func (c *csvSource) next() (int, []string, error) {
	cells, err := c.reader.Read()
	var wrong *csv.ParseError
	if errors.As(err, &wrong) {
		cell := len(cells) + 1 // those before it were read
		fault := &Fault{File: c.name, Line: wrong.Line, Column: cell, What: "there is a quotation mark inside a cell that does not begin with one",
			Remedy: "put quotation marks around the whole cell and double the ones inside, or remove them"}
		if errors.Is(wrong.Err, csv.ErrQuote) {
			fault.Line = wrong.StartLine
			fault.What = "in the row that begins here, a quotation mark is never closed, or text follows the closing one"
		}
		return wrong.StartLine, nil, fault
	}
	if err != nil {
		return 0, nil, err
	}
	line, _ := c.reader.FieldPos(0)
	return line, cells, nil
}

func (c *csvSource) close() error { return c.file.Close() }
