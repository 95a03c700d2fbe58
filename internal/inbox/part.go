package inbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"foia/internal/lazy"
	"foia/internal/mail"
	"foia/internal/pdftext"
	"foia/internal/reply"
)

// Bounds of what is read of one message.
const (
	mostText    = 256 << 10        // bytes of its texts: a letter of 80 pages. Longer are records, which no rule need go through
	longest     = 60 * time.Second // for its PDFs after the first; what is not begun then is not read
	mostScanned = 50               // pages that are recognized
)

// spent is what the files of a message took.
type spent struct {
	time    context.Context // from when the first PDF was read, without the start of their reader; over when it is
	end     context.CancelFunc
	scanned int
}

func (s *spent) begin(ctx context.Context) {
	if s.time == nil {
		s.time, s.end = context.WithTimeout(ctx, longest)
	}
}

func (s *spent) over() bool {
	return s.time != nil && errors.Is(s.time.Err(), context.DeadlineExceeded)
}

// done must be called.
func (s *spent) done() {
	if s.end != nil {
		s.end()
	}
}

// part is the text of a file that came with a message; nil where there is none to read.
func (r *Reader) part(ctx context.Context, p mail.Part, spent *spent) (*reply.Part, []string) {
	switch {
	case p.Type == "application/pdf" && r.PDF == nil:
		return nil, []string{p.Name + " is a PDF, and was not read: give the dates and numbers in it yourself"}
	case p.Type == "application/pdf":
		return r.pdf(ctx, p, spent)
	case strings.HasPrefix(p.Type, "text/plain"):
		return &reply.Part{Name: p.Name, Text: mail.PlainText(p.Data)}, nil
	}
	return nil, nil
}

// pdf is the text of a PDF. A page that is a picture has none.
func (r *Reader) pdf(ctx context.Context, p mail.Part, spent *spent) (*reply.Part, []string) {
	if spent.over() {
		return nil, []string{fmt.Sprintf("%s was not read: the PDFs before it took more than %d seconds", p.Name, longest/time.Second)}
	}
	d, err := r.PDF.Text(ctx, p.Data)
	spent.begin(ctx)
	if err != nil {
		return nil, []string{p.Name + ": " + err.Error()}
	}
	var text []string
	notes, pictures := []string{}, 0
	for _, w := range d.Warnings {
		notes = append(notes, p.Name+": "+w)
	}
	out := &reply.Part{Name: p.Name}
	unrecognized := r.recognize(ctx, p.Data, d, spent)
	for _, page := range d.Pages {
		text = append(text, page.Text)
		out.Scanned = out.Scanned || page.OCR
		if page.Scan && !page.OCR {
			pictures++
		}
	}
	nothing := strings.TrimSpace(strings.Join(text, "")) == ""
	switch {
	case out.Scanned && nothing:
		notes = append(notes, p.Name+": pages are pictures, in which no text was recognized: give what they say yourself")
	case out.Scanned:
		notes = append(notes, p.Name+": pages are pictures; their text was recognized, and any letter or figure of it may be wrong")
	}
	if pictures > 0 {
		notes = append(notes, fmt.Sprintf("%s: %d of its %d pages are pictures, and were not read (%v): give what they say yourself",
			p.Name, pictures, len(d.Pages), unrecognized))
	}
	if nothing {
		return nil, notes
	}
	out.Text = strings.Join(text, "\n\n")
	return out, notes
}

// recognize reads the pages of a PDF that are pictures, if it has any; the error says why not.
func (r *Reader) recognize(ctx context.Context, data []byte, d *pdftext.Document, spent *spent) error {
	if !slices.ContainsFunc(d.Pages, func(p pdftext.Page) bool { return p.Scan && !p.OCR }) {
		return nil
	}
	if spent.scanned >= mostScanned {
		return errScanned
	}
	err := r.PDF.Recognize(ctx, data, d, "")
	for _, p := range d.Pages {
		if p.OCR {
			spent.scanned++
		}
	}
	return err
}

const errScanned = lazy.Failure("the message has more than 50 of them")

// bound leaves out of long texts what no rule need go through, and tells it: short ones stay whole, and the long ones
// share what is left evenly.
func (i *Item) bound() {
	parts := i.read.Parts
	bySize := make([]int, len(parts))
	for n := range bySize {
		bySize[n] = n
	}
	slices.SortFunc(bySize, func(a, b int) int { return len(parts[a].Text) - len(parts[b].Text) })
	left, cut, first := mostText, 0, ""
	for done, n := range bySize {
		p := &parts[n]
		if share := left / (len(parts) - done); len(p.Text) > share {
			p.Text = strings.ToValidUTF8(p.Text[:share], "")
			if end := strings.LastIndexByte(p.Text, '\n'); end > share/2 {
				p.Text = p.Text[:end]
			}
			if cut++; cut == 1 {
				first = p.Name
			}
		}
		left -= len(p.Text)
	}
	switch {
	case cut == 0:
	case cut > 1:
		i.note(fmt.Sprintf("%d of its texts are long: only their beginnings were looked through for what to record", cut))
	case first == "":
		i.note("its text is long: only the beginning was looked through for what to record")
	default:
		i.note(first + " is long: only its beginning was looked through for what to record")
	}
}
