package campaign

import (
	"slices"
	"strings"

	"foia/internal/agency"
	"foia/internal/remedy"
	"foia/internal/roster"
	"foia/internal/workday"
)

// The states of a row of a list that was made from the directory.
const (
	Listed  = "listed"     // the directory has a contact
	Doubted = "doubtful"   // it has one that somebody must look up first
	ByForm  = "form"       // the only way is a form on the web, or one that the office wants
	Unknown = "no contact" // it has none for requests
	Look    = "look there" // it has only a page where to look
	Missing = "no office"  // it has no such office under the law
)

// States are all of them, in the order in which they are told.
func States() []string { return []string{Listed, Doubted, ByForm, Unknown, Look, Missing} }

// ListRow is an office of a list that was made from the directory, as a batch reads it, and
// what is to be checked before a letter goes there.
type ListRow struct {
	Office     string `json:"office,omitempty"` // empty: the row describes one, once its contact is filled in
	Name       string `json:"name,omitempty"`
	Attention  string `json:"attention,omitempty"`
	State      string `json:"state,omitempty"`
	Country    string `json:"country,omitempty"`
	Law        string `json:"law"`
	Status     string `json:"status"`
	Check      string `json:"check,omitempty"`
	FileBy     string `json:"file_by,omitempty"`
	Contact    string `json:"directory_contact,omitempty"`
	Source     string `json:"source,omitempty"`
	Dated      string `json:"dated,omitempty"`
	Confidence string `json:"confidence,omitempty"`
}

// ListColumns are the columns of such a list. Those from status on are for whoever checks it,
// and are no part of a letter.
func ListColumns() []string {
	return append([]string{"office", "name", "attention", "address", "city", "state", "zip", "country", "email", "fax", "portal", "law",
		CheckedColumn}, toldColumns...)
}

// toldColumns say what the directory has.
var toldColumns = []string{"status", "check", "file_by", "directory_contact", "source", "dated", "confidence"}

// Cells are the cells of a row under ListColumns.
func (r ListRow) Cells() []string {
	return []string{r.Office, r.Name, r.Attention, "", "", r.State, "", r.Country, "", "", "", r.Law, "", r.Status, r.Check, r.FileBy,
		r.Contact, r.Source, r.Dated, r.Confidence}
}

// ListOf makes a list of the offices that a pattern chooses, and of the laws under which the
// directory has none: their rows are there to be filled in.
func ListOf(c agency.Chosen, on workday.Date, staleAfterDays int) (rows []ListRow) {
	for _, o := range c.Offices {
		rows = append(rows, listRow(o, on, staleAfterDays))
	}
	for _, p := range c.Without {
		r := ListRow{Law: p.Law, Status: Missing, Check: "the directory has no such office in " + p.Name}
		if c.What != "" {
			r.Check = "the directory has no office of the kind " + c.What + " in " + p.Name
		}
		if len(p.Registers) > 0 {
			r.Check += "; where to look: " + p.Registers[0].Ref + " (" + p.Registers[0].As() + ")"
		}
		r.Check += "; fill in name and address, or remove the row"
		rows = append(rows, r)
	}
	return rows
}

func listRow(o agency.Office, on workday.Date, staleAfterDays int) ListRow {
	via := o.Preferred()
	r := ListRow{Office: o.ID, Name: o.Name, Attention: o.FOIAOffice, State: o.State, Country: o.Country, Law: o.UnderLaw(), Status: Listed,
		FileBy: string(via), Source: o.Source, Dated: o.Dated, Confidence: o.Confidence}
	var check []string
	for _, t := range o.Traps {
		check = append(check, t.Label()+": "+t.Says)
	}
	if o.LookOnly {
		r.Office, r.FileBy, r.Status = "", "", Look
		r.Check = strings.Join(append(check, "the directory has only where to look: "+o.Source+
			"; fill in its address or e-mail address, or remove the row"), "; ")
		return r
	}
	if r.Contact = o.ContactFor(via); via == agency.Mail {
		r.Contact = strings.Join(o.AddressBlock(), ", ")
	}
	if s, ok := o.SourceOf(via); ok {
		r.Source, r.Dated = s.Ref, s.Date
	}
	for _, caution := range o.Cautions(via, on, staleAfterDays) {
		what := caution.What
		if caution.Where != "" {
			what += ", compare " + caution.Where
		}
		check = append(check, what)
	}
	switch {
	case via == "":
		r.Status = Unknown
		check = append(check, "once you have one: "+remedy.To(remedy.Correct, o.ID).String())
	case o.Doubtful(via):
		r.Status = Doubted
		check = append(check, "then write yes into the column "+CheckedColumn)
	case via == agency.Portal && len(o.ReceivesBy) == 1 || hasForm(o):
		r.Status = ByForm
	}
	r.Check = strings.Join(check, "; ")
	return r
}

// hasForm tells whether the office wants a form of its own.
func hasForm(o agency.Office) bool {
	return slices.ContainsFunc(o.Traps, func(t agency.Trap) bool { return t.Kind == agency.FormTrap })
}

// CheckedColumn is where a list says that somebody looked up a doubtful contact.
const CheckedColumn = "checked"

// trusted refuses what the directory has no sure contact for: of an office of a state, a city
// or abroad, a doubtful contact is one that nobody may have opened for years. Whoever compared it
// says so in the row.
func (e *entry) trusted(o agency.Office) error {
	if !o.IsElsewhere() || o.LookOnly { // filing tells of what is only where to look
		return nil
	}
	via := e.ask.Via
	if via == "" {
		via = o.Preferred()
	}
	_, trap := o.TrapAgainst(via)
	where := remedy.To(remedy.Office, remedy.Open("OFFICE")).String()
	correct := remedy.To(remedy.Correct, remedy.Open("OFFICE")).String()
	switch {
	case via == "":
		return e.wrong("office", "the directory has no contact of "+o.Name+" for requests",
			"look it up ("+where+" says where), and enter it: "+correct, "name offices of which the directory has no contact for requests")
	case !o.Takes(via) && !trap:
		err := o.CheckChannel(via)
		return e.wrong("office", err.Error(), "see how it is reached: "+where+", or enter it: "+correct,
			"name offices of which it is unknown how they are reached by "+via.Word())
	case o.Doubtful(via) && !saysYes(e.office[CheckedColumn]):
		return e.wrong("office", "foia has low confidence in the "+via.Contact()+" of "+o.Name+
			", and the row does not say that it was checked",
			"compare it with its source ("+where+"), then write yes into the column "+CheckedColumn+", or correct it: "+correct,
			"have a doubtful contact, and do not say yes in the column "+CheckedColumn)
	}
	return nil
}

// saysYes tells whether a cell says yes, or on which day somebody looked.
func saysYes(cell string) bool {
	switch strings.ToLower(strings.TrimSpace(cell)) {
	case "yes", "y", "true", "x", "✓", "✔", "1":
		return true
	}
	return dayOf(cell) != ""
}

// ListLines are the lines of a list by the status of their rows; the first row is in line 2.
func ListLines(rows []ListRow) map[string]*roster.Lines {
	out := map[string]*roster.Lines{}
	for i, r := range rows {
		if out[r.Status] == nil {
			out[r.Status] = &roster.Lines{}
		}
		out[r.Status].Add(i + 2)
	}
	return out
}
