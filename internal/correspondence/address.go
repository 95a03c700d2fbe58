package correspondence

import (
	"fmt"
	"strings"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/lazy"
	"foia/internal/letter"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// route is what the log knows of the ways between requester and agency.
type route struct {
	sent     agency.Channel // how the request went, or was to go
	matter   string         // of an appeal: what it is against
	appealTo string         // where the letter of the decision says that an appeal goes
	stale    int            // the age in days from which a contact of the directory is old
}

// address finds where the letter goes and how.
func address(o *letter.Order, t *letter.Template, f FollowUp, review *docket.Review, r route) (notes []string, err error) {
	o.Channel, o.Contact = f.Via, f.Contact
	if f.Address != "" {
		o.Addressee = addressee(o.Office, t.To, lines(f.Address))
	}
	switch t.To {
	case "appeals":
		return appealAddress(o, r)
	case toReview:
		return reviewAddress(o, t, f.Address, review, r)
	case toCounsel:
		o.Addressee, o.Channel, o.Contact = []string{"For counsel"}, "", ""
		return nil, nil
	case toForm:
		o.Addressee, o.Channel, o.Contact = []string{"For the form: " + review.Form}, "", ""
		return nil, nil
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
		o.Channel = laterChannel(o.Office, r, o.Date)
		notes = append(notes, otherWay(o, r)...)
	}
	switch {
	case o.Contact != "":
	case o.Channel == agency.Portal && !o.Office.TakesLetters():
		if len(o.Addressee) == 0 {
			o.Addressee = o.Office.AddressBlock() // given, so that no address of a portal is printed
		}
	case len(o.Addressee) > 0:
		o.Contact = o.Office.ContactFor(o.Channel)
	}
	if o.Channel == agency.Mail && o.Office.ZIP == "" && f.Address == "" {
		notes = append(notes, "the directory has no postal address of "+o.Office.Name+": give it with "+remedy.Name("address"))
	}
	return notes, nil
}

// byEmail and postal are the details that give an address, as advice names them.
func byEmail() string {
	return remedy.Give("via", string(agency.Email)) + " " + remedy.Give("contact", remedy.Open("ADDRESS"))
}

func postal() string { return remedy.Give("address", remedy.Open("Line, Line, City, ST 12345")) }

// oneContact brings an e-mail address into its one form, and refuses what is none.
func oneContact(o *letter.Order) (err error) {
	if o.Channel != agency.Email || o.Contact == "" {
		return nil
	}
	if o.Contact, err = entered.ReadEmail(o.Contact); err != nil {
		return remedy.Misuse("the address for an e-mail: "+err.Error(),
			"give one address with "+remedy.Name("contact")+", such as name@example.org")
	}
	return nil
}

// streetLine begins an address of which only the place was given.
const streetLine = lazy.Pattern(`(?i)^(\d|p\. ?o\. |po box|post office box)`)

// addressee is an address as given, under the name of who is to read it if the address
// begins with the street.
func addressee(o agency.Office, to string, given []string) []string {
	if len(given) == 0 || !streetLine.RE().MatchString(given[0]) {
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

// laterChannel is how a letter about a request goes; the rules on how requests are filed
// do not bind it. It goes by the agency's own portal if the request did, else by e-mail if
// the directory's address is recent, else as the request went. An old e-mail address,
// which may be read by nobody, is no way to fall back on.
func laterChannel(o agency.Office, r route, on workday.Date) agency.Channel {
	switch {
	case r.sent == agency.Portal && o.TakesLetters():
		return agency.Portal
	case o.Fresh(agency.Email, on, r.stale):
		return agency.Email
	case r.sent == agency.Portal && o.PortalURL != "", r.sent == agency.Mail && o.ZIP != "",
		(r.sent == agency.Email || r.sent == agency.Fax) && o.ContactFor(r.sent) != "":
		return r.sent
	case o.Email != "":
		return agency.Email
	case o.ZIP != "":
		return agency.Mail
	case o.Fax != "":
		return agency.Fax
	}
	return agency.Portal
}

// otherWay says why a letter does not go as the request went, how old the contact is that
// it goes by, and what to do if that is wrong.
func otherWay(o *letter.Order, r route) []string {
	const formOnly = "the form on FOIA.gov takes new requests only"
	instead := "where the agency’s letters give an address, use that: " + byEmail()
	switch {
	case o.Channel == agency.Portal && !o.Office.TakesLetters() && o.Office.Email != "":
		return []string{fmt.Sprintf("%s: answer in the portal where the agency keeps your request; the directory’s e-mail address, "+
			"%s, is %s; %s", formOnly, o.Office.Email, o.Office.Age(agency.Email), instead)}
	case o.Channel == agency.Portal && !o.Office.TakesLetters():
		return []string{formOnly + ": answer in the portal where the agency keeps your request; " + instead}
	case r.sent == "" || r.sent == o.Channel || o.Office.UserAdded || len(o.Addressee) > 0:
		return nil
	}
	way := map[agency.Channel]string{agency.Email: "by e-mail to " + o.Office.Email, agency.Fax: "by fax to " + o.Office.Fax,
		agency.Mail: "by mail"}[o.Channel]
	return []string{fmt.Sprintf("the request went by %s, this letter goes %s, the directory’s contact %s; %s", r.sent.Word(), way,
		o.Office.Age(o.Channel), instead)}
}

func ogisAddress(o *letter.Order) error {
	rule, ok := o.Regime.Rule("mediation")
	email, _ := o.Regime.Rule("mediation-email")
	if len(o.Addressee) == 0 {
		if !ok || rule.Value == "" {
			return remedy.Misuse("the address of OGIS is not known for this office", "give it with "+remedy.Name("address"))
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
const stateAndZIP = lazy.Pattern(`^(.{2,40}) (\d{5}(?:-\d{4})?)$`)

// stateLine is state and ZIP Code as they stand after the city; empty if a part of an
// address is not that. A state that is written out gets its postal abbreviation, unless
// what stands before it is no city: “1 Main St, Washington 20001”.
func stateLine(part string, before []string) string {
	m := stateAndZIP.RE().FindStringSubmatch(part)
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
