package filing

import (
	"fmt"
	"regexp"
	"strings"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/letter"
)

// address finds where the letter goes and how.
func address(o *letter.Order, t *letter.Template, f FollowUp, r docket.Request, events []docket.Event) (notes []string, err error) {
	o.Channel, o.Contact = f.Via, f.Contact
	if f.Address != "" {
		o.Addressee = lines(f.Address)
	}
	switch t.To {
	case "appeals":
		return appealAddress(o, r, events, Matter(f.Kind))
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
// binds the office; where rules differ, all are shown.
func appealAddress(o *letter.Order, r docket.Request, events []docket.Event, matter string) (notes []string, err error) {
	rules := o.Regime.Rules("appeal-address")
	if len(rules) > 1 {
		for _, rule := range rules {
			notes = append(notes, fmt.Sprintf("%s: %s (%s)", rule.Cite, rule.Value, rule.Says))
		}
		notes = append(notes, "the address in the determination letter prevails over all of these")
	}
	if _, to := docket.LastAdverse(r, events, matter); to != "" && len(o.Addressee) == 0 {
		o.Addressee = lines(to)
	} else if len(rules) > 0 && len(o.Addressee) == 0 {
		o.Addressee = lines(rules[0].Value)
	}
	if o.Channel == "" {
		o.Channel = agency.Mail
		if len(o.Addressee) == 0 && o.Office.Takes(agency.Portal) {
			o.Channel = agency.Portal
		}
	}
	switch {
	case len(o.Addressee) > 0:
	case o.Channel == agency.Mail || o.Channel == agency.Fax && o.Contact == "" || o.Channel == agency.Email && o.Contact == "":
		return notes, &Misuse{What: "foia does not know where appeals to " + o.Office.Name + " go: no rule it knows says so",
			Remedy: "take the address from the determination letter: --address \"Line, Line, City, ST 12345\", or --via email --contact ADDRESS, or --via portal"}
	default:
		o.Addressee = []string{"FOIA Appeals Officer", o.Office.Name}
		if o.Office.ParentName != "" {
			o.Addressee = append(o.Addressee, o.Office.ParentName)
		}
		notes = append(notes, "no rule foia knows gives the address for appeals to "+o.Office.Name+"; follow the determination letter")
	}
	return notes, nil
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

// stateAndZIP begins the last part of an address, which stands on a line with the city.
var stateAndZIP = regexp.MustCompile(`^[A-Z]{2} \d{5}(-\d{4})?$`)

// AddressLines parts an address that was typed on one line.
func AddressLines(address string) []string { return lines(address) }

// lines parts an address at its commas, except before state and ZIP code.
func lines(address string) []string {
	var out []string
	for part := range strings.SplitSeq(address, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if stateAndZIP.MatchString(part) && len(out) > 0 {
			out[len(out)-1] += ", " + part
			continue
		}
		out = append(out, part)
	}
	return out
}
