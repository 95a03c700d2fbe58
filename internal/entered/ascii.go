package entered

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// undecomposed are Latin letters that Unicode does not take apart, as they are written
// where a keyboard lacks them.
var undecomposed = strings.NewReplacer("ß", "ss", "ẞ", "SS", "ø", "o", "Ø", "O", "æ", "ae", "Æ", "AE", "œ", "oe", "Œ", "OE", "ł",
	"l", "Ł", "L",
	"đ", "d", "Đ", "D", "ð", "d", "Ð", "D", "þ", "th", "Þ", "Th", "ħ", "h", "Ħ", "H", "ŧ", "t", "Ŧ", "T", "ı", "i", "ĳ", "ij",
	"Ĳ", "IJ",
	"ŋ", "ng", "Ŋ", "NG", "ĸ", "k", "ŀ", "l", "Ŀ", "L")

// Unaccented is a text with the accents of its Latin letters taken off: Łódź is Lodz,
// Straße is Strasse. Other scripts stay as they are.
func Unaccented(s string) string {
	s, _ = Text(s)
	decomposed := norm.NFD.String(undecomposed.Replace(s))
	bare := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, decomposed)
	return norm.NFC.String(bare)
}
