package correspondence

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/pdf"
	"foia/internal/portal"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// PaperKinds are the papers that can be made from a letter, in the order in which
// they are listed, with what each is.
var PaperKinds = [][2]string{
	{"envelope", "a #10 envelope with both addresses, to print"},
	{"certified", "a cover sheet for certified mail: what was mailed, to whom, with its number"},
	{"fax", "a fax cover sheet"},
	{"text", "the letter as plain text"},
	{"email", "the letter as the text of an e-mail, with recipient and subject"},
	{"eml", "the letter attached to an e-mail, as a file that mail programs open as something to send"},
	{"publication", "a copy for anyone to see, without the requester's street, ZIP code, phone and e-mail"},
}

// Paper is another paper from a letter that was made.
type Paper struct {
	Kind string
	Email
	Number string       // of certified mail
	Date   workday.Date // of a cover sheet
}

// MadePaper is a paper: a PDF or a text.
type MadePaper struct {
	Name  string // what its file is called
	Bytes []byte
	Text  bool
}

// frozenLetter is a letter as it was kept when it was made.
type frozenLetter struct {
	request   docket.Request
	requester letter.Requester
	doc       letter.Document
	kind      string // "" for the request, else that of the letter
	file      string // of its PDF, below the request's folder
	pages     int
	sheet     []byte // the PDF
	sum       string // its SHA-256
}

// Paper makes a paper from a letter, as the letter was kept. Nothing is logged:
// the paper can be made again at any time.
func (in Kept) Paper(p *press.Press, r docket.Request, events []docket.Event, want Paper) (*MadePaper, error) {
	if !slices.ContainsFunc(PaperKinds, func(k [2]string) bool { return k[0] == want.Kind }) {
		return nil, remedy.Misuse("unknown paper “"+want.Kind+"”",
			"see: "+remedy.To(remedy.Papers).String())
	}
	if want.Kind == "eml" {
		return in.draft(p, r, events, want.Email)
	}
	l, err := in.frozen(r, events, want.Letter)
	if err != nil {
		return nil, err
	}
	out := &MadePaper{Name: r.ID}
	if l.kind != "" {
		out.Name += "-" + strings.TrimSuffix(path.Base(l.file), ".pdf")
	}
	out.Name += "-" + want.Kind + ".pdf"
	var file *pdf.File
	switch want.Kind {
	case "envelope":
		file, err = envelope(p, l)
	case "certified":
		file, err = p.Fonts.Cover(l.certified(want), p.Plain())
	case "fax":
		file, err = fax(p, l, want)
	case "publication":
		file, err = publication(p, l)
	case "text":
		return l.text(out, l.doc.PlainText(textWidth)), nil
	case "email":
		return l.text(out, l.doc.EmailText(textWidth, path.Base(l.file))), nil
	}
	if err != nil {
		return nil, err
	}
	out.Bytes = file.Bytes
	return out, nil
}

// draft is the message that carries a letter, as a file.
func (in Kept) draft(p *press.Press, r docket.Request, events []docket.Event, want Email) (*MadePaper, error) {
	o, err := in.Email(p, r, events, want)
	if err != nil {
		return nil, err
	}
	content, err := o.Draft()
	return &MadePaper{Name: o.DraftName(), Bytes: content}, err
}

// textWidth is the length of the lines of plain text: what mail programs show
// whole, with room to quote (RFC 5322, 2.1.1, advises at most 78).
const textWidth = 72

func (l frozenLetter) text(out *MadePaper, text string) *MadePaper {
	out.Name = strings.TrimSuffix(out.Name, ".pdf") + ".txt"
	out.Bytes, out.Text = []byte(text), true
	return out
}

