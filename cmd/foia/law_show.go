package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"foia/internal/law"
	"foia/internal/workday"
)

// showRecordsLaw shows what was found of a law, what of it is counted and said, what is
// not verified, and in what it was read.
func (a *app) showRecordsLaw(p *law.PublicRecords, asJSON bool) error {
	if asJSON {
		return a.json(shownLaw{p, lawFile(p), p.Own()})
	}
	fmt.Fprintf(a.out, "%s: %s, %s\n", clean(p.ID), cell(p.Name), cell(p.Place))
	a.wrapped("  ", p.Citation)
	a.showFile(p)
	for _, r := range p.Readings() {
		for _, s := range r.Sources {
			a.wrappedAfter("  read, "+r.Grade+": ", "    ", sourceWords(s))
		}
	}
	a.fact(p, "custodian_title", "addressed to", p.Title(), "")
	a.showTimes(p)
	a.showTiming(p)
	a.showDuties(p)
	a.showRoutes(p)
	a.fact(p, "requester", "who may ask", p.Requester.Text, "")
	a.fact(p, "purpose", "purpose", p.Purpose.Text, "")
	a.fact(p, "fees.search", "search fees", p.Fees.Search, "")
	a.fact(p, "fees.copy", "copy fees", p.Fees.Copy, "")
	a.fact(p, "fees.waiver", "fee waiver", p.Fees.WaiverText, "")
	a.showSentences(p)
	a.showHolidays(p)
	for _, s := range p.Amendments {
		a.wrappedAfter("  amended: ", "    ", s)
	}
	for _, s := range p.Disagreements {
		a.wrappedAfter("  sources differ: ", "    ", s)
	}
	return nil
}

// shownLaw is a law as --json prints it.
type shownLaw struct {
	*law.PublicRecords
	File string   `json:"file"`
	Own  []string `json:"own_fields,omitempty"` // from the user's file
}

// lawFile is the file that a law is in: the user's, or one of the program.
func lawFile(p *law.PublicRecords) string { return cmp.Or(p.File, "laws/"+p.ID+".yaml") }

func (a *app) showFile(p *law.PublicRecords) {
	records, err := law.LoadRecords()
	if p.File == "" || err != nil {
		a.wrappedAfter("  file: ", "    ", "built in, "+lawFile(p))
		return
	}
	if _, over := records.Law(p.ID); !over {
		a.wrappedAfter("  file: ", "    ", p.File+", your own")
		return
	}
	a.wrappedAfter("  file: ", "    ", p.File+", your own, over the built-in one; from yours: "+strings.Join(p.Own(), ", "))
}

func sourceWords(s law.Source) string {
	words := fmt.Sprintf("%s, text of: %s, read %s", s.Ref, s.AsOf, s.Accessed)
	if len(s.Supports) > 0 {
		words += ", for " + strings.Join(s.Supports, ", ")
	}
	if s.Note != "" {
		words += " (" + s.Note + ")"
	}
	return words
}

// fact shows one field of a law, with its place in the law and whether it was verified.
func (a *app) fact(p *law.PublicRecords, field, name, text, cite string) {
	a.saidAt("  ", name, law.Said{Text: text, Cite: cite, Verified: p.Verified(field)})
}

// showTimes shows what is counted and what is not.
func (a *app) showTimes(p *law.PublicRecords) {
	for _, s := range p.Counted() {
		a.said("counted", s)
	}
	for _, s := range p.NotCounted() {
		a.said("not counted", s)
	}
	a.fact(p, "response.text", "time to answer", p.Response.Text, "")
	if p.Response.Silence != nil {
		silence := "no answer in time is no denial"
		if *p.Response.Silence {
			silence = "no answer in time is a denial"
		}
		a.fact(p, "response.silence_is_denial", "silence", silence, "")
	}
}

func (a *app) said(name string, s law.Said) { a.saidAt("  ", name, s) }

// saidAt shows what a law says, if it says something, behind an indent.
func (a *app) saidAt(indent, name string, s law.Said) {
	if s.Text == "" {
		return
	}
	if !s.Verified {
		name += " (not verified)"
	}
	text := s.Text
	if s.Cite != "" {
		text += ", " + s.Cite
	}
	a.wrappedAfter(indent+name+": ", indent+"  ", text)
}

