package pdf

import (
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// set is how a character is set in a style.
type set struct {
	face  uint16 // number in Fonts.faces; its drawing is glyph
	glyph uint16
	part  int32 // the subset of the face that holds it
	width int16 // in thousandths of the type size
	code  byte  // what the text of the PDF calls it
	state byte  // asked, supported
}

const (
	asked = 1 << iota
	supported
)

// near is how many characters a measurer keeps in an array rather than a map:
// Latin, Greek, Cyrillic and punctuation lie below.
const near = 0x2200

// measurer knows how characters are set and how wide text is. It remembers what
// it has looked up, and is not shared between goroutines; Fonts keeps those that
// are done with for the next letter.
type measurer struct {
	fonts  *Fonts
	buffer sfnt.Buffer
	near   [styles]*[near]set
	far    [styles]map[rune]*set
	kerns  []*[256][256]int16 // of each face, for pairs within its first subset; 0 not looked up yet
	others map[[3]uint16]int16

	marks []mark // scratch of breakLines
	boxes []box
	best  []breakAt
	key   []byte
	page  []byte // scratch of canvas
	room  room
}

func newMeasurer(f *Fonts) *measurer {
	m := &measurer{fonts: f, kerns: make([]*[256][256]int16, len(f.faces)), others: map[[3]uint16]int16{}}
	for i := range m.near {
		m.near[i], m.far[i] = new([near]set), map[rune]*set{}
	}
	return m
}

func (f *Fonts) measurer() *measurer { return f.measurers.Get().(*measurer) }

// none is before the first character of a text.
var none set

// set looks a character up.
func (m *measurer) set(r rune, s style) *set {
	if r < near {
		if known := &m.near[s][r]; known.state != 0 {
			return known
		}
	}
	return m.learn(r, s)
}

func (m *measurer) learn(r rune, s style) *set {
	if r < near {
		m.near[s][r] = m.look(r, s)
		return &m.near[s][r]
	}
	known, ok := m.far[s][r]
	if !ok {
		found := m.look(r, s)
		known = &found
		m.far[s][r] = known
	}
	return known
}

func (m *measurer) look(r rune, s style) set {
	face, glyph := m.fonts.pick(r, s, &m.buffer)
	if face == nil {
		return set{state: asked}
	}
	out := set{face: uint16(face.number), glyph: uint16(glyph), width: int16(face.width(glyph)), state: asked}
	out.part, out.code = place(r)
	if m.fonts.supports(r, &m.buffer) {
		out.state |= supported
	}
	return out
}

// supports tells whether a character can be set.
func (m *measurer) supports(r rune) bool {
	if r >= 0 && r < near {
		if state := m.near[regular][r].state; state != 0 {
			return state&supported != 0
		}
	}
	return r >= 0 && m.set(r, regular).state&supported != 0
}

// width is a glyph's width in thousandths of the type size, rounded as the PDF
// gives it, so that what is measured is what is printed.
func (f *face) width(glyph int) int {
	return (f.file.advance(glyph)*1000 + f.file.perEm/2) / f.file.perEm
}

// kernShift keeps a pair without kerning apart from one not looked up.
const kernShift = 10_000

// kern is by how much the second character moves, in thousandths of the type
// size. Nothing is kerned against a space, at which a line may end.
func (m *measurer) kern(a, b *set) int {
	if a.part|b.part == 0 && a.face == b.face {
		if table := m.kerns[a.face]; table != nil {
			if k := table[a.code][b.code]; k != 0 {
				return int(k) - kernShift
			}
		}
	}
	return m.learnKern(a, b)
}

func (m *measurer) learnKern(a, b *set) int {
	if a.face != b.face {
		return 0
	}
	if a.part|b.part != 0 {
		key := [3]uint16{a.face, a.glyph, b.glyph}
		k, ok := m.others[key]
		if !ok {
			k = int16(m.lookKern(a, b))
			m.others[key] = k
		}
		return int(k)
	}
	if m.kerns[a.face] == nil {
		m.kerns[a.face] = new([256][256]int16)
	}
	k := m.lookKern(a, b)
	m.kerns[a.face][a.code][b.code] = int16(k + kernShift)
	return k
}

func (m *measurer) lookKern(a, b *set) int {
	if a.glyph == 0 || b.glyph == 0 || a.isSpace() || b.isSpace() {
		return 0
	}
	k, err := m.fonts.faces[a.face].parsed.Kern(&m.buffer, sfnt.GlyphIndex(a.glyph), sfnt.GlyphIndex(b.glyph), fixed.I(1000),
		font.HintingNone)
	if err != nil { // not a pair of the font's
		return 0
	}
	return clamp(k.Round(), -500, 500)
}

func (s *set) isSpace() bool { return s.part == 0 && (s.code == ' ' || s.code == 0xA0) }

func clamp(v, low, high int) int { return max(low, min(v, high)) }

// width is the length of a text in points.
func (m *measurer) width(s string, face style, size float64) float64 {
	return float64(m.thousandths(s, face)) * size / 1000
}

// thousandths is the length of a text in thousandths of the type size.
func (m *measurer) thousandths(s string, face style) int {
	sum := 0
	before := &none
	for _, r := range s {
		g := m.set(r, face)
		sum += int(g.width) + m.kern(before, g)
		before = g
	}
	return sum
}
