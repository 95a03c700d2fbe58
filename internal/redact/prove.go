package redact

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"slices"

	"foia/internal/pdfium"
)

// The proof, by which a copy must pass before it is given.
const (
	checkStructure step = "look for what does not belong in a copy"
	checkText      step = "look for words below boxes, and for words of the list"
	checkPixels    step = "draw the copy, and compare"
	checkTraces    step = "look for bytes of the original"
)

// NotRemoved says that a copy did not pass: what was to be gone is there, or it cannot be shown that it is not.
type NotRemoved struct {
	Check string
	Page  int // 0: the file
	Why   error
}

func (e *NotRemoved) Error() string {
	if e.Page > 0 {
		return fmt.Sprintf("the copy did not pass its check (%s), page %d: %v", e.Check, e.Page, e.Why)
	}
	return fmt.Sprintf("the copy did not pass its check (%s): %v", e.Check, e.Why)
}

// Unwrap is why.
func (e *NotRemoved) Unwrap() error { return e.Why }

// Proof is what a copy is compared with.
type Proof struct {
	Original []byte
	Boxes    []Box
	List     *List // words that must not be in its text; nil: there are none
	Left     []Box // places at which words of the list were left, since somebody wanted it so
}

// Prove reads a copy as a stranger would. It has no part in making it but what the pages looked like before anything was
// covered.
func (r *Redactor) Prove(ctx context.Context, made *Made, copied io.ReaderAt, size int64, p Proof) error {
	if !r.without[checkTraces] {
		if err := newTraces(p.Original).search(io.NewSectionReader(copied, 0, size)); err != nil {
			return &NotRemoved{Check: string(checkTraces), Why: err}
		}
	}
	w, err := readCopy(copied, size)
	if err != nil {
		return &NotRemoved{Check: string(checkStructure), Why: err}
	}
	if !r.without[checkStructure] {
		if _, err := w.structure(made.drawn); err != nil {
			return &NotRemoved{Check: string(checkStructure), Why: err}
		}
	}
	for from := 0; from < len(made.drawn); {
		some, to, err := w.extract(from)
		if err != nil {
			return err
		}
		if err := r.look(ctx, made, some, from, to, p); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// look draws and reads some pages of a copy.
func (r *Redactor) look(ctx context.Context, made *Made, some []byte, from, to int, p Proof) error {
	return r.PDF.With(ctx, some, func(f *pdfium.File) error {
		if f.Count != to-from {
			return &NotRemoved{Check: string(checkStructure), Why: fmt.Errorf("it has %d pages where it should have %d", f.Count, to-from)}
		}
		for i := from; i < to; i++ {
			if err := ctx.Err(); err != nil {
				return err
			}
			f.More()
			if err := r.lookAt(f, i-from, i+1, made.drawn[i], p); err != nil {
				return err
			}
		}
		return nil
	})
}

func (r *Redactor) lookAt(f *pdfium.File, index, number int, d drawn, p Proof) (err error) {
	sheet, err := f.Page(index)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sheet.Close()) }()
	if !r.without[checkPixels] {
		picture, err := sheet.Draw(d.width, d.height)
		if err != nil {
			return err
		}
		if why := compare(picture, d); why != nil {
			return &NotRemoved{Check: string(checkPixels), Page: number, Why: why}
		}
	}
	if r.without[checkText] {
		return nil
	}
	glyphs, err := sheet.Glyphs()
	if err != nil {
		return err
	}
	if why := legible(newPage(number, sheet.Width, sheet.Height, glyphs), p); why != nil {
		return &NotRemoved{Check: string(checkText), Page: number, Why: why}
	}
	return nil
}

// compare makes sure that boxes are black, and that everything else is as it was.
func compare(picture *image.RGBA, d drawn) error {
	for _, b := range d.boxes {
		for y := b.Min.Y; y < b.Max.Y; y++ {
			row := picture.PixOffset(b.Min.X, y)
			for x := row; x < row+4*b.Dx(); x += 4 {
				if picture.Pix[x]|picture.Pix[x+1]|picture.Pix[x+2] != 0 {
					return fmt.Errorf("the box at %d,%d is not black", b.Min.X, b.Min.Y)
				}
			}
		}
	}
	if outside(picture, d.boxes) != d.outside {
		return errors.New("what is not covered differs from the original")
	}
	return nil
}

// legible finds what can be read on a page of a copy and should not be there; nil: nothing.
func legible(p *page, proof Proof) error {
	for _, chars := range p.words {
		if p.covered(chars, proof.Boxes) {
			return errors.New("a word below a box is in its text")
		}
	}
	if proof.List == nil {
		return nil
	}
	for _, h := range proof.List.find(p.glyphs) {
		left := slices.ContainsFunc(proof.Left, func(b Box) bool {
			return b.Page == p.number && p.touches(h.glyphs, b.Place)
		})
		if !left {
			return errors.New("a word of the list is in its text")
		}
	}
	return nil
}

// Some pages of a copy are read at once: a whole one may be larger than what is read of a PDF.
const (
	atOncePages = 20
	atOnceBytes = 40 << 20
)

// extract is a PDF of the pages from one on, up to another: their objects, byte for byte.
func (w *written) extract(from int) (some []byte, to int, err error) {
	tree := w.objects[w.root].dict["Pages"].ref
	if tree < 1 || tree >= len(w.objects) {
		return nil, 0, errForm
	}
	kids := w.objects[tree].dict["Kids"].array
	want := map[int]bool{}
	for n, o := range w.objects { // what is not a page's is everybody's
		want[n] = n > 0 && n != tree && o.dict["Type"].name != "Page" && o.dict["Type"].name != "XObject"
	}
	for _, k := range kids {
		if k.ref < len(w.objects) {
			want[w.objects[k.ref].dict["Contents"].ref] = false
		}
	}
	var size int64
	for to = from; to < len(kids) && to < from+atOncePages; to++ {
		if kids[to].ref >= len(w.objects) {
			return nil, 0, errForm
		}
		page := w.objects[kids[to].ref]
		parts := []int{kids[to].ref, page.dict["Contents"].ref, page.dict["Resources"].dict["XObject"].dict["I"].ref}
		for _, n := range parts {
			if n < 1 || n >= len(w.objects) {
				return nil, 0, errForm
			}
			size += w.objects[n].to - w.objects[n].from
		}
		if size > atOnceBytes && to > from {
			break
		}
		for _, n := range parts {
			want[n] = true
		}
	}
	if to == from {
		return nil, 0, errForm
	}
	some, err = w.assemble(want, tree, kids[from:to])
	return some, to, err
}

func (w *written) assemble(want map[int]bool, tree int, kids []value) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(copyHead)
	at := make([]int, len(w.objects))
	for n, o := range w.objects {
		if n == tree {
			at[n] = out.Len()
			fmt.Fprintf(&out, "%d 0 obj\n<</Type/Pages/Count %d/Kids[", n, len(kids))
			for _, k := range kids {
				fmt.Fprintf(&out, "%d 0 R ", k.ref)
			}
			out.WriteString("]>>\nendobj\n")
		} else if want[n] {
			at[n] = out.Len()
			if _, err := io.Copy(&out, io.NewSectionReader(w.in, o.from, o.to-o.from)); err != nil {
				return nil, err
			}
		}
	}
	table := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n", len(at))
	for _, n := range at {
		if n == 0 {
			out.WriteString("0000000000 65535 f \n")
		} else {
			fmt.Fprintf(&out, "%010d 00000 n \n", n)
		}
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at), w.root, table)
	return out.Bytes(), nil
}