// frozen reads a letter as it was kept, and makes sure that it still is.
func (in Kept) frozen(r docket.Request, events []docket.Event, which string) (l frozenLetter, err error) {
	l.request = r
	if err := json.Unmarshal(r.Requester, &l.requester); err != nil {
		return l, fmt.Errorf("the requester of %s cannot be read: %w", r.ID, err)
	}
	documents, name := r.Documents, pdfOf(r)
	if which != "" {
		e, err := findLetter(r, events, which)
		if err != nil {
			return l, err
		}
		l.kind = e.Data["letter"]
		if documents, err = e.Files(); err != nil {
			return l, err
		}
		name = ""
		for _, d := range documents {
			if strings.HasSuffix(d.Name, ".pdf") {
				name = d.Name
			}
		}
	}
	l.file = name
	sheet, err := in.read(r, documents, name, largestSheet)
	if err != nil {
		return l, err
	}
	parts, err := in.read(r, documents, strings.TrimSuffix(name, ".pdf")+".json", letter.LongestJSON)
	if err != nil {
		return l, err
	}
	l.sheet = sheet
	sum := sha256.Sum256(sheet)
	l.sum = hex.EncodeToString(sum[:])
	if l.pages, err = pdf.Pages(sheet); err != nil {
		return l, fmt.Errorf("%s: %w", name, err)
	}
	l.doc, err = letter.ReadDocument(parts)
	return l, err
}

// findLetter finds a later letter by its kind, the last of that kind, or by the
// number of its event.
func findLetter(r docket.Request, events []docket.Event, which string) (docket.Event, error) {
	number, err := strconv.Atoi(which)
	var kinds []string
	for _, e := range slices.Backward(events) {
		if e.Kind != docket.LetterMade {
			continue
		}
		if e.Data["letter"] == which || err == nil && e.Seq == number {
			return e, nil
		}
		kinds = append(kinds, e.Data["letter"])
	}
	m := remedy.Misuse(r.ID+" has no letter “"+which+"”",
		"leave "+remedy.Name("letter")+" out for the request itself")
	if len(kinds) > 0 {
		slices.Reverse(kinds)
		m.Do = "its letters are: " + strings.Join(kinds, ", ")
	}
	return docket.Event{}, m
}

// Changed says that a file is not as it was when it was made.
type Changed struct{ What string }

func (c *Changed) Error() string { return c.What }

// Hint says what to do.
func (c *Changed) Hint() string { return "see: " + remedy.To(remedy.Verify).String() }

// largestSheet is more than any PDF that foia made, in bytes.
const largestSheet = 256 << 20

func (in Kept) read(r docket.Request, documents []docket.Document, name string, most int64) ([]byte, error) {
	i := slices.IndexFunc(documents, func(d docket.Document) bool { return d.Name == name })
	if i < 0 && r.Imported() {
		return nil, remedy.Misuse(r.ID+" was taken over from another tracker: its letter is not here",
			"if you have it, keep it with the request: "+remedy.To(remedy.Record, r.ID, string(docket.FileAdded)).With("attach",
				remedy.Open("FILE")).String())
	}
	if i < 0 {
		return nil, remedy.Misuse(r.ID+" has no "+name+" in its record",
			"it was made by an older foia, or opened by a referral: its letter is with the first request")
	}
	place := path.Join(r.Folder, name)
	if documents[i].Size > most {
		return nil, &Changed{fmt.Sprintf("%s is larger than what foia makes: the log says %d MB", place, documents[i].Size>>20)}
	}
	content, err := in.Workspace.OpenDocument(in.Context, in.Log, r, documents[i])
	if err != nil {
		return nil, &Changed{fmt.Sprintf("%s cannot be read: %v", place, err)}
	}
	raw, err := io.ReadAll(io.LimitReader(content, most))
	if err := errors.Join(err, content.Close()); err != nil {
		return nil, &Changed{fmt.Sprintf("%s cannot be read: %v", place, err)}
	}
	if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != documents[i].SHA256 {
		return nil, &Changed{place + " was changed after it was made"}
	}
	return raw, nil
}

// pdfOf is what the letter of a request is called.
func pdfOf(r docket.Request) string { return press.Called(r, press.PDFName) }

// largestForm is more than any portal.json that foia made, in bytes.
const largestForm = 1 << 20

// Fields are what goes into the agency's web form, as it was made with the request.
func (in Kept) Fields(r docket.Request) ([]portal.Field, error) {
	raw, err := in.read(r, r.Documents, press.Called(r, press.PortalJSON), largestForm)
	if err != nil {
		return nil, err
	}
	return portal.Read(raw)
}

// Kept are the documents of a log, wherever they are.
type Kept struct {
	Context   context.Context
	Workspace *workspace.Workspace
	Log       workspace.Documents
}

