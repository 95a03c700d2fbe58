package correspondence

import (
	"fmt"
	"slices"
	"strings"

	"foia/internal/agency"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/remedy"
)

// appealAddress is that on the letter of determination, or that of the rule that
// binds the office; where sources differ, all are shown. Without any, the letter cannot be
// made: an appeal that reaches nobody in time is lost.
func appealAddress(o *letter.Order, r route) (notes []string, err error) {
	rules := o.Regime.Rules("appeal-address")
	known, there := agency.AppealOf(o.Office)
	switch {
	case len(o.Addressee) > 0 || o.Contact != "":
	case r.appealTo != "":
		o.Addressee = addressee(o.Office, "appeals", lines(r.appealTo))
	case len(rules) > 0:
		o.Addressee = lines(rules[0].Value)
	case there:
		notes = appealKnown(o, known)
	}
	notes = append(notes, rulesDiffer(rules)...)
	if there && r.matter != "" { // what is written about an appeal later is bound by none of it
		notes = append(notes, appealRule(known, r.matter)...)
	}
	if o.Channel == "" {
		o.Channel = agency.Mail
	}
	if o.Contact == "" {
		o.Contact = known.ContactFor(o.Channel)
	}
	if len(o.Addressee) > 0 {
		return notes, nil
	}
	if o.Channel == agency.Mail || o.Contact == "" {
		return notes, noAppealAddress(o.Office, known)
	}
	o.Addressee = nameLines(o.Office, "appeals")
	if o.Contact != known.ContactFor(o.Channel) {
		notes = append(notes, "no rule foia knows gives the address for appeals to "+o.Office.Name+"; follow the determination letter")
	}
	return notes, nil
}

// appealKnown addresses an appeal as the list of appeals has it: by mail where it has an
// address, which every agency takes, else by what else it has.
func appealKnown(o *letter.Order, a agency.Appeal) []string {
	if o.Channel == "" && len(a.Address) == 0 {
		for _, c := range []agency.Channel{agency.Email, agency.Fax, agency.Portal} {
			if a.ContactFor(c) != "" {
				o.Channel = c
				break
			}
		}
	}
	o.Addressee = addressee(o.Office, "appeals", slices.Clone(a.Address))
	if len(a.Address) == 0 && (o.Channel == "" || a.ContactFor(o.Channel) == "") {
		return nil
	}
	note := fmt.Sprintf("where it goes is from %s, %s", a.Where(), a.Age())
	if a.Confidence != "high" {
		note += " (foia is not certain of it)"
	}
	return []string{note + "; an address in the determination letter prevails"}
}

// rulesDiffer shows the rules on where an appeal goes if there are several.
func rulesDiffer(rules []law.Rule) (notes []string) {
	if len(rules) < 2 {
		return nil
	}
	for _, rule := range rules {
		notes = append(notes, fmt.Sprintf("%s: %s (%s)", rule.Cite, rule.Value, rule.Says))
	}
	return append(notes, "the address in the determination letter prevails over all of these")
}

// appealRule says what the source wants of an appeal, and what another source says of the
// same.
func appealRule(a agency.Appeal, matter string) (notes []string) {
	var wants []string
	if m := a.MarkingFor(matter); m != "" {
		wants = append(wants, "mark the letter and the envelope or subject line “"+m+"”")
	}
	if len(a.Contents) > 0 {
		wants = append(wants, "see that the appeal has: "+strings.Join(a.Contents, "; "))
	}
	if len(wants) > 0 {
		notes = append(notes, fmt.Sprintf("%s (%s)", strings.Join(wants, "; "), a.Where()))
	}
	if w := a.WindowFor(matter); w != nil {
		notes = append(notes, "time to appeal: "+w.String())
	}
	for _, d := range a.DiffersOn(matter) {
		notes = append(notes, "but "+d.String())
	}
	return append(notes, a.Notes...)
}

// NoAddress says that nothing tells where a letter goes. Whoever has the agency's letter at hand can
// say it.
type NoAddress struct{ misuse *remedy.Error }

func (e *NoAddress) Error() string { return e.misuse.Error() }

// Unwrap is what is wrong, and what to do.
func (e *NoAddress) Unwrap() error { return e.misuse }

// noAppealAddress says that nothing tells where an appeal goes, and what is known.
func noAppealAddress(o agency.Office, a agency.Appeal) error {
	m := remedy.Misuse("foia does not know where appeals to "+o.Name+" go: no rule it knows says so, and no letter that is in the log",
		"take the address from the determination letter: "+postal()+", or "+byEmail())
	if a.To != "" {
		m.What = fmt.Sprintf("foia does not know where appeals to %s go: %s names only whom they go to, not where: %s",
			o.Name, a.Where(), a.To)
	}
	if a.Portal != "" && a.ContactFor(agency.Portal) == "" {
		m.Do += "; or from " + a.Portal
	}
	return &NoAddress{m}
}
