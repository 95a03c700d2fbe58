package redact

import (
	"math"

	"foia/internal/pdfium"
)

// How a place came to be covered.
const (
	Found      = "text"       // a word of the list, in the text of the PDF
	Recognized = "recognized" // a word of the list, in a picture, by a program that may be wrong
	Given      = "given"      // by hand
)

// Box is a place that is covered.
type Box struct {
	Page  int // from 1
	Place pdfium.Rect
	How   string
	Word  string // of the list, where one was found
}

// Boxes are widened to a grid, since the exact width of a box betrays the word below it: letters have different
// widths, and with a list of names only few fit. Across a line, a box is as high as the line, whatever its letters are;
// a coarse grid would cover the lines above and below.
const (
	gridAlong  = 12.0
	gridAcross = 1.0
	overhang   = 1.0 // that letters may have over their place, along the line
)

type lie int

const (
	along   lie = iota // lines run from side to side
	upright            // up or down
	slanted
)

// lies is how a line of such an angle runs.
func lies(angle float64) lie {
	turned := math.Mod(math.Abs(angle), 180)
	switch {
	case turned < 2 || turned > 178:
		return along
	case turned > 88 && turned < 92:
		return upright
	}
	return slanted
}

// onGrid widens a place to the grid, also beyond the edges of the page.
func onGrid(r pdfium.Rect, how lie) pdfium.Rect {
	x, y := gridAlong, gridAcross
	switch how {
	case upright:
		x, y = y, x
	case slanted:
		y = x
	}
	down := func(v, grid float64) float64 { return math.Floor(v/grid) * grid }
	up := func(v, grid float64) float64 { return math.Ceil(v/grid) * grid }
	return pdfium.Rect{X0: max(0, down(r.X0, x)), Y0: max(0, down(r.Y0, y)), X1: up(r.X1, x), Y1: up(r.Y1, y)}
}

// OnGrid is a box that somebody wrote, on the grid; one that is on it, along a line that runs from side to side or up and
// down, stays as it is.
func (b Box) OnGrid() Box {
	for _, how := range []lie{along, upright, slanted} {
		if b.Place == onGrid(b.Place, how) {
			return b
		}
	}
	b.Place = onGrid(b.Place, slanted)
	return b
}

func wider(r pdfium.Rect, how lie) pdfium.Rect {
	x, y := overhang, overhang/2
	switch how {
	case upright:
		x, y = y, x
	case slanted:
		y = x
	}
	return pdfium.Rect{X0: r.X0 - x, Y0: r.Y0 - y, X1: r.X1 + x, Y1: r.Y1 + y}
}

// page is what is known of the characters of a page while boxes are made of it.
type page struct {
	number        int
	width, height float64
	glyphs        []pdfium.Glyph
	words         [][]int
	wordOf        []int // by character; -1: none
}

func newPage(number int, width, height float64, glyphs []pdfium.Glyph) *page {
	p := &page{number: number, width: width, height: height, glyphs: glyphs, words: words(glyphs), wordOf: make([]int, len(glyphs))}
	for i := range p.wordOf {
		p.wordOf[i] = -1
	}
	for w, chars := range p.words {
		for _, i := range chars {
			p.wordOf[i] = w
		}
	}
	return p
}

// covering are the boxes over characters: over the whole of each word that one of them belongs to, one for each line.
func (p *page) covering(chars []int, by, word string) (out []Box) {
	whole := map[int]bool{}
	var order []int
	for _, i := range chars {
		if w := p.wordOf[i]; w >= 0 && !whole[w] {
			whole[w] = true
			order = append(order, w)
		}
	}
	var place pdfium.Rect
	var last pdfium.Glyph
	end := func() {
		if !place.Empty() {
			how := lies(last.Angle)
			r := onGrid(wider(place, how), how)
			if !r.Empty() {
				out = append(out, Box{Page: p.number, Place: r, How: by, Word: word})
			}
		}
		place = pdfium.Rect{}
	}
	for _, w := range order {
		for _, i := range p.words[w] {
			g := p.glyphs[i]
			if g.Line.Empty() {
				continue
			}
			if !place.Empty() && apart(last, g) {
				end()
			}
			if place.Empty() {
				place = g.Line
			} else {
				place = place.And(g.Line)
			}
			last = g
		}
	}
	end()
	return out
}

// over is the box over a place that was given by hand: over the whole of each word that it touches.
func (p *page) over(place pdfium.Rect) Box {
	whole := place
	for _, chars := range p.words {
		if !p.touches(chars, place) {
			continue
		}
		for _, i := range chars {
			if !p.glyphs[i].Line.Empty() {
				whole = whole.And(wider(p.glyphs[i].Line, lies(p.glyphs[i].Angle)))
			}
		}
	}
	return Box{Page: p.number, Place: onGrid(whole, slanted), How: Given}
}

func (p *page) touches(chars []int, place pdfium.Rect) bool {
	for _, i := range chars {
		if !p.glyphs[i].Box.Empty() && p.glyphs[i].Box.Touches(place) {
			return true
		}
	}
	return false
}

// covered tells whether a word touches one of the boxes of its page.
func (p *page) covered(chars []int, boxes []Box) bool {
	for _, b := range boxes {
		if b.Page == p.number && p.touches(chars, b.Place) {
			return true
		}
	}
	return false
}
