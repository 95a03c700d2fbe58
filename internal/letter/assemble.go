package letter

import (
	"cmp"
	"slices"
	"strings"

	"foia/internal/entered"
	"foia/internal/law"
	"foia/internal/lazy"
)

// SampleMark is printed on every page of a letter made with the built-in,
// fictional requester.
const SampleMark = "SAMPLE – not for filing"

// assemble sets the filled text into the frame that every letter shares. The
// frame comes from the program, not from the template, so that no template can
// forget it.
func assemble(o Order, d *Draft, body []Block, subject string) Document {
	r, w := d.Requester, o.Template.words(o.Regime)
	doc := Document{
		Meta: Meta{Title: subject, Author: strings.Join(nonEmpty(r.Name, r.Organization), ", "),
			Subject: fillWords(w.RequestTo, "office", o.Office.Name), Language: w.Tag, Date: o.Date},
		Letterhead: letterhead(r, o),
		Date:       w.day(o.Date),
		Via:        via(o, w),
		Channel:    o.Channel,
		Contact:    contact(o),
		Addressee:  addressee(o, r, w),
		Salutation: cmp.Or(o.Greets, o.Template.salutation(o.Regime, w)),
		Body:       body,
		Closing:    w.Closing,
		Signature:  signers(r),
		Enclosures: append(w.datedEnds(o.Enclosed), d.Answers.List("enclosures")...),
		Labels:     w.labels(),
	}
	if o.Sample {
		doc.Mark = SampleMark
	}
	return doc.numbered(o, w)
}

// numbered is the document under the id of the order, which stands in these places of the
// frame and nowhere else in it.
func (d Document) numbered(o Order, w *words) Document {
	d.Reference, d.Meta.Keywords, d.Subject = o.ID, keywords(o), d.Meta.Title
	if o.ID != "" {
		d.Subject += fillWords(w.Reference, "id", o.ID)
	}
	return d
}

// Renumber is a draft that was filled from the order, under the id that the order has now.
// It is for templates that are not Numbered.
func (o Order) Renumber(d *Draft) *Draft {
	out := *d
	out.Document = d.Document.numbered(o, o.Template.words(o.Regime))
	return &out
}

// addressee is the address, with the attention line that the law of the office asks
// for, and with the country if the letter goes abroad.
func addressee(o Order, r Requester, w *words) []string {
	if len(o.Addressee) > 0 {
		return withCountry(o.Addressee, o, r)
	}
	office := o.Office
	if entered.SameCountry(office.Country, r.Country) {
		office.Country = ""
	}
	lines := office.AddressBlock()
	who := o.Template.Attention
	if rule, ok := o.Regime.Rule("right-office"); ok && who == "" {
		who = rule.Value
	}
	if who != "" && (o.Regime.Records == nil || o.Office.FOIAOffice == "") {
		lines = append([]string{w.Attention + who}, lines...)
	}
	return withCountry(lines, o, r)
}

// unitedStates is the last line of an address there, for mail that comes from abroad.
const unitedStates = "United States of America"

// endsInZIP matches the last line of an address in the United States.
const endsInZIP = lazy.Pattern(`\b[A-Z]{2} \d{5}(-\d{4})?$`)

// withCountry adds the country to an address in the United States, for a requester who
// is not there.
func withCountry(lines []string, o Order, r Requester) []string {
	if n := len(lines); n == 0 || entered.InUnitedStates(r.Country) || !entered.InUnitedStates(countryOf(o)) ||
		!endsInZIP.RE().MatchString(lines[n-1]) {
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
func via(o Order, w *words) string {
	line := fillWords(w.Via[o.Channel], "contact", contact(o))
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

func signers(r Requester) []Signer {
	out := []Signer{{Name: r.Name, Lines: nonEmpty(r.Title, r.Organization)}}
	for _, c := range r.CoSigners {
		out = append(out, Signer{Name: c.Name, Lines: nonEmpty(c.Title, c.Organization)})
	}
	return out
}
