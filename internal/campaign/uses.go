package campaign

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"foia/internal/letter"
	"foia/internal/remedy"
	"foia/internal/roster"
)

// officeColumns are the columns that say who the office is; every other one
// answers a question of the template.
var officeColumns = []string{"office", "name", "attention", "agency", "address", "address_2", "address_3", "city", "state", "zip",
	"country", "email", "fax", "portal", "law", CheckedColumn}

// otherNames are further names for them, as lists of offices have them.
var otherNames = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for as, names := range map[string]string{
		"office": "office_id foia_id",
		"name": "office_name agency_name name_of_agency name_of_office organization organization_name organisation " +
			"organisation_name department department_name institution entity entity_name public_body",
		"attention": "attn contact contact_name contact_person records_officer records_custodian records_access_officer foia_officer " +
			"foia_contact records_contact",
		"agency": "parent parent_agency parent_name",
		"address": "street street_address mailing_address postal_address address_1 address1 address_line_1 address_line1 addr addr1 " +
			"addr_1 street_1 street1 street_address_1 address_street",
		"address_2": "address2 address_line_2 address_line2 addr2 addr_2 street_2 street2 street_address_2 suite unit suite_unit " +
			"address_suite",
		"address_3": "address3 address_line_3 address_line3 street_3 street3",
		"city":      "town city_town mailing_city locality address_city",
		"state":     "state_province province state_code state_abbreviation st mailing_state address_state",
		"zip": "zip_code zipcode zip_postal_code zip_postcode postal_code postalcode postcode postal zip_4 zip5 zip_5 mailing_zip " +
			"address_zip",
		"country": "country_name country_code",
		"email": "mail email_address mail_address records_email foia_email contact_email public_records_email records_request_email " +
			"request_email office_email",
		"fax":    "fax_number fax_no records_fax fax_phone",
		"portal": "portal_url request_portal online_portal records_portal foia_portal portal_link",
	} {
		for name := range strings.FieldsSeq(names) {
			out[name] = as
		}
	}
	return out
})

// notPrinted are columns that people have and letters do not need.
var notPrinted = []string{"phone", "phone_number", "telephone", "telephone_number", "tel", "office_phone", "contact_phone", "records_phone",
	"phone_no"}

// ReasonColumn is added to the list of rows that could not be made; when the
// fixed list is used, it is ignored.
const ReasonColumn = "reason"

// Use is what a column of the list is used for.
type Use struct {
	Column roster.Column `json:"column"`
	As     string        `json:"as"` // a column of the office, or a field of the template
	Field  bool          `json:"field,omitempty"`
	Why    string        `json:"ignored,omitempty"` // why; empty if it is used

	mapped bool
}

// Ignored is what --map names a column that is not used.
const Ignored = "-"

// known counts the names of columns that mean something, for the header to be found.
func known(t *letter.Template, mapped map[string]string) roster.Known {
	return func(names []string) (n int) {
		for _, name := range names {
			if _, there := meaning(name, t, mapped); there || name == ReasonColumn || slices.Contains(notPrinted, name) {
				n++
			}
		}
		return n
	}
}

// meaning is what a column of a name is used for.
func meaning(name string, t *letter.Template, mapped map[string]string) (as string, there bool) {
	if name == "" {
		return "", false
	}
	if as, there := mapped[name]; there {
		return as, true
	}
	if slices.Contains(officeColumns, name) || t.Has(name) {
		return name, true
	}
	as, there = otherNames()[name]
	return as, there
}

// readMap reads --map, "Agency Name=name", by the name of the column.
func readMap(flags []string, t *letter.Template) (map[string]string, error) {
	out := map[string]string{}
	for _, flag := range flags {
		typed, as, ok := cutLast(flag)
		name := roster.ColumnName(typed)
		as = strings.TrimSpace(as)
		if !ok || name == "" || as == "" {
			return nil, remedy.Misuse(remedy.Name("map")+" “"+flag+"” does not say what a column is used for",
				fmt.Sprintf("write %s, or %s for a column to leave out", remedy.Give("map", "Agency Name=name"),
					remedy.Give("map", "Notes="+Ignored)))
		}
		if as != Ignored && !slices.Contains(officeColumns, as) && !t.Has(as) {
			return nil, remedy.Misuse(fmt.Sprintf("%s “%s”: there is nothing called “%s”", remedy.Name("map"), flag, as),
				fmt.Sprintf("use one of %s, or a question of the template (%s)", strings.Join(officeColumns, ", "),
					remedy.To(remedy.Template, t.ID)))
		}
		if before, twice := out[name]; twice && before != as {
			return nil, remedy.Misuse(fmt.Sprintf("%s uses the column “%s” for %s and for %s", remedy.Name("map"), typed,
				before, as), "keep one of the two")
		}
		out[name] = as
	}
	return out, nil
}

