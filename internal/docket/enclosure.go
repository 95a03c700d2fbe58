package docket

import (
	"slices"
	"strings"

	"foia/internal/workday"
)

// Enclosure is a copy that goes with a letter to a reviewer.
type Enclosure struct {
	What  string // in words, as the letter lists it
	On    workday.Date
	Event int
	Held  bool // the log has the file
}

// The enclosures that laws ask for, as their routes name them.
const (
	EncloseRequest        = "request"
	EncloseAnswer         = "answer"
	EncloseCharges        = "charges"
	EncloseCorrespondence = "correspondence"
)

// Enclosures are the copies that a way of review asks for; where it asks for none, the
// request and the decision, which any reviewer needs.
func (v *View) Enclosures(r Review) []Enclosure {
	wanted := r.Encloses
	if len(wanted) == 0 {
		wanted = []string{EncloseRequest, EncloseAnswer}
	}
	var out []Enclosure
	add := func(what string, e Event) {
		x := Enclosure{What: what + " " + e.On.Letter(), On: e.On, Event: e.Seq, Held: v.holds(e)}
		if !slices.ContainsFunc(out, func(o Enclosure) bool { return o.Event == x.Event }) {
			out = append(out, x)
		}
	}
	for _, name := range wanted {
		switch {
		case name == EncloseRequest:
			e := v.f.life.first(Drafted)
			if v.f.request.Imported() {
				e = v.f.life.first(Sent) // the copy is yours to find
			}
			if e != nil {
				add("Copy of my request of", *e)
			}
		case name == EncloseAnswer && r.Of != nil && r.Matter == "determination":
			add("Copy of the decision of", *r.Of)
		case name == EncloseCharges && r.Of != nil, name == EncloseAnswer && r.Of != nil:
			add("Copy of the notice of charges of", *r.Of)
		case name == EncloseCorrespondence:
			v.correspondence(add)
		}
	}
	if r.Before != nil {
		add("Copy of my request for review of", r.Before.Event)
		add("Copy of the outcome of the review of", *r.Before.decided)
	}
	return out
}

// correspondence is every letter that the agency wrote about the request, and every one
// that went to it.
func (v *View) correspondence(add func(what string, e Event)) {
	for _, e := range v.f.life {
		switch {
		case e.Kind == LetterMade && v.f.life.sentOn(e) != nil:
			add("Copy of my letter of", e)
		case e.Kind == Determination || e.Kind == AppealDecided || slices.Contains(contact, e.Kind):
			add("Copy of the agency’s letter of", e)
		}
	}
}

// holds tells whether the log has the file of an event: with the event itself, or added
// later under its day.
func (v *View) holds(e Event) bool {
	if e.Data["files"] != "" || e.Kind == Drafted && len(v.f.request.Documents) > 0 {
		return true
	}
	if made := v.f.life.made(e); made != nil && made.Data["files"] != "" {
		return true
	}
	return slices.ContainsFunc(v.f.life, func(x Event) bool { return x.Kind == FileAdded && x.On == e.On && x.Data["files"] != "" })
}

// FilesOf are the files of copies that the log has.
func (v *View) FilesOf(all []Enclosure) (out []Document) {
	for _, x := range all {
		if first := v.f.life.first(Drafted); first != nil && first.Seq == x.Event {
			out = append(out, pdfs(v.f.request.Documents)...)
		}
		for _, e := range v.f.life {
			if e.Seq != x.Event && (e.Kind != FileAdded || e.On != x.On) {
				continue
			}
			if files, err := e.Files(); err == nil { // what cannot be read is named by foia verify
				out = append(out, own(e, files)...)
			}
		}
	}
	return out
}

// own are the files of an event that show what it is: of a letter that foia made, the
// PDF; of what came, everything.
func own(e Event, files []Document) []Document {
	if e.Kind == LetterMade {
		return pdfs(files)
	}
	return files
}

func pdfs(files []Document) []Document {
	return slices.DeleteFunc(slices.Clone(files), func(d Document) bool { return !strings.HasSuffix(d.Name, ".pdf") })
}

// made is the letter whose sending an event is; nil if it names none.
func (l life) made(e Event) *Event {
	for i, made := range l {
		if made.Kind == LetterMade && l.sentOn(made) != nil && l.sentOn(made).Seq == e.Seq {
			return &l[i]
		}
	}
	return nil
}

// Enclosed are the files of what a letter lists as enclosed: of the request, or of the events that match; of what
// foia made, the PDFs.
func Enclosed(r Request, events []Event, matches func(Event) bool) (out []Document) {
	add := func(files []Document) {
		for _, f := range files {
			if !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
	}
	for _, e := range lifeOf(bySeq(events)) {
		if !matches(e) {
			continue
		}
		switch files, err := e.Files(); {
		case e.Kind == Drafted:
			add(pdfs(r.Documents))
		case err == nil && e.Kind != Redrafted: // what cannot be read is named by foia verify
			add(own(e, files))
		}
	}
	return out
}
