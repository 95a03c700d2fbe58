package redact

import (
	"math"

	"foia/internal/pdfium"
)

// stacked are the characters that stand on one another, by number: of two that do, one hides the other, or is not seen,
// and which one cannot be told.
func stacked(glyphs []pdfium.Glyph) map[int]bool {
	const cell = 24.0
	type square struct{ x, y int }
	at := map[square][]int{}
	out := map[int]bool{}
	for i, g := range glyphs {
		if g.Box.Empty() || g.Box.X1-g.Box.X0 > 20*cell || g.Box.Y1-g.Box.Y0 > 20*cell {
			continue
		}
		for x := int(math.Floor(g.Box.X0 / cell)); x <= int(math.Floor(g.Box.X1/cell)); x++ {
			for y := int(math.Floor(g.Box.Y0 / cell)); y <= int(math.Floor(g.Box.Y1/cell)); y++ {
				for _, j := range at[square{x, y}] {
					if onAnother(g, glyphs[j]) {
						out[i], out[j] = true, true
					}
				}
				if len(at[square{x, y}]) < 200 {
					at[square{x, y}] = append(at[square{x, y}], i)
				}
			}
		}
	}
	return out
}

// onAnother tells whether two different characters share most of the place of the smaller one.
func onAnother(a, b pdfium.Glyph) bool {
	if a.Rune == b.Rune {
		return false // printed twice, to be bold
	}
	wide := min(a.Box.X1, b.Box.X1) - max(a.Box.X0, b.Box.X0)
	high := min(a.Box.Y1, b.Box.Y1) - max(a.Box.Y0, b.Box.Y0)
	area := func(r pdfium.Rect) float64 { return (r.X1 - r.X0) * (r.Y1 - r.Y0) }
	return wide > 0 && high > 0 && wide*high > 0.6*min(area(a.Box), area(b.Box))
}
