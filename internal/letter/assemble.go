package letter

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"foia/internal/agency"
	"foia/internal/entered"
	"foia/internal/law"
)

// SampleMark is printed on every page of a letter made with the built-in,
// fictional requester.
const SampleMark = "SAMPLE – not for filing"

// assemble sets the filled text into the frame that every letter shares. The
// frame comes from the program, not from the template, so that no template can
// forget it.
func assemble(o Order, d *Draft, body []Block, subject string) Document {
	r := d.Requester
	doc := Document{
		Meta: Meta{Title: subject, Author: strings.Join(nonEmpty(r.Name, r.Organization), ", "),
			Subject: "Request to " + o.Office.Name, Keywords: keywords(o), Language: "en-US", Date: o.Date},
		Reference:  o.ID,
		Letterhead: letterhead(r, o),
		Date:       o.Date.Letter(),
		Via:        via(o),
		Channel:    o.Channel,
		Contact:    contact(o),
		Addressee:  addressee(o, r),
		Subject:    subject,
		Salutation: cmp.Or(o.Greets, o.Template.salutation(o.Regime)),
		Body:       body,
		Closing:    "Sincerely,",
		Signature:  signers(r),
		Enclosures: append(slices.Clone(o.Enclosed), d.Answers.List("enclosures")...),
	}
	if o.ID != "" {
		doc.Subject += " (our reference " + o.ID + ")"
	}
	if o.Sample {
		doc.Mark = SampleMark
	}
	return doc
}

// addressee is the address, with the attention line that the law of the office asks
// for, and with the country if the letter goes abroad.
func addressee(o Order, r Requester) []string {
	if len(o.Addressee) > 0 {
		return withCountry(o.Addressee, o, r)
	}
	office := o.Office
	if entered.SameCountry(office.Country, r.Country) {
		office.Country = ""
	}
	lines := office.AddressBlock()
	if rule, ok := o.Regime.Rule("right-office"); ok && rule.Value != "" && (o.Regime.Records == nil || o.Office.FOIAOffice == "") {
		lines = append([]string{"Attention: " + rule.Value}, lines...)
	}
	return withCountry(lines, o, r)
}

// unitedStates is the last line of an address there, for mail that comes from abroad.
const unitedStates = "United States of America"

// endsInZIP matches the last line of an address in the United States.
var endsInZIP = regexp.MustCompile(`\b[A-Z]{2} \d{5}(-\d{4})?$`)

// withCountry adds the country to an address in the United States, for a requester who
// is not there.
func withCountry(lines []string, o Order, r Requester) []string {
	if n := len(lines); n == 0 || entered.InUnitedStates(r.Country) || !entered.InUnitedStates(countryOf(o)) || !endsInZIP.MatchString(lines[n-1]) {
		return lines
	}
	return append(slices.Clone(lines), unitedStates)
}

// countryOf is the country of the office: as its address has it, or that of its law.
func countryOf(o Order) string {
	if o.Office.Country == "" && abroad(o.Regime) {
		return o.Regime.Records.Place
	}
	return o.Office.Country
}

func keywords(o Order) []string {
	return nonEmpty("FOIA", o.Office.Abbreviation, o.Template.ID, o.ID)
}

// letterhead is who writes, with the country if the answer comes from abroad.
func letterhead(r Requester, o Order) []string {
	address := r.AddressLines()
	if r.Country == "" && r.HasPostalAddress() && !entered.InUnitedStates(countryOf(o)) {
		address = append(address, unitedStates)
	}
	return nonEmpty(append(append([]string{r.Asks()}, address...), strings.Join(nonEmpty(r.Phone, r.Email), " · "))...)
}

// via is the line that tells the mail room, and later a court, how the letter
// was sent.
func via(o Order) string {
	line := viaWords(o.Channel, contact(o))
	if o.Channel == agency.Mail && abroad(o.Regime) {
		line = "By post"
	}
	return strings.TrimSuffix(strings.TrimSpace(line), ":")
}

// abroad tells whether the office is none of the United States.
func abroad(r law.Regime) bool {
	return r.Records != nil && r.Records.Abroad()
}

// contact is the address of the portal, the fax number or the e-mail address.
func contact(o Order) string {
	if o.Contact == "" && len(o.Addressee) == 0 {
		return o.Office.ContactFor(o.Channel)
	}
	return o.Contact
}

func viaWords(c agency.Channel, contact string) string {
	switch c {
	case agency.Portal:
		return "Via online portal: " + contact
	case agency.Fax:
		return "Via fax: " + contact
	case agency.Email:
		return "Via e-mail: " + contact
	case agency.Mail:
		return "Via U.S. mail"
	}
	return ""
}

func signers(r Requester) []Signer {
	out := []Signer{{Name: r.Name, Lines: nonEmpty(r.Title, r.Organization)}}
	for _, c := range r.CoSigners {
		out = append(out, Signer{Name: c.Name, Lines: nonEmpty(c.Title, c.Organization)})
	}
	return out
}
