package mail

import (
	"bytes"
	"encoding/base64"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// otherNames are charsets by names that mail has and browsers do not.
func otherNamesTable() map[string]string {
	return map[string]string{
		"utf8mb4": "utf-8", "unicode-1-1-utf-8": "utf-8", "unicode": "utf-16",
		"iso: western": "windows-1252", "we8iso8859p1": "windows-1252", "iso646-us": "windows-1252", "8859-1": "windows-1252",
		"8859_1": "windows-1252", "ansi": "windows-1252", "cp936": "gbk", "cp932": "shift_jis", "cp949": "euc-kr",
	}
}

// seven tells whether a name is one of UTF-7, which Exchange has in its reports.
func seven(name string) bool {
	switch name {
	case "utf-7", "utf7", "unicode-1-1-utf-7", "csunicode11utf7", "x-unicode-2-0-utf-7":
		return true
	}
	return false
}

// decodeText reads a text in the charset that it says, unless it is plainly another one. What cannot be read in
// any is read as Windows-1252, which older programs on Windows write whatever they call it.
func decodeText(b []byte, charset string) string {
	s, _ := decodeKnown(b, charset)
	return s
}

// decodeKnown does that, and tells whether the charset was known.
func decodeKnown(b []byte, charset string) (s string, known bool) {
	name := strings.Trim(strings.ToLower(charset), " \t\"'")
	name = strings.TrimPrefix(name, "charset=")
	if seven(name) {
		return fromUTF7(b), true
	}
	if other, ok := tables().otherNames[name]; ok {
		name = other
	}
	var e encoding.Encoding
	switch name {
	case "", "unknown-8bit", "x-unknown", "us-ascii", "ascii":
		known = true
	case "cp850", "cp-850", "ibm850":
		e, known = charmap.CodePage850, true
	default:
		found, err := htmlindex.Get(name)
		if known = err == nil; known {
			e = found
			name, _ = htmlindex.Name(found)
		}
	}
	switch {
	case len(b) == 0:
		return "", known
	case isUTF16(b, name):
		return must16(b, name), known
	case name == "utf-8" || !known || e == nil || isLatin(name):
		return guessed(b, e), known
	}
	if strings.HasPrefix(name, "gb") && isolated(b) {
		return guessed(b, nil), known // called GB2312 by programs that do not write it
	}
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return guessed(b, nil), known
	}
	return string(out), known
}

// isLatin tells whether a charset is one of bytes, in which valid UTF-8 beyond ASCII makes no words.
func isLatin(name string) bool {
	return strings.HasPrefix(name, "windows-125") || strings.HasPrefix(name, "iso-8859-") || name == "macintosh"
}

// guessed reads UTF-8 where it is valid, and where nearly all of it is, since programs cut texts anywhere; else
// the charset, or Windows-1252.
func guessed(b []byte, e encoding.Encoding) string {
	if utf8.Valid(b) {
		return string(b)
	}
	if good, bad := countUTF8(b); good > 10*bad || isCut(b) {
		return strings.ToValidUTF8(string(b), "\ufffd")
	}
	if name, _ := htmlindex.Name(encodingOr(e)); e == nil || name == "utf-8" {
		e = charmap.Windows1252
	}
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\ufffd")
	}
	return string(out)
}

func encodingOr(e encoding.Encoding) encoding.Encoding {
	if e == nil {
		return charmap.Windows1252
	}
	return e
}

// countUTF8 counts the characters beyond ASCII, and the bytes that belong to none.
func countUTF8(b []byte) (good, bad int) {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		b = b[n:]
	}
	return good, bad
}

// isCut tells whether a text is UTF-8 but for its last character, of which two bytes or three are there.
func isCut(b []byte) bool {
	for n := 2; n <= min(3, len(b)); n++ {
		if tail := b[len(b)-n:]; tail[0] >= 0xc2 {
			return !utf8.FullRune(tail) && utf8.Valid(b[:len(b)-n])
		}
	}
	return false
}

// isolated tells whether no two bytes beyond ASCII stand side by side, as they do in GB2312.
func isolated(b []byte) bool {
	for i := 1; i < len(b); i++ {
		if b[i] >= 0x80 && b[i-1] >= 0x80 {
			return false
		}
	}
	return true
}

// isUTF16 tells whether a text is UTF-16: it says so and has an even number of bytes, or has its mark.
func isUTF16(b []byte, name string) bool {
	if bytes.HasPrefix(b, []byte{0xff, 0xfe}) || bytes.HasPrefix(b, []byte{0xfe, 0xff}) {
		return true
	}
	return strings.HasPrefix(name, "utf-16") && bytes.IndexByte(b, 0) >= 0
}

func must16(b []byte, name string) string {
	big := name == "utf-16be"
	switch {
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		big, b = true, b[2:]
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}):
		big, b = false, b[2:]
	}
	units := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		u := uint16(b[i]) | uint16(b[i+1])<<8
		if big {
			u = uint16(b[i])<<8 | uint16(b[i+1])
		}
		units = append(units, u)
	}
	return string(utf16.Decode(units))
}

// fromUTF7 reads UTF-7 (RFC 2152).
func fromUTF7(b []byte) string {
	var out strings.Builder
	for len(b) > 0 {
		i := bytes.IndexByte(b, '+')
		if i < 0 {
			break
		}
		out.WriteString(strings.ToValidUTF8(string(b[:i]), "\ufffd"))
		if b = b[i+1:]; len(b) > 0 && b[0] == '-' {
			out.WriteByte('+')
			b = b[1:]
			continue
		}
		n := 0
		for n < len(b) && isBase64(b[n]) {
			n++
		}
		if units, err := base64.RawStdEncoding.DecodeString(string(b[:n])); err == nil && n > 0 {
			out.WriteString(must16(units, "utf-16be"))
		} else {
			out.WriteString("+" + string(b[:n]))
		}
		if b = b[n:]; n > 0 && len(b) > 0 && b[0] == '-' {
			b = b[1:]
		}
	}
	out.WriteString(strings.ToValidUTF8(string(b), "\ufffd"))
	return out.String()
}

func isBase64(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/'
}

// charsetReader reads what the standard library does not know.
func charsetReader(charset string, in io.Reader) (io.Reader, error) {
	b, err := io.ReadAll(io.LimitReader(in, 64<<10))
	if err != nil {
		return nil, err
	}
	return strings.NewReader(decodeText(b, charset)), nil
}

// PlainText is the text of a file that does not say in which charset it was written.
func PlainText(b []byte) string { return clean(decodeText(b, "")) }

// clean is a text with its lines ended as ours are, and without what a text does not have.
func clean(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r' || r == '\f' || r == '\v' || r == '\u2028' || r == '\u2029':
			return '\n'
		case r >= 0x80 && r < 0xa0: // controls that nobody writes: Windows-1252, called another name
			if r = charmap.Windows1252.DecodeByte(byte(r)); r == utf8.RuneError || r < 0xa0 {
				return -1
			}
		case r < ' ' && r != '\n' && r != '\t', r == 0x7f, r == '\ufeff', r >= '\ufdd0' && r <= '\ufdef': // the last are programs' own
			return -1
		}
		return r
	}, s)
}
