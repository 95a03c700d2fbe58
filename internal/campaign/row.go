package campaign

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"foia/internal/agency"
	"foia/internal/entered"
	"foia/internal/filing"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/remedy"
	"foia/internal/roster"
)

// Wrong is a row that cannot be a letter.
type Wrong struct {
	File         string
	Line, Column int
	What, Remedy string
	Cause        string // what other rows may have as well: “have no address, …”
}

func (w *Wrong) Error() string {
	if w.Column > 0 {
		return fmt.Sprintf("%s (%s:%d:%d)", w.What, w.File, w.Line, w.Column)
	}
	return fmt.Sprintf("%s (%s:%d)", w.What, w.File, w.Line)
}

// Hint says what to do.
func (w *Wrong) Hint() string { return w.Remedy }

// entry is a row as it is used: what it says of the office, and its answers.
type entry struct {
	*reader
	line    int
	office  map[string]string // by column of the office
	answers letter.Answers
	dropped entered.Tally // what was left out of its cells, since it cannot be seen
}

// wrong is a fault of the row in a column of the office or a field.
func (e *entry) wrong(column, what, do, cause string) error {
	w := &Wrong{File: e.name, Line: e.line, What: what, Remedy: do, Cause: cause}
	for _, u := range e.uses {
		if u.As == column && u.Why == "" {
			w.Column = u.Column.Index + 1
		}
	}
	return w
}

