package reply

import (
	"slices"
	"strings"

	"foia/internal/lazy"
)

// numberPattern is the form of the numbers that agencies give: parts of letters and digits, joined.
const numberPattern = `(?:[a-z0-9]+(?:[-/._#:][a-z0-9#]+)+|[a-z]{1,5}\d{5,}[a-z]?|\d{2,4}[a-z]{2,6}\d{3,}|\d{5,}[a-z]?)`

var numberForms = struct{ token, labelled, never, our lazy.Pattern }{
	token: lazy.Pattern(`(?i)` + numberPattern),
	// A label, or “Re:” right before it.
	labelled: lazy.Pattern(`(?i)(?:^|[\s(\[,;-])(?:(?:re|ref|reference|our ref|our no|your no|appeal|appeal no|refer t` +
		`o|case|request|requests|foia|foipa|foil|control|tracking|file|log|docket|pra|` +
		`records? request|gz|az|geschäftszeichen|aktenzeichen)\b[ .:]*|#\s?)+(?:no\.?|nos\.?|number|numbers|id|code)?\s*[:#]*` +
		`\s*(?:foia |foipa |[a-z]{2,6} )?(` + numberPattern + `)`),
	never: lazy.Pattern(`(?i)^(?:\d{5}-\d{4}|\d{3}-\d{3}-\d{4}|(?:19|20)\d\d-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|` +
		`\d+:\d\d-c[vr]-.*|\d{1,2}[-/]\d{1,2}|` +
		`[\d.]*\.[\d.]*|b\d.*|(?:19|20)\d\d-(?:19|20)?\d\d|\d+-\d+[a-z]?-?(?:day|days|month|hour).*|www\..*|.*\.(?:g` +
		`ov|com|org|mil|uk|de|eu|pdf|us))$`),
	our: lazy.Pattern(`(?i)(?:our|your|requester'?s?) (?:reference|ref\.?|request)(?: (?:no\.?|number))?:? ((?:19|20)` +
		`\d\d-\d{4,})\b|\[#((?:19|20)\d\d-\d{4,})\]`),
}

// isNumber tells whether a text of that form can be the number of a request.
func isNumber(s string) bool {
	digits := 0
	for _, r := range s {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	if digits < 3 || numberForms.never.RE().MatchString(s) {
		return false
	}
	return strings.ContainsAny(s, "-/#") || strings.IndexFunc(s, func(r rune) bool { return r >= '0' && r <= '9' }) > 0 || digits >= 5
}

// Folded is a number without what is written now so and now so: case, spaces and kinds of dashes.
func Folded(number string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212':
			return '-'
		case ' ', '\u00a0', '\u202f', '\u00ad':
			return -1
		}
		if r >= 'a' && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, number)
}

// found is a number with where it stands.
type foundNumber struct {
	number, hint string
	where        sentence
}

// numbers are the numbers of requests that a message is about, the surest first: those that it says it gave,
// then those of its head and its subject.
func (r *reader) numbers() (out []foundNumber) {
	add := func(n, hint string, where sentence) {
		n = strings.TrimRight(n, ".:;,")
		if isNumber(n) && !slices.ContainsFunc(out, func(f foundNumber) bool { return Folded(f.number) == Folded(n) }) {
			out = append(out, foundNumber{n, hint, where})
		}
	}
	if len(r.signs("appeal-received", "appeal-decided")) > 0 {
		for _, l := range slices.Concat([]line{{text: r.mailSubject()}}, r.text.head) {
			for _, x := range appealNumber.RE().FindAllStringSubmatch(l.text, -1) {
				add(x[1], "", sentence{text: l.text, part: l.part, line: l.number, scanned: l.scanned})
			}
		}
		for _, s := range r.signs("appeal-number") {
			add(s.values["tracking"], "", *s.sentence)
		}
	}
	var weak []foundNumber
	shape := "" // a number that had a label
	for _, l := range slices.Concat(r.text.head, []line{{text: r.mailSubject()}}) {
		if numberForms.our.RE().MatchString(l.text) {
			l.text = numberForms.our.RE().ReplaceAllString(l.text, "")
		}
		at := sentence{text: l.text, part: l.part, line: l.number, scanned: l.scanned}
		if g := germanNumber.RE().FindStringSubmatch(l.text); g != nil && isNumber(g[1]) {
			add(g[1], "", at)
			continue
		}
		m := labelledIn(l.text)
		for _, x := range slices.Clone(m) {
			if weakLabel.RE().MatchString(l.text[x[0]:x[2]]) { // “In Reply Refer To” can name an office
				weak = append(weak, foundNumber{l.text[x[2]:x[3]], "", at})
				m = slices.DeleteFunc(m, func(y []int) bool { return y[0] == x[0] })
				continue
			}
			add(l.text[x[2]:x[3]], r.acronymsBefore(l.text, l.text[x[2]:x[3]]), at)
		}
		if len(m) > 0 {
			shape = l.text[m[0][2]:m[0][3]]
		}
		for _, n := range numberForms.token.RE().FindAllString(l.text, -1) { // of a subject, or the others of a label: “requests A and B”
			n = strings.TrimRight(n, ".:;,")
			if l.number == 0 && strings.ContainsAny(n, "-/#") || shape != "" && sameShape(shape, n) {
				add(n, r.acronymsBefore(l.text, n), at)
			}
		}
	}
	for _, s := range r.signs("assigned", "named") {
		if n := s.values["tracking"]; n != "" {
			add(n, r.acronymsBefore(s.sentence.text, n), *s.sentence)
		}
	}
	for _, w := range weak {
		add(w.number, w.hint, w.where)
	}
	if len(out) == 0 {
		for _, l := range r.text.head { // a line of nothing but numbers
			if m := numbersAlone.RE().FindStringSubmatch(l.text); m != nil && strings.ContainsAny(m[1], "-/#") {
				for _, n := range numberForms.token.RE().FindAllString(l.text, -1) {
					add(n, "", l.sentence())
				}
			}
		}
	}
	if len(out) == 0 {
		for _, l := range r.text.head { // “… under the Freedom of Information Act, 5 U.S.C. § 552: 26-00188-FOIA”
			if m := numberAtEnd.RE().FindStringSubmatch(l.text); m != nil && strings.ContainsAny(m[1], "-/") {
				add(m[1], "", l.sentence())
			}
		}
	}
	if len(out) == 0 {
		r.numberBelow(add)
	}
	if len(out) == 0 {
		for i := range r.text.sentences {
			s := &r.text.sentences[i]
			for _, x := range numberForms.labelled.RE().FindAllStringSubmatch(s.text, 1) {
				add(x[1], "", *s)
			}
			begin := listed.RE().ReplaceAllString(s.text, "")
			if x := numberForms.token.RE().FindStringIndex(begin); x != nil && x[0] == 0 && strings.HasPrefix(begin[x[1]:], " (") {
				add(begin[:x[1]], "", *s)
			}
		}
	}
	return out
}

