package filing

import (
	"fmt"
	"regexp"
	"strings"

	"foia/internal/agency"
	"foia/internal/entered"
	"foia/internal/letter"
)

// address finds where the letter goes and how.
func address(o *letter.Order, t *letter.Template, f FollowUp, appealTo string) (notes []string, err error) {
	o.Channel, o.Contact = f.Via, f.Contact
	if f.Address != "" {
		o.Addressee = addressee(o.Office, t.To, lines(f.Address))
	}
	switch t.To {
	case "appeals":
		return appealAddress(o, appealTo)
	case "ogis":
		return nil, ogisAddress(o)
	case "liaison":
		if len(o.Addressee) == 0 {
			o.Addressee = append([]string{"Attention: FOIA Public Liaison"}, o.Office.AddressBlock()...)
		}
		if o.Contact == "" && o.Office.LiaisonEmail != "" && (o.Channel == "" || o.Channel == agency.Email) {
			o.Channel, o.Contact = agency.Email, o.Office.LiaisonEmail
		}
	}
	if o.Channel == "" {
		o.Channel = ordinaryChannel(o.Office)
	}
	if len(o.Addressee) > 0 && o.Contact == "" {
		o.Contact = o.Office.ContactFor(o.Channel)
	}
	if o.Channel == agency.Mail && o.Office.ZIP == "" && f.Address == "" {
		notes = append(notes, "the directory has no postal address of "+o.Office.Name+": give it with --address")
	}
	return notes, nil
}

// oneContact brings an e-mail address into its one form, and refuses what is none.
func oneContact(o *letter.Order) (err error) {
	if o.Channel != agency.Email || o.Contact == "" {
		return nil
	}
	if o.Contact, err = entered.ReadEmail(o.Contact); err != nil {
		return &Misuse{What: "the address for an e-mail: " + err.Error(), Remedy: "give one address with --contact, such as name@example.org"}
	}
	return nil
}

// streetLine begins an address of which only the place was given.
var streetLine = regexp.MustCompile(`(?i)^(\d|p\. ?o\. |po box|post office box)`)

// addressee is an address as given, under the name of who is to read it if the address
// begins with the street.
func addressee(o agency.Office, to string, given []string) []string {
	if len(given) == 0 || !streetLine.MatchString(given[0]) {
		return given
	}
	return append(nameLines(o, to), given...)
}

// nameLines are who is to read a letter, and the office.
func nameLines(o agency.Office, to string) []string {
	o.Address, o.City, o.State, o.ZIP, o.Country = nil, "", "", "", ""
	switch to {
	case "appeals":
		o.FOIAOffice = ""
		return append([]string{"FOIA Appeals Officer"}, o.AddressBlock()...)
	case "liaison":
		return append([]string{"Attention: FOIA Public Liaison"}, o.AddressBlock()...)
	case "ogis":
		return []string{"Office of Government Information Services"}
	}
	return o.AddressBlock()
}

// ordinaryChannel is how a letter about a request goes: the rules on how requests
// are filed do not bind it.
func ordinaryChannel(o agency.Office) agency.Channel {
	switch {
	case o.Email != "":
		return agency.Email
	case o.ZIP != "":
		return agency.Mail
	case o.Fax != "":
		return agency.Fax
	}
	return agency.Portal
}

// appealAddress is that on the letter of determination, or that of the rule that
// binds the office; where rules differ, all are shown. Without any, the letter cannot be
// made: an appeal that reaches nobody in time is lost.
func appealAddress(o *letter.Order, appealTo string) (notes []string, err error) {
	rules := o.Regime.Rules("appeal-address")
	if len(rules) > 1 {
		for _, rule := range rules {
			notes = append(notes, fmt.Sprintf("%s: %s (%s)", rule.Cite, rule.Value, rule.Says))
		}
		notes = append(notes, "the address in the determination letter prevails over all of these")
	}
	switch {
	case len(o.Addressee) > 0:
	case appealTo != "":
		o.Addressee = addressee(o.Office, "appeals", lines(appealTo))
	case len(rules) > 0:
		o.Addressee = lines(rules[0].Value)
	}
	if o.Channel == "" {
		o.Channel = agency.Mail
	}
	if len(o.Addressee) > 0 {
		return notes, nil
	}
	if o.Channel == agency.Mail || o.Contact == "" {
		return notes, &Misuse{What: "foia does not know where appeals to " + o.Office.Name + " go: no rule it knows says so, and no letter that is in the log",
			Remedy: "take the address from the determination letter: --address \"Line, Line, City, ST 12345\", or --via email --contact ADDRESS"}
	}
	o.Addressee = nameLines(o.Office, "appeals")
	return append(notes, "no rule foia knows gives the address for appeals to "+o.Office.Name+"; follow the determination letter"), nil
}

func ogisAddress(o *letter.Order) error {
	rule, ok := o.Regime.Rule("mediation")
	email, _ := o.Regime.Rule("mediation-email")
	if len(o.Addressee) == 0 {
		if !ok || rule.Value == "" {
			return &Misuse{What: "the address of OGIS is not known for this office", Remedy: "give it with --address"}
		}
		o.Addressee = lines(rule.Value)
	}
	if o.Channel == "" && email.Value != "" {
		o.Channel = agency.Email
	}
	if o.Channel == agency.Email && o.Contact == "" {
		o.Contact = email.Value
	}
	return nil
}

// stateAndZIP is the last part of an address, which stands on a line with the city.
var stateAndZIP = regexp.MustCompile(`^(.{2,40}) (\d{5}(?:-\d{4})?)$`)

// stateLine is state and ZIP Code as they stand after the city; empty if a part of an
// address is not that. A state that is written out gets its postal abbreviation, unless
// what stands before it is no city: “1 Main St, Washington 20001”.
func stateLine(part string, before []string) string {
	m := stateAndZIP.FindStringSubmatch(part)
	if m == nil || len(before) == 0 {
		return ""
	}
	code, ok := entered.State(m[1])
	if !ok || code != m[1] && (len(before) < 2 || strings.ContainsAny(before[len(before)-1], "0123456789")) {
		return ""
	}
	return code + " " + m[2]
}

// AddressLines parts an address that was typed on one line.
func AddressLines(address string) []string { return lines(address) }

// lines parts an address at its commas and line breaks, except before state and ZIP code.
func lines(address string) []string {
	var out []string
	for part := range strings.SplitSeq(strings.ReplaceAll(address, "\n", ","), ",") {
		part = entered.Line(part)
		if part == "" {
			continue
		}
		if place := stateLine(part, out); place != "" {
			out[len(out)-1] += ", " + place
			continue
		}
		out = append(out, part)
	}
	return out
}
