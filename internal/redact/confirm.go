package redact

import (
	"context"
	"image"
	"slices"

	"foia/internal/pdfium"
)

// confirm looks for the hidden text of a scan in its picture, as it is after the boxes were painted: a word that a program
// reads at the same place is one that is seen. What it does not read there stays unseen: nobody knows what it says.
func (r *Redactor) confirm(ctx context.Context, picture *image.RGBA, dpi int, p *page, seen []bool) error {
	hidden := func(i int) bool { return !seen[i] && !p.glyphs[i].Made && !p.glyphs[i].Box.Empty() }
	if r.Pictures == nil || !slices.ContainsFunc(inOrder(p.glyphs), hidden) {
		return nil
	}
	spoken, err := r.Pictures(ctx, picture, dpi)
	if err != nil {
		return err
	}
	by := map[string][]pdfium.Rect{}
	scale := 72 / float64(dpi)
	for _, w := range spoken {
		word := whole(w.Text)
		by[word] = append(by[word], pdfium.Rect{X0: float64(w.Place.Min.X) * scale, Y0: float64(w.Place.Min.Y) * scale,
			X1: float64(w.Place.Max.X) * scale, Y1: float64(w.Place.Max.Y) * scale})
	}
	for _, chars := range p.words {
		if !slices.ContainsFunc(chars, hidden) {
			continue
		}
		var place pdfium.Rect
		text := ""
		for _, i := range chars {
			text += string(p.glyphs[i].Rune)
			if place.Empty() {
				place = p.glyphs[i].Box
			} else {
				place = place.And(p.glyphs[i].Box)
			}
		}
		if word := whole(text); word != "" && slices.ContainsFunc(by[word], func(at pdfium.Rect) bool { return mostly(place, at) }) {
			for _, i := range chars {
				seen[i] = true
			}
		}
	}
	return nil
}

// whole is a word as it is compared, of letters and digits alone.
func whole(text string) (out string) {
	for _, r := range text {
		out += fold(r)
	}
	return out
}

// mostly tells whether two places share more than half of the smaller one.
func mostly(a, b pdfium.Rect) bool {
	wide := min(a.X1, b.X1) - max(a.X0, b.X0)
	high := min(a.Y1, b.Y1) - max(a.Y0, b.Y0)
	area := func(r pdfium.Rect) float64 { return (r.X1 - r.X0) * (r.Y1 - r.Y0) }
	return wide > 0 && high > 0 && wide*high > 0.5*min(area(a), area(b))
}
