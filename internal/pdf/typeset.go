package pdf

import (
	"fmt"

	"foia/internal/letter"
)

// File is a finished PDF.
type File struct {
	Bytes []byte
	Pages int
}

// Stationery is what a letter is set on.
type Stationery struct {
	Paper      Paper  // US Letter if it has no name
	Letterhead *Image // stands at the right of the letterhead; nil if there is none
	Signature  *Image // stands over the first signer's name; nil: room to sign by hand
}

func (s Stationery) paper() Paper {
	if s.Paper.Name == "" {
		return USLetter
	}
	return s.Paper
}

// Typeset makes the PDF of a letter. The same letter on the same stationery gives
// the same bytes. The error is a *GlyphError if a character cannot be set.
func (f *Fonts) Typeset(doc letter.Document, on Stationery) (*File, error) {
	if err := f.Check(doc); err != nil {
		return nil, err
	}
	return f.draw("letter", doc, func(m *measurer, doc letter.Document) layout { return m.compose(doc, on) })
}

// draw makes a PDF of what compose lays out.
func (f *Fonts) draw(what string, doc letter.Document, compose func(*measurer, letter.Document) layout) (file *File, err error) {
	defer func() {
		if p := recover(); p != nil {
			file, err = nil, fmt.Errorf("the %s cannot be typeset: %v", what, p)
		}
	}()
	m := f.measurer()
	defer f.measurers.Put(m)
	defer m.room.free()
	doc = printer{marksOf(doc.Meta.Language), m}.prepared(doc)
	laid := compose(m, doc)
	c := &canvas{measurer: m, paper: laid.paper, tree: laid.tree, lastHeading: nothing, out: m.page[:0]}
	defer func() { m.page = c.out }()
	around, err := f.frame(laid.paper, len(laid.pages))
	if err != nil {
		return nil, fmt.Errorf("the %s cannot be typeset: %w", what, err)
	}
	for n := range laid.pages {
		c.drawPage(laid, n, doc, around.pages[n].content)
	}
	out, err := finish(around, c, doc.Meta)
	if err != nil {
		return nil, fmt.Errorf("the %s cannot be typeset: %w", what, err)
	}
	return &File{Bytes: out, Pages: len(laid.pages)}, nil
}
