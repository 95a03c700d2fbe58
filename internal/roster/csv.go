package roster

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// csvSource reads comma-separated values (RFC 4180) and their relatives.
type csvSource struct {
	name   string
	file   File
	reader *csv.Reader
	bound  *bounded
	mixed  *mixed // nil, if all of the file is UTF-8 or UTF-16
	before int    // lines that the reader does not see
	line   int    // of the last row
}

func (r *Roster) openCSV(name string, file File) error {
	unreadable := func(err error) error {
		return &Fault{File: name, What: "the list cannot be read: " + err.Error(), Remedy: "check the file"}
	}
	c := &csvSource{name: name, file: file}
	encoded, note, err := c.encoding()
	if err != nil {
		return unreadable(err)
	}
	r.note(note)
	r.reading.utf16 = note != ""
	bound := &bounded{from: encoded}
	text := bufio.NewReaderSize(bound, 1<<16)
	comma, lines, err := declared(text)
	if comma == 0 && err == nil {
		comma, err = separator(text)
	}
	if err != nil {
		return unreadable(err)
	}
	if comma != ',' {
		r.note(fmt.Sprintf("the cells are separated by %s", separatorNames[comma]))
	}
	r.reading.Separator = comma
	c.before, c.bound = lines, bound
	c.reader = csv.NewReader(&singleReturns{from: text})
	c.reader.Comma, c.reader.FieldsPerRecord, c.reader.ReuseRecord = comma, -1, false
	r.rows = c
	return nil
}

// encoding finds out how the characters are written: by the mark at the start,
// else UTF-8 if all of the file is that, else line by line.
func (c *csvSource) encoding() (io.Reader, string, error) {
	head := make([]byte, 4)
	n, err := io.ReadFull(c.file, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, "", err
	}
	head = head[:n]
	order := unicode.LittleEndian
	if n == 4 && head[0] == 0 && head[2] == 0 {
		order = unicode.BigEndian
	}
	marked := bytes.HasPrefix(head, []byte("\xFF\xFE")) || bytes.HasPrefix(head, []byte("\xFE\xFF"))
	if marked || n == 4 && (head[1] == 0 && head[3] == 0 || head[0] == 0 && head[2] == 0) {
		_, err := c.file.Seek(0, io.SeekStart)
		return transform.NewReader(c.file, unicode.UTF16(order, unicode.UseBOM).NewDecoder()), "the file is written in UTF-16", err
	}
	begin := int64(0)
	if bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")) {
		begin = 3
	}
	if _, err := c.file.Seek(begin, io.SeekStart); err != nil {
		return nil, "", err
	}
	valid, err := allUTF8(c.file)
	if err != nil {
		return nil, "", err
	}
	if _, err = c.file.Seek(begin, io.SeekStart); err != nil || valid {
		return c.file, "", err
	}
	c.mixed = &mixed{in: bufio.NewReaderSize(c.file, 1<<16)}
	return c.mixed, "", nil
}

func allUTF8(r io.Reader) (bool, error) {
	whole := make([]byte, 1<<16)
	kept := 0 // the beginning of a character that the next piece ends
	for {
		n, err := r.Read(whole[kept:])
		piece := whole[:kept+n]
		end := len(piece)
		if err != io.EOF {
			end = lastWhole(piece)
		}
		if !utf8.Valid(piece[:end]) {
			return false, nil
		}
		kept = copy(whole, piece[end:])
		if err == io.EOF {
			return true, nil
		}
		if err != nil {
			return false, err
		}
	}
}

// lastWhole is how long a text is without a character that is cut off at its end.
func lastWhole(p []byte) int {
	for i := len(p) - 1; i >= 0 && i >= len(p)-utf8.UTFMax; i-- {
		if utf8.RuneStart(p[i]) {
			if !utf8.FullRune(p[i:]) {
				return i
			}
			break
		}
	}
	return len(p)
}

// separators are the characters that part cells, and their names.
var (
	separators     = []rune{',', ';', '\t', '|'}
	separatorNames = map[rune]string{';': "semicolons", '\t': "tabs", '|': "vertical bars"}
)

