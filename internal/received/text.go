package received

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Text is a text, and how it was written.
type Text struct {
	Lines   string // in UTF-8
	Charset string // empty, if it is UTF-8 or ASCII
}

// errBinary is what holds characters that no text has.
var errBinary = errors.New("it is not plain text")

// ReadText reads a text in UTF-8, UTF-16 or Windows-1252. The last is what older programs on Windows
// write and what cannot be told from its relatives: it is taken for whatever else reads as text, as
// browsers do (WHATWG Encoding Standard).
func ReadText(raw []byte) (Text, error) {
	if order, known := utf16Order(raw); known {
		s, err := decoded(raw, unicode.UTF16(order, unicode.UseBOM))
		return Text{s, "UTF-16"}, err
	}
	if utf8.Valid(raw) {
		s := bytes.TrimPrefix(raw, []byte("\ufeff"))
		if hasControls(s) {
			return Text{}, errBinary
		}
		return Text{Lines: string(s)}, nil
	}
	for _, c := range raw {
		if charmap.Windows1252.DecodeByte(c) < 0xa0 && c >= 0x80 { // five bytes stand for nothing
			return Text{}, errBinary
		}
	}
	s, err := decoded(raw, charmap.Windows1252)
	return Text{s, "Windows-1252"}, err
}

func decoded(raw []byte, e encoding.Encoding) (string, error) {
	s, err := e.NewDecoder().Bytes(raw)
	if err != nil || hasControls(s) || bytes.ContainsRune(s, utf8.RuneError) {
		return "", errBinary
	}
	return string(s), nil
}

// hasControls tells whether a text has characters that none has: controls other than those that end
// or indent lines, end pages, or end the file as MS-DOS had it.
func hasControls(s []byte) bool {
	return bytes.ContainsFunc(s, func(r rune) bool {
		return r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != '\v' && r != 0x1a && r != 0x1b || r == 0x7f
	})
}

// utf16Order tells whether a text is UTF-16, by its mark, or by the zeros at every second place, which
// a text in a Latin writing has without one.
func utf16Order(raw []byte) (unicode.Endianness, bool) {
	if len(raw) < 2 || len(raw)%2 == 1 {
		return unicode.LittleEndian, false
	}
	switch {
	case raw[0] == 0xff && raw[1] == 0xfe:
		return unicode.LittleEndian, true
	case raw[0] == 0xfe && raw[1] == 0xff:
		return unicode.BigEndian, true
	}
	var zeros [2]int
	for i, c := range raw[:min(len(raw), 4096)] {
		if c == 0 {
			zeros[i%2]++
		}
	}
	units := min(len(raw), 4096) / 2
	switch {
	case zeros[0] == 0 && zeros[1] > units/2:
		return unicode.LittleEndian, true
	case zeros[1] == 0 && zeros[0] > units/2:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}
