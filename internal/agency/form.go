package agency

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"
)

var (
	//go:embed data/foiagov-webform-requirements.csv
	formsCSV []byte
	//go:embed data/foiagov-webform-citation-mismatches.csv
	mismatchesCSV []byte
	//go:embed data/citation-corrections.csv
	correctionsCSV []byte
	//go:embed data/webform-offices.csv
	formOfficesCSV []byte
)

// Form is what an office's request form on FOIA.gov asks for.
type Form struct {
	ID          string
	Title       string
	Status      string
	Required    []string          // names of the fields without which the form is not taken
	Nonstandard []string          // fields that only this form has
	Citations   map[string]string // of the rules that the form names, by what they are about
}

// forms are read together, once: by id, and the id of each office's form.
var forms = sync.OnceValues(func() (f struct {
	byID     map[string]Form
	byOffice map[string]string
}, err error) {
	wrong, err := wrongCitations()
	if err != nil {
		return f, err
	}
	corrections, err := readCorrections()
	if err != nil {
		return f, err
	}
	rows, err := readCSV(formsCSV)
	if err != nil {
		return f, err
	}
	f.byID = map[string]Form{}
	for _, r := range rows {
		form := Form{ID: r["webform_id"], Title: r["title"], Status: r["status"], Required: strings.Fields(r["required_fields"]),
			Nonstandard: strings.Fields(r["nonstandard_fields"]), Citations: map[string]string{}}
		for column, cite := range r {
			if about, ok := strings.CutPrefix(column, "cfr_"); ok && cite != "" {
				if cite = corrected(cite, wrong[form.ID], corrections); cite != "" {
					form.Citations[about] = cite
				}
			}
		}
		f.byID[form.ID] = form
	}
	offices, err := readCSV(formOfficesCSV)
	if err != nil {
		return f, err
	}
	f.byOffice = map[string]string{}
	for _, r := range offices {
		if _, ok := f.byID[r["webform_id"]]; !ok {
			return f, fmt.Errorf("the list of forms names the unknown form %s for %s", r["webform_id"], r["office"])
		}
		f.byOffice[r["office"]] = r["webform_id"]
	}
	return f, nil
})

// FormFor returns the FOIA.gov form of an office, if it is known which one it
// is. The embedded lists are checked by a test; should they be broken all the
// same, no form is known.
func FormFor(o Office) (Form, bool) {
	f, err := forms()
	if err != nil || o.UserAdded || o.yours(Portal) {
		return Form{}, false
	}
	form, ok := f.byID[f.byOffice[o.ID]]
	return form, ok
}

// wrongCitations reads which forms cite a rule whose own link leads elsewhere:
// the title of the Code is wrong, as the links show.
func wrongCitations() (map[string][]string, error) {
	rows, err := readCSV(mismatchesCSV)
	if err != nil {
		return nil, err
	}
	wrong := map[string][]string{}
	for _, r := range rows {
		wrong[r["webform_id"]] = append(wrong[r["webform_id"]], r["text"])
	}
	return wrong, nil
}

func corrected(cite string, wrong []string, corrections map[string]string) string {
	for _, w := range wrong {
		if sameCitation(cite, w) {
			return corrections[plainCitation(w)] // empty if what is right is not known
		}
	}
	return cite
}

// readCorrections reads what the wrong citations mean.
func readCorrections() (map[string]string, error) {
	rows, err := readCSV(correctionsCSV)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, r := range rows {
		out[plainCitation(r["wrong"])] = r["right"]
	}
	return out, nil
}

func sameCitation(a, b string) bool { return plainCitation(a) == plainCitation(b) }

// plainCitation makes citations comparable: the forms write C.F.R and CFR, with
// and without spaces and section signs.
func plainCitation(s string) string { return signs.Replace(s) }

// signs are what they differ in. A replacer is made once: for each citation anew, it
// takes longer than all the rest of reading the forms.
var signs = strings.NewReplacer(".R.", "R", ".R ", "R", "C.F", "CF", "§", "", " ", "", "\u00a0", "")

// readCSV reads a table whose first row names the columns.
func readCSV(raw []byte) ([]map[string]string, error) {
	records, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil || len(records) == 0 {
		return nil, fmt.Errorf("an embedded table cannot be read: %w", err)
	}
	var rows []map[string]string
	for _, rec := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = rec[i]
		}
		rows = append(rows, row)
	}
	return rows, nil
}