// cutLast cuts at the last equals sign, since the name of a column may have one.
func cutLast(s string) (before, after string, found bool) {
	i := strings.LastIndexByte(s, '=')
	if i < 0 {
		return s, "", false
	}
	return strings.TrimSpace(s[:i]), s[i+1:], true
}

// Uses matches the columns of a list. Two that mean the same are an error, unless
// the user has chosen one.
func Uses(columns []roster.Column, t *letter.Template, mapped map[string]string) ([]Use, error) {
	out := make([]Use, len(columns))
	var unknown []string
	for name := range mapped {
		if !slices.ContainsFunc(columns, func(c roster.Column) bool { return c.Name == name }) {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) > 0 {
		slices.Sort(unknown)
		var typed []string
		for _, c := range columns {
			typed = append(typed, c.Typed)
		}
		return nil, remedy.Misuse(remedy.Name("map")+" names a column that the list does not have: "+strings.Join(unknown, ", "),
			"its columns are "+strings.Join(typed, ", "))
	}
	for i, c := range columns {
		out[i] = useOf(c, t, mapped)
	}
	nameless(out)
	return out, twoForOne(out)
}

func useOf(c roster.Column, t *letter.Template, mapped map[string]string) Use {
	as, there := meaning(c.Name, t, mapped)
	_, chosen := mapped[c.Name]
	u := Use{Column: c, As: as, mapped: chosen}
	switch {
	case as == Ignored:
		u.As, u.Why = c.Name, "as you said with "+remedy.Name("map")
	case there:
		u.Field = !slices.Contains(officeColumns, as)
		if c.Name == ReasonColumn && !chosen && !t.Has(ReasonColumn) {
			u.Why = "why the row was rejected before"
		}
	case c.Name == ReasonColumn:
		u.As, u.Why = c.Name, "why the row was rejected before"
	case slices.Contains(toldColumns, c.Name):
		u.As, u.Why = c.Name, "what the directory has, to check"
	case slices.Contains(notPrinted, c.Name):
		u.As, u.Why = c.Name, "a letter needs no phone number of the office"
	default:
		u.As, u.Why = c.Name, "the template "+t.ID+" has no question by that name"
	}
	return u
}

// nameless has the column Agency name the office where no other column does.
func nameless(uses []Use) {
	at := -1
	for i, u := range uses {
		switch {
		case u.Why != "":
		case u.As == "office" || u.As == "name":
			return
		case u.As == "agency" && !u.mapped:
			at = i
		}
	}
	if at >= 0 {
		uses[at].As = "name"
	}
}

// twoForOne finds two columns that mean the same.
func twoForOne(uses []Use) error {
	for i := range uses {
		for j := range uses[:i] {
			a, b := &uses[j], &uses[i]
			if a.As != b.As || a.Why != "" || b.Why != "" {
				continue
			}
			switch {
			case a.mapped && !b.mapped:
				b.Why = "with " + remedy.Name("map") + " you chose the column " + a.Column.Typed
			case b.mapped && !a.mapped:
				a.Why = "with " + remedy.Name("map") + " you chose the column " + b.Column.Typed
			default:
				return remedy.Misuse(fmt.Sprintf("the columns “%s” and “%s” both hold the office’s %s", a.Column.Typed,
					b.Column.Typed, a.As),
					fmt.Sprintf("choose one of them, such as %s, or leave one out: %s",
						remedy.Give("map", b.Column.Typed+"="+b.As), remedy.Give("map", a.Column.Typed+"="+Ignored)))
			}
		}
	}
	return nil
}
