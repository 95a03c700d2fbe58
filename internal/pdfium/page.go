package pdfium

import (
	"fmt"
	"image"
	"math"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/structs"
)

// Page is a page that is open. What it says of places is in points (1/72 inch) from the upper left corner of the page
// as one sees it, turned and cropped.
type Page struct {
	Width, Height float64

	file  *File
	index int
	ref   references.FPDF_PAGE
}

// Rect is a place on a page: X0 ≤ X1, Y0 ≤ Y1.
type Rect struct{ X0, Y0, X1, Y1 float64 }

// Empty tells whether nothing can be there.
func (r Rect) Empty() bool { return r.X1 <= r.X0 || r.Y1 <= r.Y0 }

// Touches tells whether two places have something in common.
func (r Rect) Touches(o Rect) bool { return r.X0 < o.X1 && o.X0 < r.X1 && r.Y0 < o.Y1 && o.Y0 < r.Y1 }

// And is the smallest place that has both.
func (r Rect) And(o Rect) Rect {
	return Rect{min(r.X0, o.X0), min(r.Y0, o.Y0), max(r.X1, o.X1), max(r.Y1, o.Y1)}
}

// Glyph is a character of the text of a page.
type Glyph struct {
	Rune   rune
	Box    Rect    // what is drawn
	Line   Rect    // the same, as high as its line
	Angle  float64 // of the line, in degrees, as one sees the page
	Hyphen bool    // it divides a word at the end of a line
	Made   bool    // a space or the end of a line, which PDFium concludes and the file does not have
}

// Page opens a page, from 0. Close must be called.
func (f *File) Page(index int) (*Page, error) {
	p := &Page{file: f, index: index}
	if err := p.load(); err != nil {
		return nil, err
	}
	return p, nil
}

func (p *Page) load() error {
	got, err := p.file.inner.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: p.file.doc, Index: p.index})
	if err != nil {
		return fmt.Errorf("page %d cannot be read: %w", p.index+1, notPDF(err))
	}
	p.ref = got.Page
	size, err := p.file.inner.GetPageSize(&requests.GetPageSize{Page: p.asked()})
	if err != nil {
		return fmt.Errorf("page %d cannot be read: %w", p.index+1, notPDF(err))
	}
	p.Width, p.Height = size.Width, size.Height
	return nil
}

// Close ends what is done with a page.
func (p *Page) Close() error {
	_, err := p.file.inner.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: p.ref})
	return err
}

func (p *Page) asked() requests.Page { return requests.Page{ByReference: &p.ref} }

// Draw draws a page into a picture of such a size, on white.
func (p *Page) Draw(width, height int) (*image.RGBA, error) {
	failed := func(err error) error { return fmt.Errorf("page %d cannot be drawn: %w", p.index+1, notPDF(err)) }
	in := p.file.inner
	made, err := in.FPDFBitmap_Create(&requests.FPDFBitmap_Create{Width: width, Height: height})
	if err != nil {
		return nil, failed(err)
	}
	if _, err := in.FPDFBitmap_FillRect(&requests.FPDFBitmap_FillRect{Bitmap: made.Bitmap, Width: width, Height: height,
		Color: 0xFFFFFFFF}); err != nil {
		return nil, failed(err)
	}
	if _, err := in.FPDF_RenderPageBitmap(&requests.FPDF_RenderPageBitmap{Bitmap: made.Bitmap, Page: p.asked(), SizeX: width, SizeY: height,
		Flags: enums.FPDF_RENDER_FLAG_ANNOT | enums.FPDF_RENDER_FLAG_REVERSE_BYTE_ORDER}); err != nil {
		return nil, failed(err)
	}
	got, err := in.FPDFBitmap_GetBuffer(&requests.FPDFBitmap_GetBuffer{Bitmap: made.Bitmap})
	if err != nil {
		return nil, failed(err)
	}
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	if len(got.Buffer) != len(out.Pix) {
		return nil, failed(fmt.Errorf("%d bytes for %d by %d pixels", len(got.Buffer), width, height))
	}
	copy(out.Pix, got.Buffer)
	for i := 3; i < len(out.Pix); i += 4 {
		out.Pix[i] = 0xFF // there is no alpha; the byte may be anything
	}
	if _, err := in.FPDFBitmap_Destroy(&requests.FPDFBitmap_Destroy{Bitmap: made.Bitmap}); err != nil {
		return nil, failed(err)
	}
	return out, nil
}

