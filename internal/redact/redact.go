// Package redact makes of a PDF that an agency sent a copy that can be published: places and words are covered, and what
// one does not see on its pages is gone. Nothing is cut out of the file, which cannot be proved. Each page is drawn, the
// picture is painted over, and a new file is made of the pictures, with the text that can be seen. What was made is then
// read as a stranger would read it (see Prove); a copy that does not pass is not given.
package redact

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"slices"

	"foia/internal/lazy"
	"foia/internal/pdf"
	"foia/internal/pdfium"
	"foia/internal/pdftext"
)

// Bounds of what is redacted.
const (
	MostPages  = 500
	mostPixels = 40_000_000 // of one page
	mostGlyphs = 200_000    // of one page
	MostBoxes  = 40_000     // that a proposal lists
)

// resolutions are the dots an inch at which a page may be drawn: the first that keeps it within mostPixels. At each, a
// dot is a number of points that has few places.
func resolutions() []int { return []int{192, 144, 96, 72} }

// Why a PDF is not redacted.
const (
	ErrTooMany   = lazy.Failure("the PDF has more than 500 pages")
	ErrNoPages   = lazy.Failure("the PDF has no pages")
	ErrEncrypted = lazy.Failure("the PDF is encrypted")
	ErrForm      = lazy.Failure("the PDF is a form that only Adobe's reader shows (XFA)")
	ErrHuge      = lazy.Failure("a page is too large to be drawn (more than 40 million dots at 72 an inch)")
	ErrTooDense  = lazy.Failure("a page has more than 200,000 characters")
)

// Remedy is what to do about a PDF that is not redacted; empty where there is no advice.
func Remedy(err error) string {
	switch {
	case errors.Is(err, ErrEncrypted) || errors.Is(err, pdfium.ErrPassword):
		return "open it with its password, save or print it without one, and record that file"
	case errors.Is(err, ErrForm):
		return "open it in Adobe's reader, print it to a new PDF, and record that file"
	case errors.Is(err, ErrTooMany) || errors.Is(err, pdfium.ErrTooLarge):
		return "split it, and record the parts"
	case errors.Is(err, ErrHuge) || errors.Is(err, ErrTooDense):
		return "print that page to a smaller sheet, and record that file"
	case errors.Is(err, pdfium.ErrLookless):
		return "print it to a new PDF from a program that shows it as it should look, and record that file"
	case errors.Is(err, pdfium.ErrNotPDF):
		return "ask the agency for the file again, or print it to a new PDF from a program that shows it"
	case errors.Is(err, pdfium.ErrTooLong):
		return "print it to a new PDF from a program that shows it, and record that file"
	}
	return ""
}

// Redactor makes copies. It may be used by several at a time, who wait for each other.
type Redactor struct {
	PDF *pdfium.Reader
	// Pictures reads words in pictures, drawn at so many dots an inch; nil: they are not read, and that is said.
	Pictures func(ctx context.Context, picture image.Image, dpi int) ([]pdftext.Word, error)
	Progress func(page, of int) // nil: nobody asks
	without  map[step]bool      // tests leave out a step, to see that it is missed
}

// step is one thing that is done for a copy, or one look at it.
type step string

func (r *Redactor) tell(page, of int) {
	if r.Progress != nil {
		r.Progress(page, of)
	}
}

// open opens a PDF, if it can be redacted.
func (r *Redactor) open(ctx context.Context, data []byte, do func(*pdfium.File) error) error {
	return r.PDF.With(ctx, data, func(f *pdfium.File) error {
		switch {
		case f.XFA() != pdfium.NoXFA:
			return ErrForm
		case f.Encrypted():
			return ErrEncrypted
		case f.Count > MostPages:
			return fmt.Errorf("%w (it has %d)", ErrTooMany, f.Count)
		case f.Count == 0:
			return ErrNoPages
		}
		return do(f)
	})
}

