package main

import (
	"strings"

	"foia/internal/agency"
	"foia/internal/law"
)

// aged is the contact for a channel, with its age.
func aged(o agency.Office, c agency.Channel) string {
	contact := o.ContactFor(c)
	if age := o.Age(c); age != "" {
		contact += " (" + age + ")"
	}
	return contact
}

func checkAt(where string) string {
	if where == "" {
		return ""
	}
	return "; check " + where
}

// showAppeal shows where appeals go, in what time and with what in them; where sources
// differ, all of them.
func (a *app) showAppeal(o agency.Office, line func(label, value string)) {
	some := func(label, value string) {
		if value != "" {
			line(label, value)
		}
	}
	book, err := law.LoadFederal()
	if err != nil {
		panic("the built-in law cannot be read: " + err.Error()) // a test reads it
	}
	rules := book.For(o.ID, o.Law).Rules("appeal-address")
	for _, r := range rules {
		line("Appeal to", r.Value+" ("+r.Cite+": "+r.Says+")")
	}
	p, ok := agency.AppealOf(o)
	if !ok {
		return
	}
	some("Appeal to", p.To)
	if len(rules) == 0 {
		some("  mail", strings.Join(p.Address, ", "))
	}
	some("  e-mail", p.Email)
	some("  fax", p.Fax)
	some("  portal", p.Portal)
	for _, kind := range []struct{ label, matter string }{{"  time", ""}, {"  fee waiver", agency.FeeWaiver},
		{"  expedition", agency.Expedition}} {
		w := p.WindowFor(kind.matter)
		if w != nil && (kind.matter == "" || *w != *windowOr(p.WindowFor(""))) {
			line(kind.label, w.String())
		}
	}
	some("  marking", p.Marking)
	some("  to contain", strings.Join(p.Contents, "; "))
	some("  no answer", map[string]string{"yes": "a late answer may be appealed, too; the way to court is open without an appeal",
		"no": "a late answer may not be appealed, by this source; the way to court is open without an appeal"}[p.Silence])
	for _, d := range p.Differs {
		line("  but", d.String())
	}
	for _, n := range p.Notes {
		line("  note", n)
	}
	line("  read in", p.Cite+", "+p.Age()+"; confidence "+p.Confidence+"; "+p.Source)
}

func windowOr(w *agency.Window) *agency.Window {
	if w == nil {
		return &agency.Window{}
	}
	return w
}
