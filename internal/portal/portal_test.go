package portal

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"foia/internal/agency"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/workday"
	"foia/templates"
)

// draft is a letter to the IRS with the given answers over good ones.
func draft(t *testing.T, over letter.Answers) *letter.Draft {
	t.Helper()
	tmpl, err := letter.NewLibrary(templates.Files).Template("request")
	if err != nil {
		t.Fatal(err)
	}
	book, err := law.LoadFederal()
	if err != nil {
		t.Fatal(err)
	}
	dir, err := agency.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	irs, _ := dir.Get("treasury-irs")
	good := letter.Answers{"subject": "Contracts", "records": []any{"The contract with Example Telecom"}, "fee_category": "media",
		"category_facts": "f", "use_statement": "u", "fee_waiver": true, "waiver_new": "news", "expedite": true, "urgency_facts": "now"}
	d, err := letter.Fill(letter.Order{Template: tmpl, Regime: book.For(irs.ID, ""), Office: irs, Channel: agency.Portal,
		Requester: letter.Requester{ID: "a", Name: "Ana María Ruiz", Organization: "The Courier", Street: []string{"1 Main St", "Floor 2"},
			City: "Albany", State: "NY", ZIP: "12207", Email: "ana@example.org", Phone: "202-555-0100"},
		Date: workday.MustDate("2026-11-23"), ID: "2026-0001", Layers: []letter.Layer{{Answers: over}, {Answers: good}}})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The form's labels and values are those of FOIA.gov (fields.yaml).
func TestFill(t *testing.T) {
	f, err := Fill(draft(t, nil), "letter.pdf")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]Field{}
	for _, field := range f.Fields {
		got[field.Name] = field
	}
	for name, want := range map[string]string{
		"name_first": "Ana María", "name_last": "Ruiz", "company_organization": "The Courier", "address_line1": "1 Main St",
		"address_line2": "Floor 2",
		"address_city":  "Albany", "address_state_province": "NY", "address_zip_postal_code": "12207", "address_country": "United States",
		"request_category": "media", "fee_amount_willing": "25", "fee_waiver": "yes", "expedited_processing": "yes",
		"email": "ana@example.org",
	} {
		if got[name].Value != want {
			t.Errorf("%s is %q, want %q", name, got[name].Value, want)
		}
	}
	if got["request_category"].Shown != "Representative of the news media" {
		t.Errorf("the menu shows %q", got["request_category"].Shown)
	}
	for name, parts := range map[string][]string{
		"request_description": {"Freedom of Information Act", "1. The contract with Example Telecom.",
			"No taxpayer’s information is sought"},
		"fee_waiver_explanation":           {"I ask that all fees be waived", "news."},
		"expedited_processing_explanation": {"expedited processing", "now", "I declare under penalty of perjury"},
	} {
		for _, part := range parts {
			if !strings.Contains(got[name].Value, part) {
				t.Errorf("%s lacks %q:\n%s", name, part, got[name].Value)
			}
		}
	}
	if strings.Contains(got["request_description"].Value, "fees be waived") {
		t.Error("the waiver is in the description too")
	}
}

// What is not asked for is not justified.
func TestNothingAsked(t *testing.T) {
	f, err := Fill(draft(t, letter.Answers{"fee_waiver": false, "expedite": false}), "letter.pdf")
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range f.Fields {
		if strings.HasSuffix(field.Name, "_explanation") && field.Value != "" {
			t.Errorf("%s: %q", field.Name, field.Value)
		}
	}
}

// A description that is too long for the form ends early and refers to the
// letter, which the form lets the user attach.
func TestTooLong(t *testing.T) {
	f, err := Fill(draft(t, letter.Answers{
		"records": []any{"First item " + strings.Repeat("long ", 1900), "Second item " + strings.Repeat("long ", 1900)}}), "letter.pdf")
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range f.Fields {
		if field.Limit > 0 && utf8.RuneCountInString(field.Value) > field.Limit {
			t.Errorf("%s has %d characters of %d", field.Name, utf8.RuneCountInString(field.Value), field.Limit)
		}
		if field.Name == "request_description" &&
			(!strings.Contains(field.Value, "the attached letter, letter.pdf") || !strings.Contains(field.Value, "First item")) {
			t.Errorf("the description does not refer to the letter: %.300s", field.Value)
		}
	}
	if !f.Shortened || !strings.Contains(string(f.Text()), "does not fit into the form") {
		t.Error("the user is not told")
	}
	// A single paragraph longer than the form leaves only the reference.
	f, err = Fill(draft(t, letter.Answers{"records": []any{strings.Repeat("long ", 10_000)}}), "letter.pdf")
	if err != nil || !f.Shortened {
		t.Errorf("%v, shortened %v", err, f.Shortened)
	}
}

// The JSON is one object with FOIA.gov's names and no empty value.
func TestJSON(t *testing.T) {
	f, err := Fill(draft(t, letter.Answers{"subject": "quotes \" and <tags>"}), "letter.pdf")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := f.JSON()
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	if m["agency"] != "Department of the Treasury" || m["agency_component_name"] != "Internal Revenue Service" ||
		m["pdf"].(map[string]any)["filename"] != "letter.pdf" {
		t.Errorf("got %v", m)
	}
	known := map[string]bool{"agency": true, "agency_component_name": true, "pdf": true}
	for _, field := range f.Fields {
		known[field.Name] = true
	}
	for name, v := range m {
		if !known[name] || v == "" {
			t.Errorf("%s: %v", name, v)
		}
	}
}

func TestSplitName(t *testing.T) {
	for name, want := range map[string][2]string{"Ana Ruiz": {"Ana", "Ruiz"}, "Jane Q. Sample": {"Jane Q.", "Sample"},
		"Plato": {"", "Plato"}} {
		if first, last := splitName(name); first != want[0] || last != want[1] {
			t.Errorf("%s: %q %q", name, first, last)
		}
	}
}