// resolution is how finely a page is drawn.
func resolution(width, height float64) (dpi int, err error) {
	if !(width > 0 && height > 0) { // also what is no number
		return 0, ErrHuge
	}
	for _, dpi := range resolutions() {
		if w, h := dots(width, dpi), dots(height, dpi); w*h <= mostPixels {
			return dpi, nil
		}
	}
	return 0, ErrHuge
}

// dots is how many of them a length takes. The page that is made has a whole number of them.
func dots(points float64, dpi int) int {
	return max(1, int(math.Ceil(min(points, 1e6)*float64(dpi)/72-1e-6)))
}

// pixels is the place of a box on a picture, widened to whole pixels.
func pixels(place pdfium.Rect, dpi int, within image.Rectangle) image.Rectangle {
	scale := float64(dpi) / 72
	return image.Rect(int(math.Floor(place.X0*scale)), int(math.Floor(place.Y0*scale)), int(math.Ceil(place.X1*scale)),
		int(math.Ceil(place.Y1*scale))).Intersect(within)
}

// drawn is a page of the copy, and what is remembered of it for the proof.
type drawn struct {
	width, height int // of the picture
	dpi           int
	boxes         []image.Rectangle
	outside       [sha256.Size]byte // of the first picture, without what lies in boxes
}

// Made is what came of a copy.
type Made struct {
	Pages    int
	Words    int   // in its text
	Unseen   int   // words of the original that nobody sees on the page, and that are left out
	Pictures []int // pages with pictures, whose words are not in the text
	drawn    []drawn
}

