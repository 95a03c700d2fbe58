package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// JSON is a value as JSON that begins each of its lines but the first with prefix. Everything that is printed, or made
// for other programs, as JSON is written by it: see Escaped.
func JSON(v any, prefix, indent string) ([]byte, error) {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent(prefix, indent)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return Escaped(text.Bytes()), nil
}

// Escaped is JSON without characters that a terminal takes for orders (C0 and C1 controls), or that cannot be seen and turn
// the text after them around: texts and names of files come from anybody. To a program it is the same JSON, so that files
// are written no other way than what goes to a terminal. Outside of its strings, JSON has only line ends of them.
func Escaped(text []byte) []byte {
	if !bytes.ContainsFunc(text, steers) {
		return text
	}
	var out bytes.Buffer
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if !steers(r) {
			out.Write(text[:size])
		} else {
			for _, unit := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&out, `\u%04x`, unit)
			}
		}
		text = text[size:]
	}
	return out.Bytes()
}

func steers(r rune) bool { return r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) }
