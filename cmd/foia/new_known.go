package main

import (
	"strings"

	"foia/internal/agency"
	"foia/internal/report"
	"foia/internal/terminal"
)

// officeOption is an office to choose from, with what is known of it.
func (l *leading) officeOption(o agency.Office) terminal.Option {
	label := o.FullName()
	if o.Abbreviation != "" {
		label = o.Abbreviation + ": " + label
	}
	if o.IsElsewhere() {
		under := o.UnderLaw()
		switch via := o.Preferred(); {
		case via == "":
			under += ", no contact"
		case o.Doubtful(via):
			under += ", doubtful"
		}
		label += " (" + under + ")"
	}
	return terminal.Option{Label: label, Value: o.ID, More: l.known(o)}
}

// known is what the directory says of an office: its law, how it is reached, how sure that is and
// from where, what to mind, and what it reported.
func (l *leading) known(o agency.Office) string {
	if o.UserAdded {
		return "your own office"
	}
	var parts []string
	if o.IsElsewhere() {
		parts = append(parts, "law "+o.UnderLaw())
	}
	via := o.Preferred()
	if via == "" {
		parts = append(parts, "no contact for requests is known")
	} else {
		parts = append(parts, "by "+via.Word()+", "+o.Age(via))
	}
	confidence := "confidence " + o.Confidence
	if o.Doubtful(via) {
		confidence += " (doubtful: check it before you send)"
	}
	parts = append(parts, confidence)
	var traps []string
	for _, t := range o.Traps {
		traps = append(traps, t.Label())
	}
	if len(traps) > 0 {
		parts = append(parts, "mind: "+strings.Join(traps, ", "))
	}
	if f, ok := agency.FiguresOf(o); ok {
		parts = append(parts, "reported for fiscal year "+f.Year+", no estimate: "+strings.Join(f.Says(), "; "))
	}
	if o.IsElsewhere() {
		from := o.Source + ", " + o.Dated
		if s, ok := o.SourceOf(via); ok {
			from = s.Ref + ", " + s.Date
		}
		parts = append(parts, "source "+from)
	}
	return strings.Join(parts, " · ")
}

// figures are what the office reported of a fiscal year, and what came of the log's own requests
// to it, as notes above the letter. Neither says how long this request will take.
func (l *leading) figures() (notes []string, err error) {
	office, known := l.office()
	if !known {
		return nil, nil
	}
	if f, ok := agency.FiguresOf(office); ok {
		notes = append(notes, "fiscal year "+f.Year+", as the office reported it, no estimate: "+strings.Join(f.Says(), "; ")+
			" ("+f.Source+")")
	}
	if office.ID == "" || !l.desk.Workspace.HasLog() {
		return notes, nil
	}
	log, err := l.desk.Log(l.a.context())
	if err != nil {
		return nil, err
	}
	own, err := report.OfOffice(l.a.context(), log, office.ID, l.a.today())
	if err != nil {
		return nil, err
	}
	if own.Sent > 0 {
		notes = append(notes, "your log: "+ownWords(own))
	}
	return notes, nil
}
