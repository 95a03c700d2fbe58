package packet

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/letter"
	"foia/internal/pdf"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// sheet is a sheet of the packet that has no content yet.
func (m *maker) sheet(title string, first, of int) pdf.Sheet {
	who := m.IDs[0]
	if more := len(m.IDs) - 1; more > 0 {
		who += fmt.Sprintf(" and %d more", more)
	}
	s := pdf.Sheet{Title: title, First: first, Of: of, Reference: "Administrative record · " + who + " · " + m.On.Letter(),
		Meta: letter.Meta{Title: "Administrative record, " + who, Author: m.author(), Subject: "Requests, events and exhibits",
			Language: "en-US", Date: m.On}}
	if m.Publication {
		s.Reference += " · publication copy"
	}
	for _, r := range m.records {
		if r.Sample {
			s.Mark = letter.SampleMark
		}
	}
	return s
}

// author is whose record it is.
func (m *maker) author() string {
	var out []string
	for _, r := range m.records {
		if name := m.text(r, r.requester.Asks()); !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return strings.Join(out, "; ")
}

// signers are the persons who ask for an organization; a publication names none.
func (m *maker) signers() string {
	var out []string
	for _, r := range m.records {
		if name := r.requester.Name; !m.Publication && name != r.requester.Asks() && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return m.Press.Fonts.Printable(strings.Join(out, "; "))
}

func fact(name, value string) pdf.SheetPart { return pdf.SheetPart{Fact: [2]string{name, value}} }

// cover is the first sheet.
func (m *maker) cover(c *counts) pdf.Sheet {
	s := m.sheet("Administrative record", 1, c.all)
	s.Parts = append(s.Parts, fact("Requester", m.author()))
	if names := m.signers(); names != "" {
		s.Parts = append(s.Parts, fact("Signed by", names))
	}
	s.Parts = append(s.Parts, fact("Made on", m.On.Letter()),
		fact("Extent", counted(len(m.exhibits), "exhibit")+", "+counted(c.all, "page")))
	for _, r := range m.records {
		s.Parts = append(s.Parts, pdf.SheetPart{Heading: "Request " + r.ID})
		for _, f := range m.told(r) {
			if f[1] != "" {
				s.Parts = append(s.Parts, pdf.SheetPart{Fact: f})
			}
		}
	}
	s.Parts = append(s.Parts, pdf.SheetPart{Heading: "Contents"})
	for _, part := range c.parts {
		s.Parts = append(s.Parts, fact("page "+strconv.Itoa(part.first), part.title))
	}
	s.Parts = append(s.Parts, pdf.SheetPart{Heading: "How to read it"})
	for _, text := range m.reading() {
		s.Parts = append(s.Parts, pdf.SheetPart{Text: text})
	}
	return s
}

// told is what the cover says of a request.
func (m *maker) told(r *record) [][2]string {
	office := strings.TrimPrefix(r.Agency+", "+r.Component, ", ")
	numbers := strings.Join(r.state.Numbers, "; ")
	exhibits, pages := 0, 0
	for _, x := range m.exhibits {
		if x.of == r {
			exhibits, pages = exhibits+1, pages+x.Pages
		}
	}
	status := strings.ReplaceAll(string(r.state.Status), "you", "the requester")
	if r.state.Outcome != "" {
		status += ", outcome: " + r.state.Outcome
	}
	facts := [][2]string{{"Subject", r.Subject}, {"Agency", strings.TrimSuffix(office, ", ")},
		{"Tracking number", cmp.Or(numbers, "none known")}, {"Letter of", r.Created.Letter()}, {"Rests on", restsOn(r.Request)},
		{"Law", r.Law}, {"Status", status + " (as of " + m.On.Letter() + ")"}, {"Referred from", r.Parent},
		{"Events", fmt.Sprintf("%d; the last has SHA-256 %s", len(r.events), r.events[len(r.events)-1].Hash)},
		{"Exhibits", fmt.Sprintf("%d, with %s", exhibits, counted(pages, "page"))}}
	if later := len(r.all) - len(r.events); later > 0 {
		facts = append(facts, [2]string{"Left out", fmt.Sprintf("%s after %s", counted(later, "event"), m.On.Letter())})
	}
	for i := range facts {
		facts[i][1] = m.text(r, facts[i][1])
	}
	return facts
}

// reading says what the record rests on, and what it does not show.
func (m *maker) reading() []string {
	out := []string{
		"The requester made this record with foia, from a log in which events are added and none is changed. Each event has a SHA-256 " +
			"that covers its content and the SHA-256 of the event before it; each file has the SHA-256 the log took when the file was " +
			"kept. Both were checked when this record was made: it agrees with that log, and the files are the ones that were kept. A " +
			"seal or time stamp held by someone else can show that the log was not rewritten as a whole; the exhibits can show that what " +
			"was entered is true.",
		"The exhibits are bound as pages. Attached files, forms, signatures and anything that runs by itself stay in the originals, " +
			"whose SHA-256 is in the index. Pages are numbered through the whole record, at the foot of its own sheets and as PDF " +
			"viewers count them.",
	}
	if m.Publication {
		out = append(out, "This is a publication copy: the requester’s names, addresses and numbers are left out, the requester’s "+
			"letters are typeset again without them, and received files are shown only where the requester chose to. The SHA-256 values "+
			"are those of the originals.")
	}
	return out
}

// deadlines is the sheet of what was and is due in a request.
func (m *maker) deadlines(r *record, first, of int) pdf.Sheet {
	s := m.sheet(m.titled("Deadlines", r), first, of)
	s.Parts = append(s.Parts, pdf.SheetPart{Text: "As of " + m.On.Letter() + ": each date with the event it starts from, the rule, and " +
		"the days that were left out. Computed from the log; not legal advice."})
	switch {
	case r.state.LawUnknown:
		s.Parts = append(s.Parts, pdf.SheetPart{Text: "foia does not know which law applies to this office, so it counts no deadlines."})
	case len(r.state.Deadlines) == 0:
		s.Parts = append(s.Parts, pdf.SheetPart{Text: "No deadline is running yet."})
	}
	for _, d := range r.state.Deadlines {
		s.Parts = append(s.Parts, pdf.SheetPart{Entry: m.deadline(r, d)})
	}
	if len(r.state.Remarks) > 0 {
		s.Parts = append(s.Parts, pdf.SheetPart{Heading: "What the law says about events"})
	}
	for _, rm := range r.state.Remarks {
		text := rm.Says
		if rm.Cite != "" {
			text += " (" + rm.Cite + ")"
		}
		s.Parts = append(s.Parts, fact("Event "+strconv.Itoa(rm.Event), m.text(r, text+".")))
	}
	return s
}

func (m *maker) deadline(r *record, d docket.Deadline) *pdf.Entry {
	who := "Requester"
	if d.Who == docket.Agency {
		who = "Agency"
	}
	e := &pdf.Entry{Margin: []string{dayOr(d.Due, "unknown"), who}, Head: m.text(r, remedy.Capital(d.Title())+" — "+d.Standing(m.On)),
		Lines: []string{m.text(r, d.Explain())}}
	var fine []string
	if d.Cite != "" {
		fine = append(fine, m.text(r, "Rule: "+d.Cite))
	}
	if d.Event > 0 {
		fine = append(fine, "starts from event "+strconv.Itoa(d.Event))
	}
	e.Fine = []string{remedy.Capital(strings.Join(fine, "; "))}
	return e
}

// restsOn says what a request rests on whose letter is not in the record; empty: its letter is.
func restsOn(r docket.Request) string {
	if r.Imported() {
		return "a row of another tracker, which is an exhibit; the letter itself is not in the record"
	}
	return ""
}

func dayOr(d workday.Date, unknown string) string {
	if d.IsZero() {
		return unknown
	}
	return d.Letter()
}

// titled is a title, with the request if there are several.
func (m *maker) titled(title string, r *record) string {
	if len(m.records) > 1 {
		title += ", request " + r.ID
	}
	return title
}

// index is the list of the exhibits, and of the files that were kept with them.
func (m *maker) index(first, of int) pdf.Sheet {
	s := m.sheet("Index of exhibits", first, of)
	if len(m.exhibits) == 0 {
		s.Parts = append(s.Parts, pdf.SheetPart{Text: "There are none."})
	}
	for _, x := range m.exhibits {
		e := &pdf.Entry{Margin: []string{"Exhibit " + strconv.Itoa(x.Number), "page " + strconv.Itoa(x.Page)}, Head: x.Title,
			Lines: []string{dayOr(x.Date, "day not known") + "; came with " + m.source(x), m.file(x)},
			Fine:  []string{"SHA-256 " + m.text(x.of, x.SHA256)}}
		s.Parts = append(s.Parts, pdf.SheetPart{Entry: e})
	}
	if slices.ContainsFunc(m.records, func(r *record) bool { return len(r.beside) > 0 }) {
		s.Parts = append(s.Parts, pdf.SheetPart{Heading: "Kept with the letters but not bound"})
	}
	for _, r := range m.records {
		for _, b := range r.beside {
			s.Parts = append(s.Parts, pdf.SheetPart{Entry: &pdf.Entry{Margin: []string{"with exhibit " + strconv.Itoa(m.letterOf(r, b))},
				Lines: []string{m.text(r, fmt.Sprintf("%s, %s", b.Name, counted(int(b.Size), "byte")))},
				Fine:  []string{"SHA-256 " + m.text(r, b.SHA256)}}})
		}
	}
	return s
}

// source is the event that an exhibit came with.
func (m *maker) source(x *Exhibit) string {
	text := fmt.Sprintf("event %d of request %s", x.Event, x.Request)
	if c, ok := x.of.struck[x.Event]; ok {
		text += fmt.Sprintf(", which event %d corrects", c.Seq)
	}
	return text
}

// file is the name of an exhibit's file, its size, and what of it is bound.
func (m *maker) file(x *Exhibit) string {
	text := fmt.Sprintf("%s; %s; ", x.Where(), counted(int(x.Size), "byte"))
	if x.Why != "" {
		return m.text(x.of, text+"not bound: "+x.Why)
	}
	return m.text(x.of, text+counted(x.Pages, "page"))
}

// Where is where the content of an exhibit is.
func (x *Exhibit) Where() string {
	if x.Place != "" {
		return fmt.Sprintf("%s, part %s of %s", x.called, x.Place, x.Name)
	}
	return x.Name
}

// between is the sheet before an exhibit.
func (m *maker) between(x *Exhibit, first, of int) pdf.Sheet {
	s := m.sheet("Exhibit "+strconv.Itoa(x.Number), first, of)
	s.Large = true
	s.Parts = []pdf.SheetPart{fact("Title", x.Title), fact("Date", dayOr(x.Date, "not known")), fact("Came with", m.source(x))}
	if x.Came > 0 {
		s.Parts = append(s.Parts, fact("Attached to", "exhibit "+strconv.Itoa(x.Came)))
	}
	s.Parts = append(s.Parts, fact("File", m.text(x.of, x.Where())),
		fact("Size", counted(int(x.Size), "byte")), fact("SHA-256", m.text(x.of, x.SHA256)))
	if x.Why == "" {
		pages := fmt.Sprintf("%d, on pages %d to %d of this record", x.Pages, first+x.sheet, first+x.sheet+x.Pages-1)
		if x.Pages == 1 {
			pages = fmt.Sprintf("1, on page %d of this record", first+x.sheet)
		}
		s.Parts = append(s.Parts, fact("Pages", pages))
		if x.Note != "" {
			s.Parts = append(s.Parts, fact("Note", remedy.Capital(x.Note)+"."))
		}
		return s
	}
	s.Parts = append(s.Parts, fact("Not bound", remedy.Capital(x.Why)+"."), fact("Original", m.original(x)))
	return s
}

// original says where an exhibit that is not bound can be found.
func (m *maker) original(x *Exhibit) string {
	switch {
	case m.Publication:
		return "With the requester; its SHA-256 is the one above."
	case m.Zip && x.host != nil:
		return "In the ZIP that belongs to this record, within that message."
	case m.Zip:
		return "In the ZIP that belongs to this record, byte for byte; its manifest.json says where."
	}
	if x.host != nil {
		return "With the requester, within that message."
	}
	return "With the requester, in the log’s own file of that name; its SHA-256 is the one above."
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return entered.Grouped(strconv.Itoa(n)) + " " + what + "s"
}
