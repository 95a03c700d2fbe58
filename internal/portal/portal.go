// Package portal turns a letter into what an agency's web form asks for: each
// field with its label, ready to be copied, and the same as JSON with the
// field names of FOIA.gov's interface. It fills no form and sends nothing.
package portal

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"foia/internal/agency"
	"foia/internal/letter"
	"foia/internal/yamltext"
)

//go:embed fields.yaml
var fieldsYAML []byte

// definition is fields.yaml.
type definition struct {
	Fields []struct {
		Name  string `yaml:"name"`
		Label string `yaml:"label"`
		Limit int    `yaml:"limit"`
	} `yaml:"fields"`
	Categories map[string]string `yaml:"categories"`
	Attachment struct {
		Label   string `yaml:"label"`
		LimitMB int    `yaml:"limit_mb"`
	} `yaml:"attachment"`
}

var load = sync.OnceValues(func() (*definition, error) {
	d := &definition{}
	if err := yamltext.Decode(yamltext.Source{File: "fields.yaml", Text: fieldsYAML}, d); err != nil {
		return nil, fmt.Errorf("the list of the web form's fields cannot be read: %w", err)
	}
	return d, nil
})

// Field is one field of the form, filled.
type Field struct {
	Name  string
	Label string
	Value string // as it is sent
	Shown string // as the form's menu shows it, if that differs
	Limit int    // in characters; 0: none is known
}

// Length is the number of characters of the value, as the form counts them.
func (f Field) Length() int { return utf8.RuneCountInString(f.Value) }

// Form is a filled web form.
type Form struct {
	URL        string
	Office     agency.Office
	Fields     []Field
	Attachment string   // label of the field that takes the PDF
	PDF        string   // name of the PDF to attach
	Shortened  bool     // the description did not fit, and refers to the PDF
	More       []string // fields of this office's form that foia does not fill
	Mark       string   // SAMPLE – not for filing
}

// Fill makes the form of a letter. pdf is the name of the letter's file, to
// which a description that is too long refers.
func Fill(d *letter.Draft, pdf string) (*Form, error) {
	def, err := load()
	if err != nil {
		return nil, err
	}
	f := &Form{URL: d.Office.PortalURL, Office: d.Office, Attachment: def.Attachment.Label, PDF: pdf, Mark: d.Document.Mark}
	if form, ok := agency.FormFor(d.Office); ok {
		f.More = form.Nonstandard
	}
	values := requesterValues(d)
	values["request_category"] = d.Answers.Text("fee_category")
	values["fee_amount_willing"] = d.Answers.Text("fee_cap")
	values["fee_waiver"] = yesNo(d.Answers.Yes("fee_waiver"))
	values["expedited_processing"] = yesNo(d.Answers.Yes("expedite"))
	for _, field := range def.Fields {
		out := Field{Name: field.Name, Label: field.Label, Limit: field.Limit, Value: values[field.Name]}
		if field.Limit > 0 {
			text, whole := fit(sections(d, field.Name), field.Limit, pdf)
			out.Value, f.Shortened = text, f.Shortened || !whole
		}
		out.Shown = def.shown(out.Value)
		f.Fields = append(f.Fields, out)
	}
	return f, nil
}

// shown is a value as the form's menu shows it; empty, if it is no choice.
func (def *definition) shown(value string) string {
	if value == "yes" || value == "no" {
		return strings.ToUpper(value[:1]) + value[1:]
	}
	return def.Categories[value]
}

// Text is what is put into the form.
func (f Field) Text() string {
	if f.Shown != "" {
		return f.Shown
	}
	return f.Value
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

func requesterValues(d *letter.Draft) map[string]string {
	r := d.Requester
	first, last := splitName(r.Name)
	v := map[string]string{"name_first": first, "name_last": last, "company_organization": r.Organization,
		"email": r.Email, "phone_number": r.Phone, "address_city": r.City, "address_state_province": r.State,
		"address_zip_postal_code": r.ZIP, "address_country": r.Country}
	if len(r.Street) > 0 {
		v["address_line1"] = r.Street[0]
		v["address_line2"] = strings.Join(r.Street[1:], ", ")
	}
	if r.Country == "" {
		v["address_country"] = "United States"
	}
	return v
}

// splitName guesses first and last name at the last space, which suits most
// names; portal.txt shows both, so that the user sees a wrong guess.
func splitName(name string) (first, last string) {
	if i := strings.LastIndex(name, " "); i > 0 {
		return name[:i], name[i+1:]
	}
	return "", name
}

// sections are the parts of the letter that belong in a field of the form, each
// part the text of one clause. The letter's own text belongs in the request.
func sections(d *letter.Draft, field string) []string {
	if field == "fee_waiver_explanation" && !d.Answers.Yes("fee_waiver") ||
		field == "expedited_processing_explanation" && !d.Answers.Yes("expedite") {
		return nil
	}
	var out []string
	seen := map[string]bool{}
	for _, b := range d.Document.Body {
		belongs := d.Template.PortalField(b.Clause) == field
		if b.Clause == "" {
			belongs = field == "request_description"
		}
		if b.Clause == "declaration" && field == "expedited_processing_explanation" {
			belongs = true // the certificate belongs to the reasons it certifies
		}
		if !belongs || seen[b.Clause] {
			continue
		}
		seen[b.Clause] = true
		clause := b.Clause
		out = append(out, d.Document.BodyText(func(b letter.Block) bool { return b.Clause == clause }))
	}
	return out
}

// fit joins the parts if they fit, or as many as do, in their order, with a
// sentence that refers to the attached letter. A single part that is too long
// is cut at the end of a paragraph.
func fit(parts []string, limit int, pdf string) (text string, whole bool) {
	text = strings.Join(parts, "\n\n")
	if utf8.RuneCountInString(text) <= limit {
		return text, true
	}
	refer := "The complete request is the attached letter, " + pdf +
		", which is part of this request; what follows here is its beginning.\n\n"
	room := limit - utf8.RuneCountInString(refer)
	var kept []string
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		if room -= utf8.RuneCountInString(paragraph) + 2; room < 0 {
			break
		}
		kept = append(kept, paragraph)
	}
	return strings.TrimSpace(refer + strings.Join(kept, "\n\n")), false
}
