package pdf

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"foia/internal/letter"
)

// marks are the quotation marks of a language, for those of the typewriter.
type marks struct{ open, shut, openInner, shutInner rune }

var (
	english = marks{'“', '”', '‘', '’'}
	german  = marks{'„', '“', '‚', '’'} // an apostrophe and a mark that shuts cannot be told apart
)

func marksOf(language string) marks {
	if strings.HasPrefix(language, "de") {
		return german
	}
	return english
}

// printer gives texts the marks of print, and remembers what letters share.
type printer struct {
	marks
	m *measurer
}

// shortText is up to how many bytes a text is sooner printed than remembered.
const shortText = 16

// text is a text as it is printed that follows a character; 0 if it begins.
func (p printer) text(s string, before rune) string {
	if len(s) < shortText {
		return p.marks.text(s, before)
	}
	p.m.key = append(utf8.AppendRune(utf8.AppendRune(p.m.key[:0], p.open), before), s...)
	if known, ok := p.m.fonts.printed.recall(p.m.key); ok {
		return known
	}
	out := p.marks.text(s, before)
	if p.m.fonts.printed.again(p.m.key) {
		out = strings.Clone(out)
		p.m.fonts.printed.keep(p.m.key, out, len(out))
	}
	return out
}

// prepared returns the letter with its text as it is printed: in Unicode NFC, a
// letter and its accent as one character, which the typeface sets rightly; with
// the quotation marks, apostrophes and dashes of print for those of the
// typewriter.
func (p printer) prepared(doc letter.Document) letter.Document {
	doc.Letterhead, doc.Addressee, doc.Enclosures = p.all(doc.Letterhead), p.all(doc.Addressee), p.all(doc.Enclosures)
	for _, s := range []*string{&doc.Date, &doc.Via, &doc.Subject, &doc.Salutation, &doc.Closing, &doc.Mark} {
		*s = p.text(*s, 0)
	}
	// What the file says about itself, and the reference, are not print.
	doc.Meta.Keywords = slices.Clone(doc.Meta.Keywords)
	for i := range doc.Meta.Keywords {
		doc.Meta.Keywords[i] = composed(doc.Meta.Keywords[i])
	}
	for _, s := range []*string{&doc.Reference, &doc.Meta.Title, &doc.Meta.Author, &doc.Meta.Subject} {
		*s = composed(*s)
	}
	signers := make([]letter.Signer, len(doc.Signature))
	for i, s := range doc.Signature {
		signers[i] = letter.Signer{Name: p.text(s.Name, 0), Lines: p.all(s.Lines)}
	}
	doc.Signature = signers
	doc.Body = p.blocks(doc.Body)
	return doc
}

func (p printer) all(in []string) []string {
	out := make([]string, len(in))
	for i, s := range in {
		out[i] = p.text(s, 0)
	}
	return out
}

func (p printer) blocks(in []letter.Block) []letter.Block {
	out := slices.Clone(in)
	for i := range out {
		b := &out[i]
		b.Text = slices.Clone(b.Text)
		var before rune
		for j := range b.Text {
			b.Text[j].Text = p.text(b.Text[j].Text, before)
			for _, r := range b.Text[j].Text {
				before = r
			}
		}
		b.Items = slices.Clone(b.Items)
		for j := range b.Items {
			b.Items[j].Body = p.blocks(b.Items[j].Body)
		}
		b.Body = p.blocks(b.Body)
	}
	return out
}

// composed returns a text in Unicode NFC.
func composed(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return norm.NFC.String(s)
		}
	}
	return s
}

// Printed is a text as it is printed in a letter: its marks of the typewriter are
// those of print.
func Printed(s string) string { return english.text(s, 0) }

// text gives a text the marks of print that follows a character; 0 if it begins.
func (m marks) text(s string, before rune) string {
	s = composed(s)
	if !strings.ContainsAny(s, `"'`) && !strings.Contains(s, "--") {
		return s
	}
	out := make([]string, 0, 16)
	for word := range strings.SplitSeq(s, " ") {
		out = append(out, m.word(word, before))
		before = ' '
	}
	return strings.Join(out, " ")
}

// printed gives a word the quotation marks and dashes of print; addresses on the
// net are not touched.
func (m marks) word(word string, before rune) string {
	if strings.Contains(word, "://") || strings.Contains(word, "@") || strings.HasPrefix(word, "www.") {
		return word
	}
	switch at := strings.Index(word, "--"); {
	case word == "--":
		return "–"
	case at > 0 && at+2 < len(word) && strings.Count(word, "-") == 2:
		word = word[:at] + "—" + word[at+2:]
	}
	var b strings.Builder
	for i, r := range word {
		switch r {
		case '"':
			r = either(before, m.open, m.shut)
		case '\'':
			r = either(before, m.openInner, m.shutInner)
			if r == m.openInner && i+1 < len(word) && word[i+1] >= '0' && word[i+1] <= '9' {
				r = '’' // the '90s
			}
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

// either chooses between a mark that opens and one that closes.
func either(before, opening, closing rune) rune {
	if before == 0 || unicode.IsSpace(before) || unicode.Is(unicode.Ps, before) || unicode.Is(unicode.Pi, before) ||
		strings.ContainsRune("–—/-=:", before) {
		return opening
	}
	return closing
}