// marking is what the envelope and the cover sheets say in words: on an appeal, what the
// agency's rule wants there.
func (l frozenLetter) marking() string {
	var office agency.Office
	if matter := Matter(l.kind); matter != "" && json.Unmarshal(l.request.Office, &office) == nil {
		if a, ok := agency.AppealOf(office); ok && a.MarkingFor(matter) != "" {
			return a.MarkingFor(matter)
		}
	}
	what := "Request"
	switch {
	case Matter(l.kind) != "":
		what = "Appeal"
	case l.kind != "":
		what = "Correspondence"
	}
	if l.request.UnderLaw() != law.Federal {
		return "Public Records " + what
	}
	return "Freedom of Information Act " + what
}

func envelope(p *press.Press, l frozenLetter) (*pdf.File, error) {
	if !slices.ContainsFunc(l.doc.Addressee, func(line string) bool { return strings.ContainsAny(line, "0123456789") }) {
		return nil, remedy.Misuse("the letter has no postal address", "its addressee is: "+strings.Join(l.doc.Addressee, ", "))
	}
	meta := l.doc.Meta
	meta.Title = "Envelope: " + meta.Title
	return p.Fonts.Envelope(pdf.Envelope{Meta: meta, Mark: l.doc.Mark,
		From: append([]string{l.requester.Asks()}, l.requester.AddressLines()...),
		To:   l.doc.Addressee, Marking: l.marking()})
}

func (l frozenLetter) cover(title string, day workday.Date) pdf.Cover {
	meta := l.doc.Meta
	meta.Title, meta.Date = title+": "+meta.Title, day
	return pdf.Cover{Meta: meta, Reference: l.doc.Reference, Mark: l.doc.Mark, From: l.doc.Letterhead, Title: title}
}

func (l frozenLetter) certified(want Paper) pdf.Cover {
	c := l.cover("Certified mail: "+l.marking(), want.Date)
	c.Facts = [][2]string{
		{"Article number", want.Number}, {"Return receipt no.", ""}, {"Mailed on", ""},
		{"To", strings.Join(l.doc.Addressee, ", ")},
		{"From", strings.Join(append([]string{l.requester.Asks()}, l.requester.AddressLines()...), ", ")},
		{"Contents", fmt.Sprintf("Letter of %s, %s", l.doc.Date, remedy.Counted(l.pages, "page"))}, {"Subject", l.doc.Subject},
		{"SHA-256 of the letter", l.sum},
	}
	if len(l.doc.Enclosures) > 0 {
		c.Facts = append(c.Facts, [2]string{"Enclosures", strings.Join(l.doc.Enclosures, "; ")})
	}
	c.Notes = []string{"Keep this sheet with the postmarked receipt and, when it comes back, the return receipt: together they show what " +
		"was mailed, when and to whom.",
		fmt.Sprintf("Then enter it in the log, under %s, as sent by mail, with the article number as proof.", l.request.ID)}
	return c
}

func fax(p *press.Press, l frozenLetter, want Paper) (*pdf.File, error) {
	number := l.doc.Contact
	if l.doc.Channel != "fax" {
		number = ""
	}
	c := l.cover("Fax: "+l.marking(), want.Date)
	c.Facts = [][2]string{
		{"To", strings.Join(l.doc.Addressee, ", ")}, {"Fax number", number}, {"From", l.requester.Asks()}, {"Date", want.Date.Letter()},
		{"Pages", fmt.Sprintf("%d, with this sheet", l.pages+1)}, {"Subject", l.doc.Subject},
	}
	for _, fact := range [][2]string{{"Telephone", l.requester.Phone}, {"E-mail", l.requester.Email}} {
		if fact[1] != "" {
			c.Facts = append(c.Facts, fact)
		}
	}
	c.Notes = []string{"If a page is missing or cannot be read, please call or write to the sender named above."}
	return p.Fonts.Cover(c, p.Plain())
}

func publication(p *press.Press, l frozenLetter) (*pdf.File, error) {
	doc, err := l.doc.Publication(l.requester)
	if err != nil {
		return nil, remedy.Misuse(err.Error(),
			"publish the text instead, with that removed: "+remedy.To(remedy.Paper, remedy.Open("ID"), "text").String())
	}
	// Pictures may hold what the text does not: they are left out.
	return p.Fonts.Typeset(doc, p.Blank())
}
