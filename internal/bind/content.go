package bind

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

var errContent = errors.New("what one of its pages draws cannot be read")

// content makes sure that what a page draws can be taken apart. Programs differ in what they make of
// what cannot, and a record must look the same in all; qpdf also warns of it. pdfcpu has no reader of
// content that it offers to others: its own looks for the names of resources only.
func (g *guard) content(t *taking, page types.Dict) error {
	all := types.Array{page["Contents"]}
	if a := t.array(page["Contents"]); a != nil {
		all = a
	}
	var whole bytes.Buffer
	which := ""
	for _, o := range all {
		found, number := t.follow(o)
		s, ok := found.(types.StreamDict)
		if found == nil {
			continue
		}
		if !ok || number == 0 {
			return errContent
		}
		which += fmt.Sprint(number, " ")
		if g.drawnBefore[which] && len(all) == 1 {
			return nil
		}
		if err := g.plain(t, s, &whole); err != nil {
			return err
		}
		whole.WriteByte('\n')
	}
	g.drawnBefore[which] = true
	if !drawable(whole.Bytes()) {
		return errContent
	}
	return nil
}

// plain unpacks a stream of a page's content.
func (g *guard) plain(t *taking, s types.StreamDict, to *bytes.Buffer) error {
	steps, err := t.steps(s.Dict)
	if err != nil {
		return err
	}
	steps, data, err := g.stream(t, steps, s.Raw)
	if err != nil {
		return err
	}
	switch {
	case len(steps) == 0:
		to.Write(data)
	case len(steps) > 1 || steps[0].name != "FlateDecode":
		return errContent
	case len(steps[0].parms) > 0 && t.integer(steps[0].parms["Predictor"], 1) > 1:
		unpacked, err := g.unpacked(t, steps, data)
		to.Write(unpacked)
		return err
	default:
		var out bytes.Buffer
		if _, err := g.inflated(data, &out); err != nil {
			return err
		}
		to.Write(out.Bytes())
	}
	if to.Len() > mostContent {
		return errBomb
	}
	return nil
}

// mostContent is how many bytes a page may draw with.
const mostContent = 64 << 20

// Kinds of tokens of a page's content (ISO 32000-1, 7.2.2); brackets stand for themselves, < and >
// for those of a dictionary.
const (
	endToken    = 'e'
	badToken    = '!'
	wordToken   = 'w'
	nameToken   = 'n'
	objectToken = 'o'
)

// drawing reads a page's content token by token.
type drawing struct {
	s    []byte
	at   int
	open []nest
}

// nest is an array or a dictionary that is not closed yet.
type nest struct {
	kind byte
	n    int // objects in it
	keys [][]byte
}

// drawable tells whether a page's content can be taken apart without doubt.
func drawable(s []byte) bool {
	d := drawing{s: s}
	for {
		kind, text := d.next()
		switch kind {
		case endToken:
			return len(d.open) == 0
		case badToken:
			return false
		case '[', '<':
			if d.open = append(d.open, nest{kind: kind}); len(d.open) > deepest {
				return false
			}
			continue
		case ']', '>':
			if !d.closes(kind) {
				return false
			}
		case wordToken:
			if len(d.open) == 0 && string(text) == "ID" && !d.skipPicture() {
				return false
			}
		}
		if !d.holds(kind, text) {
			return false
		}
	}
}

// closes closes the innermost array or dictionary.
func (d *drawing) closes(kind byte) bool {
	if len(d.open) == 0 {
		return false
	}
	last := d.open[len(d.open)-1]
	d.open = d.open[:len(d.open)-1]
	return last.kind == '[' && kind == ']' || last.kind == '<' && kind == '>' && last.n%2 == 0
}

