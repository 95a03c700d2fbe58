package letter

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// secret is something private of the requester's, and what takes its place. A match counts only if it
// is no part of a longer word: Ann is no part of Annual, nor is a telephone number of a longer number.
type secret struct {
	pattern *regexp.Regexp
	instead string
	inner   func(rune) bool // what makes a word longer
}

// find is the first place of a secret from a place on; start is negative if there is none.
func (h secret) find(s string, from int) (start, end int) {
	for from < len(s) {
		at := h.pattern.FindStringIndex(s[from:])
		if at == nil || at[0] == at[1] {
			break
		}
		start, end = from+at[0], from+at[1]
		first, size := utf8.DecodeRuneInString(s[start:])
		last, _ := utf8.DecodeLastRuneInString(s[:end])
		before, _ := utf8.DecodeLastRuneInString(s[:start])
		after, _ := utf8.DecodeRuneInString(s[end:])
		if !h.joined(before, first) && !h.joined(last, after) {
			return start, end
		}
		from = start + size
	}
	return -1, -1
}

// joined tells whether two characters belong to one word. Where a capital follows a small letter, as in
// the names of some files, another word begins. A mark belongs to the letter before it.
func (h secret) joined(a, b rune) bool {
	return h.inner(a) && h.inner(b) && !(unicode.IsLower(a) && unicode.IsUpper(b))
}

func (h secret) replace(s, instead string) string {
	var out strings.Builder
	done := 0
	for {
		start, end := h.find(s, done)
		if start < 0 {
			break
		}
		out.WriteString(s[done:start])
		out.WriteString(instead)
		done = end
	}
	out.WriteString(s[done:])
	return out.String()
}

// Of what words are made: those of names, of numbers, and of addresses.
func inName(r rune) bool    { return unicode.IsLetter(r) || unicode.IsMark(r) }
func inNumber(r rune) bool  { return unicode.IsDigit(r) }
func inAddress(r rune) bool { return inName(r) || inNumber(r) }

// secrets are the requester's street, ZIP Code, telephone number and e-mail
// address, however they are written.
func secrets(r Requester) []secret {
	var out []secret
	add := func(pattern, instead string, inner func(rune) bool) {
		if pattern != "" {
			out = append(out, secret{regexp.MustCompile(`(?i)` + pattern), instead, inner})
		}
	}
	add(loose(r.Email), "[e-mail address withheld]", inAddress)
	if digits := onlyDigits(r.Phone); len(digits) >= 7 {
		if len(digits) == 11 {
			digits = strings.TrimPrefix(digits, "1") // the country need not be there
		}
		add(`(\+?1[ .()/-]*)?\(?`+strings.Join(strings.Split(digits, ""), `[ .()/-]*`), "[telephone number withheld]", inNumber)
	} else {
		add(loose(r.Phone), "[telephone number withheld]", inAddress)
	}
	for _, line := range r.Street {
		if line = loose(line); line != "" {
			add(line+`[\pL\pM\pN]*`, "[street address withheld]", inAddress) // St may be written out
		}
	}
	if zip := strings.TrimSpace(r.ZIP); len(zip) >= 5 {
		inner := inNumber
		if strings.ContainsFunc(zip, unicode.IsLetter) {
			inner = inAddress
		}
		add(loose(zip), "[ZIP Code withheld]", inner)
		if five, _, plus := strings.Cut(zip, "-"); plus {
			add(loose(five), "[ZIP Code withheld]", inner)
		}
	}
	return out
}

