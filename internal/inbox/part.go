package inbox

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"foia/internal/mail"
	"foia/internal/pdftext"
	"foia/internal/reply"
)

// part is the text of a file that came with a message; nil where there is none to read.
func (r *Reader) part(ctx context.Context, p mail.Part) (*reply.Part, []string) {
	switch {
	case p.Type == "application/pdf" && r.PDF == nil:
		return nil, []string{p.Name + " is a PDF, and was not read: give the dates and numbers in it yourself"}
	case p.Type == "application/pdf":
		return r.pdf(ctx, p)
	case strings.HasPrefix(p.Type, "text/plain"):
		return &reply.Part{Name: p.Name, Text: string(p.Data)}, nil
	}
	return nil, nil
}

// pdf is the text of a PDF. A page that is a picture has none.
func (r *Reader) pdf(ctx context.Context, p mail.Part) (*reply.Part, []string) {
	d, err := r.PDF.Text(ctx, p.Data)
	if err != nil {
		return nil, []string{p.Name + ": " + err.Error()}
	}
	var text []string
	notes, pictures := []string{}, 0
	for _, w := range d.Warnings {
		notes = append(notes, p.Name+": "+w)
	}
	out := &reply.Part{Name: p.Name}
	unrecognized := r.recognize(ctx, p.Data, d)
	for _, page := range d.Pages {
		text = append(text, page.Text)
		out.Scanned = out.Scanned || page.OCR
		if page.Scan && !page.OCR {
			pictures++
		}
	}
	if out.Scanned {
		notes = append(notes, p.Name+": pages are pictures; their text was recognized, and any letter or figure of it may be wrong")
	}
	if pictures > 0 {
		notes = append(notes, fmt.Sprintf("%s: %d of its %d pages are pictures, and were not read (%v): give what they say yourself",
			p.Name, pictures, len(d.Pages), unrecognized))
	}
	if strings.TrimSpace(strings.Join(text, "")) == "" {
		return nil, notes
	}
	out.Text = strings.Join(text, "\n\n")
	return out, notes
}

// recognize reads the pages of a PDF that are pictures, if it has any; the error says why not.
func (r *Reader) recognize(ctx context.Context, data []byte, d *pdftext.Document) error {
	if !slices.ContainsFunc(d.Pages, func(p pdftext.Page) bool { return p.Scan && !p.OCR }) {
		return nil
	}
	return r.PDF.Recognize(ctx, data, d, "")
}
