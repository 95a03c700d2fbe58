package pdf

import (
	"regexp"
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
}

// word is what may not be divided between two lines: text in one face or more,
// with the space behind it, if there is one.
type word struct {
	pieces []piece
	width  float64 // without the space
}

// tied finds the spaces at which a citation, a date or a number would be torn
// apart: after §, ¶ and No.; inside "5 U.S.C. § 552" and "6 C.F.R. part 5"; between
// month and day, a title and its name, and in "H. Res. 1097".
var tied = regexp.MustCompile(`(§§?|¶|\bNo\.|\bNos\.|\d (U\.S\.C\.|C\.F\.R\.|Fed\. Reg\.|Stat\.|F\.[23]d)|(U\.S\.C\.|C\.F\.R\.|Reg\.|Stat\.)( §§?)?|\bpart|\b(January|February|March|April|May|June|July|August|September|October|November|December)|\b(Mr|Ms|Mrs|Dr|Jr)\.|\bRes\.|\bH\.|\bResolution|\bdated|\bitem|\bPage) `)

// lastSpaceTied also ties the number before U.S.C. and C.F.R.
var numberBefore = regexp.MustCompile(`\d (U\.S\.C\.|C\.F\.R\.|Fed\. Reg\.|Stat\.)`)

// ties returns the byte positions of the spaces that must not break.
func ties(s string) map[int]bool {
	out := map[int]bool{}
	if !strings.ContainsAny(s, "§¶.0123456789") {
		return out
	}
	for _, m := range tied.FindAllStringIndex(s, -1) {
		next := byte(0)
		if m[1] < len(s) {
			next = s[m[1]]
		}
		// Before a plain word there is nothing to tear apart: "in May we".
		if last := m[1] - 1; next >= '0' && next <= '9' || next >= 'A' && next <= 'Z' || next == 0xC2 || next == '(' || strings.HasPrefix(s[m[1]:], "part") {
			out[last] = true
		}
	}
	for _, m := range numberBefore.FindAllStringIndex(s, -1) {
		out[m[0]+1] = true
	}
	return out
}

// words splits spans at the spaces where a line may break.
func (m *measurer) words(spans []letter.Span, base style, size float64) []word {
	keep := ties(letter.Plain(spans))
	var out []word
	var w word
	at := 0
	finish := func(space bool) {
		if len(w.pieces) == 0 {
			return
		}
		if space {
			last := &w.pieces[len(w.pieces)-1]
			last.text += " "
		}
		out = append(out, w)
		w = word{}
	}
	for _, s := range spans {
		face := faceOf(s, base)
		start := 0
		for i := 0; i < len(s.Text); i++ {
			if s.Text[i] != ' ' || keep[at+i] {
				continue
			}
			w.add(m, s.Text[start:i], face, s.Link, size)
			finish(true)
			start = i + 1
		}
		w.add(m, s.Text[start:], face, s.Link, size)
		at += len(s.Text)
	}
	finish(false)
	return out
}

func (w *word) add(m *measurer, text string, face style, link string, size float64) {
	if text == "" {
		return
	}
	w.pieces = append(w.pieces, piece{text: text, face: face, link: link})
	w.width += m.width(text, face, size)
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

// breakLines sets words into lines of at most the given width. A word that is
// too long for a line is divided, at the joints of an address if it has any.
func (m *measurer) breakLines(words []word, size, width float64) [][]piece {
	var lines [][]piece
	var line []piece
	x := 0.0
	flush := func() {
		if len(line) > 0 {
			lines = append(lines, line)
			line, x = nil, 0
		}
	}
	put := func(w word) {
		for _, p := range w.pieces {
			p.x = x
			x += m.width(p.text, p.face, size)
			if n := len(line); n > 0 && line[n-1].face == p.face && line[n-1].link == p.link {
				line[n-1].text += p.text
				continue
			}
			line = append(line, p)
		}
	}
	for _, w := range words {
		if x+w.width <= width {
			put(w)
			continue
		}
		if !w.divisible(width) {
			flush()
			put(w)
			continue
		}
		for _, part := range m.divide(w, size, width) {
			if x > 0 && x+part.width > width {
				flush()
			}
			put(part)
		}
	}
	flush()
	return lines
}

// splitFrom is the part of a line from which an address is divided rather than
// moved to the next line whole.
const splitFrom = 0.5

// divisible tells whether a word that does not fit into the rest of a line may
// be divided: a long address, or a word that no line could hold.
func (w word) divisible(width float64) bool {
	if w.width > width {
		return true
	}
	for _, p := range w.pieces {
		if strings.Contains(p.text, "://") {
			return w.width > width*splitFrom
		}
	}
	return false
}

// joints are the characters behind which an address may be divided.
const joints = "/?&=_-. "

// divide takes a word apart behind the joints of an address; a part that is
// still too long for a line, or has no joints, comes apart by characters.
func (m *measurer) divide(w word, size, width float64) []word {
	var out []word
	for _, p := range w.pieces {
		jointed := strings.ContainsAny(strings.TrimRight(p.text, " ."), joints)
		start, length := 0, 0.0
		cut := func(end int) {
			if end > start {
				part := word{}
				part.add(m, p.text[start:end], p.face, p.link, size)
				out = append(out, part)
			}
			start, length = end, 0
		}
		for i, r := range p.text {
			wide := m.width(string(r), p.face, size)
			if r != ' ' && (!jointed || length+wide > width) {
				cut(i)
			}
			length += wide
			after := i + utf8.RuneLen(r)
			if strings.ContainsRune(joints, r) && !strings.HasPrefix(p.text[after:], "/") && !strings.HasPrefix(p.text[after:], " ") {
				cut(after)
			}
		}
		cut(len(p.text))
	}
	return out
}
