package received

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func utf16Of(s string, big, mark bool) []byte {
	var out []byte
	if mark {
		s = "\ufeff" + s
	}
	for _, u := range utf16.Encode([]rune(s)) {
		if big {
			out = append(out, byte(u>>8), byte(u))
		} else {
			out = append(out, byte(u), byte(u>>8))
		}
	}
	return out
}

// Text is read as the program that wrote it meant it, and what is no text is refused.
func TestTextIsReadInItsOwnCharset(t *testing.T) {
	s := "The agency’s “final” response — 5 € for José\r\n"
	for name, c := range map[string]struct {
		raw           []byte
		want, charset string
	}{
		"UTF-8":                 {[]byte(s), s, ""},
		"UTF-8 with a mark":     {[]byte("\ufeff" + s), s, ""},
		"ASCII":                 {[]byte("Plain.\n"), "Plain.\n", ""},
		"Windows-1252":          {[]byte("The agency\x92s \x93final\x94 response \x97 5 \x80 for Jos\xe9\r\n"), s, "Windows-1252"},
		"Latin-1":               {[]byte("Jos\xe9, \xa7 5\n"), "José, § 5\n", "Windows-1252"},
		"UTF-16, little end":    {utf16Of(s, false, true), s, "UTF-16"},
		"UTF-16, big end":       {utf16Of(s, true, true), s, "UTF-16"},
		"UTF-16 without a mark": {utf16Of(s, false, false), s, "UTF-16"},
		"the same, big end":     {utf16Of(s, true, false), s, "UTF-16"},
		"nothing":               {nil, "", ""},
	} {
		got, err := ReadText(c.raw)
		if err != nil || got.Lines != c.want || got.Charset != c.charset {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	for name, raw := range map[string][]byte{
		"zeros":                       []byte("a\x00b\x00\x00c"),
		"a byte that stands for none": []byte("caf\xe9 \x81"),
		"half a pair":                 append(utf16Of("abc", false, true), 0x00, 0xd8),
		"a picture":                   []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"),
		"controls":                    []byte("a\x01\x02b"),
	} {
		if got, err := ReadText(raw); err == nil {
			t.Errorf("%s was read as %q", name, got.Lines)
		}
	}
}

// Whatever bytes a text is made of, it is read as valid UTF-8 or refused.
func FuzzReadText(f *testing.F) {
	f.Add([]byte("caf\xe9"))
	f.Add(utf16Of("Dear Ana,", false, true))
	f.Add(utf16Of("Dear Ana,", true, false))
	f.Fuzz(func(t *testing.T, raw []byte) {
		text, err := ReadText(raw)
		if err == nil && (!utf8.ValidString(text.Lines) || strings.ContainsRune(text.Lines, 0)) {
			t.Errorf("%q", text.Lines)
		}
	})
}
