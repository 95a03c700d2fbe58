package pdf

import (
	"regexp"
	"strings"

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
	space  float64 // of the space behind; 0: none
	joined bool    // no space before: may be broken here only since it is a long word
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
	finish := func(face style, space bool) {
		if len(w.pieces) == 0 {
			return
		}
		if space {
			last := &w.pieces[len(w.pieces)-1]
			last.text += " "
			w.space = m.width(" ", face, size)
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
			finish(face, true)
			start = i + 1
		}
		w.add(m, s.Text[start:], face, s.Link, size)
		at += len(s.Text)
	}
	finish(base, false)
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
		if x > 0 && x+w.width > width {
			if w.width <= width*splitFrom {
				flush()
			}
		}
		if x+w.width <= width {
			put(w)
			continue
		}
		for _, part := range m.divide(w, size) {
			if x > 0 && x+part.width > width {
				flush()
			}
			put(part)
		}
	}
	flush()
	return lines
}

// splitFrom is the part of a line from which a word is divided rather than
// moved to the next line whole.
const splitFrom = 0.5

// divide takes a long word apart behind the joints of an address; what has no
// joints comes apart by characters.
func (m *measurer) divide(w word, size float64) []word {
	var out []word
	for _, p := range w.pieces {
		joints := strings.ContainsAny(strings.TrimRight(p.text, " ."), "/?&=_-.")
		start := 0
		cut := func(end int) {
			if end > start {
				part := word{joined: true}
				part.add(m, p.text[start:end], p.face, p.link, size)
				out = append(out, part)
			}
			start = end
		}
		run := 0
		for i, r := range p.text {
			after := i + len(string(r))
			run++
			if joints && strings.ContainsRune("/?&=_-.", r) && !strings.HasPrefix(p.text[after:], "/") || run >= longestRun || !joints && run >= 1 && w.width > 0 && len(p.text) > longestRun {
				cut(after)
				run = 0
			}
		}
		cut(len(p.text))
	}
	return out
}

// longestRun is how many characters may stand together in a divided word.
const longestRun = 30
