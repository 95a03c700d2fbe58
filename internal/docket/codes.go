package docket

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"foia/internal/entered"
	"foia/internal/law"
	"foia/internal/lazy"
	"foia/internal/remedy"
)

// longestGround is how long a ground for withholding under the law of a state or
// country may be.
const longestGround = 80

// between matches what may stand between two exemptions: separators, and the words
// that letters put before or among them.
const between = lazy.Pattern(`(?i)^(?:[\s,;&]|and\b|or\b|foia\b|privacy act\b|exemptions?\b|sections?\b|5\s*u\.?\s*s\.?\s*c\.?|§)+`)

// oneCode matches one exemption as people write it: b5, (b)(5), B6, b(7)(c), (b)(7)E),
// 7e, 552(b)(7)(E); of the Privacy Act k2, (k)(2), 552a(k)(2).
const oneCode = lazy.Pattern(`(?i)^(552a?)?\s*\(?\s*(?:([bdjk])\s*\)?)?\s*\(?\s*([1-9])\s*\)?(?:\s*\(?([a-f])\)?)?`)

// readCodes reads exemptions in the many ways in which they are written.
func readCodes(value string, exemptions map[string]law.Exemption) (string, error) {
	var codes []string
	// The spaces of a text that was pasted are many, and regular expressions know only some.
	for rest := strings.Join(strings.Fields(value), " "); ; {
		rest = rest[len(between.RE().FindString(rest)):]
		if rest == "" {
			break
		}
		code, length := nextCode(rest, exemptions)
		if length == 0 {
			word := strings.FieldsFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' })[0]
			return "", remedy.Misuse(fmt.Sprintf(remedy.Name("exemptions")+": there is no exemption %s", entered.Shown(word)),
				"the exemptions are "+strings.Join(slices.Sorted(maps.Keys(exemptions)), ", "))
		}
		rest = rest[length:]
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	if len(codes) == 0 {
		return "", remedy.Misuse(fmt.Sprintf(remedy.Name("exemptions")+": %s names none", entered.Shown(value)),
			"the exemptions are "+strings.Join(slices.Sorted(maps.Keys(exemptions)), ", "))
	}
	slices.Sort(codes)
	return strings.Join(codes, ","), nil
}

// nextCode reads the exemption with which a text begins; length 0 if it does not
// begin with one.
func nextCode(text string, exemptions map[string]law.Exemption) (code string, length int) {
	m := oneCode.RE().FindStringSubmatchIndex(text)
	if m == nil {
		return "", 0
	}
	group := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return text[m[2*i]:m[2*i+1]]
	}
	section, family, number, part := strings.ToLower(group(1)), strings.ToLower(group(2)), group(3), strings.ToUpper(group(4))
	if family == "" {
		family = "b"
	}
	end := m[1]
	if part != "" && (family != "b" || number != "7") { // what follows is the next one: (b)(5)(d)(5)
		end, part = m[7], ""
		if end < len(text) && text[end] == ')' {
			end++
		}
	}
	code = family + number + part
	_, known := exemptions[code]
	if !known || section == "552a" && family == "b" || section == "552" && family != "b" || !endsCode(text[end:]) {
		return "", 0
	}
	return code, end
}

// endsCode tells whether an exemption can end before the rest of a text.
func endsCode(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || unicode.IsSpace(r) || strings.ContainsRune(",;&", r) || r == '(' && len(rest) > 1 &&
		strings.ContainsRune("bdjkBDJK", rune(rest[1]))
}

// readGrounds reads the grounds for withholding under a law whose sections foia does
// not know: as they are written, separated by semicolons.
func readGrounds(value string) (string, error) {
	wrong := func(what string) (string, error) {
		return "", remedy.Misuse(remedy.Name("exemptions")+": "+what,
			"give the sections as the letter does, separated by semicolons, such as "+
				"\"87(2)(b); 87(2)(g)\"")
	}
	var grounds []string
	for part := range strings.SplitSeq(value, ";") {
		part = strings.TrimSpace(part)
		switch {
		case part == "" || slices.Contains(grounds, part):
			continue
		case strings.ContainsFunc(part, unicode.IsControl) || !utf8.ValidString(part):
			return wrong(fmt.Sprintf("%q has characters that cannot be printed", part))
		case utf8.RuneCountInString(part) > longestGround:
			return wrong(fmt.Sprintf("a ground may have at most %d characters: “%s…”", longestGround, string([]rune(part)[:30])))
		}
		grounds = append(grounds, part)
	}
	if len(grounds) == 0 {
		return wrong(fmt.Sprintf("%q names none", value))
	}
	return strings.Join(grounds, "; "), nil
}

// Exemptions are those that an event claims: under the federal law as codes, else as
// the letter gives them.
func (r Request) Exemptions(e Event) []string {
	claimed := e.Data["exemptions"]
	switch {
	case claimed == "":
		return nil
	case federal(r):
		return strings.Split(claimed, ",")
	}
	return strings.Split(claimed, "; ")
}
