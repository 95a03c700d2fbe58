// Package pdf turns a letter into the bytes of a PDF that anybody can read and
// that lasts: tagged as PDF/UA-1 (ISO 14289-1) asks, archival as PDF/A-1 (ISO
// 19005-1) asks.
//
// It first lays the letter out into pages of placed lines, which is pure and
// can be tested without a PDF, then writes what is drawn on each page, and last
// puts it into the pages that gofpdf makes and adds what gofpdf cannot write: the
// structure, the description, the fonts.
//
// It is the only room that knows gofpdf, which is archived; its traps are closed
// here: every character is checked against the typeface before anything is
// drawn, nothing that a user typed is an alias, fonts and images do not pass
// through it, dates are fixed so that the same letter gives the same bytes, and
// a panic becomes an error.
package pdf

import (
	"fmt"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifbolditalic"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font/sfnt"
)

// style is one of the four faces of the typeface.
type style int

const (
	regular style = iota
	bold
	italic
	boldItalic
	styles
)

// face is one font file.
type face struct {
	number int // among the faces of Fonts
	name   string
	file   *truetype
	parsed *sfnt.Font
	parts  sync.Map // *subset by its number; each is made once and then shared
}

// Fonts is the typeface, Liberation Serif, in its four faces, and the user's own
// fonts for characters that it lacks. It may be used by many goroutines; what
// has been cut from a font for one letter serves the others.
type Fonts struct {
	faces     []*face // the four faces, then the user's
	measurers sync.Pool
	frames    sync.Map // *frame by frameKey

	broken  *memory[*broken]
	printed *memory[string]   // texts with the marks of print
	fine    *memory[struct{}] // texts whose characters can all be set
}

// UserFont is a TrueType file of the user's.
type UserFont struct {
	Name string // of the file, for messages
	Raw  []byte
}

// LoadFonts reads the typeface that is built into the program, and fonts of the
// user for what it lacks; the first that has a character sets it. The error of a
// user's font is a *FontError.
func LoadFonts(own ...UserFont) (*Fonts, error) {
	f := &Fonts{}
	f.measurers.New = func() any { return newMeasurer(f) }
	f.forget()
	builtIn := [styles]UserFont{{"LiberationSerif", liberationserifregular.TTF}, {"LiberationSerif-Bold", liberationserifbold.TTF},
		{"LiberationSerif-Italic", liberationserifitalic.TTF}, {"LiberationSerif-BoldItalic", liberationserifbolditalic.TTF}}
	for _, u := range builtIn {
		if err := f.add(u.Name, u.Raw); err != nil {
			return nil, fmt.Errorf("the built-in typeface cannot be read: %w", err)
		}
	}
	for i, u := range own {
		if err := f.add(fmt.Sprintf("Own%d", i+1), u.Raw); err != nil {
			return nil, fmt.Errorf("%s cannot be used: %w", u.Name, err)
		}
	}
	return f, nil
}

// forget has nothing remembered of letters.
func (f *Fonts) forget() {
	f.broken, f.printed, f.fine = newMemory[*broken](), newMemory[string](), newMemory[struct{}]()
}

func (f *Fonts) add(name string, raw []byte) error {
	file, err := parseTrueType(raw)
	if err != nil {
		return err
	}
	parsed, err := sfnt.Parse(raw)
	if err != nil {
		return badFont("the font is damaged: %v", err)
	}
	f.faces = append(f.faces, &face{number: len(f.faces), name: name, file: file, parsed: parsed})
	return nil
}

// glyph returns the number of the drawing of a character, 0 if there is none.
func (f *face) glyph(r rune, b *sfnt.Buffer) int {
	i, err := f.parsed.GlyphIndex(b, r)
	if err != nil || int(i) >= f.file.glyphs {
		return 0
	}
	return int(i)
}

// pick returns the face that sets a character in a style, and the number of its
// drawing; nil if no font has it.
func (f *Fonts) pick(r rune, s style, b *sfnt.Buffer) (*face, int) {
	if g := f.faces[s].glyph(r, b); g != 0 {
		return f.faces[s], g
	}
	for _, own := range f.faces[styles:] {
		if g := own.glyph(r, b); g != 0 {
			return own, g
		}
	}
	return nil, 0
}

// Supports tells whether a character can be set: a font has it, and it needs no
// shaping. Hebrew is in the typeface, but would run the wrong way. White space
// that only breaks lines is not for the typeface, and is refused.
func (f *Fonts) Supports(r rune) bool {
	m := f.measurer()
	defer f.measurers.Put(m)
	return m.supports(r)
}

func (f *Fonts) supports(r rune, b *sfnt.Buffer) bool {
	if r == utf8.RuneError || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.M, unicode.Zl, unicode.Zp) ||
		!unicode.In(r, unshaped...) {
		return false
	}
	for s := range styles {
		if face, _ := f.pick(r, s, b); face == nil {
			return false
		}
	}
	return true
}

// unshaped are the scripts that are written from left to right with one drawing
// for each character. The typeface has the first four, the others need a font of
// the user's.
var unshaped = []*unicode.RangeTable{
	unicode.Common, unicode.Latin, unicode.Greek, unicode.Cyrillic,
	unicode.Armenian, unicode.Georgian, unicode.Ethiopic, unicode.Cherokee, unicode.Canadian_Aboriginal,
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo, unicode.Yi,
}
