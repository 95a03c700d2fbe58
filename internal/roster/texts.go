package roster

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
)

// mostCell is how long the text of one cell may be, in bytes: many times what Excel
// takes (32,767 characters).
const mostCell = 1 << 20

var errLongCell = errors.New("the text of a cell has more than 1 MB")

// texts are what the cells of a workbook share: each is there once, and cells say which
// one they have. Many of them go through a temporary file.
type texts struct {
	ends []int64 // where each ends
	held []byte
	file *os.File
}

// read reads the part that holds them (ECMA-376 Part 1, 18.4.9, sst).
func (t *texts) read(in *tags) (err error) {
	var out *bufio.Writer
	defer func() {
		if out != nil && err == nil {
			err = out.Flush()
		}
	}()
	end := int64(0)
	for {
		token, err := in.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if start, ok := token.(xml.StartElement); !ok || start.Name.Local != "si" {
			continue
		}
		text, err := in.text("si")
		if err != nil {
			return err
		}
		if out == nil && end+int64(len(text)) > inMemory {
			if out, err = t.overflow(); err != nil {
				return err
			}
		}
		if out == nil {
			t.held = append(t.held, text...)
		} else if _, err := out.WriteString(text); err != nil {
			return err
		}
		end += int64(len(text))
		t.ends = append(t.ends, end)
	}
}

// overflow begins the temporary file.
func (t *texts) overflow() (out *bufio.Writer, err error) {
	if t.file, err = os.CreateTemp("", "foia-texts-*"); err != nil {
		return nil, err
	}
	out = bufio.NewWriter(t.file)
	_, err = out.Write(t.held)
	t.held = nil
	return out, err
}

// at is one of the texts; ok is false if there is none of that number.
func (t *texts) at(n int) (text string, ok bool, err error) {
	if t == nil || n < 0 || n >= len(t.ends) {
		return "", false, nil
	}
	begin := int64(0)
	if n > 0 {
		begin = t.ends[n-1]
	}
	if t.file == nil {
		return string(t.held[begin:t.ends[n]]), true, nil
	}
	raw := make([]byte, t.ends[n]-begin)
	_, err = t.file.ReadAt(raw, begin)
	return string(raw), err == nil, err
}

func (t *texts) close() error {
	if t.file == nil {
		return nil
	}
	return errors.Join(t.file.Close(), os.Remove(t.file.Name()))
}

// text reads a text up to the end of the tag around it: it is in one piece, or in
// several that look different (18.4.4, r). How it is pronounced (18.4.6, rPh) is no
// part of it.
func (t *tags) text(around string) (string, error) {
	var b strings.Builder
	within, sounds := false, false
	for {
		token, err := t.next()
		if err != nil {
			return "", unexpected(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "t":
				within = !sounds
			case "rPh":
				sounds = true
			case "si", "is", "c", "row":
				return "", errors.New("a text contains another text or cell")
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "t":
				within = false
			case "rPh":
				sounds = false
			case around:
				return unescaped(b.String()), nil
			}
		case xml.CharData:
			if !within {
				continue
			}
			if b.Len()+len(e) > mostCell {
				return "", errLongCell
			}
			b.Write(e)
		}
	}
}

// unescaped is a text with the characters that XML cannot hold, which are written
// _xHHHH_ (ECMA-376 Part 1, 22.9.2.19, ST_Xstring).
func unescaped(s string) string {
	var b strings.Builder
	for {
		at := strings.Index(s, "_x")
		if at < 0 {
			b.WriteString(s)
			return b.String()
		}
		if end := at + len("_xHHHH_"); end <= len(s) && s[end-1] == '_' {
			if code, err := strconv.ParseUint(s[at+2:end-1], 16, 16); err == nil {
				b.WriteString(s[:at])
				b.WriteRune(rune(code))
				s = s[end:]
				continue
			}
		}
		b.WriteString(s[:at+2])
		s = s[at+2:]
	}
}
