package pdf

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/runenames"

	"foia/internal/letter"
)

// GlyphError names a character that cannot be set.
type GlyphError struct {
	Rune  rune
	Where string // the part of the letter
}

func (e *GlyphError) Error() string {
	s := fmt.Sprintf("the character %s cannot be printed (%s)", letter.DescribeRune(e.Rune), e.Where)
	switch name := script(e.Rune); {
	case slices.Contains(rightToLeft, name):
		s += ": " + name + " runs from right to left, which this program cannot typeset"
	case name != "" && !simple(e.Rune):
		s += ": " + name + " needs its letters joined or moved, which this program cannot do"
	}
	return s
}

// Hint says what to do.
func (e *GlyphError) Hint() string {
	hint := "remove it or write it in words; letters of Latin, Greek and Cyrillic can be printed"
	if simple(e.Rune) && unicode.IsPrint(e.Rune) {
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

// Name is the character's Unicode name.
func (e *GlyphError) Name() string { return runenames.Name(e.Rune) }

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
	for _, s := range append([]string{doc.Meta.Title, doc.Meta.Author, doc.Meta.Subject}, doc.Meta.Keywords...) {
		c.text("the file's description", s)
	}
	if c.err != nil {
		return c.err
	}
	return nil
}

type checker struct {
	*measurer
	err *GlyphError
}

func (c *checker) all(where string, texts []string) {
	for _, s := range texts {
		c.text(where, s)
	}
}

func (c *checker) text(where, s string) {
	if c.err == nil {
		if r, bad := c.unprintable(s); bad {
			c.err = &GlyphError{Rune: r, Where: where}
		}
	}
}

// unprintable returns the first character of a text that cannot be set.
func (c *checker) unprintable(s string) (rune, bool) {
	if !utf8.ValidString(s) {
		return utf8.RuneError, true
	}
	for _, r := range composed(s) {
		if !c.supports(r) {
			return r, true
		}
	}
	return 0, false
}

func (c *checker) blocks(blocks []letter.Block) {
	for _, b := range blocks {
		for _, s := range b.Text {
			if r, bad := c.unprintable(s.Text); bad && c.err == nil {
				c.err = &GlyphError{Rune: r, Where: "the paragraph that begins “" + beginning(letter.Plain(b.Text)) + "”"}
			}
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