// showTiming shows what bears on the office's time besides its stages; what nobody read
// is said to be unknown.
func (a *app) showTiming(p *law.PublicRecords) {
	for i, s := range p.Arrivals {
		a.fact(p, fmt.Sprintf("arrivals[%d]", i), "counts as received",
			fmt.Sprintf("what is sent by %s: %s", strings.Join(s.By, ", "), arrivalWords(s)), s.Cite)
	}
	if len(p.Arrivals) == 0 {
		a.wrapped("  ", "counts as received: unknown when")
	}
	switch l := p.LastDay; {
	case l == nil:
		a.wrapped("  ", "last day on which the office is closed: unknown what becomes of it")
	case l.Moves:
		a.fact(p, "last_day", "last day on which the office is closed", "moves to the next on which it is open"+inBrackets(l.Says), l.Cite)
	default:
		a.fact(p, "last_day", "last day on which the office is closed", "stays"+inBrackets(l.Says), l.Cite)
	}
	for i, s := range p.Stops {
		a.fact(p, fmt.Sprintf("stops[%d]", i), "what "+occasionNames[s.By]+" does to the time", stopWords(s), s.Cite)
	}
	if len(p.Stops) == 0 {
		a.wrapped("  ", "what a question or a notice of fees does to the time: unknown")
	}
	a.fact(p, "extension", "extension", extensionWords(p), p.Extension.Cite)
}

func inBrackets(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}

func arrivalWords(s law.Arrival) string {
	if s.Days == 0 {
		return "on the same day" + inBrackets(s.Says)
	}
	return law.Time(s.Days, s.Unit) + " later" + inBrackets(s.Says)
}

func stopWords(s law.Stop) string {
	words := map[string]string{"pauses": "pauses it: the rest runs afterward", "restarts": "all of it runs anew",
		"runs": "nothing: it runs on"}[s.Does]
	if s.Most > 0 {
		words += ", " + plural(s.Most, "time", "times") + " at most"
	}
	return words + inBrackets(s.Says)
}

func extensionWords(p *law.PublicRecords) string {
	e := p.Extension
	switch {
	case !e.Allowed:
		return "none" + inBrackets(e.Text)
	case e.Days > 0 && p.Use.Total:
		return law.Time(e.Days, e.Unit) + " from receipt in all" + inBrackets(e.Text)
	case e.Days > 0:
		return law.Time(e.Days, e.Unit) + " more" + inBrackets(e.Text)
	}
	return "allowed, without a number of days" + inBrackets(e.Text)
}

// occasionNames are what stops the time, or is to be answered.
var occasionNames = map[string]string{"question": "a question", "fees": "a notice of fees", "deposit": "a deposit asked for",
	"available": "records that are ready", "voluminous": "a request that is large", "website": "records that are on a website"}

// showDuties shows what the requester must do in time.
func (a *app) showDuties(p *law.PublicRecords) {
	for i, d := range p.Duties {
		words := d.Says
		if d.Days > 0 {
			words = strings.TrimPrefix(words+", within "+law.Time(d.Days, d.Unit), ", ")
			words += map[string]string{"sent": " from the date of the letter", "receipt": " from its receipt"}[d.From]
		}
		if d.Lapses {
			words += "; otherwise the request is over"
		}
		a.fact(p, fmt.Sprintf("duties[%d]", i), "you must, after "+occasionNames[d.On], words, d.Cite)
	}
}

// showSentences shows what a letter says of the law.
func (a *app) showSentences(p *law.PublicRecords) {
	for _, topic := range law.SentenceTopics {
		if s := p.Sentences()[topic]; s != nil {
			a.wrappedAfter("  the letter says: ", "    ", "“"+p.Fill(s)+"” (from "+strings.Join(s.Rests, ", ")+")")
		}
	}
}

func (a *app) showHolidays(p *law.PublicRecords) {
	a.wrappedAfter("  holidays: ", "    ", holidayWords(p))
	place, ok := workday.PlaceOf(p.ID)
	if !ok {
		return
	}
	a.wrappedAfter("  holidays read in: ", "    ", place.Source+", "+place.AsOf)
	for _, u := range place.Unknown {
		a.wrappedAfter("  not covered: ", "    ", u)
	}
}

// holidayWords are the holidays that are left out under a law, or that none are known.
func holidayWords(p *law.PublicRecords) string {
	place, ok := workday.PlaceOf(p.ID)
	if !ok {
		return "foia does not know them and counts them as working days: the actual date may be later than the one shown"
	}
	var names, may []string
	for _, d := range place.Days {
		list := &names
		if d.May {
			list = &may
		}
		if !slices.Contains(*list, d.Name) {
			*list = append(*list, d.Name)
		}
	}
	said := strings.Join(names, ", ") + " (" + place.Cite + ")"
	if len(may) > 0 {
		said += "; offices may be closed: " + strings.Join(may, ", ") +
			": an answer is late by every calendar only if these are left out, too"
	}
	return said
}