// loose matches a text with any white space between its words.
func loose(s string) string {
	words := strings.Fields(s)
	for i := range words {
		words[i] = regexp.QuoteMeta(words[i])
	}
	return strings.Join(words, `\s+`)
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// Publication is the letter as it can be shown to anybody: without the street,
// the ZIP Code, the telephone number and the e-mail address of the requester, in
// its text, its links and its description. The office's own addresses stay. The
// error says what could not be taken out.
func (d Document) Publication(r Requester) (Document, error) { return d.without(secrets(r)) }

// LeftOut stands where private data stood.
const LeftOut = "[private data left out]"

// Anonymous is the letter for publication with no person's name in it either: who
// wrote it is the organization, or nobody. Of several requesters, which may be one at
// different times, all are taken out.
func (d Document) Anonymous(rs ...Requester) (Document, error) {
	d.Letterhead, d.Signature, d.Meta.Author = []string{LeftOut}, []Signer{{Name: LeftOut}}, ""
	return d.without(private(rs))
}

// Withhold takes out of a text what Anonymous takes out of a letter.
func Withhold(s string, rs ...Requester) string { return withhold(s, private(rs)) }

func private(rs []Requester) []secret {
	var out []secret
	for _, r := range rs {
		out = append(append(out, secrets(r)...), names(r)...)
	}
	return out
}

// names are those of the requester and of those who sign with them, whole and
// however their parts are joined, as in the name of a file.
func names(r Requester) []secret {
	all := []string{r.Name}
	for _, c := range r.CoSigners {
		all = append(all, c.Name)
	}
	var out []secret
	for _, name := range all {
		words := strings.Fields(name)
		for i := range words {
			words[i] = regexp.QuoteMeta(words[i])
		}
		if len(words) == 0 || name == r.Organization {
			continue
		}
		out = append(out, secret{regexp.MustCompile(`(?i)` + strings.Join(words, `[\s._-]*`)), "[name withheld]", inName})
		if len(words) > 1 { // run together, as within an address, it is nobody else's
			out = append(out, secret{regexp.MustCompile(`(?i)` + strings.Join(words, `[._-]?`)), "[name withheld]",
				func(rune) bool { return false }})
		}
	}
	return out
}

func withhold(s string, hidden []secret) string {
	for _, h := range hidden {
		s = h.replace(s, h.instead)
	}
	return s
}

// without takes secrets out of the letter.
func (d Document) without(hidden []secret) (Document, error) {
	clean := func(s string) string { return withhold(s, hidden) }
	all := func(in []string) []string {
		out := slices.Clone(in)
		for i := range out {
			out[i] = clean(out[i])
		}
		return out
	}
	d.Letterhead = cleanHead(d.Letterhead, hidden)
	for _, s := range []*string{&d.Subject, &d.Salutation, &d.Closing, &d.Meta.Title, &d.Meta.Author, &d.Meta.Subject} {
		*s = clean(*s)
	}
	d.Meta.Keywords, d.Enclosures = all(d.Meta.Keywords), all(d.Enclosures)
	d.Signature = slices.Clone(d.Signature)
	for i, s := range d.Signature {
		d.Signature[i] = Signer{Name: clean(s.Name), Lines: all(s.Lines)}
	}
	d.Body = cleanBlocks(d.Body, clean)
	d.Reference += " · publication copy"
	own := d // what the requester wrote: everything but the office's address
	own.Addressee, own.Via = nil, ""
	for _, h := range hidden {
		text := own.Text()
		if start, end := h.find(text, 0); start >= 0 {
			return d, fmt.Errorf("%q cannot be taken out of the letter: it is written in more than one style", text[start:end])
		}
	}
	return d, nil
}

// cleanHead drops what is private from the letterhead, with the lines and dots
// that would stand there alone.
func cleanHead(lines []string, hidden []secret) []string {
	var out []string
	for _, line := range lines {
		for _, h := range hidden {
			line = h.replace(line, "")
		}
		var parts []string
		for part := range strings.SplitSeq(line, "·") {
			parts = append(parts, strings.Trim(part, " ,"))
		}
		if line = strings.Join(nonEmpty(parts...), " · "); line != "" {
			out = append(out, line)
		}
	}
	return out
}

func cleanBlocks(in []Block, clean func(string) string) []Block {
	out := slices.Clone(in)
	for i := range out {
		b := &out[i]
		b.Text = slices.Clone(b.Text)
		for j := range b.Text {
			s := &b.Text[j]
			s.Text = clean(s.Text)
			if clean(s.Link) != s.Link {
				s.Link = ""
			}
		}
		b.Items = slices.Clone(b.Items)
		for j := range b.Items {
			b.Items[j].Body = cleanBlocks(b.Items[j].Body, clean)
		}
		b.Body = cleanBlocks(b.Body, clean)
	}
	return out
}
