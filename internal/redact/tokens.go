package redact

import (
	"math"
	"slices"
	"unicode"
	"unicode/utf8"

	"foia/internal/pdfium"
)

// token is a word of a page as it is compared, and the characters it is made of.
type token struct {
	fold   string
	glyphs []int // by number on the page
	joined bool  // it and the next may be one word: a hyphen at the end of a line, an apostrophe, letters set apart
}

// tokens are the words of a page in the order of its characters, order naming these by number.
func tokens(glyphs []pdfium.Glyph, order []int) (out []token) {
	var now token
	end := func() {
		if now.fold != "" {
			out = append(out, now)
		}
		now = token{}
	}
	join := func() {
		end()
		if len(out) > 0 {
			out[len(out)-1].joined = true
		}
	}
	for n, i := range order {
		g := glyphs[i]
		folded := fold(g.Rune)
		switch {
		case folded != "" && unicode.In(g.Rune, unspaced...):
			end()
			out = append(out, token{fold: folded, glyphs: []int{i}})
		case folded != "":
			now.fold += folded
			now.glyphs = append(now.glyphs, i)
		case isHyphen(g.Rune) && (g.Hyphen || endsLine(glyphs, order[n+1:])):
			join()
		case isApostrophe(g.Rune) && now.fold != "":
			join()
		case !silent(g.Rune):
			end()
		}
	}
	end()
	for i := range out[:max(0, len(out)-1)] {
		if single(out[i]) && single(out[i+1]) { // J O H N
			out[i].joined = true
		}
	}
	return out
}

func single(t token) bool {
	r, size := utf8.DecodeRuneInString(t.fold)
	return size == len(t.fold) && unicode.IsLetter(r) && !unicode.In(r, unspaced...)
}

// endsLine tells whether nothing but the end of the line follows.
func endsLine(glyphs []pdfium.Glyph, rest []int) bool {
	for _, i := range rest {
		switch r := glyphs[i].Rune; {
		case r == '\n' || r == '\r':
			return true
		case r != ' ' && !silent(r):
			return false
		}
	}
	return false
}

// inOrder is the order in which a PDF's characters are read.
func inOrder(glyphs []pdfium.Glyph) []int {
	out := make([]int, len(glyphs))
	for i := range out {
		out[i] = i
	}
	return out
}

// turnedAround is the same, with what is written from right to left turned around: some programs write it as it is
// seen, from the left. nil: there is nothing of that kind.
func turnedAround(glyphs []pdfium.Glyph) []int {
	var out []int
	for i := 0; i < len(glyphs); i++ {
		if !rightToLeft(glyphs[i].Rune) {
			continue
		}
		end := i
		for j := i; j < len(glyphs) && glyphs[j].Rune != '\n' && glyphs[j].Rune != '\r'; j++ {
			if rightToLeft(glyphs[j].Rune) {
				end = j
			} else if unicode.IsLetter(glyphs[j].Rune) {
				break
			}
		}
		if out == nil {
			out = inOrder(glyphs)
		}
		slices.Reverse(out[i : end+1])
		i = end
	}
	return out
}

func rightToLeft(r rune) bool {
	return unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko)
}

// words are the words of a page as they stand between spaces, by the numbers of their characters: what is covered
// together, and what is dropped together.
func words(glyphs []pdfium.Glyph) (out [][]int) {
	var now []int
	end := func() {
		if now != nil {
			out, now = append(out, now), nil
		}
	}
	for i, g := range glyphs {
		switch {
		case g.Made || unicode.IsSpace(g.Rune) || unicode.IsControl(g.Rune) && !isHyphen(g.Rune):
			end()
		case unicode.In(g.Rune, unspaced...):
			end()
			out = append(out, []int{i})
		default:
			if now != nil && apart(glyphs[now[len(now)-1]], g) {
				end()
			}
			now = append(now, i)
		}
	}
	end()
	return out
}

// apart tells whether two characters that follow each other stand in different lines, or columns.
func apart(a, b pdfium.Glyph) bool {
	if a.Line.Empty() || b.Line.Empty() {
		return false
	}
	high := max(min(a.Line.X1-a.Line.X0, a.Line.Y1-a.Line.Y0), 4)
	across := max(a.Line.X0, b.Line.X0) - min(a.Line.X1, b.Line.X1)
	down := max(a.Line.Y0, b.Line.Y0) - min(a.Line.Y1, b.Line.Y1)
	switch {
	case lies(a.Angle) == along:
		return across > 3*high || down > 0
	case lies(a.Angle) == upright:
		return down > 3*high || across > 0
	}
	return math.Hypot(max(across, 0), max(down, 0)) > 3*high
}
