// Package campaign asks many offices for the same records: it reads the list of
// offices, plans a letter for each, has them made chunk by chunk, and writes what
// could not be made into a list of its own, ready to be fixed and used again.
package campaign

import (
	"fmt"
	"slices"
	"strings"

	"foia/internal/agency"
	"foia/internal/entered"
	"foia/internal/filing"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/roster"
)

// officeColumns are the columns that say who the office is; every other one
// answers a question of the template.
var officeColumns = []string{"office", "name", "attention", "agency", "address", "city", "state", "zip", "country", "email", "fax", "portal", "law"}

// otherNames are further names for them.
var otherNames = map[string]string{"zip_code": "zip", "zipcode": "zip", "postcode": "zip", "postal_code": "zip", "street": "address", "e_mail": "email", "mail": "email",
	"portal_url": "portal", "office_id": "office", "office_name": "name"}

// ReasonColumn is added to the list of rows that could not be made; when the
// fixed list is used, it is ignored.
const ReasonColumn = "reason"

// Use is what a column of the list is used for.
type Use struct {
	Column roster.Column `json:"column"`
	As     string        `json:"as"` // a column of the office, or a field of the template
	Field  bool          `json:"field,omitempty"`
	Why    string        `json:"ignored,omitempty"` // why; empty if it is used
}

// Uses matches the columns of a list.
func Uses(columns []roster.Column, t *letter.Template) []Use {
	fields := map[string]bool{}
	for _, f := range t.Fields {
		fields[f.Name] = true
	}
	taken := map[string]bool{}
	out := make([]Use, len(columns))
	for i, c := range columns {
		u := Use{Column: c, As: c.Name}
		if other, ok := otherNames[c.Name]; ok && !fields[c.Name] {
			u.As = other
		}
		switch {
		case c.Name == ReasonColumn && !fields[c.Name]:
			u.Why = "why the row was rejected before"
		case taken[u.As]:
			u.Why = "another column is used as " + u.As
		case slices.Contains(officeColumns, u.As):
		case fields[u.As]:
			u.Field = true
		default:
			u.Why = "the template " + t.ID + " has no question by that name"
		}
		if u.Why == "" {
			taken[u.As] = true
		}
		out[i] = u
	}
	return out
}

// Wrong is a row that cannot be a letter.
type Wrong struct {
	File         string
	Line, Column int
	What, Remedy string
}

func (w *Wrong) Error() string {
	if w.Column > 0 {
		return fmt.Sprintf("%s (%s:%d:%d)", w.What, w.File, w.Line, w.Column)
	}
	return fmt.Sprintf("%s (%s:%d)", w.What, w.File, w.Line)
}

// Hint says what to do.
func (w *Wrong) Hint() string { return w.Remedy }

// office is the office of a row: one of the directory, or one that the row
// describes. What cannot be seen in its cells is left out, and counted.
func (r *reader) office(row roster.Row, dropped *entered.Tally) (agency.Match, error) {
	wrong := func(column, what, remedy string) error {
		w := &Wrong{File: r.name, Line: row.Line, What: what, Remedy: remedy}
		for _, u := range r.uses {
			if u.As == column {
				w.Column = u.Column.Index + 1
			}
		}
		return w
	}
	value := map[string]string{}
	for i, u := range r.uses {
		if u.Why == "" && !u.Field {
			value[u.As] = dropped.Text(fmt.Sprintf("%s (%s:%d)", u.As, r.name, row.Line), row.Cells[i])
		}
	}
	if value["office"] != "" {
		match, err := r.directory.Find(value["office"])
		if err != nil {
			remedy := "see: foia agency search " + value["office"]
			if h, ok := err.(interface{ Hint() string }); ok {
				remedy = h.Hint()
			}
			return match, wrong("office", err.Error(), remedy)
		}
		return match, nil
	}
	if value["name"] == "" {
		return agency.Match{}, wrong("name", "the row names no office", "fill in office (from the directory: foia agency list) or name")
	}
	switch under := value["law"]; {
	case under == "":
		return agency.Match{}, wrong("law", "the row does not say which law applies to "+value["name"], "fill in the column law: us-federal, or a state's law such as us-tx")
	case !law.KnownLaw(under):
		return agency.Match{}, wrong("law", "foia does not know the law "+under, "to see the laws it knows: foia law list")
	case !r.template.MadeFor(under):
		return agency.Match{}, wrong("law", fmt.Sprintf("the template %s is for the law %s, not %s", r.template.ID, r.template.Law, under), "use a template for that law: foia template list")
	}
	o := agency.Office{Name: value["name"], FOIAOffice: value["attention"], ParentName: value["agency"], City: value["city"], State: value["state"], ZIP: value["zip"],
		Country: value["country"], Email: value["email"], Fax: value["fax"], PortalURL: value["portal"], Law: value["law"]}
	for line := range strings.SplitSeq(value["address"], "\n") {
		if line = strings.TrimSpace(line); line != "" {
			o.Address = append(o.Address, line)
		}
	}
	office, ways := agency.Described(o)
	if len(ways) == 0 {
		return agency.Match{}, wrong("address", "there is no way to reach "+o.Name, "fill in address and city, email, fax or portal")
	}
	return agency.Match{Office: office}, nil
}

// dates writes out the days that an Excel file keeps as numbers, also for rejected.csv.
func (r *reader) dates(row roster.Row) {
	for i, u := range r.uses {
		if f, ok := r.template.Field(u.As); !u.Field || !ok || f.Type != letter.Day {
			continue
		}
		row.Cells[i] = r.Day(row.Cells[i])
		if at := u.Column.Index; at < len(row.Typed) {
			row.Typed[at] = r.Day(row.Typed[at])
		}
	}
}

// answers are those that the row gives itself.
func (r *reader) answers(row roster.Row) letter.Layer {
	layer := letter.Layer{File: fmt.Sprintf("%s:%d", r.name, row.Line), Answers: letter.Answers{}}
	for i, u := range r.uses {
		if u.Field && row.Cells[i] != "" {
			layer.Answers[u.As] = row.Cells[i]
		}
	}
	return layer
}

// plan makes a letter of a row.
func (r *reader) plan(row roster.Row) (filing.Planned, error) {
	if row.Err != nil {
		return filing.Planned{}, row.Err
	}
	dropped := &entered.Tally{}
	match, err := r.office(row, dropped)
	if err != nil {
		return filing.Planned{}, err
	}
	ask := r.ask
	ask.Dropped = dropped
	ask.Given = append([]letter.Layer{r.answers(row)}, r.ask.Given...)
	plan, err := r.desk.PlanFor(r.template, match, ask)
	r.dropped.Add(plan.Order.Dropped)
	return plan, err
}
