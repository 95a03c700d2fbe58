package pdf

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/jung-kurt/gofpdf"
	"golang.org/x/text/unicode/norm"

	"foia/internal/letter"
)

// File is a finished PDF.
type File struct {
	Bytes []byte
	Pages int
}

const family = "serif"

// names of the faces in gofpdf.
var faceNames = [styles]string{"", "B", "I", "BI"}

// Typeset makes the PDF of a letter. The same letter gives the same bytes. The
// error is a *GlyphError if a character cannot be set.
func (f *Fonts) Typeset(doc letter.Document) (file *File, err error) {
	if err := f.Check(doc); err != nil {
		return nil, err
	}
	defer func() {
		if p := recover(); p != nil {
			file, err = nil, fmt.Errorf("the letter cannot be typeset: %v", p)
		}
	}()
	doc = normalized(doc)
	laid := f.compose(doc)
	d := f.newDrawing(doc, laid)
	for i, p := range laid.pages {
		d.page(p, i+1, len(laid.pages))
		if i == 0 {
			d.pdf.SetLineWidth(0.5)
			d.pdf.Line(left, laid.rule, right, laid.rule)
		}
	}
	var out bytes.Buffer
	if err := d.pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("the letter cannot be typeset: %w", err)
	}
	return &File{Bytes: out.Bytes(), Pages: len(laid.pages)}, nil
}

// drawing is one document in the making.
type drawing struct {
	pdf  *gofpdf.Fpdf
	doc  letter.Document
	face style
	size float64
}

func (f *Fonts) newDrawing(doc letter.Document, laid layout) *drawing {
	pdf := gofpdf.New("P", "pt", "Letter", "")
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetCompression(true)
	// Without these two, the bytes differ from run to run.
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(doc.Meta.Date.Midnight())
	pdf.SetModificationDate(doc.Meta.Date.Midnight())
	pdf.SetTitle(doc.Meta.Title, true)
	pdf.SetAuthor(doc.Meta.Author, true)
	pdf.SetSubject(doc.Meta.Subject, true)
	pdf.SetKeywords(strings.Join(doc.Meta.Keywords, ", "), true)
	pdf.SetCreator("foia", true)
	for _, face := range facesIn(laid, doc) {
		// gofpdf writes into the bytes of a font: each document has its own.
		pdf.AddUTF8FontFromBytes(family, faceNames[face], bytes.Clone(f.raw[face]))
	}
	return &drawing{pdf: pdf, doc: doc, face: -1}
}

// facesIn lists the faces that the letter uses, in their order.
func facesIn(laid layout, doc letter.Document) []style {
	used := map[style]bool{regular: true}
	if doc.Mark != "" {
		used[bold] = true
	}
	for _, p := range laid.pages {
		for _, r := range p.rows {
			for _, piece := range r.pieces {
				used[piece.face] = true
			}
		}
	}
	var out []style
	for face := range styles {
		if used[face] {
			out = append(out, face)
		}
	}
	return slices.Clip(out)
}

func (d *drawing) page(p page, number, count int) {
	d.pdf.AddPage()
	d.face = -1
	d.mark(topMark)
	for _, r := range p.rows {
		for _, piece := range r.pieces {
			d.text(piece.text, r.x+piece.x, r.y, piece.face, r.size)
			if piece.link != "" {
				w := d.pdf.GetStringWidth(strings.TrimRight(piece.text, " "))
				d.pdf.LinkString(r.x+piece.x, r.y-r.size*0.8, w, r.size, piece.link)
			}
		}
	}
	d.text(d.doc.Reference, left, footer, regular, smallSize)
	label := fmt.Sprintf("Page %d of %d", number, count)
	d.use(regular, smallSize)
	d.text(label, right-d.pdf.GetStringWidth(label), footer, regular, smallSize)
	d.mark(endMark)
}

// mark prints the warning over or under a page.
func (d *drawing) mark(y float64) {
	if d.doc.Mark == "" {
		return
	}
	d.pdf.SetTextColor(176, 0, 32)
	d.use(bold, headSize)
	d.text(d.doc.Mark, (pageWidth-d.pdf.GetStringWidth(d.doc.Mark))/2, y, bold, headSize)
	d.pdf.SetTextColor(0, 0, 0)
}

func (d *drawing) text(s string, x, y float64, face style, size float64) {
	if s == "" {
		return
	}
	d.use(face, size)
	d.pdf.Text(x, y, s)
}

func (d *drawing) use(face style, size float64) {
	if d.face != face || d.size != size {
		d.pdf.SetFont(family, faceNames[face], size)
		d.face, d.size = face, size
	}
}

// normalized returns the letter with all its text in Unicode NFC: a letter and
// its accent as one character, which the typeface sets rightly.
func normalized(doc letter.Document) letter.Document {
	all := func(in []string) []string {
		out := make([]string, len(in))
		for i, s := range in {
			out[i] = norm.NFC.String(s)
		}
		return out
	}
	doc.Letterhead, doc.Addressee, doc.Enclosures = all(doc.Letterhead), all(doc.Addressee), all(doc.Enclosures)
	doc.Meta.Keywords = all(doc.Meta.Keywords)
	for _, s := range []*string{&doc.Date, &doc.Via, &doc.Subject, &doc.Salutation, &doc.Closing, &doc.Reference, &doc.Mark,
		&doc.Meta.Title, &doc.Meta.Author, &doc.Meta.Subject} {
		*s = norm.NFC.String(*s)
	}
	signers := make([]letter.Signer, len(doc.Signature))
	for i, s := range doc.Signature {
		signers[i] = letter.Signer{Name: norm.NFC.String(s.Name), Lines: all(s.Lines)}
	}
	doc.Signature = signers
	doc.Body = normalizedBlocks(doc.Body)
	return doc
}

func normalizedBlocks(in []letter.Block) []letter.Block {
	out := slices.Clone(in)
	for i := range out {
		out[i].Text = slices.Clone(out[i].Text)
		for j := range out[i].Text {
			out[i].Text[j].Text = norm.NFC.String(out[i].Text[j].Text)
		}
		out[i].Items = slices.Clone(out[i].Items)
		for j := range out[i].Items {
			out[i].Items[j].Body = normalizedBlocks(out[i].Items[j].Body)
		}
		out[i].Body = normalizedBlocks(out[i].Body)
	}
	return out
}
