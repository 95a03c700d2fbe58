package redact

import (
	"context"
	"errors"
	"fmt"
	"image"

	"foia/internal/pdfium"
)

// Place is a place that somebody names: in points from the upper left corner of the page.
type Place struct {
	Page int
	pdfium.Rect
}

// Proposal is what would be covered.
type Proposal struct {
	Pages     int
	Boxes     []Box
	Unfound   []string // words of the list that stand nowhere
	Unread    []int    // pages with pictures in which words were not looked for
	Unsure    []int    // pages whose pictures were read by a program that may be wrong
	Textless  []int    // pages without any text, such as scans
	Malformed []int    // pages with characters of which nobody knows which they are

	have map[Box]bool // without their words
}

// Propose finds the places to cover: words of the list, widened to whole words, and places given by hand.
func (r *Redactor) Propose(ctx context.Context, data []byte, list *List, given []Place) (p *Proposal, err error) {
	p = &Proposal{}
	found := map[int]bool{}
	err = r.open(ctx, data, func(f *pdfium.File) error {
		p.Pages = f.Count
		for _, g := range given {
			if g.Page < 1 || g.Page > f.Count {
				return &NoPlace{Place: g, Why: fmt.Sprintf("the PDF has %d pages", f.Count)}
			}
		}
		for i := range f.Count {
			if err := ctx.Err(); err != nil {
				return err
			}
			f.More()
			r.tell(i+1, f.Count)
			if err := r.proposePage(ctx, f, i, list, given, p, found); err != nil {
				return onPage(i, err)
			}
			if len(p.Boxes) > MostBoxes {
				return errTooManyBoxes
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for n, w := range list.Words {
		if !found[n] {
			p.Unfound = append(p.Unfound, w)
		}
	}
	return p, nil
}

var errTooManyBoxes = errors.New("the words stand at more than 40,000 places")

// NoPlace says that a place is not on its page.
type NoPlace struct {
	Place
	Why string
}

func (e *NoPlace) Error() string {
	return fmt.Sprintf("there is no such place on page %d: %s", e.Page, e.Why)
}

// onPage says on which page something failed, unless that says it.
func onPage(i int, err error) error {
	var place *NoPlace
	if errors.As(err, &place) {
		return err
	}
	return fmt.Errorf("page %d: %w", i+1, err)
}

func sizeOf(sheet *pdfium.Page) string {
	return fmt.Sprintf("it is %.0f points wide and %.0f high", sheet.Width, sheet.Height)
}

func (r *Redactor) proposePage(ctx context.Context, f *pdfium.File, i int, list *List, given []Place, out *Proposal,
	found map[int]bool) (err error) {
	sheet, dpi, err := flat(f, i)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sheet.Close()) }()
	pictured, err := sheet.HasPictures()
	if err != nil {
		return err
	}
	var picture *image.RGBA
	if pictured && r.Pictures != nil && len(list.Words) > 0 {
		if finer := dpi * 3 / 2; dots(sheet.Width, finer)*dots(sheet.Height, finer) <= mostPixels {
			dpi = finer // nearly the 300 that programs are made for
		}
		if picture, err = sheet.Draw(dots(sheet.Width, dpi), dots(sheet.Height, dpi)); err != nil {
			return err
		}
	}
	if err := sheet.Unmark(); err != nil {
		return err
	}
	glyphs, err := sheet.Glyphs()
	if err != nil {
		return err
	}
	if len(glyphs) > mostGlyphs {
		return ErrTooDense
	}
	p := newPage(i+1, sheet.Width, sheet.Height, glyphs)
	out.note(p, pictured, picture != nil)
	for _, h := range list.find(glyphs) {
		found[h.word] = true
		out.add(p.covering(h.glyphs, Found, list.Words[h.word]))
	}
	if picture != nil {
		f.More()
		if err := r.read(ctx, picture, dpi, p, list, out, found); err != nil {
			return err
		}
	}
	for _, g := range given {
		if g.Page != i+1 {
			continue
		}
		if !g.Rect.Touches(pdfium.Rect{X1: sheet.Width, Y1: sheet.Height}) || g.Rect.Empty() {
			return &NoPlace{Place: g, Why: sizeOf(sheet)}
		}
		out.add([]Box{p.over(g.Rect)})
	}
	return nil
}

// note tells what cannot be found on a page.
func (out *Proposal) note(p *page, pictured, read bool) {
	if len(p.words) == 0 && pictured {
		out.Textless = append(out.Textless, p.number)
	}
	switch {
	case read:
		out.Unsure = append(out.Unsure, p.number)
	case pictured:
		out.Unread = append(out.Unread, p.number)
	}
	unknown := 0
	for _, g := range p.glyphs {
		if !g.Made && (g.Rune == 0 || g.Rune == '\ufffd' || g.Rune >= 0xe000 && g.Rune <= 0xf8ff) {
			unknown++
		}
	}
	if unknown > 0 && unknown*20 > len(p.glyphs) {
		out.Malformed = append(out.Malformed, p.number)
	}
}

// add takes boxes that are not there yet.
func (out *Proposal) add(boxes []Box) {
	if out.have == nil {
		out.have = map[Box]bool{}
	}
	for _, b := range boxes {
		place := Box{Page: b.Page, Place: b.Place}
		if !out.have[place] {
			out.have[place] = true
			out.Boxes = append(out.Boxes, b)
		}
	}
}

// read finds words of the list in a picture.
func (r *Redactor) read(ctx context.Context, picture *image.RGBA, dpi int, p *page, list *List, out *Proposal, found map[int]bool) error {
	spoken, err := r.Pictures(ctx, picture, dpi)
	if err != nil {
		return err
	}
	scale := 72 / float64(dpi)
	var glyphs []pdfium.Glyph
	for n, w := range spoken {
		if n > 0 {
			space := ' '
			if w.Line != spoken[n-1].Line {
				space = '\n'
			}
			glyphs = append(glyphs, pdfium.Glyph{Rune: space, Made: true})
		}
		at := pdfium.Rect{X0: float64(w.Place.Min.X) * scale, Y0: float64(w.Place.Min.Y) * scale, X1: float64(w.Place.Max.X) * scale,
			Y1: float64(w.Place.Max.Y) * scale}
		for _, c := range w.Text {
			glyphs = append(glyphs, pdfium.Glyph{Rune: c, Box: at, Line: at})
		}
	}
	seen := newPage(p.number, p.width, p.height, glyphs)
	for _, h := range list.find(glyphs) {
		found[h.word] = true
		for _, b := range seen.covering(h.glyphs, Recognized, list.Words[h.word]) {
			if !out.hides(b) {
				out.add([]Box{b})
			}
		}
	}
	return nil
}

// hides tells whether a place is covered by one box already.
func (out *Proposal) hides(b Box) bool {
	for i := len(out.Boxes) - 1; i >= 0 && out.Boxes[i].Page == b.Page; i-- { // those of a page are the last ones
		o := out.Boxes[i]
		if o.Place.X0 <= b.Place.X0 && o.Place.Y0 <= b.Place.Y0 && o.Place.X1 >= b.Place.X1 && o.Place.Y1 >= b.Place.Y1 {
			return true
		}
	}
	return false
}

// Left are the places at which words of the list stand that no box covers, since somebody took it out.
func (r *Redactor) Left(ctx context.Context, data []byte, list *List, boxes []Box) (left []Box, err error) {
	if len(list.Words) == 0 {
		return nil, nil
	}
	err = r.open(ctx, data, func(f *pdfium.File) error {
		for i := range f.Count {
			if err := ctx.Err(); err != nil {
				return err
			}
			f.More()
			some, err := leftOn(f, i, list, boxes)
			if err != nil {
				return onPage(i, err)
			}
			left = append(left, some...)
		}
		return nil
	})
	return left, err
}

func leftOn(f *pdfium.File, i int, list *List, boxes []Box) (left []Box, err error) {
	sheet, err := f.Page(i)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, sheet.Close()) }()
	if err := errors.Join(sheet.Flatten(), sheet.Unmark()); err != nil {
		return nil, err
	}
	glyphs, err := sheet.Glyphs()
	if err != nil {
		return nil, err
	}
	if len(glyphs) > mostGlyphs {
		return nil, ErrTooDense
	}
	p := newPage(i+1, sheet.Width, sheet.Height, glyphs)
	for _, h := range list.find(glyphs) {
		if p.covered(h.glyphs, boxes) {
			continue
		}
		left = append(left, p.covering(h.glyphs, Found, list.Words[h.word])...)
	}
	return left, nil
}
