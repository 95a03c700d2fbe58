package pdf

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"foia/internal/letter"
)

// GlyphError names the characters of a letter that cannot be set, all of them.
type GlyphError struct{ Found letter.Unset }

func (e *GlyphError) Error() string {
	s := e.Found.String()
	said := map[string]bool{}
	for _, x := range e.Found.List {
		if why := reason(x.Rune); why != "" && !said[why] {
			said[why] = true
			s += ": " + why
		}
	}
	return s
}

// reason is why no font helps, if a script is more than its letters.
func reason(r rune) string {
	switch name := script(r); {
	case slices.Contains(rightToLeft, name):
		return name + " runs from right to left, which this program cannot typeset"
	case name != "" && !simple(r):
		return name + " needs its letters joined or moved, which this program cannot do"
	}
	return ""
}

// Hint says what to do.
func (e *GlyphError) Hint() string {
	hint := letter.UnprintableRemedy
	if slices.ContainsFunc(e.Found.List, func(x letter.UnsetRune) bool { return simple(x.Rune) && unicode.IsPrint(x.Rune) }) {
		hint += ", others with a font of your own (fonts in foia.yaml)"
	}
	return hint
}

// simple tells whether a character needs nothing but a font that has it.
func simple(r rune) bool { return r != utf8.RuneError && unicode.In(r, unshaped...) }

// rightToLeft are scripts by their Unicode names.
var rightToLeft = []string{"Adlam", "Arabic", "Hebrew", "Mandaic", "Mende_Kikakui", "Nko", "Samaritan", "Syriac", "Thaana"}

// script is the Unicode name of a character's script; empty for what belongs to
// none or to all.
func script(r rune) string {
	for name, table := range unicode.Scripts {
		if name != "Common" && name != "Inherited" && unicode.Is(table, r) {
			return name
		}
	}
	return ""
}

// Check looks at every character of the letter, and of what the file will say
// about itself. The error is a *GlyphError.
func (f *Fonts) Check(doc letter.Document) error {
	m := f.measurer()
	defer f.measurers.Put(m)
	c := checker{measurer: m}
	c.all("the letterhead", doc.Letterhead)
	c.all("the address", doc.Addressee)
	c.text("the date", doc.Date)
	c.text("the line that says how it is sent", doc.Via)
	c.text("the subject line", doc.Subject)
	c.text("the salutation", doc.Salutation)
	c.blocks(doc.Body)
	c.text("the closing", doc.Closing)
	for _, s := range doc.Signature {
		c.text("the signature", s.Name)
		c.all("the signature", s.Lines)
	}
	c.all("the enclosures", doc.Enclosures)
	c.text("the footer", doc.Reference)
	c.text("the mark", doc.Mark)
	if len(c.found.List) == 0 { // it says again what the letter says
		c.all("the file's description", append([]string{doc.Meta.Title, doc.Meta.Author, doc.Meta.Subject}, doc.Meta.Keywords...))
	}
	if len(c.found.List) > 0 {
		return &GlyphError{c.found}
	}
	return nil
}

type checker struct {
	*measurer
	found letter.Unset
}

func (c *checker) all(where string, texts []string) {
	for _, s := range texts {
		c.text(where, s)
	}
}

func (c *checker) text(where, s string) {
	if isPlain(s) {
		return // every typeface has ASCII; most texts are nothing else
	}
	c.key = append(c.key[:0], s...)
	if _, ok := c.fonts.fine.recall(c.key); ok {
		return
	}
	looked := composed(strings.ToValidUTF8(s, "\uFFFD"))
	if strings.ContainsFunc(looked, func(r rune) bool { return (r < ' ' || r > '~') && !c.supports(r) }) {
		c.found.Look(looked, where, c.supports)
		return
	}
	if c.fonts.fine.again(c.key) {
		c.fonts.fine.keep(c.key, struct{}{}, 0)
	}
}

// isPlain tells whether a text is of the letters and marks of ASCII.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// here is the paragraph that is looked at.
const here = "this paragraph"

func (c *checker) blocks(blocks []letter.Block) {
	for _, b := range blocks {
		before := len(c.found.List)
		for _, span := range b.Text {
			c.text(here, span.Text)
		}
		for i := range c.found.List[before:] { // named only if needed: most paragraphs are fine
			c.found.List[before+i].Where = "the paragraph that begins “" + beginning(letter.Plain(b.Text)) + "”"
		}
		for _, item := range b.Items {
			c.text("the label of a list", item.Label)
			c.blocks(item.Body)
		}
		c.blocks(b.Body)
	}
}

// beginning is the first words of a text, without what a terminal would obey.
func beginning(s string) string {
	words := strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, s))
	if len(words) > 5 {
		words = append(words[:5], "…")
	}
	out := []rune(strings.Join(words, " "))
	if len(out) > 60 {
		out = append(out[:60], '…')
	}
	return string(out)
}
