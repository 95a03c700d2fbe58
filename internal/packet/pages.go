package packet

import (
	"bytes"
	"fmt"
	"net/http"
	"path"
	"strings"

	"foia/internal/bind"
	"foia/internal/pdf"
	"foia/internal/received"
)

// pages makes pages of a file by what it holds, whatever it is called. The readers are made for
// what strangers send; if one fails all the same, that is told on the sheet of the exhibit, and the
// packet is made.
func (m *maker) pages(x *Exhibit, raw []byte) {
	defer func() {
		if r := recover(); r != nil {
			x.leave("foia fails to read it: " + m.Press.Fonts.Printable(fmt.Sprint(r)))
		}
	}()
	kind, ext := http.DetectContentType(raw), strings.ToLower(path.Ext(x.called))
	switch {
	case m.mail(x, raw):
	case kind == "application/pdf" || ext == ".pdf" || bytes.Contains(raw[:min(len(raw), headOfPDF)], []byte("%PDF-")):
		m.foreign(x, raw)
	case kind == "image/png" || kind == "image/jpeg":
		m.plate(x, raw)
	default:
		m.plain(x, raw, kind)
	}
}

// headOfPDF is within how many bytes programs look for the head of a PDF.
const headOfPDF = 1024

// foreign takes the pages of a PDF.
func (m *maker) foreign(x *Exhibit, raw []byte) {
	f, err := bind.ReadForeign(raw)
	if err != nil {
		x.leave(m.Press.Fonts.Printable(err.Error()))
		return
	}
	x.content, x.Pages = content{pages: f.Pages, pdf: f.PDF}, f.Pages
	var notes []string
	if len(f.Left) > 0 {
		notes = append(notes, "not in the bound pages: "+strings.Join(f.Left, "; "))
	}
	if f.Lacks > 0 {
		notes = append(notes, fmt.Sprintf("the file is damaged: %s that its pages refer to is not in it, and they are bound without it",
			counted(f.Lacks, "part")))
	}
	if f.Empty > 0 {
		notes = append(notes, counted(f.Empty, "page")+" of it would not be empty if the file were whole")
	}
	if f.Open {
		notes = append(notes, "the original is encrypted, and opens without a password")
	}
	x.Note = strings.Join(notes, "; ")
}

// plate makes a page of a picture.
func (m *maker) plate(x *Exhibit, raw []byte) {
	image, err := pdf.LoadPlate(raw, "The picture "+m.text(x.of, x.called))
	if err != nil {
		x.leave(m.Press.Fonts.Printable(err.Error()))
		return
	}
	x.Note = "a picture, set on a page; it may be larger in the original"
	m.setContent(x, func(first, of int) (*pdf.File, error) {
		return m.Press.Fonts.Plate(m.sheet("", first, of), image, m.Press.Blank())
	})
}

// plain sets a text, line by line.
func (m *maker) plain(x *Exhibit, raw []byte, kind string) {
	text, err := received.ReadText(raw)
	if err != nil {
		x.leave("it is not a PDF, a picture, an e-mail or plain text (" + kind + ")")
		return
	}
	note := "plain text"
	if text.Charset != "" {
		note += " in " + text.Charset
	}
	m.lines(x, text.Lines, note+", set in a proportional typeface; the line breaks are the file’s, the spacing is not")
}

// lines sets a text, line by line.
func (m *maker) lines(x *Exhibit, text, note string) {
	if len(text) > largestText {
		x.leave(fmt.Sprintf("the text is longer than %d KB", largestText>>10))
		return
	}
	s := m.sheet("", 0, 0)
	s.Title = m.text(x.of, x.called)
	s.Parts = m.paragraphs(x.of, strings.Split(lineEnds.Replace(text), "\n"))
	x.Note = note
	if m.Publication {
		x.Note += "; the requester’s private data is left out"
	}
	m.setContent(x, func(first, of int) (*pdf.File, error) {
		s.First, s.Of = first, of
		return m.Press.Fonts.Sheet(s, m.Press.Blank())
	})
}

// lineEnds are those of other systems, and the end of a page.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n", "\v", "\n")

// largestText is the bytes of a text that is set.
const largestText = received.MostText