// declared reads the line sep=; with which Excel is told how the cells are
// separated, and counts it.
func declared(text *bufio.Reader) (comma rune, lines int, err error) {
	head, err := text.Peek(16)
	if err != nil && err != io.EOF {
		return 0, 0, err
	}
	line, _, _ := strings.Cut(strings.ReplaceAll(string(head), "\r", "\n")+"\n", "\n")
	sign, ok := strings.CutPrefix(strings.ToLower(strings.Trim(line, `"`)), "sep=")
	if !ok || len(sign) != 1 || !slices.Contains(separators, rune(sign[0])) {
		return 0, 0, nil
	}
	end := len(line) + 1
	if len(head) > end && head[end-1] == '\r' && head[end] == '\n' {
		end++
	}
	_, err = text.Discard(min(end, len(head)))
	return rune(sign[0]), 1, err
}

// separator looks at the first lines for the character that parts their cells: the
// one that stands equally often in most of them. A line above the header that says
// what the list is may hold none, or others.
func separator(text *bufio.Reader) (rune, error) {
	head, err := text.Peek(1 << 15)
	if err != nil && err != io.EOF && !errors.Is(err, bufio.ErrBufferFull) {
		return 0, err
	}
	lines := strings.FieldsFunc(string(head), func(r rune) bool { return r == '\r' || r == '\n' })
	if len(lines) > headerLines && len(head) == 1<<15 {
		lines = lines[:len(lines)-1] // it may be cut off
	}
	best, most := ',', 0
	for _, c := range separators {
		lengths := map[int]int{} // how many lines have so many of it
		for _, line := range lines[:min(len(lines), headerLines)] {
			if n := outside(line, c); n > 0 {
				lengths[n]++
			}
		}
		for n, count := range lengths {
			if n*count > most {
				best, most = c, n*count
			}
		}
	}
	return best, nil
}

// outside counts a character outside quotation marks.
func outside(line string, c rune) int {
	count, quoted := 0, false
	for _, r := range line {
		switch {
		case r == '"':
			quoted = !quoted
		case r == c && !quoted:
			count++
		}
	}
	return count
}

// mostRecord is how long a row may be: a quotation mark that is never closed would
// have the rest of the file in memory.
const mostRecord = 4 << 20

// errLongRecord ends the reading of a row.
var errLongRecord = errors.New("the row is too long")

// bounded hands on no more of a file than a row may have.
type bounded struct {
	from        io.Reader
	read, zeros int64 // since the row began: bytes, and those of them that are zero
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.read > mostRecord {
		return 0, errLongRecord
	}
	n, err := b.from.Read(p)
	b.read += int64(n)
	b.zeros += int64(bytes.Count(p[:n], []byte{0}))
	return n, err
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
	c.bound.read, c.bound.zeros = 0, 0
	cells, err := c.reader.Read()
	var wrong *csv.ParseError
	if errors.Is(err, errLongRecord) {
		fault := &Fault{File: c.name, Line: c.line + 1,
			What:   fmt.Sprintf("the row that begins here or soon after has more than %d MB", mostRecord>>20),
			Remedy: "look for a quotation mark that is never closed, or for a great many empty lines"}
		if c.bound.zeros > mostRecord/2 { // room that was set aside and never written, as a download that broke off leaves it
			fault.What, fault.Remedy = "from here or soon after, the file has zero bytes in place of text",
				"it was not written or copied to its end: get it again"
		}
		return 0, nil, fault
	}
	if errors.As(err, &wrong) {
		wrong.Line, wrong.StartLine = wrong.Line+c.before, wrong.StartLine+c.before
		cell := len(cells) + 1 // those before it were read
		fault := &Fault{File: c.name, Line: wrong.Line, Column: cell,
			What:   "there is a quotation mark inside a cell that does not begin with one",
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
	c.line = line + c.before
	return c.line, cells, nil
}

func (c *csvSource) notes() []string {
	if c.mixed == nil {
		return nil
	}
	return c.mixed.notes()
}

func (*csvSource) skips() bool { return false }

func (c *csvSource) close() error { return c.file.Close() }
