// Package pdftext reads the text of a PDF that somebody else made, page by page, with its lines, and the words in
// pictures by tesseract, if that is installed.
package pdftext

import (
	"context"
	"fmt"
	"strings"

	"foia/internal/pdfium"
)

// Bounds of a PDF.
const (
	MostPages = 500     // the rest is not read
	mostText  = 4 << 20 // bytes of the text of all pages
)

// Document is the text of a PDF.
type Document struct {
	Pages    []Page
	Count    int // of its pages, also of those that were not read
	Warnings []string
}

// Page is one of its pages.
type Page struct {
	Number int    // from 1
	Text   string // with its line ends; see Clean
	Scan   bool   // it has a picture and no text
	OCR    bool   // its text was recognized in a picture: any character of it may be wrong
}

// Reader reads PDFs. The zero value is not ready: see New. It may be used by several at a time, who wait for each
// other.
type Reader struct{ *pdfium.Reader }

// New is a reader that keeps its compiled form in a folder of the user's; see pdfium.
func New(cache string) *Reader { return &Reader{pdfium.New(cache)} }

// Text reads the text of a PDF.
func (r *Reader) Text(ctx context.Context, data []byte) (*Document, error) {
	var d *Document
	err := r.With(ctx, data, func(f *pdfium.File) (err error) {
		d, err = textOf(f)
		return err
	})
	if err != nil {
		return nil, err
	}
	return d, nil
}

func textOf(f *pdfium.File) (*Document, error) {
	d := &Document{Count: f.Count}
	if f.Count > MostPages {
		d.Warnings = append(d.Warnings, fmt.Sprintf("the PDF has %d pages; the first %d were read", f.Count, MostPages))
	}
	size, scans := 0, 0
	for i := range min(f.Count, MostPages) {
		p := Page{Number: i + 1}
		got, err := f.Text(i)
		if err != nil {
			d.Warnings = append(d.Warnings, fmt.Sprintf("page %d cannot be read", p.Number))
			d.Pages = append(d.Pages, p)
			if len(d.Warnings) > 20 {
				return nil, err
			}
			continue
		}
		p.Text = Clean(got)
		if i == 0 && isHollow(f, p.Text) {
			d.Warnings = append(d.Warnings,
				"the PDF is a form that only Adobe's reader shows (XFA): open it there, and give what it says yourself")
		}
		if p.Text == "" && pictured(f, i) {
			p.Scan = true
			scans++
		}
		if size += len(p.Text); size > mostText {
			d.Warnings = append(d.Warnings, fmt.Sprintf("the text of the PDF is longer than %d MB; it was read to page %d",
				mostText>>20, i))
			break
		}
		d.Pages = append(d.Pages, p)
	}
	if scans > 0 {
		d.Warnings = append(d.Warnings, fmt.Sprintf("%d of its %d pages are pictures, such as scans, without text", scans, len(d.Pages)))
	}
	return d, nil
}

// isHollow tells whether a PDF is a form whose pages another program has to make: what stands on them tells one to wait.
func isHollow(f *pdfium.File, first string) bool {
	xfa := f.XFA()
	return xfa == pdfium.OnlyXFA || xfa == pdfium.BesideXFA && strings.HasPrefix(first, "Please wait")
}

// pictured tells whether there is a picture on a page.
func pictured(f *pdfium.File, i int) bool {
	p, err := f.Page(i)
	if err != nil {
		return false
	}
	defer p.Close() // it was only read
	found, err := p.HasPictures()
	return err == nil && found
}