// Make writes the copy of a PDF in which boxes are covered.
func (r *Redactor) Make(ctx context.Context, data []byte, boxes []Box, out io.Writer) (made *Made, err error) {
	traces := newTraces(data)
	made = &Made{}
	err = r.open(ctx, data, func(f *pdfium.File) error {
		file, err := pdf.NewPictures(out, sha256.Sum256(data))
		if err != nil {
			return err
		}
		made.Pages = f.Count
		for _, b := range boxes {
			if b.Page < 1 || b.Page > f.Count {
				return &NoPlace{Place: Place{b.Page, b.Place}, Why: fmt.Sprintf("the PDF has %d pages", f.Count)}
			}
		}
		for i := range f.Count {
			if err := ctx.Err(); err != nil {
				return err
			}
			f.More()
			r.tell(i+1, f.Count)
			if err := r.page(ctx, f, i, boxes, traces, file, made); err != nil {
				return onPage(i, err)
			}
		}
		return file.Close()
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// Steps of making a page.
const (
	paintBoxes  step = "paint the boxes"
	dropCovered step = "leave out the words below boxes"
	dropUnseen  step = "leave out the words that nobody sees"
)

// flat opens a page as one sees it, marks and fields included, and says in how many dots an inch it is drawn.
func flat(f *pdfium.File, i int) (*pdfium.Page, int, error) {
	sheet, err := f.Page(i)
	if err != nil {
		return nil, 0, err
	}
	err = sheet.Flatten()
	dpi := 0
	if err == nil {
		dpi, err = resolution(sheet.Width, sheet.Height)
	}
	if err != nil {
		return nil, 0, errors.Join(err, sheet.Close())
	}
	return sheet, dpi, nil
}

func (r *Redactor) page(ctx context.Context, f *pdfium.File, i int, boxes []Box, traces *traces, file *pdf.Pictures,
	made *Made) (err error) {
	sheet, dpi, err := flat(f, i)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sheet.Close()) }()
	width, height := dots(sheet.Width, dpi), dots(sheet.Height, dpi)
	picture, err := sheet.Draw(width, height)
	if err != nil {
		return err
	}
	glyphs, seen, err := r.seen(sheet, picture, dpi)
	if err != nil {
		return err
	}
	pictured, err := sheet.HasPictures()
	if err != nil {
		return err
	}
	if pictured {
		made.Pictures = append(made.Pictures, i+1)
	}
	d := drawn{width: width, height: height, dpi: dpi}
	for _, b := range boxes {
		if b.Page != i+1 {
			continue
		}
		at := pixels(b.Place, dpi, picture.Rect)
		if at.Empty() {
			return &NoPlace{Place: Place{b.Page, b.Place}, Why: sizeOf(sheet)}
		}
		d.boxes = append(d.boxes, at)
	}
	d.outside = outside(picture, d.boxes)
	made.drawn = append(made.drawn, d)
	if !r.without[paintBoxes] {
		paint(picture, d.boxes)
	}
	p := newPage(i+1, sheet.Width, sheet.Height, glyphs)
	if pictured {
		f.More()
		if err := r.confirm(ctx, picture, dpi, p, seen); err != nil {
			return err
		}
	}
	kept := r.text(p, seen, boxes, made)
	colors, packed, err := pack(picture, traces)
	if err != nil {
		return err
	}
	return file.Add(pdf.Picture{Width: width, Height: height, Colors: colors, DPI: dpi, Packed: packed}, kept)
}

// seen are the characters of a page, and which of them one sees: those without which the page is drawn differently.
func (r *Redactor) seen(sheet *pdfium.Page, picture *image.RGBA, dpi int) (glyphs []pdfium.Glyph, seen []bool, err error) {
	if err := sheet.Unmark(); err != nil {
		return nil, nil, err
	}
	if glyphs, err = sheet.Glyphs(); err != nil {
		return nil, nil, err
	}
	if len(glyphs) > mostGlyphs {
		return nil, nil, ErrTooDense
	}
	if seen = make([]bool, len(glyphs)); len(glyphs) == 0 {
		return glyphs, seen, nil
	}
	if err := sheet.HideText(); err != nil {
		return nil, nil, err
	}
	bare, err := sheet.Draw(picture.Rect.Dx(), picture.Rect.Dy())
	if err != nil {
		return nil, nil, err
	}
	for i, g := range glyphs {
		seen[i] = !g.Box.Empty() && differ(picture, bare, pixels(g.Box, dpi, picture.Rect))
	}
	for i := range stacked(glyphs) {
		seen[i] = false
	}
	return glyphs, seen, nil
}

// text are the words of a page for the copy: those that one sees, and that no box touches.
func (r *Redactor) text(p *page, seen []bool, boxes []Box, made *Made) (out []pdf.UnseenWord) {
	for _, chars := range p.words {
		if !r.without[dropUnseen] && slices.ContainsFunc(chars, func(i int) bool { return !seen[i] }) {
			made.Unseen++
			continue
		}
		if !r.without[dropCovered] && p.covered(chars, boxes) {
			continue
		}
		word := p.setAs(chars)
		if word.Text != "" {
			made.Words++
			out = append(out, word)
		}
	}
	return out
}

// setAs is a word with its place.
func (p *page) setAs(chars []int) (w pdf.UnseenWord) {
	var drawn, line pdfium.Rect
	for _, i := range chars {
		g := p.glyphs[i]
		r := g.Rune
		switch {
		case r == 0 || r == '\ufffd':
			continue
		case r == '\u0002' || r == '\ufffe':
			r = '-'
		}
		w.Text += string(r)
		if line.Empty() {
			drawn, line, w.Angle = g.Box, g.Line, -g.Angle
		} else {
			drawn, line = drawn.And(g.Box), line.And(g.Line)
		}
	}
	w.X, w.Y = (line.X0+line.X1)/2, (line.Y0+line.Y1)/2
	switch lies(w.Angle) { // as long as it is drawn, and as high as its line
	case along:
		w.X, w.Long, w.High = (drawn.X0+drawn.X1)/2, drawn.X1-drawn.X0, line.Y1-line.Y0
	case upright:
		w.Y, w.Long, w.High = (drawn.Y0+drawn.Y1)/2, drawn.Y1-drawn.Y0, line.X1-line.X0
	default: // the places of its letters lie on a diagonal
		w.Long = math.Hypot(drawn.X1-drawn.X0, drawn.Y1-drawn.Y0)
		w.High = 2 * w.Long / float64(len([]rune(w.Text)))
	}
	return w
}