// Glyphs are the characters of a page, in the order in which it is read, also those that nobody sees.
func (p *Page) Glyphs() (out []Glyph, err error) {
	in := p.file.inner
	text, err := in.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: p.asked()})
	if err != nil {
		return nil, fmt.Errorf("the text of page %d cannot be read: %w", p.index+1, notPDF(err))
	}
	of := text.TextPage
	defer in.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: of}) // it was only read
	count, err := in.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: of})
	if err != nil {
		return nil, fmt.Errorf("the text of page %d cannot be read: %w", p.index+1, notPDF(err))
	}
	seen, err := p.placing()
	if err != nil {
		return nil, err
	}
	for i := range count.Count {
		g, err := p.glyph(of, i, seen)
		if err != nil {
			return nil, fmt.Errorf("the text of page %d cannot be read: %w", p.index+1, notPDF(err))
		}
		out = append(out, g)
	}
	return out, nil
}

func (p *Page) glyph(of references.FPDF_TEXTPAGE, i int, seen placing) (g Glyph, err error) {
	in := p.file.inner
	char, err := in.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: of, Index: i})
	if err != nil {
		return g, err
	}
	g.Rune = rune(char.Unicode)
	made, err := in.FPDFText_IsGenerated(&requests.FPDFText_IsGenerated{TextPage: of, Index: i})
	if err != nil {
		return g, err
	}
	if g.Made = made.IsGenerated; g.Made {
		return g, nil
	}
	hyphen, err := in.FPDFText_IsHyphen(&requests.FPDFText_IsHyphen{TextPage: of, Index: i})
	if err != nil {
		return g, err
	}
	g.Hyphen = hyphen.IsHyphen
	box, err := in.FPDFText_GetCharBox(&requests.FPDFText_GetCharBox{TextPage: of, Index: i})
	if err != nil {
		return g, err
	}
	g.Box = seen.rect(box.Left, box.Bottom, box.Right, box.Top)
	g.Line = g.Box
	// What the font says of its lines is not there for every font.
	if loose, err := in.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: of, Index: i}); err == nil {
		g.Line = g.Box.And(seen.fs(loose.Rect))
	}
	if angle, err := in.FPDFText_GetCharAngle(&requests.FPDFText_GetCharAngle{TextPage: of, Index: i}); err == nil {
		g.Angle = seen.turned(float64(angle.CharAngle))
	}
	return g, nil
}

// HideText takes the text of a page away, so that it is drawn without.
func (p *Page) HideText() error {
	return p.each(func(object references.FPDF_PAGEOBJECT, kind enums.FPDF_PAGEOBJ) error {
		if kind != enums.FPDF_PAGEOBJ_TEXT {
			return nil
		}
		_, err := p.file.inner.FPDFPageObj_SetIsActive(&requests.FPDFPageObj_SetIsActive{PageObject: object})
		return err
	})
}

// Unmark takes away what objects say about themselves (ISO 32000-1, 14.6), such as the words that are to be read instead
// of those that one sees, so that Glyphs are what is drawn. It leaves the layer that an object belongs to.
func (p *Page) Unmark() error {
	in := p.file.inner
	return p.each(func(object references.FPDF_PAGEOBJECT, _ enums.FPDF_PAGEOBJ) error {
		count, err := in.FPDFPageObj_CountMarks(&requests.FPDFPageObj_CountMarks{PageObject: object})
		if err != nil {
			return err
		}
		for i := count.Count - 1; i >= 0; i-- {
			mark, err := in.FPDFPageObj_GetMark(&requests.FPDFPageObj_GetMark{PageObject: object, Index: uint64(i)})
			if err != nil {
				return err
			}
			name, err := in.FPDFPageObjMark_GetName(&requests.FPDFPageObjMark_GetName{PageObjectMark: mark.Mark})
			if err == nil && name.Name == "OC" {
				continue
			}
			if _, err := in.FPDFPageObj_RemoveMark(&requests.FPDFPageObj_RemoveMark{PageObject: object,
				PageObjectMark: mark.Mark}); err != nil {
				return err
			}
		}
		return nil
	})
}

