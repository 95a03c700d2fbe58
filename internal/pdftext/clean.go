package pdftext

import (
	"strings"
	"unicode"

	"foia/internal/lazy"

	"golang.org/x/text/unicode/norm"
)

// Clean is a text as one would type it, with its lines: ligatures and other forms for print become letters,
// what cannot be seen goes, and a word that was divided at the end of a line is whole again, at the end of that line.
// Superscript digits stay: they point to footnotes, and are no part of the number before them.
func Clean(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n", "\v", "\n", "\u2028", "\n", "\u2029", "\n\n").Replace(s)
	s = strings.ReplaceAll(s, "\u00ad\n", divided+"\n")
	// PDFium writes so any hyphen at the end of a line, and with or without that end.
	s = strings.NewReplacer("\u0002\n", "-\n", "\ufffe\n", "-\n", "\u0002", "-\n", "\ufffe", "-\n").Replace(s)
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u00a0' || r == '\u202f' || r == '\u2007' || r == '\u2009' || r == '\u3000':
			return ' '
		case r == '\u2011' || r == '\u2010':
			return '-'
		case r == '\u00ad' || r == '\ufeff' || r >= '\u200b' && r <= '\u200f' || r == '\u2060':
			return -1
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r), r >= '\ufdd0' && r <= '\ufdef': // these are programs' own, and no text
			return -1
		}
		return r
	}, s)
	s = forPrint(s)
	s = whole(s)
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// divided stands for a hyphen that is there only because a line ends (a soft one).
const divided = "\uf8ff"

// forPrint takes apart the letters that Unicode has only for print (U+FB00 to U+FB4F, U+FF01 to U+FF5E).
func forPrint(s string) string {
	if !strings.ContainsFunc(s, isForPrint) {
		return s
	}
	var out strings.Builder
	for _, r := range s {
		if isForPrint(r) {
			out.WriteString(norm.NFKC.String(string(r)))
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}

func isForPrint(r rune) bool { return r >= 0xfb00 && r <= 0xfb4f || r >= 0xff01 && r <= 0xff5e }

var (
	certain = lazy.Pattern(divided + ` ?\n?[ \t]*(\pL+[,.;:)”’]*) ?`)
	atEnd   = lazy.Pattern(`([\pL\d][\pL\d.-]*)-\n[ \t]*([\pL\d][^\s]*) ?`)
)

// whole puts divided words together. A hyphen at the end of a line divides a word, or belongs to it: it stays beside
// digits and capitals, and where both halves make a compound.
func whole(s string) string {
	s = certain.RE().ReplaceAllString(s, "$1\n")
	s = strings.ReplaceAll(s, divided, "")
	low := strings.ToLower(s)
	return atEnd.RE().ReplaceAllStringFunc(s, func(found string) string {
		m := atEnd.RE().FindStringSubmatch(found)
		first, rest := m[1], m[2]
		if keepsHyphen(first, rest, low) {
			return first + "-" + rest + "\n"
		}
		return first + rest + "\n"
	})
}

func keepsHyphen(first, rest, low string) bool {
	f, r := []rune(first), []rune(rest)
	if !unicode.IsLower(r[0]) || !unicode.IsLower(f[len(f)-1]) {
		return true
	}
	word := strings.TrimRightFunc(strings.ToLower(rest), func(c rune) bool { return !unicode.IsLetter(c) })
	head := strings.ToLower(first)
	switch {
	case strings.Contains(low, head+"-"+word):
		return true
	case strings.Contains(low, head+word):
		return false
	case strings.Contains(head, "-"): // the second hyphen of a compound
		return true
	}
	switch head {
	case "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "non", "multi", "self", "still", "first", "second",
		"third", "full", "part", "time", "law", "long", "short", "end", "so", "well", "co", "cross", "decision", "fact", "one", "two",
		"three":
		return true
	}
	return false
}
