package roster

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// tags reads XML tag by tag. A sheet of a hundred thousand rows is a million tags;
// encoding/xml makes several objects of each, and this none. What it takes for XML
// is what Excel, LibreOffice and the libraries write: it does not check that tags
// are nested as they should be, since a sheet is looked through for rows and cells.
type tags struct {
	in   *bufio.Reader
	keep bool   // whether the text before the next tag is wanted
	text []byte // that text, as it appears in the file
	long []byte // a tag that had to be put together
}

// Limits of one tag and one text. A cell of Excel has 32,767 characters at most,
// each of which may be written as six (&#233;).
const (
	mostTag  = 64 << 10
	mostText = 1 << 20
)

var (
	errLongTag  = errors.New("a tag is too long")
	errLongText = errors.New("a cell is too long")
	errDoctype  = errors.New("it declares a document type, which no spreadsheet program does")
)

func newTags(r io.Reader) *tags { return &tags{in: bufio.NewReaderSize(r, 1<<15)} }

// next returns what is between the next < and its >, without them; io.EOF at the
// end. It holds until the next call.
func (t *tags) next() ([]byte, error) {
	t.text = t.text[:0]
	for {
		if err := t.skipText(); err != nil {
			return nil, err
		}
		switch first, _ := t.in.Peek(1); string(first) {
		case "!":
			if err := t.declaration(); err != nil {
				return nil, err
			}
		case "?":
			if _, err := t.until("?>", false); err != nil {
				return nil, err
			}
		default:
			return t.tag()
		}
	}
}

// skipText reads up to a <, and keeps the text if it is wanted.
func (t *tags) skipText() error {
	for {
		part, err := t.in.ReadSlice('<')
		if t.keep {
			t.text = append(t.text, bytes.TrimSuffix(part, []byte("<"))...)
			if len(t.text) > mostText {
				return errLongText
			}
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// tag reads up to the > that ends a tag, which may have others between quotes.
func (t *tags) tag() ([]byte, error) {
	part, err := t.in.ReadSlice('>')
	if err == nil && whole(part) {
		return part[:len(part)-1], nil
	}
	t.long = append(t.long[:0], part...)
	for err == nil && !whole(t.long) || errors.Is(err, bufio.ErrBufferFull) {
		if len(t.long) > mostTag {
			return nil, errLongTag
		}
		part, err = t.in.ReadSlice('>')
		t.long = append(t.long, part...)
	}
	if err != nil {
		return nil, broken(err)
	}
	return t.long[:len(t.long)-1], nil
}

// whole tells whether all quotes of a tag are closed.
func whole(tag []byte) bool {
	if bytes.IndexByte(tag, '\'') < 0 {
		return bytes.Count(tag, []byte(`"`))%2 == 0
	}
	var open byte
	for _, c := range tag {
		switch {
		case open == 0 && (c == '"' || c == '\''):
			open = c
		case c == open:
			open = 0
		}
	}
	return open == 0
}

// declaration passes over a comment, and takes the text of a CDATA section.
func (t *tags) declaration() error {
	const cdata = "![CDATA["
	head, _ := t.in.Peek(len(cdata))
	switch {
	case bytes.HasPrefix(head, []byte("!--")):
		_, err := t.until("-->", false)
		return err
	case string(head) == cdata:
		text, err := t.until("]]>", t.keep)
		if t.keep && len(text) >= len(cdata) {
			t.text = append(t.text, bytes.ReplaceAll(text[len(cdata):], []byte("&"), []byte("&amp;"))...)
		}
		return err
	}
	return errDoctype
}

// until reads up to an end, and returns what stood before it if that is wanted.
func (t *tags) until(end string, wanted bool) (text []byte, err error) {
	last := make([]byte, 0, len(end))
	for {
		c, err := t.in.ReadByte()
		if err != nil {
			return nil, broken(err)
		}
		if len(last) == len(end) {
			last = last[:copy(last, last[1:])]
		}
		last = append(last, c)
		if wanted {
			if text = append(text, c); len(text) > mostText {
				return nil, errLongText
			}
		}
		if string(last) == end {
			return bytes.TrimSuffix(text, []byte(end)), nil
		}
	}
}

func broken(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// tagName is the name of a tag without its prefix; closing, if it is an end tag.
func tagName(tag []byte) (name []byte, closing bool) {
	if len(tag) > 0 && tag[0] == '/' {
		tag, closing = tag[1:], true
	}
	for i, c := range tag {
		if c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '/' {
			tag = tag[:i]
			break
		}
	}
	if colon := bytes.IndexByte(tag, ':'); colon >= 0 {
		tag = tag[colon+1:]
	}
	return tag, closing
}

// alone tells whether a tag ends itself: <c r="A1"/>.
func alone(tag []byte) bool { return len(tag) > 0 && tag[len(tag)-1] == '/' }

// attribute is the value of an attribute of a tag, as it appears in the file; the
// prefix of its name does not matter. nil, if there is none.
func attribute(tag []byte, name string) []byte {
	at := bytes.IndexAny(tag, " \t\r\n")
	for at >= 0 && at < len(tag) {
		rest := tag[at:]
		equals := bytes.IndexByte(rest, '=')
		if equals < 0 {
			return nil
		}
		key := bytes.TrimSpace(rest[:equals])
		if colon := bytes.LastIndexByte(key, ':'); colon >= 0 {
			key = key[colon+1:]
		}
		begin := equals + 1
		for begin < len(rest) && (rest[begin] == ' ' || rest[begin] == '\n') {
			begin++
		}
		if begin >= len(rest) || rest[begin] != '"' && rest[begin] != '\'' {
			return nil
		}
		length := bytes.IndexByte(rest[begin+1:], rest[begin])
		if length < 0 {
			return nil
		}
		if string(key) == name {
			return rest[begin+1 : begin+1+length]
		}
		at += begin + length + 2
	}
	return nil
}

// unescape is the text that is meant: with &amp; and its like, and what Excel
// writes for characters that XML cannot hold, such as _x000D_.
func unescape(raw []byte) string {
	s := string(raw)
	if strings.IndexByte(s, '&') < 0 && !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		switch r, size := reference(s[i:]); {
		case size > 0:
			b.WriteRune(r)
			i += size
		default:
			b.WriteByte(s[i])
			i++
		}
	}
	return b.String()
}

// reference is the character that a text begins with the code of, and how long
// the code is; 0, if it does not begin with one.
func reference(s string) (r rune, size int) {
	if len(s) >= 7 && s[0] == '_' && s[1] == 'x' && s[6] == '_' {
		if n, err := strconv.ParseUint(s[2:6], 16, 16); err == nil {
			return rune(n), 7
		}
		return 0, 0
	}
	if s[0] != '&' {
		return 0, 0
	}
	end := strings.IndexByte(s[:min(len(s), 12)], ';')
	if end < 0 {
		return 0, 0
	}
	if r, there := map[string]rune{"amp": '&', "lt": '<', "gt": '>', "quot": '"', "apos": '\''}[s[1:end]]; there {
		return r, end + 1
	}
	digits, base := strings.CutPrefix(s[1:end], "#")
	if !base {
		return 0, 0
	}
	radix := 10
	if hex, ok := strings.CutPrefix(strings.ToLower(digits), "x"); ok {
		digits, radix = hex, 16
	}
	n, err := strconv.ParseUint(digits, radix, 32)
	if err != nil || !utf8.ValidRune(rune(n)) || n > utf8.MaxRune {
		return 0, 0
	}
	return rune(n), end + 1
}