// entry reads the cells of a row that are used.
func (r *reader) entry(row roster.Row) (*entry, error) {
	e := &entry{reader: r, line: row.Line, office: map[string]string{}, answers: letter.Answers{}}
	for i, u := range r.uses {
		if u.Why != "" || row.Cells[i] == "" {
			continue
		}
		cell, unseen := entered.Text(row.Cells[i])
		if unseen > 0 {
			cell = strings.TrimSpace(e.dropped.Text(fmt.Sprintf("%s (%s:%d)", u.As, r.name, row.Line), row.Cells[i]))
		}
		if cell == "" {
			continue
		}
		if err := e.cell(u, cell); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// cell takes a cell for what its column is used for.
func (e *entry) cell(u Use, cell string) error {
	var field letter.Field
	if u.Field {
		field, _ = e.template.Field(u.As)
	}
	nothing := isPlaceholder(cell, u, field)
	switch failed := errorIn(cell); {
	case failed != "" && (!nothing || failed == "#N/A"):
		return e.wrong(u.As, fmt.Sprintf("the column %s holds the error %s of a spreadsheet program", u.Column.Typed, failed),
			"fix the formula, or type what it should give",
			"have an error of a spreadsheet program in the column "+u.Column.Typed)
	case nothing && field.Required:
		return e.wrong(u.As, fmt.Sprintf("the column %s holds “%s”, but the letter needs an answer to %s", u.Column.Typed, cell, u.As),
			"fill in the cell, or leave it empty if all letters share the answer",
			fmt.Sprintf("have a placeholder in the column %s, which the letter needs", u.Column.Typed))
	case nothing:
		e.remarks.empty.Add(e.line)
		return nil
	}
	e.remarks.look(e.line, cell)
	day := dayOf(cell)
	switch {
	case u.As == CheckedColumn:
		e.office[u.As] = cell
	case u.Field && field.Type == letter.Day:
		e.answers[u.As] = e.Day(cell)
	case u.Field:
		e.answers[u.As] = cell
	case day != "":
		return e.wrong(u.As, fmt.Sprintf("the column %s holds the date %s", u.Column.Typed, cell),
			"type what is meant, as text: spreadsheet programs make dates of entries such as 3-4",
			"have a date in the column "+u.Column.Typed)
	default:
		e.office[u.As] = cell
	}
	return nil
}

// match is the office of a row: one of the directory, or one that the row describes.
func (e *entry) match() (agency.Match, error) {
	if e.office["office"] == "" {
		return e.described()
	}
	match, err := e.directory.Find(e.office["office"])
	var notFound *agency.NotFound
	other := err == nil && !e.template.MadeFor(match.Office.UnderLaw()) && e.laws.Knows(match.Office.UnderLaw())
	if (errors.As(err, &notFound) || other) && e.reachable() {
		// A list whose column Office holds the names of offices that it describes.
		if e.office["name"] == "" {
			e.office["name"] = e.office["office"]
		}
		match, described := e.described()
		if described == nil {
			e.remarks.named.Add(e.line)
		}
		return match, described
	}
	if err == nil {
		if e.reachable() {
			e.remarks.both.Add(e.line)
		}
		return match, e.trusted(match.Office)
	}
	do := "see: " + remedy.To(remedy.FindOffice, e.office["office"]).String()
	if hint := remedy.Of(err); hint != "" {
		do = hint
	}
	cause := "name an office that the directory does not have"
	if notFound == nil {
		cause = "name an office in words that several offices have"
	}
	return match, e.wrong("office", err.Error(), do, cause)
}

// reachable tells whether the row itself says where the office can be written to.
func (e *entry) reachable() bool {
	return e.office["address"] != "" && e.office["city"] != "" || e.office["email"] != "" || e.office["fax"] != "" ||
		e.office["portal"] != ""
}

// described is the office that a row describes.
func (e *entry) described() (agency.Match, error) {
	v := e.office
	if v["name"] == "" {
		return agency.Match{}, e.wrong("name", "the row names no office",
			"fill in office (from the directory: "+remedy.To(remedy.Offices).String()+") or name", "name no office")
	}
	if err := e.email(); err != nil {
		return agency.Match{}, err
	}
	if err := e.place(); err != nil {
		return agency.Match{}, err
	}
	if err := e.law(); err != nil {
		return agency.Match{}, err
	}
	o := agency.Office{Name: v["name"], FOIAOffice: v["attention"], ParentName: v["agency"], City: v["city"], State: v["state"],
		ZIP:     v["zip"],
		Country: v["country"], Email: v["email"], Fax: v["fax"], PortalURL: v["portal"], Law: v["law"]}
	for line := range strings.SplitSeq(v["address"]+"\n"+v["address_2"]+"\n"+v["address_3"], "\n") {
		if line = strings.TrimSpace(line); line != "" {
			o.Address = append(o.Address, line)
		}
	}
	office, ways := agency.Described(o)
	if len(ways) == 0 {
		return agency.Match{}, e.wrong("address", "there is no way to reach "+o.Name, "fill in address and city, email, fax or portal",
			"have no address with a city, and no email, fax or portal")
	}
	return agency.Match{Office: office}, nil
}

// email brings the e-mail address of an office into its one form.
func (e *entry) email() (err error) {
	typed := e.office["email"]
	if typed == "" {
		return nil
	}
	if e.office["email"], err = entered.ReadEmail(typed); err == nil {
		return nil
	}
	do := ""
	if hint := remedy.Of(err); hint != "" {
		do = hint
	}
	return e.wrong("email", err.Error(), do, "do not have a single valid e-mail address")
}

// place compares ZIP Code and state, of an office in the United States.
func (e *entry) place() error {
	v := e.office
	code, _ := entered.State(v["state"])
	if v["zip"] == "" || !entered.InUnitedStates(v["country"]) || code == "" && v["state"] != "" ||
		v["country"] == "" && v["state"] == "" && !strings.HasPrefix(v["law"], "us-") {
		return nil
	}
	zip, repaired, fault := e.post.check(v["zip"], code)
	if fault != nil {
		return e.wrong("zip", fault.what, fault.remedy, fault.cause)
	}
	if repaired {
		e.remarks.zips.Add(e.line)
	}
	v["zip"] = zip
	return nil
}

// law is the law that applies to the office: what the row says, else that of its
// state. A request under the federal law must say so, since every federal office is
// in some state.
func (e *entry) law() error {
	v := e.office
	if v["law"] == "" && e.template.Law != law.Federal && entered.InUnitedStates(v["country"]) {
		if code, ok := entered.State(v["state"]); ok && e.laws.Knows("us-"+strings.ToLower(code)) {
			if err := e.notFederal(); err != nil {
				return err
			}
			v["law"] = "us-" + strings.ToLower(code)
			e.remarks.laws.Add(e.line)
		}
	}
	switch under := v["law"]; {
	case under == "":
		return e.wrong("law", "the row does not say which law applies to "+v["name"],
			"fill in the column law: us-federal, or a state's law such as us-tx", "do not say which law applies")
	case !e.laws.Knows(under):
		return e.wrong("law", "foia does not know the law "+under, "to see the laws it knows: "+remedy.To(remedy.Laws).String(),
			"name a law that foia does not know")
	case !e.template.MadeFor(under):
		return e.wrong("law", fmt.Sprintf("the template %s is for the law %s, not %s", e.template.ID, e.template.Law, under),
			"use a template for that law: "+remedy.To(remedy.Templates).String(),
			fmt.Sprintf("are under another law than the template %s (%s)", e.template.ID, e.template.Law))
	}
	return nil
}

// notFederal refuses to take a federal office for one of the state that it is in:
// one whose e-mail address is at a domain of the offices in the directory.
func (e *entry) notFederal() error {
	domain := domainOf(e.office["email"])
	if !e.federal()[domain] && !strings.HasSuffix(domain, ".mil") {
		return nil
	}
	return e.wrong("email", fmt.Sprintf("the row does not say which law applies to %s, and %s is a domain of federal offices",
		e.office["name"], domain),
		"fill in the column law: us-federal, or the law of the state",
		"do not say which law applies and have the e-mail address of a federal office")
}

// federalDomains are the domains of federal offices: those at which the offices of the
// directory get e-mail, or have their websites.
func federalDomains(d *agency.Directory) map[string]bool {
	out := map[string]bool{}
	for _, o := range d.All() {
		if o.UnderLaw() != law.Federal || o.UserAdded {
			continue
		}
		site := ""
		if u, err := url.Parse(o.Website); err == nil {
			site = u.Hostname()
		}
		for _, domain := range []string{domainOf(o.Email), domainOf(o.LiaisonEmail), domainOf(site)} {
			if strings.HasSuffix(domain, ".gov") {
				out[domain] = true
			}
		}
	}
	return out
}

// domainOf is the domain of an e-mail address or a server, without what stands before
// it: ice.dhs.gov is of dhs.gov.
func domainOf(address string) string {
	parts := strings.Split(strings.ToLower(address[strings.LastIndexByte(address, '@')+1:]), ".")
	return strings.Join(parts[max(0, len(parts)-2):], ".")
}

// plan makes a letter of a row.
func (r *reader) plan(row roster.Row) (filing.Planned, error) {
	if row.Err != nil {
		return filing.Planned{}, row.Err
	}
	e, err := r.entry(row)
	if err != nil {
		return filing.Planned{}, err
	}
	match, err := e.match()
	if err != nil {
		return filing.Planned{}, err
	}
	ask := r.ask
	ask.Given = append([]letter.Layer{{File: fmt.Sprintf("%s:%d", r.name, row.Line), Answers: e.answers}}, r.ask.Given...)
	ask.Dropped = &e.dropped
	p, err := r.desk.PlanFor(r.template, match, ask)
	r.dropped.Add(p.Order.Dropped)
	return p, err
}