// holds counts an object to what it is in; the keys of a dictionary are names, each there once.
func (d *drawing) holds(kind byte, text []byte) bool {
	if len(d.open) == 0 {
		return true
	}
	in := &d.open[len(d.open)-1]
	if in.kind == '<' && in.n%2 == 0 {
		if kind != nameToken || len(in.keys) > 1000 {
			return false
		}
		for _, key := range in.keys {
			if bytes.Equal(key, text) {
				return false
			}
		}
		in.keys = append(in.keys, text)
	}
	in.n++
	return true
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return isSpace(c)
}

func (d *drawing) next() (kind byte, text []byte) {
	for d.at < len(d.s) {
		c := d.s[d.at]
		if c == '%' {
			for d.at < len(d.s) && d.s[d.at] != '\n' && d.s[d.at] != '\r' {
				d.at++
			}
			continue
		}
		if !isSpace(c) {
			break
		}
		d.at++
	}
	if d.at >= len(d.s) {
		return endToken, nil
	}
	c, start := d.s[d.at], d.at
	d.at++
	switch c {
	case '[', ']':
		return c, nil
	case '(':
		return d.literal(), nil
	case '<':
		if d.at < len(d.s) && d.s[d.at] == '<' {
			d.at++
			return '<', nil
		}
		return d.hex(), nil
	case '>':
		if d.at < len(d.s) && d.s[d.at] == '>' {
			d.at++
			return '>', nil
		}
		return badToken, nil
	case ')', '{', '}':
		return badToken, nil
	}
	for d.at < len(d.s) && !isDelimiter(d.s[d.at]) {
		d.at++
	}
	text = d.s[start:d.at]
	if c == '/' {
		return namedBy(text), text
	}
	return wordOr(text), text
}

// literal goes behind a literal string.
func (d *drawing) literal() byte {
	for depth := 1; d.at < len(d.s); d.at++ {
		switch d.s[d.at] {
		case '\\':
			d.at++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				d.at++
				return objectToken
			}
		}
	}
	return badToken
}

// hex goes behind a string of digits.
func (d *drawing) hex() byte {
	for ; d.at < len(d.s); d.at++ {
		switch c := d.s[d.at]; {
		case c == '>':
			d.at++
			return objectToken
		case !isHex(c) && !isSpace(c):
			return badToken
		}
	}
	return badToken
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c|32 >= 'a' && c|32 <= 'f' }

func namedBy(text []byte) byte {
	for i, c := range text {
		if c == '#' && (i+2 >= len(text) || !isHex(text[i+1]) || !isHex(text[i+2]) || text[i+1] == '0' && text[i+2] == '0') {
			return badToken
		}
	}
	return nameToken
}

// mostDigits are those that every program can hold in a whole number.
const mostDigits = 18

// wordOr tells a word from a number.
func wordOr(text []byte) byte {
	digits := bytes.TrimLeft(text, "+-")
	if len(digits) == 0 || bytes.ContainsFunc(digits, func(r rune) bool { return r < '0' || r > '9' }) {
		return wordToken
	}
	if len(bytes.TrimLeft(digits, "0")) > mostDigits {
		return badToken
	}
	return objectToken
}

// skipPicture goes behind a picture that is within the content. Its end is where what follows reads
// like content.
func (d *drawing) skipPicture() bool {
	for from := d.at; ; {
		i := bytes.Index(d.s[from:], []byte("EI"))
		if i < 0 {
			return false
		}
		at := from + i
		from = at + 2
		if at > 0 && isDelimiter(d.s[at-1]) && (from == len(d.s) || isDelimiter(d.s[from])) && (&drawing{s: d.s, at: from}).sane() {
			d.at = from
			return true
		}
	}
}

// sane tells whether the next tokens are those of content.
func (d *drawing) sane() bool {
	for range 12 {
		kind, text := d.next()
		if kind == endToken {
			return true
		}
		if kind == badToken || kind == wordToken && bytes.ContainsFunc(text, func(r rune) bool { return r < '!' || r > '~' }) {
			return false
		}
	}
	return true
}
