package correspondence

import (
	"fmt"
	"slices"
	"strings"

	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/pdf"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// Mailed is a letter that is sent by mail, as it was kept; its PDF is read when it is
// needed.
type Mailed struct {
	ID        string
	Office    string
	Addressee []string
	Dated     workday.Date
	From      []string // its letterhead
	Mark      string
	folder    string
	document  docket.Document
	in        Kept
}

// MailedLetter reads the letter of a request, or the last of a later kind, if it
// is sent by mail; else there is none. The error is also that it was changed, or has no
// postal address.
func MailedLetter(in Kept, r docket.Request, events []docket.Event, kind string) (*Mailed, error) {
	m := &Mailed{ID: r.ID, Office: r.OfficeName(), Dated: r.Created, folder: r.Folder, in: in}
	documents, name, via := r.Documents, pdfOf(r), r.Via
	if kind != "" {
		i := lastLetter(events, kind)
		if i < 0 {
			return nil, nil
		}
		var err error
		if documents, err = events[i].Files(); err != nil {
			return nil, err
		}
		m.Dated, via = events[i].On, events[i].Data["via"]
		name = ""
		for _, d := range documents {
			if strings.HasSuffix(d.Name, ".pdf") {
				name = d.Name
			}
		}
	}
	if via != "mail" {
		return nil, nil
	}
	parts, err := in.read(r, documents, strings.TrimSuffix(name, ".pdf")+".json", letter.LongestJSON)
	if err != nil {
		return nil, err
	}
	doc, err := letter.ReadDocument(parts)
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(documents, func(d docket.Document) bool { return d.Name == name }); i >= 0 {
		m.document = documents[i]
	}
	m.Addressee, m.From, m.Mark = doc.Addressee, doc.Letterhead, doc.Mark
	if !slices.ContainsFunc(doc.Addressee, func(line string) bool { return strings.ContainsAny(line, "0123456789") }) {
		return nil, remedy.Misuse("the letter has no postal address", "its addressee is: "+strings.Join(doc.Addressee, ", "))
	}
	return m, nil
}

func lastLetter(events []docket.Event, kind string) int {
	struck := docket.Corrected(events)
	for i, e := range slices.Backward(events) {
		if e.Kind == docket.LetterMade && e.Data["letter"] == kind && !struck[e.Seq] {
			return i
		}
	}
	return -1
}

// PDF reads the letter, and makes sure that it is as it was made.
func (m *Mailed) PDF() ([]byte, error) {
	r := docket.Request{ID: m.ID, Folder: m.folder}
	return m.in.read(r, []docket.Document{m.document}, m.document.Name, largestSheet)
}

// MailingList is a list of letters for the post office.
type MailingList struct {
	Title   string
	On      workday.Date
	Letters []*Mailed
	First   int // the number of the first
	All     int // how many there are with those of the other lists
}

// Print prints the list.
func (l MailingList) Print(p *press.Press) ([]byte, error) {
	first := l.Letters[0]
	count := fmt.Sprint(len(l.Letters))
	if len(l.Letters) < l.All {
		count = fmt.Sprintf("%d (numbers %d to %d)", len(l.Letters), l.First, l.First+len(l.Letters)-1)
	}
	list := pdf.MailingList{Meta: letter.Meta{Title: l.Title, Author: first.From[0], Subject: "Letters that go by mail", Language: "en-US",
		Date: l.On},
		From: first.From, Title: l.Title, First: l.First,
		Facts: [][2]string{{"Letters", count}, {"List of", l.On.Letter()}, {"Mailed on", ""}}}
	for _, m := range l.Letters {
		if m.Mark != "" {
			list.Mark = m.Mark
		}
		list.Letters = append(list.Letters, pdf.MailedLetter{ID: m.ID, Addressee: m.Addressee})
	}
	file, err := p.Fonts.MailingList(list, p.Plain())
	if err != nil {
		return nil, err
	}
	return file.Bytes, nil
}
