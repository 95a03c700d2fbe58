package packet

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"foia/internal/docket"
	"foia/internal/mail"
	"foia/internal/pdf"
	"foia/internal/received"
	"foia/internal/remedy"
)

// mostEnclosed is how many files of one message are exhibits of their own, beside those that the log keeps.
const mostEnclosed = 100

// letterRead is the message that was read last: the exhibits that are within it follow it.
type letterRead struct {
	of      *Exhibit
	message *mail.Message
	files   []received.File
}

// raw is the content of an exhibit, if it is as the log says.
func (m *maker) raw(ctx context.Context, x *Exhibit) ([]byte, error) {
	if x.host == nil {
		return m.open(ctx, x.of, x.document, largestFile)
	}
	if m.latest == nil || m.latest.of != x.host {
		raw, err := m.open(ctx, x.of, x.document, largestFile)
		if err != nil {
			return nil, err
		}
		if m.latest, err = readLetter(x.host, raw); err != nil {
			return nil, err
		}
	}
	for _, f := range m.latest.files {
		if f.Place == x.Place && f.SHA256 == x.SHA256 {
			return f.Data, nil
		}
	}
	return nil, fmt.Errorf("%s, part %s: it was there, and is no more", x.Name, x.Place)
}

// readLetter reads the message that an exhibit is.
func readLetter(x *Exhibit, raw []byte) (*letterRead, error) {
	message, err := received.ReadMail(raw, x.recorded)
	if err != nil {
		return nil, err
	}
	return &letterRead{x, message, received.Enclosed(message)}, nil
}

// isMail tells whether an exhibit is to be read as a message.
func isMail(x *Exhibit, raw []byte) bool {
	return received.MayBeMail(x.called) && received.IsMail(x.called, raw[:min(len(raw), received.Start)])
}

// enclosed makes exhibits of the PDFs and messages that are within a message.
func (m *maker) enclosed(ctx context.Context, x *Exhibit, e docket.Event) error {
	start, err := m.start(ctx, x.of, x.document)
	if err != nil || start == nil || !isMail(x, start) {
		return err
	}
	raw, err := m.open(ctx, x.of, x.document, largestFile)
	if err != nil {
		return err
	}
	read, err := readLetter(x, raw)
	if err != nil {
		return nil // its sheet will say so
	}
	m.aboutTitle(x, read.message)
	n, within := 0, map[string][]string{} // the SHA-256 of each message in it and of those around that, by its place
	for _, f := range read.files {
		bound, inner := f.Bound() && n < mostEnclosed, f.Mail
		if inner != nil {
			within[f.Place] = append(slices.Clip(within[f.Message()]), f.SHA256)
		}
		f.Data, f.Mail = nil, nil // so that no message is held until the packet is made
		x.files = append(x.files, f)
		if !bound {
			continue
		}
		n++
		part := &Exhibit{Request: x.Request, Event: x.Event, Date: x.Date, Name: x.Name, Place: f.Place, SHA256: f.SHA256,
			Size: int64(f.Size),
			of:   x.of, document: x.document, host: x, called: f.Name, recorded: x.recorded, within: within[f.Message()]}
		part.Title = m.text(x.of, titleWithName(title(x.of, e, docket.Document{Name: f.Name}), docket.Document{Original: f.Name}))
		if inner != nil {
			m.aboutTitle(part, inner)
		}
		m.exhibits = append(m.exhibits, part)
	}
	return nil
}

// aboutTitle adds to the title of a message what it is about and who wrote it. In a publication that may be private.
func (m *maker) aboutTitle(x *Exhibit, message *mail.Message) {
	if m.Publication {
		return
	}
	const most = 100
	letter := message.Letter()
	subject := []rune(received.Shown(letter.Subject))
	if len(subject) > most {
		subject = append(subject[:most], '…')
	}
	about := ": e-mail"
	if len(subject) > 0 {
		about += " “" + string(subject) + "”"
	}
	if from := cmp.Or(letter.From.Name, letter.From.Address); from != "" {
		about += " from " + received.Shown(from)
	}
	x.Title += m.text(x.of, about)
}

// once leaves out what is within a message and is kept as a file as well, or is within another one.
func (m *maker) once() {
	kept, seen := map[string]bool{}, map[string]bool{}
	for _, x := range m.exhibits {
		if x.host == nil {
			kept[x.SHA256] = true
		}
	}
	m.exhibits = slices.DeleteFunc(m.exhibits, func(x *Exhibit) bool {
		if x.host == nil {
			return false
		}
		again := seen[x.SHA256] || kept[x.SHA256] || slices.ContainsFunc(x.within, func(sum string) bool { return kept[sum] })
		seen[x.SHA256] = seen[x.SHA256] || !again
		return again
	})
}

