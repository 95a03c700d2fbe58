package packet

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"strings"

	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/pdf"
	"foia/internal/received"
	"foia/internal/workday"
)

// Exhibit is one letter or received file.
type Exhibit struct {
	Number   int          `json:"number"`
	Request  string       `json:"request"`
	Event    int          `json:"event"` // the number of the event that it came with
	Date     workday.Date `json:"date"`  // of that event
	Title    string       `json:"title"`
	Name     string       `json:"file"`                  // below the request's folder
	Place    string       `json:"part,omitempty"`        // of the message of that name, if it is not a file by itself
	Came     int          `json:"attached_to,omitempty"` // the exhibit of the message that it came with
	SHA256   string       `json:"sha256"`
	Size     int64        `json:"size"`
	Own      bool         `json:"own"`                // a letter of the requester's
	Redacted bool         `json:"redacted,omitempty"` // a copy of a received file for publication
	Page     int          `json:"page"`               // of the packet, on which its sheet is
	Pages    int          `json:"pages"`              // bound, without its sheet
	Why      string       `json:"why,omitempty"`      // why none are bound
	Note     string       `json:"note,omitempty"`     // what the bound pages are, if they are not the file's own

	of       *record
	document docket.Document
	parts    *docket.Document // from which a letter can be set anew
	asked    bool             // for a publication
	content  content
	sheet    int             // pages of the sheet before it
	called   string          // what it is called, without a folder
	recorded string          // when its event was
	host     *Exhibit        // the message that it is within; nil: it is a file of the log
	within   []string        // the SHA-256 of the messages in that one that it is within
	files    []received.File // of a message, without their content
}

// content is the pages of an exhibit.
type content struct {
	pages int
	pdf   []byte                                 // as they are
	set   func(first, of int) (*pdf.File, error) // else set by us, with their numbers in the packet
}

// Limits of what is bound. What is larger is in the folder, and in the zip.
const (
	largestFile   = 128 << 20 // bytes of one file
	largestPacket = 256 << 20 // bytes of all that is bound
)

// prepare reads every document and makes sure that it is as the log says, and makes
// pages of those that can be bound.
func (m *maker) prepare(ctx context.Context) error {
	// All are compared first: a record with a changed file is not begun.
	for _, r := range m.records {
		for _, b := range r.beside {
			if _, err := m.open(ctx, r, b.Document, 0); err != nil {
				return err
			}
		}
	}
	left := int64(largestPacket)
	for i, x := range m.exhibits {
		if err := ctx.Err(); err != nil {
			return err
		}
		raw, err := m.raw(ctx, x)
		if err != nil {
			return err
		}
		if err := m.take(ctx, x, raw); err != nil {
			return err
		}
		if size := int64(len(x.content.pdf)); size > left {
			x.leave(fmt.Sprintf("the packet would be larger than %d MB", largestPacket>>20))
		} else {
			left -= size
		}
		if m.Progress != nil {
			m.Progress(i+1, len(m.exhibits))
		}
	}
	return nil
}

// open reads a document and compares it with the log. What is larger than most is
// compared, and not returned.
func (m *maker) open(ctx context.Context, r *record, d docket.Document, most int64) (raw []byte, err error) {
	place := path.Join(r.Folder, d.Name)
	in, err := m.document(ctx, r.Request, d)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	sum := sha256.New()
	var keep bytes.Buffer
	keep.Grow(int(max(0, min(d.Size, most))))
	n, err := io.Copy(io.MultiWriter(sum, &keep), io.LimitReader(in, most))
	if err == nil && n == most {
		var more int64
		if more, err = io.Copy(sum, in); more > 0 {
			keep.Reset()
			n += more
		}
	}
	if err != nil {
		return nil, changed("%s cannot be read: %v", place, err)
	}
	if n != d.Size || hex.EncodeToString(sum.Sum(nil)) != d.SHA256 {
		return nil, changed("%s was changed after it was made (document of %s)", place, r.ID)
	}
	return keep.Bytes(), nil
}

// document opens a document. A name of the log is not trusted: foia keeps nothing
// outside the folder of the request.
func (m *maker) document(ctx context.Context, r docket.Request, d docket.Document) (io.ReadCloser, error) {
	for _, name := range []string{r.Folder, d.Name} {
		if !filepath.IsLocal(filepath.FromSlash(name)) || strings.Contains(name, "\\") {
			return nil, changed("the log of %s names a place outside its folder: %s", r.ID, m.Press.Fonts.Printable(name))
		}
	}
	return m.Workspace.OpenDocument(ctx, m.Log, r, d)
}

// leave says that nothing of an exhibit is bound.
func (x *Exhibit) leave(why string) { x.content, x.Pages, x.Why, x.Note = content{}, 0, why, "" }

// take makes the pages of an exhibit.
func (m *maker) take(ctx context.Context, x *Exhibit, raw []byte) error {
	switch {
	case m.Publication && x.Own:
		return m.anonymous(ctx, x)
	case x.Redacted && !m.Publication:
		x.leave("it is a copy for publication, with places covered; the file that it was made of is an exhibit")
		return nil
	case m.Publication && !x.asked && !x.Redacted:
		x.leave("it was received, and is left out of a publication copy because it may contain private data")
		return nil
	case x.Size == 0:
		x.leave("the file is empty")
		return nil
	case x.Size > largestFile:
		x.leave(fmt.Sprintf("the file is larger than %d MB", largestFile>>20))
		return nil
	}
	if first := m.known[x.SHA256]; first != nil && first != x && !x.Own && first.Pages > 0 && (!first.Own || !m.Publication) {
		x.leave(fmt.Sprintf("it is the same file as exhibit %d", first.Number))
		return nil
	}
	m.pages(x, raw)
	return nil
}

// setContent sets the pages once to learn how many they are.
func (m *maker) setContent(x *Exhibit, set func(first, of int) (*pdf.File, error)) {
	file, err := set(1, 1)
	if err != nil {
		x.leave("it cannot be set on a page: " + m.Press.Fonts.Printable(err.Error()))
		return
	}
	x.content, x.Pages = content{pages: file.Pages, set: set}, file.Pages
}

// anonymous sets a letter anew, without the requester's private data.
func (m *maker) anonymous(ctx context.Context, x *Exhibit) error {
	if x.parts == nil {
		x.leave("it is left out of a publication copy: foia cannot typeset it again without private data")
		return nil
	}
	raw, err := m.open(ctx, x.of, *x.parts, largestFile)
	if err != nil {
		return err
	}
	doc, err := letter.ReadDocument(raw)
	if err == nil {
		doc, err = doc.Anonymous(x.of.requesters...)
	}
	var file *pdf.File
	if err == nil {
		file, err = m.Press.Fonts.Typeset(doc, m.Press.Blank())
	}
	if err != nil {
		x.leave("it is left out of a publication copy: " + m.text(x.of, err.Error()))
		return nil
	}
	x.content, x.Pages = content{pages: file.Pages, pdf: file.Bytes}, file.Pages
	x.Note = "typeset again for publication: letterhead, signature and private data are left out; the SHA-256 is that of the letter as sent"
	return nil
}
