package redact

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold is a character as words are compared: small, without accents, ligatures and forms for print taken apart. What is
// no letter and no digit is nothing.
func fold(r rune) string {
	if r < 0x80 {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			return string(r)
		case r >= 'A' && r <= 'Z':
			return string(r + 'a' - 'A')
		}
		return ""
	}
	var out strings.Builder
	for _, c := range norm.NFKD.String(string(r)) {
		switch {
		case unicode.Is(unicode.M, c) || c == '\u0640': // an accent, a vowel sign; a stroke that makes a word longer
		case c == 'ß' || c == 'ẞ':
			out.WriteString("ss")
		case c == 'æ' || c == 'Æ':
			out.WriteString("ae")
		case c == 'œ' || c == 'Œ':
			out.WriteString("oe")
		case c == 'ø' || c == 'Ø':
			out.WriteByte('o')
		case c == 'ł' || c == 'Ł':
			out.WriteByte('l')
		case c == 'đ' || c == 'Đ':
			out.WriteByte('d')
		case c == 'ı':
			out.WriteByte('i')
		case c == 'ς': // the Greek s at the end of a word
			out.WriteRune('σ')
		case unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsNumber(c):
			out.WriteRune(unicode.ToLower(c))
		}
	}
	return out.String()
}

// unspaced are the scripts that put no space between words: each character counts as a word.
var unspaced = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer,
	unicode.Myanmar}

// silent tells whether a character parts no words, though it is none of their letters.
func silent(r rune) bool {
	return unicode.Is(unicode.M, r) || unicode.Is(unicode.Cf, r) || r == '\u0640'
}

// isApostrophe tells whether a character stands within a name, which some write without it (O’Brien).
func isApostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', 'ʹ', '`', '´', '＇':
		return true
	}
	return false
}

// isHyphen tells whether a character may divide a word at the end of a line. PDFium writes two that Unicode has not.
func isHyphen(r rune) bool {
	switch r {
	case '-', '\u00ad', '\u2010', '\u2011', '\u0002', '\ufffe', '\u2012', '\u2013':
		return true
	}
	return false
}