// attach finds of each exhibit the message that it came with.
func (m *maker) attach() {
	m.known = map[string]*Exhibit{}
	for _, x := range m.exhibits {
		if m.known[x.SHA256] == nil {
			m.known[x.SHA256] = x
		}
	}
	for _, x := range m.exhibits {
		within := map[string]*Exhibit{} // the messages in it, by their places
		for _, f := range x.files {
			in := x
			if inner := within[f.Message()]; inner != nil {
				in = inner
			}
			for _, part := range m.exhibits {
				if part.SHA256 == f.SHA256 && part.of == x.of && part.Event == x.Event && part != x && part.Came == 0 {
					part.Came = in.Number
					within[f.Place] = part
				}
			}
		}
	}
}

// mail sets a message as a person reads it, and tells whether it is one.
func (m *maker) mail(x *Exhibit, raw []byte) bool {
	if !isMail(x, raw) {
		return false
	}
	read, err := readLetter(x, raw)
	if err != nil {
		return false
	}
	if x.host == nil {
		m.latest = read
	}
	page := received.PageOf(read.message)
	s := m.sheet("E-mail", 0, 0)
	s.Parts = m.page(x.of, page)
	x.Note = m.aboutMail(x.of, page)
	m.setContent(x, func(first, of int) (*pdf.File, error) {
		s.First, s.Of = first, of
		return m.Press.Fonts.Sheet(s, m.Press.Blank())
	})
	return true
}

// aboutMail is what the sheet before a message says of its pages.
func (m *maker) aboutMail(r *record, p *received.Page) string {
	note := "an e-mail, decoded; the line breaks are the file’s, the spacing is not"
	if p.HTML {
		note = "an e-mail, decoded: the words of its HTML, without its looks and pictures"
	}
	if len(p.Text) == 0 && p.Passed == nil {
		note += "; it has no text"
	}
	shown := 0
	for _, f := range p.Files {
		if m.known[f.SHA256] == nil {
			shown++
		}
	}
	if shown += p.More; shown > 0 {
		note += fmt.Sprintf("; %s not shown: in the original", counted(shown, "attachment"))
	}
	const most = 5
	for _, o := range p.Odd[:min(len(p.Odd), most)] {
		note += "; " + o
	}
	if m.Publication {
		note += "; the requester’s private data is left out"
	}
	return m.text(r, note)
}

// page is the page of a message.
func (m *maker) page(r *record, p *received.Page) (parts []pdf.SheetPart) {
	for _, f := range p.Head {
		parts = append(parts, fact(f.Name, m.text(r, f.Value)))
	}
	for _, o := range p.Odd {
		parts = append(parts, fact("To note", m.text(r, remedy.Capital(o)+".")))
	}
	if len(p.Text) > 0 {
		parts = append(parts, pdf.SheetPart{Heading: "Text"})
	}
	for _, t := range p.Text {
		if t.Quoted {
			parts = append(parts, m.quoted(r, t))
		} else {
			parts = append(parts, m.paragraphs(r, t.Lines)...)
		}
	}
	if p.Passed != nil {
		parts = append(parts, pdf.SheetPart{Heading: "The message that was passed on"})
		parts = append(parts, m.page(r, p.Passed)...)
	}
	if len(p.Files) > 0 {
		parts = append(parts, pdf.SheetPart{Heading: "Attached"})
	}
	for _, f := range p.Files {
		where := "Not bound"
		if x := m.known[f.SHA256]; x != nil {
			where = "Exhibit " + strconv.Itoa(x.Number)
		}
		parts = append(parts, pdf.SheetPart{Entry: &pdf.Entry{Margin: []string{where}, Head: m.text(r, f.Name),
			Lines: []string{m.text(r, f.Says())}, Fine: []string{"SHA-256 " + f.SHA256}}})
	}
	if p.More > 0 {
		parts = append(parts, pdf.SheetPart{Text: "Further files, which are in the original: " + strconv.Itoa(p.More)})
	}
	return parts
}

// paragraphs sets lines as paragraphs, which empty lines part.
func (m *maker) paragraphs(r *record, lines []string) (parts []pdf.SheetPart) {
	var p []string
	end := func() {
		if len(p) > 0 {
			parts = append(parts, pdf.SheetPart{Lines: p})
		}
		p = nil
	}
	for _, line := range lines {
		if line = m.text(r, line); line == "" {
			end()
			continue
		}
		p = append(p, line)
	}
	end()
	return parts
}

// quoted sets earlier mail apart.
func (m *maker) quoted(r *record, t received.Passage) pdf.SheetPart {
	e := &pdf.Entry{Margin: []string{"Earlier mail,", "quoted"}}
	for _, line := range append(slices.Clip(t.Lines), t.LeftOut()) {
		e.Fine = append(e.Fine, m.text(r, line))
	}
	return pdf.SheetPart{Entry: e}
}
