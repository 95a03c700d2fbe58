package pdf

import (
	"bytes"
	"fmt"
	"sync"

	"github.com/jung-kurt/gofpdf"

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
	doc = prepared(doc)
	m := f.measurer()
	defer f.measurers.Put(m)
	laid := compose(m, doc)
	c := &canvas{measurer: m, paper: laid.paper, tree: laid.tree, lastHeading: nothing, out: m.page}
	defer func() { m.page = c.out }()
	raw := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(raw)
	raw.Reset()
	if err := c.drawPages(laid, doc, raw); err != nil {
		return nil, fmt.Errorf("the %s cannot be typeset: %w", what, err)
	}
	out, err := finish(raw.Bytes(), c, doc.Meta)
	if err != nil {
		return nil, fmt.Errorf("the %s cannot be typeset: %w", what, err)
	}
	return &File{Bytes: out, Pages: len(laid.pages)}, nil
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// drawPages has gofpdf write the pages. Neither text nor fonts nor images are
// given to it as such: what it would do with them is neither tagged nor archival,
// and slow.
func (c *canvas) drawPages(laid layout, doc letter.Document, out *bytes.Buffer) error {
	pdf := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: laid.paper.width, Ht: laid.paper.height}})
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCompression(false) // compressed once the page is tagged
	pdf.SetCreationDate(doc.Meta.Date.Midnight())
	pdf.SetModificationDate(doc.Meta.Date.Midnight())
	for n := range laid.pages {
		pdf.AddPage()
		pdf.RawWriteBuf(bytes.NewReader(c.drawPage(laid, n, doc)))
	}
	return pdf.Output(out)
}
