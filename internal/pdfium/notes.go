package pdfium

import (
	"fmt"
	"slices"

	"foia/internal/lazy"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
)

// ErrLookless says that a page is seen differently by each program.
const ErrLookless = lazy.Failure("a note or mark over the page does not say how it looks, so that each program shows it, or what it " +
	"covers, in its own way")

// Flatten makes what lies over a page, notes and filled fields, a part of it, as one sees it.
func (p *Page) Flatten() error {
	// Drawn once, notes that do not say how they look get a look, which flattening needs.
	if _, err := p.Draw(1, 1); err != nil {
		return err
	}
	lookless, err := p.lookless()
	if err != nil {
		return err
	}
	if lookless {
		return ErrLookless
	}
	got, err := p.file.inner.FPDFPage_Flatten(&requests.FPDFPage_Flatten{Page: p.asked(),
		Usage: requests.FPDFPage_FlattenUsageNormalDisplay})
	if err == nil && got.Result == responses.FPDFPage_FlattenResultFail {
		err = ErrLookless
	}
	if err != nil {
		return fmt.Errorf("the notes and fields of page %d cannot be drawn: %w", p.index+1, notPDF(err))
	}
	if err := p.Close(); err != nil {
		return err
	}
	return p.load()
}

// lookless tells whether something lies over a page that may cover what is below it, and that does not say how it looks.
// For some kinds PDFium makes a look; those are not meant any more once the page was drawn.
func (p *Page) lookless() (bool, error) {
	covering := []enums.FPDF_ANNOTATION_SUBTYPE{enums.FPDF_ANNOT_SUBTYPE_FREETEXT, enums.FPDF_ANNOT_SUBTYPE_LINE,
		enums.FPDF_ANNOT_SUBTYPE_SQUARE, enums.FPDF_ANNOT_SUBTYPE_CIRCLE, enums.FPDF_ANNOT_SUBTYPE_POLYGON,
		enums.FPDF_ANNOT_SUBTYPE_POLYLINE, enums.FPDF_ANNOT_SUBTYPE_STAMP, enums.FPDF_ANNOT_SUBTYPE_INK,
		enums.FPDF_ANNOT_SUBTYPE_HIGHLIGHT, enums.FPDF_ANNOT_SUBTYPE_WATERMARK, enums.FPDF_ANNOT_SUBTYPE_REDACT}
	in := p.file.inner
	count, err := in.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: p.asked()})
	if err != nil {
		return false, notPDF(err)
	}
	for i := range count.Count {
		note, err := in.FPDFPage_GetAnnot(&requests.FPDFPage_GetAnnot{Page: p.asked(), Index: i})
		if err != nil {
			continue // it is none, and nothing is drawn of it
		}
		kind, err := in.FPDFAnnot_GetSubtype(&requests.FPDFAnnot_GetSubtype{Annotation: note.Annotation})
		if err != nil {
			return false, notPDF(err)
		}
		flags, err := in.FPDFAnnot_GetFlags(&requests.FPDFAnnot_GetFlags{Annotation: note.Annotation})
		if err != nil {
			return false, notPDF(err)
		}
		look, err := in.FPDFAnnot_HasKey(&requests.FPDFAnnot_HasKey{Annotation: note.Annotation, Key: "AP"})
		if err != nil {
			return false, notPDF(err)
		}
		if _, err := in.FPDFPage_CloseAnnot(&requests.FPDFPage_CloseAnnot{Annotation: note.Annotation}); err != nil {
			return false, notPDF(err)
		}
		hidden := flags.Flags&(enums.FPDF_ANNOT_FLAG_HIDDEN|enums.FPDF_ANNOT_FLAG_NOVIEW) != 0
		if !hidden && !look.HasKey && slices.Contains(covering, kind.Subtype) {
			return true, nil
		}
	}
	return false, nil
}
