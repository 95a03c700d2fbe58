package moving

import (
	"strings"
	"unicode"

	"foia/internal/entered"
)

// words is a heading or a status in lower case with its words apart: filingDate and “Filing date” are both "filing
// date", # is "number".
func words(s string) string {
	s = entered.Line(strings.ReplaceAll(s, "#", " number "))
	var b strings.Builder
	last := rune(' ')
	runes := []rune(s)
	for i, r := range runes {
		switch {
		case r == '\'' || r == '’':
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			r = ' '
		case unicode.IsUpper(r) && (unicode.IsLower(last) || unicode.IsUpper(last) && i+1 < len(runes) && unicode.IsLower(runes[i+1]) &&
			i+2 < len(runes) && unicode.IsLower(runes[i+2])):
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
		last = runes[i]
	}
	out := strings.Join(strings.Fields(b.String()), " ")
	out = strings.ReplaceAll(" "+out+" ", " e mail", " email")
	return strings.TrimSpace(out)
}

// heading is a heading in English words.
func heading(s string) string { return inEnglish(words(s)) }

// empties are what trackers write where they have nothing, in lower case; the days are those of MySQL.
var empties = map[string]bool{"": true, "-": true, "--": true, "---": true, "–": true, "—": true, "null": true, "(null)": true,
	"none": true, "nil": true, "blank": true, "(blank)": true, "tbd": true, "tba": true, "nan": true, "nat": true,
	"n/a": true, "n.a.": true, "na": true, "#n/a": true, `\n`: true,
	"#ref!": true, "#value!": true, "#div/0!": true, "#name?": true, "0000-00-00": true, "0000-00-00 00:00:00": true, ".": true}

// isEmpty tells whether a cell says nothing.
func isEmpty(cell string) bool { return empties[strings.ToLower(strings.TrimSpace(cell))] }

// cleaned is a cell without what a terminal would obey; it tells whether there was any.
func cleaned(cell string) (string, bool) {
	odd := false
	out := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' {
			odd = true
			return -1
		}
		return r
	}, cell)
	out, dropped := entered.Text(out)
	return strings.TrimSpace(strings.ReplaceAll(out, "\r\n", "\n")), odd || dropped > 0
}

// yes and no are the cells of a check mark.
var (
	yes = map[string]bool{"yes": true, "y": true, "x": true, "✓": true, "✔": true, "☑": true, "✅": true, "true": true,
		"1": true, "t": true,
		"checked": true, "ja": true, "si": true, "sí": true, "oui": true, "done": true}
	no = map[string]bool{"no": true, "n": true, "false": true, "0": true, "f": true, "✗": true, "✘": true, "☐": true, "❌": true,
		"unchecked": true, "nein": true, "non": true}
)

// checkMark reads a check mark.
func checkMark(cell string) (set, is bool) {
	lower := strings.ToLower(strings.TrimSpace(cell))
	return yes[lower], yes[lower] || no[lower]
}
