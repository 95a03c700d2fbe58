package pdf

import (
	"encoding/binary"
	"math"
	"strings"
	"unicode/utf8"

	"foia/internal/letter"
)

// piece is text in one face, at its place in a line.
type piece struct {
	text string
	face style
	link string
	x    float64 // from the start of the line
	part int     // the element of the letter's structure that it belongs to

	shown  *shown  // nil: not worked out yet
	size   float64 // of its type; 0: that of the row
	struck bool    // a line runs through it
}

// box is text that does not divide: a word, words that are tied together, or a
// part of a long address.
type box struct {
	end     int // of its text in the paragraph, in bytes, with the space behind it
	width   int // in thousandths of the type size, without the space
	space   int // width of the space behind it
	penalty float64
}

// mark is where a character of a word that may be divided ends.
type mark struct {
	end   int
	width int // of the word up to here
	char  rune
}

// Demerits of a line. A line more than needed costs more than the worst rag of
// the others can save.
const (
	perLine     = 1000
	raggedness  = 300  // of a line without text; a line half empty has a quarter
	shortEnd    = 250  // a last line of one short word
	shortWidth  = 0.12 // what is short, as a part of the line
	atJoint     = 120  // an address divided that takes up more than splitFrom of a line
	atJointTiny = 1500 // a shorter one: rather a line more
	atCharacter = 3000 // a word torn apart, which no line could hold
)

// splitFrom is the part of a line from which an address is divided rather than
// moved to the next line whole.
const splitFrom = 0.5

// joints are the characters behind which an address may be divided.
const joints = "/?&=_-. "

// breakLines sets spans into lines of at most the given width, in points, so
// that there are as few as possible and they are as even as possible. Spaces at
// the ends of lines stay in the text, where a screen reader needs them.
func (m *measurer) breakLines(spans []letter.Span, base style, size, width float64) [][]piece {
	if len(spans) == 0 {
		return nil
	}
	m.key = appendKey(m.key[:0], spans, base, size, width)
	if known, ok := m.fonts.broken.recall(m.key); ok {
		return m.copied(known)
	}
	lines := m.broken(spans, base, size, width)
	if m.fonts.broken.again(m.key) {
		known := m.kept(lines)
		m.fonts.broken.keep(m.key, known, known.size())
	}
	return lines
}

// appendKey appends what decides how a paragraph is broken into lines, each part with its
// length, so that no two paragraphs have the same.
func appendKey(b []byte, spans []letter.Span, base style, size, width float64) []byte {
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(size))
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(width))
	b = append(b, byte(base))
	for _, s := range spans {
		b = append(b, byte(faceOf(s, base)))
		b = binary.AppendUvarint(b, uint64(len(s.Text)))
		b = append(b, s.Text...)
		b = binary.AppendUvarint(b, uint64(len(s.Link)))
		b = append(b, s.Link...)
	}
	return b
}

// kept is what is remembered of a paragraph: its lines, and how each piece is shown.
func (m *measurer) kept(lines [][]piece) *broken {
	b := &broken{ends: make([]int, 0, len(lines))}
	for _, pieces := range lines {
		for _, p := range pieces {
			p.text, p.link = strings.Clone(p.text), strings.Clone(p.link)
			p.shown = m.show(p.text, p.face)
			b.pieces = append(b.pieces, p)
		}
		b.ends = append(b.ends, len(b.pieces))
	}
	return b
}

// copied are the lines of a paragraph for one letter, which gives them their places.
func (m *measurer) copied(b *broken) [][]piece {
	pieces := m.room.pieces.take(len(b.pieces))
	copy(pieces, b.pieces)
	lines := m.room.lines.take(len(b.ends))
	start := 0
	for i, end := range b.ends {
		lines[i] = pieces[start:end:end]
		start = end
	}
	return lines
}

// broken breaks a paragraph into lines.
func (m *measurer) broken(spans []letter.Span, base style, size, width float64) [][]piece {
	m.measure(spans, base, int(width*1000/size))
	ends := m.fit(int(width * 1000 / size))
	if len(ends) == 0 {
		return nil
	}
	lines := make([][]piece, 0, len(ends))
	span, at, start := 0, 0, 0 // the span of the next character, where it begins
	for _, end := range ends {
		pieces := make([]piece, 0, 1)
		x := 0.0
		for span < len(spans) {
			s := spans[span]
			from, to := max(start, at)-at, min(end, at+len(s.Text))-at
			if from < to {
				p := piece{text: s.Text[from:to], face: faceOf(s, base), link: s.Link, x: x}
				pieces = append(pieces, p)
				if at+len(s.Text) < end {
					x += m.width(p.text, p.face, size)
				}
			}
			if at+len(s.Text) > end {
				break
			}
			at += len(s.Text)
			span++
		}
		start = end
		if len(pieces) > 0 {
			lines = append(lines, pieces)
		}
	}
	return lines
}

func faceOf(s letter.Span, base style) style {
	b, i := s.Bold || base == bold || base == boldItalic, s.Italic || base == italic || base == boldItalic
	switch {
	case b && i:
		return boldItalic
	case b:
		return bold
	case i:
		return italic
	}
	return regular
}

