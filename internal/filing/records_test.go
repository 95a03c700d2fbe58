package filing

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"foia/internal/agency"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/longtest"
	"foia/internal/pdf"
	"foia/internal/pdf/pdftest"
	"foia/internal/workday"
	"foia/templates"
)

// recordsRequest is the same request under one of the laws, to an office there.
func recordsRequest(t testing.TB, p *law.PublicRecords) *letter.Draft {
	t.Helper()
	tmpl, err := letter.NewLibrary(templates.Files).Template("public-records")
	if err != nil {
		t.Fatal(err)
	}
	place := agency.Office{Name: "Springfield Police Department", Address: []string{"1 Main Street"}, City: "Springfield", Law: p.ID}
	if state, ok := strings.CutPrefix(p.ID, "us-"); ok {
		place.State, place.ZIP = strings.ToUpper(state), "00000"
	} else {
		place.Country = map[string]string{"gb": "United Kingdom", "eu": "Belgium", "ca": "Canada", "de": "Germany", "ie": "Ireland", "au": "Australia"}[p.ID]
	}
	office, _ := agency.Described(place)
	answers := letter.Answers{"subject": "Contracts for body-worn cameras",
		"records":   []any{"The contracts in force on January 20, 2025, for body-worn cameras and the storage of their recordings, with amendments"},
		"date_from": "2025-01-20", "date_to": "2025-03-31", "search_terms": []any{"body-worn camera"}, "commercial": "no", "fee_waiver": true,
		"waiver_reason": "The Courier will publish the contracts for its readers, free of charge"}
	if p.Use.Who != nil {
		answers["eligibility"] = "I am a " + map[string]string{"us-la": "person of full age", "ca": "citizen of Canada", "us-nh": "citizen of New Hampshire", "us-pa": "legal resident of the United States",
			"us-ky": "resident of Louisville", "us-al": "resident of Mobile"}[p.ID]
		if answers["eligibility"] == "I am a " {
			answers["eligibility"] = "I am a citizen of " + p.Place
		}
	}
	d, err := letter.Fill(letter.Order{Template: tmpl, Regime: p.Regime(), Office: office, Channel: agency.Mail, Date: workday.MustDate("2026-11-24"), ID: "2026-0001",
		Requester: letter.Requester{ID: "me", Name: "Ana Ruiz", Organization: "The Courier", Street: []string{"1 Main St"}, City: "Albany", State: "NY", ZIP: "12207", Email: "ana@example.org", Phone: "202-555-0100"},
		Layers:    []letter.Layer{{Answers: answers, File: "test"}}})
	if err != nil {
		t.Fatalf("%s: %v", p.ID, err)
	}
	return d
}

// The letter under each of the laws, as it appears in its golden file.
func TestRecordsLetters(t *testing.T) {
	book, err := law.LoadRecords()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	fonts, err := pdf.LoadFonts()
	if err != nil {
		t.Fatal(err)
	}
	var files []pdftest.File
	for _, id := range book.IDs() {
		p, _ := book.Law(id)
		doc := recordsRequest(t, p).Document
		file, err := fonts.Typeset(doc, pdf.Stationery{})
		if err != nil {
			t.Fatalf("%s: %v", id, err)
		}
		f := pdftest.File{Path: filepath.Join(dir, id+".pdf"), Letter: doc, Printed: pdf.Printed}
		if err := os.WriteFile(f.Path, file.Bytes, 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
		text := doc.Markdown()
		golden(t, filepath.Join("testdata", "records", id+".md"), []byte(text))
		for _, federal := range []string{"U.S.C.", "C.F.R.", "FOIA Officer"} {
			if strings.Contains(text, federal) && federal != p.Title() {
				t.Errorf("%s speaks of the federal law: %s", id, federal)
			}
		}
		if !strings.Contains(strings.ReplaceAll(text, `\`, ""), p.Cite()) {
			t.Errorf("%s does not cite %s", id, p.Cite())
		}
	}
	if n := len(book.IDs()); n != 58 {
		t.Errorf("%d laws", n)
	}
	// Other programs read them, too.
	t.Run("pdf", func(t *testing.T) { pdftest.Check(t, longtest.Sample(readByPrograms, files)) })
}

// What is unverified is silent: with every field unverified, the use of a law is
// refused by the tests of package law; here the letter of a law without sentences
// states no number.
func TestSilentLetter(t *testing.T) {
	book, err := law.LoadRecords()
	if err != nil {
		t.Fatal(err)
	}
	p, _ := book.Law("us-ga") // whose way to court and waiver are unverified
	text := recordsRequest(t, p).Document.Text()
	for _, word := range []string{"Attorney General", "superior court", "Superior Court", "mediation"} {
		if strings.Contains(text, word) {
			t.Errorf("the letter to Georgia names %s", word)
		}
	}
	if !strings.Contains(text, "tell me how it can be reviewed") {
		t.Error(fmt.Sprint("the letter to Georgia asks nothing of a review: ", text))
	}
}