// numberBelow looks for a number that stands below its label, as in a form.
func (r *reader) numberBelow(add func(n, hint string, where sentence)) {
	lines := r.text.tail[:min(len(r.text.tail), 25)]
	for i := 1; i < len(lines); i++ {
		for _, x := range numberForms.token.RE().FindAllStringIndex(lines[i].raw, -1) {
			for _, y := range formLabel.RE().FindAllStringIndex(lines[i-1].raw, -1) {
				if lines[i].part == lines[i-1].part && x[0] < y[1]+4 && y[0] < x[1]+4 {
					add(lines[i].raw[x[0]:x[1]], "", lines[i].sentence())
				}
			}
		}
	}
}

var (
	weakLabel = lazy.Pattern(`(?i)\brefer to\b|\bfile\b`)
	formLabel = lazy.Pattern(`(?i)\b(?:FOIA|FOIL|request|case|tracking|control|reference|log)(?: (?:case|request|number|no\.?|#|id|` +
		`control|tracking))*\s*:?(?:\s{2,}|$)`)
)

// germanNumber is a number with blanks in it, as German authorities give them.
var germanNumber = lazy.Pattern(`(?:Geschäftszeichen|Aktenzeichen|\bGZ|\bGz\.?|` +
	`\bAz\.?):? ?([\p{Lu}\d][\pL\d]*(?: ?[-/.#] ?[\pL\d]+| [\pL\d]+)*\d)(?: \(|,|$)`)

var (
	appealNumber = lazy.Pattern(`(?i)\bappeals?\b(?:,? (?:no\.?|number|case|as|is|file|#|control))*[:.]? *#?(` + numberPattern + `)`)
	numberAtEnd  = lazy.Pattern(`(?i)(?:request|act|information|552\w*|records|foia|foil|of \d{4})\)?"?\s*(?:[:,–—-]|\()\s*(` +
		numberPattern + `)\)?$`)
	numbersAlone = lazy.Pattern(`(?i)^(` + numberPattern + `)(?:(?:\s*[/,&]\s*| and )` + numberPattern + `)*$`)
)

// labelledIn are the numbers behind labels in a text. Where none stands behind a label, as in “Re: FRA-FOIA No. 26-0119”,
// it is looked for behind the next.
func labelledIn(text string) (out [][]int) {
	for from := 0; from < len(text); {
		m := numberForms.labelled.RE().FindStringSubmatchIndex(text[from:])
		if m == nil {
			break
		}
		for i := range m {
			m[i] += from
		}
		if isNumber(strings.TrimRight(text[m[2]:m[3]], ".:;,")) {
			out, from = append(out, m), m[3]
			continue
		}
		from = max(m[2], from+1)
	}
	return out
}

var acronyms = lazy.Pattern(`\b([A-Z]{2,6}(?: FOIA)?) $`)

// acronymsBefore is a number with the name of the office that stands right before it, as in “BIS 26-0455”.
func (r *reader) acronymsBefore(text, number string) string {
	i := strings.Index(text, number)
	if i < 0 {
		return ""
	}
	m := acronyms.RE().FindStringSubmatch(text[:i])
	if m == nil || slices.Contains([]string{"FOIA", "FOIPA", "FOIL", "RE", "REF", "FOI", "CASE", "NO", "PIR", "ORR"}, m[1]) {
		return ""
	}
	return m[1] + " " + number
}

// sameShape tells whether two numbers are of one form: 2026-OSEC-01140-F and 2026-OSEC-01152-F.
func sameShape(a, b string) bool {
	shape := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return '0'
			}
			return r
		}, strings.ToUpper(s))
	}
	return shape(a) == shape(b)
}