// measure cuts a paragraph into boxes.
func (m *measurer) measure(spans []letter.Span, base style, width int) {
	m.boxes = m.boxes[:0]
	plain := spans[0].Text
	if len(spans) > 1 {
		plain = letter.Plain(spans)
	}
	w := word{spans: spans, base: base}
	at, wide, slashes := 0, 0, 0
	for _, s := range spans {
		face := faceOf(s, base)
		before := &none
		for i, r := range s.Text {
			g := m.set(r, face)
			end := at + i + utf8.RuneLen(r)
			if r == ' ' && (end == len(plain) || !tied(plain, at+i)) {
				w.end, w.width, w.address = at+i, wide, slashes > 1
				m.finish(w, width, end, int(g.width))
				w.begin, wide, slashes, before = end, 0, 0, &none
				continue
			}
			if r == '/' {
				slashes++
			}
			wide += int(g.width) + m.kern(before, g)
			before = g
		}
		at += len(s.Text)
	}
	w.end, w.width, w.address = at, wide, slashes > 1
	m.finish(w, width, at, 0)
}

// word is text between two spaces at which a line may end.
type word struct {
	spans      []letter.Span
	base       style
	begin, end int // in bytes of the paragraph
	width      int
	address    bool // it has more than one slash
}

// finish makes a word into a box, or into several if it may be divided.
func (m *measurer) finish(w word, width, end, space int) {
	if w.begin == w.end {
		if n := len(m.boxes); n > 0 { // two spaces
			m.boxes[n-1].end, m.boxes[n-1].space = end, m.boxes[n-1].space+space
		}
		return
	}
	from := 0
	if w.width > width || w.address {
		m.mark(w)
		for i := range len(m.marks) - 1 {
			if penalty := m.penalty(i, from, width); penalty > 0 {
				m.boxes = append(m.boxes, box{end: m.marks[i].end, width: m.marks[i].width - from, penalty: penalty})
				from = m.marks[i].width
			}
		}
	}
	m.boxes = append(m.boxes, box{end: end, width: w.width - from, space: space})
}

// mark notes where each character of a word ends.
func (m *measurer) mark(w word) {
	m.marks = m.marks[:0]
	at, wide := 0, 0
	for _, s := range w.spans {
		face := faceOf(s, w.base)
		before := &none
		for i, r := range s.Text {
			if at+i < w.begin || at+i >= w.end {
				continue
			}
			g := m.set(r, face)
			wide += int(g.width) + m.kern(before, g)
			before = g
			m.marks = append(m.marks, mark{end: at + i + utf8.RuneLen(r), width: wide, char: r})
		}
		at += len(s.Text)
	}
}

// penalty is what it costs to divide a word behind one of its characters; 0 if
// it is not to be divided there. from is where the part before begins.
func (m *measurer) penalty(i, from, width int) float64 {
	this, next := m.marks[i], m.marks[i+1]
	whole := m.marks[len(m.marks)-1].width
	if strings.ContainsRune(joints, this.char) && next.char != '/' && (i == 0 || m.marks[i-1].char != '/') {
		if float64(whole) <= splitFrom*float64(width) {
			return atJointTiny
		}
		return atJoint
	}
	if next.width-from > width {
		return atCharacter
	}
	return 0
}

// breakAt is the best way to set the boxes up to one of them.
type breakAt struct {
	demerits float64
	before   int // the first box of its last line
}

// fit finds where the lines end, in bytes of the paragraph: the breaks whose
// demerits add up to the least (after Knuth and Plass, "Breaking Paragraphs into
// Lines", 1981, for lines that are not justified).
func (m *measurer) fit(width int) []int {
	if len(m.boxes) == 0 {
		return nil
	}
	m.best = append(m.best[:0], breakAt{})
	for last := range m.boxes {
		first, wide := last, m.boxes[last].width
		for first > 0 {
			more := m.boxes[first-1].width + m.boxes[first-1].space
			if wide+more > width {
				break
			}
			first, wide = first-1, wide+more
		}
		// From the fullest line to one that is a third empty: a worse one is never
		// taken, but for the last of the paragraph.
		best := breakAt{demerits: m.best[first].demerits + m.demerits(first, last, wide, width), before: first}
		for first < last && (3*wide > 2*width || last == len(m.boxes)-1) {
			wide -= m.boxes[first].width + m.boxes[first].space
			first++
			if d := m.best[first].demerits + m.demerits(first, last, wide, width); d < best.demerits {
				best = breakAt{demerits: d, before: first}
			}
		}
		m.best = append(m.best, best)
	}
	lines := 0
	for n := len(m.boxes); n > 0; n = m.best[n].before {
		lines++
	}
	ends := make([]int, lines)
	for n := len(m.boxes); n > 0; n = m.best[n].before {
		lines--
		ends[lines] = m.boxes[n-1].end
	}
	return ends
}

// demerits are those of a line of the boxes first to last.
func (m *measurer) demerits(first, last, wide, width int) float64 {
	d := perLine + m.boxes[last].penalty
	if last < len(m.boxes)-1 {
		slack := float64(width-wide) / float64(width)
		return d + raggedness*slack*slack
	}
	if first > 0 && float64(wide) < shortWidth*float64(width) {
		d += shortEnd
	}
	return d
}