// HasPictures tells whether there are pictures on a page, in which words may stand that are no text.
func (p *Page) HasPictures() (found bool, err error) {
	err = p.each(func(_ references.FPDF_PAGEOBJECT, kind enums.FPDF_PAGEOBJ) error {
		found = found || kind == enums.FPDF_PAGEOBJ_IMAGE
		return nil
	})
	return found, err
}

// Bounds of the objects of a page.
const (
	mostObjects = 500_000
	deepest     = 12 // forms within forms
)

// each goes through the objects of a page, also those within forms.
func (p *Page) each(do func(references.FPDF_PAGEOBJECT, enums.FPDF_PAGEOBJ) error) error {
	in, left := p.file.inner, mostObjects
	var visit func(object references.FPDF_PAGEOBJECT, depth int) error
	visit = func(object references.FPDF_PAGEOBJECT, depth int) error {
		if left--; left < 0 || depth > deepest {
			return fmt.Errorf("page %d has too many objects, or too deep ones", p.index+1)
		}
		kind, err := in.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object})
		if err != nil {
			return err
		}
		if err := do(object, kind.Type); err != nil || kind.Type != enums.FPDF_PAGEOBJ_FORM {
			return err
		}
		count, err := in.FPDFFormObj_CountObjects(&requests.FPDFFormObj_CountObjects{PageObject: object})
		if err != nil {
			return nil // PDFium has no objects of it, and says so by an error
		}
		for i := range count.Count {
			inside, err := in.FPDFFormObj_GetObject(&requests.FPDFFormObj_GetObject{PageObject: object, Index: uint64(i)})
			if err != nil {
				return err
			}
			if err := visit(inside.PageObject, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	count, err := in.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: p.asked()})
	if err != nil {
		return err
	}
	for i := range count.Count {
		object, err := in.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: p.asked(), Index: i})
		if err != nil {
			return err
		}
		if err := visit(object.PageObject, 0); err != nil {
			return err
		}
	}
	return nil
}

// placing makes a place as one sees the page of one in the file.
type placing struct{ x0, xx, xy, y0, yx, yy float64 }

// fine is how many parts of a point are asked for: PDFium tells whole numbers.
const fine = 64

func (p *Page) placing() (s placing, err error) {
	at := func(x, y float64) (float64, float64, error) {
		got, err := p.file.inner.FPDF_PageToDevice(&requests.FPDF_PageToDevice{Page: p.asked(), SizeX: int(math.Round(p.Width * fine)),
			SizeY: int(math.Round(p.Height * fine)), PageX: x, PageY: y})
		if err != nil {
			return 0, 0, fmt.Errorf("the places on page %d cannot be read: %w", p.index+1, notPDF(err))
		}
		return float64(got.DeviceX) / fine, float64(got.DeviceY) / fine, nil
	}
	const far = 1000
	x0, y0, err := at(0, 0)
	if err != nil {
		return s, err
	}
	xx, yx, err := at(far, 0)
	if err != nil {
		return s, err
	}
	xy, yy, err := at(0, far)
	if err != nil {
		return s, err
	}
	return placing{x0, (xx - x0) / far, (xy - x0) / far, y0, (yx - y0) / far, (yy - y0) / far}, nil
}

func (s placing) rect(left, bottom, right, top float64) Rect {
	ax, ay := s.x0+s.xx*left+s.xy*bottom, s.y0+s.yx*left+s.yy*bottom
	bx, by := s.x0+s.xx*right+s.xy*top, s.y0+s.yx*right+s.yy*top
	return Rect{min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)}
}

func (s placing) fs(r structs.FPDF_FS_RECTF) Rect {
	return s.rect(float64(r.Left), float64(min(r.Top, r.Bottom)), float64(r.Right), float64(max(r.Top, r.Bottom)))
}

// turned is an angle, given in radians, as one sees the page.
func (s placing) turned(angle float64) float64 {
	x, y := math.Cos(angle), -math.Sin(angle) // PDFium's turn clockwise
	return math.Atan2(s.yx*x+s.yy*y, s.xx*x+s.xy*y) * 180 / math.Pi
}
