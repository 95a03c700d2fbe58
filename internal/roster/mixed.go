package roster

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// mixed reads a file line by line: what is UTF-8 is taken as that, other lines as
// Windows-1252, which old spreadsheet programs write. Lists that were pasted
// together have both.
type mixed struct {
	in    *bufio.Reader
	ready []byte // decoded and not yet taken
	buf   []byte
	cut   []byte // the beginning of a character
	line  int    // that is being read, from 0
	old   Lines  // lines that are not UTF-8
	utf8  bool   // whether a line is UTF-8 and not merely ASCII
	end   error
}

func (m *mixed) Read(p []byte) (int, error) {
	for len(m.ready) == 0 {
		if m.end != nil {
			return 0, m.end
		}
		m.piece()
	}
	n := copy(p, m.ready)
	m.ready = m.ready[n:]
	return n, nil
}

// piece decodes the next line, or what of a long one fits into the buffer.
func (m *mixed) piece() {
	raw, err := m.in.ReadSlice('\n')
	if len(m.cut) > 0 {
		raw = append(m.cut, raw...)
		m.cut = nil
	}
	if errors.Is(err, bufio.ErrBufferFull) {
		end := lastWhole(raw)
		m.cut = append(m.cut, raw[end:]...)
		raw, err = raw[:end], nil
	}
	m.end = err
	m.buf = m.buf[:0]
	for len(raw) > 0 {
		end := bytes.IndexByte(raw, '\r') + 1
		if end == 0 || end < len(raw) && raw[end] == '\n' {
			end = len(raw)
		}
		m.decode(raw[:end])
		raw = raw[end:]
	}
	m.ready = m.buf
}

func (m *mixed) decode(line []byte) {
	if utf8.Valid(line) {
		m.utf8 = m.utf8 || len(line) != utf8.RuneCount(line)
		m.buf = append(m.buf, line...)
	} else {
		m.old.Add(m.line + 1)
		for _, c := range line {
			m.buf = utf8.AppendRune(m.buf, charmap.Windows1252.DecodeByte(c))
		}
	}
	if n := len(line); n > 0 && (line[n-1] == '\n' || line[n-1] == '\r') {
		m.line++
	}
}

func (m *mixed) notes() []string {
	switch {
	case m.old.Count == 0:
		return nil
	case !m.utf8:
		return []string{"the file is not UTF-8 and was read as Windows-1252; check names with accents"}
	}
	return []string{fmt.Sprintf("the file has lines of two encodings, UTF-8 and Windows-1252; check names with accents in %s", &m.old)}
}

var _ io.Reader = (*mixed)(nil)
