// Package pdf turns a letter into the bytes of a PDF.
//
// It first lays the letter out into pages of placed lines, which is pure and
// can be tested without a PDF, and then draws them. It is the only room that
// knows gofpdf, which is archived; its traps are closed here: every character
// is checked against the typeface before anything is drawn, nothing that a user
// typed is an alias, fonts are not shared between documents, dates and catalog
// are fixed so that the same letter gives the same bytes, and a panic becomes an
// error.
package pdf

import (
	"fmt"
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifbolditalic"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/unicode/runenames"

	"foia/internal/letter"
)

// style is one of the four faces.
type style int

const (
	regular style = iota
	bold
	italic
	boldItalic
	styles
)

// Fonts is the typeface, Liberation Serif, in its four faces. It may be used by
// many goroutines.
type Fonts struct {
	raw    [styles][]byte
	parsed [styles]*sfnt.Font
	known  [cached]atomic.Uint32 // answers of Supports: 0 not asked yet, 1 yes, 2 no
}

// cached is how many characters Supports remembers: Latin, Greek, Cyrillic and
// punctuation lie below.
const cached = 0x2200

// LoadFonts reads the typeface that is built into the program.
func LoadFonts() (*Fonts, error) {
	f := &Fonts{raw: [styles][]byte{liberationserifregular.TTF, liberationserifbold.TTF, liberationserifitalic.TTF, liberationserifbolditalic.TTF}}
	for i, raw := range f.raw {
		parsed, err := sfnt.Parse(raw)
		if err != nil {
			return nil, fmt.Errorf("the built-in typeface cannot be read: %w", err)
		}
		f.parsed[i] = parsed
	}
	return f, nil
}

// Supports tells whether a character can be set: the typeface has it, and it
// needs no shaping. Hebrew is in the typeface, but would run the wrong way.
// White space that only breaks lines is not for the typeface, and is refused.
func (f *Fonts) Supports(r rune) bool {
	if r >= 0 && r < cached {
		if answer := f.known[r].Load(); answer != 0 {
			return answer == 1
		}
	}
	var b sfnt.Buffer
	ok := f.supports(r, &b)
	if r >= 0 && r < cached {
		answer := uint32(2)
		if ok {
			answer = 1
		}
		f.known[r].Store(answer)
	}
	return ok
}

func (f *Fonts) supports(r rune, b *sfnt.Buffer) bool {
	if r > 0xFFFF || r == utf8.RuneError || !unicode.In(r, unicode.Common, unicode.Latin, unicode.Greek, unicode.Cyrillic) {
		return false
	}
	if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.M, unicode.Zl, unicode.Zp) {
		return false
	}
	for _, face := range f.parsed {
		if i, err := face.GlyphIndex(b, r); err != nil || i == 0 {
			return false
		}
	}
	return true
}

// GlyphError names a character that cannot be set.
type GlyphError struct {
	Rune  rune
	Where string // the part of the letter
}

func (e *GlyphError) Error() string {
	return fmt.Sprintf("the character %s cannot be printed (%s)", letter.DescribeRune(e.Rune), e.Where)
}

// Hint says what to do.
func (e *GlyphError) Hint() string {
	return "remove it or write it in words; letters of Latin, Greek and Cyrillic can be printed"
}

// Name is the character's Unicode name.
func (e *GlyphError) Name() string { return runenames.Name(e.Rune) }

// Check looks at every character of the letter, and of what the file will say
// about itself. The error is a *GlyphError.
func (f *Fonts) Check(doc letter.Document) error {
	c := checker{fonts: f}
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
	fonts *Fonts
	err   *GlyphError
}

func (c *checker) all(where string, texts []string) {
	for _, s := range texts {
		c.text(where, s)
	}
}

func (c *checker) text(where, s string) {
	if c.err != nil {
		return
	}
	if !utf8.ValidString(s) {
		c.err = &GlyphError{Rune: utf8.RuneError, Where: where}
		return
	}
	for _, r := range norm.NFC.String(s) {
		if !c.fonts.Supports(r) {
			c.err = &GlyphError{Rune: r, Where: where}
			return
		}
	}
}

func (c *checker) blocks(blocks []letter.Block) {
	for _, b := range blocks {
		where := "the text"
		if s := letter.Plain(b.Text); s != "" {
			where = "the paragraph that begins “" + beginning(s) + "”"
			c.text(where, s)
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

// measurer knows the widths of characters. It is not shared between goroutines.
type measurer struct {
	fonts  *Fonts
	buffer sfnt.Buffer
	widths [styles]map[rune]float64
}

func newMeasurer(f *Fonts) *measurer {
	m := &measurer{fonts: f}
	for i := range m.widths {
		m.widths[i] = make(map[rune]float64, 128)
	}
	return m
}

// em is the size at which widths are read off the font; they are kept as parts
// of the type size.
const em = 1000

// width is the length of a text in points.
func (m *measurer) width(s string, face style, size float64) float64 {
	sum := 0.0
	for _, r := range s {
		w, ok := m.widths[face][r]
		if !ok {
			w = m.advance(r, face)
			m.widths[face][r] = w
		}
		sum += w
	}
	return sum * size
}

// advance reads the width of one character. Characters were checked before; one
// that the font does not know has none.
func (m *measurer) advance(r rune, face style) float64 {
	f := m.fonts.parsed[face]
	i, err := f.GlyphIndex(&m.buffer, r)
	if err != nil {
		return 0
	}
	a, err := f.GlyphAdvance(&m.buffer, i, fixed.I(em), font.HintingNone)
	if err != nil {
		return 0
	}
	return float64(a) / 64 / em
}
