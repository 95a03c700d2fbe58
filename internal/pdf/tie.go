package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tied tells whether a line must not end at the space at a place of a text: a
// citation, a date or a number would be torn apart. That is so after §, ¶ and
// No.; inside "5 U.S.C. § 552" and "6 C.F.R. part 5"; between month and day, a
// title and its name, and in "H. Res. 1097".
func tied(text string, space int) bool {
	begin := strings.LastIndexByte(text[:space], ' ') + 1
	before := text[begin:space]
	if before == "" || space+1 == len(text) {
		return false
	}
	last := before[len(before)-1]
	if last >= '0' && last <= '9' {
		after, _, _ := strings.Cut(text[space+1:], " ")
		return reporters[strings.TrimRight(after, ",;)")]
	}
	if c := before[0]; c >= 'a' && c <= 'z' && c != 'p' && c != 'd' && c != 'i' { // most words
		return false
	}
	if !binding[strings.TrimLeftFunc(before, opens)] {
		return false
	}
	// Before a plain word there is nothing to tear apart: "in May we".
	next, _ := utf8.DecodeRuneInString(text[space+1:])
	return unicode.IsDigit(next) || unicode.IsUpper(next) || next == '§' || next == '¶' || next == '(' ||
		strings.HasPrefix(text[space+1:], "part")
}

// opens tells whether a character may stand before a word without a space.
func opens(r rune) bool { return strings.ContainsRune(`(["“‘—–/`, r) }

// reporters belong to the number before them.
var reporters = words("U.S.C. C.F.R. Fed. Stat. F.2d F.3d F.4th U.S.")

// binding are the words that belong to what follows them.
var binding = words("§ §§ ¶ ¶¶ No. Nos. U.S.C. C.F.R. Fed. Reg. Stat. part " +
	"January February March April May June July August September October November December " +
	"Mr. Ms. Mrs. Dr. Jr. Res. H. Resolution dated item Page")

func words(s string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		out[w] = true
	}
	return out
}
