package filing

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"foia/internal/agency"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/longtest"
	"foia/internal/pdf"
	"foia/internal/pdf/pdftest"
	"foia/internal/press/presstest"
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
		place.Country = map[string]string{"gb": "United Kingdom", "eu": "Belgium", "ca": "Canada", "de": "Germany", "ie": "Ireland",
			"au": "Australia"}[p.ID]
	}
	office, _ := agency.Described(place)
	answers := letter.Answers{"subject": "Contracts for body-worn cameras",
		"records": []any{"The contracts in force on January 20, 2025, for body-worn cameras and the storage of their recordings, " +
			"with amendments"},
		"date_from": "2025-01-20", "date_to": "2025-03-31", "search_terms": []any{"body-worn camera"}, "commercial": "no",
		"fee_waiver":      true,
		"application_fee": "cheque", "litigation": "no", "conviction": "no",
		"waiver_reason": "The Courier will publish the contracts for its readers, free of charge"}
	if p.Use.Who != nil {
		answers["eligibility"] = "I am a " + map[string]string{"us-la": "person of full age", "ca": "citizen of Canada",
			"us-nh": "citizen of New Hampshire", "us-pa": "legal resident of the United States",
			"us-ky": "resident of Louisville", "us-al": "resident of Mobile"}[p.ID]
		if answers["eligibility"] == "I am a " {
			answers["eligibility"] = "I am a citizen of " + p.Place
		}
	}
	d, err := letter.Fill(letter.Order{Template: tmpl, Regime: p.Regime(), Office: office, Channel: agency.Mail,
		Date: workday.MustDate("2026-11-24"), ID: "2026-0001",
		Requester: letter.Requester{ID: "me", Name: "Ana Ruiz", Organization: "The Courier", Street: []string{"1 Main St"}, City: "Albany",
			State: "NY", ZIP: "12207", Email: "ana@example.org", Phone: "202-555-0100"},
		Layers: []letter.Layer{{Answers: answers, File: "test"}}})
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
		presstest.Golden(t, filepath.Join("testdata", "records", id+".md"), []byte(text))
		for _, federal := range []string{"U.S.C.", "C.F.R.", "FOIA Officer"} {
			if strings.Contains(text, federal) && federal != p.Title() {
				t.Errorf("%s speaks of the federal law: %s", id, federal)
			}
		}
		if !strings.Contains(strings.ReplaceAll(text, `\`, ""), p.Cite()) {
			t.Errorf("%s does not cite %s", id, p.Cite())
		}
	}
	if n := len(book.IDs()); n < 50 { // as many as there are states
		t.Errorf("%d laws", n)
	}
	// Other programs read them, too.
	t.Run("pdf", func(t *testing.T) { pdftest.Check(t, longtest.Sample(presstest.ReadByPrograms, files)) })
}

// What is unverified is silent: with every field unverified, the use of a law is
// refused by the tests of package law; here letters ask the office for the law only where
// none of it was read, and give no time away.
func TestSilentLetter(t *testing.T) {
	book, err := law.LoadRecords()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range book.IDs() {
		p, _ := book.Law(id)
		text := recordsRequest(t, p).Document.Text()
		if asks := strings.Contains(text, "tell me how it can be reviewed"); asks != (p.Use.Appeal == nil) {
			t.Errorf("%s: the letter asks how a denial is reviewed: %v", id, asks)
		}
		_, number := p.Regime().Rule(law.TopicNumber)
		if reasons := strings.Contains(text, "If you need longer"); reasons == number ||
			reasons != strings.Contains(text, "not an agreement to extend") {
			t.Errorf("%s: the letter asks for reasons of a delay: %v; the law has a number: %v", id, reasons, number)
		}
		if strings.Count(text, "If anything is withheld") != 1 {
			t.Errorf("%s: not one heading on what is withheld", id)
		}
		if p.Abroad() && (strings.Contains(text, "$") || strings.Contains(text, "November 24, 2026") ||
			strings.Contains(text, "Dear "+p.Title()+":")) {
			t.Errorf("%s: the letter abroad is an American one: %s", id, text)
		}
	}
}

// inLanguage are letters in other languages, by the name of their golden file.
var inLanguage = map[string]struct {
	template, law, country string
	answers                letter.Answers
}{
	"de-ifg": {"de-ifg", "de", "Germany",
		letter.Answers{"subject": "Verträge über Körperkameras", "custodians": []any{"Referat B 5"},
			"search_terms": []any{"Körperkamera", "Bodycam"},
			"records": []any{"Die am 20. Januar 2025 geltenden Verträge über Körperkameras und die Speicherung ihrer Aufnahmen " +
				"einschließlich aller Nachträge", "Die Prüfberichte zur Vergabe"},
			"date_from": "2025-01-20", "fee_cap": "1250.50", "fee_waiver": true,
			"waiver_reason": "Der Courier wird die Verträge veröffentlichen", "enclosures": []any{"Kopie des Presseausweises"}}},
	"de-ifg-third-parties": {"de-ifg", "de", "Germany",
		letter.Answers{"subject": "Vergabe", "records": []any{"Der Vertrag vom 7. April 2025"}, "blackening": "no",
			"third_party_reasons": "Die Namen der Auftragnehmer sind für die Berichterstattung über die Vergabe öffentlicher Mittel " +
				"erforderlich"}},
	"de-widerspruch": {"de-widerspruch", "de", "Germany",
		letter.Answers{"decision_date": "2026-11-10", "decision_reference": "Z II 4 – 13002/4#123", "received_on": "2026-11-13",
			"blackening": "yes",
			"reasons":    "Der Bescheid stützt sich auf § 3 Nr. 3 Buchst. b IFG, ohne darzulegen, welche Beratungen beeinträchtigt würden.",
			"enclosures": []any{"Kopie des Bescheids vom 10. November 2026"}}},
	"es-pr": {"es-pr", "us-pr", "",
		letter.Answers{"subject": "Contratos de cámaras corporales", "head": "Hon. Ana Rivera Soto, alcaldesa",
			"custodians": []any{"Oficina de Compras"}, "search_terms": []any{"cámara corporal"},
			"records": []any{"Los contratos vigentes al 20 de enero de 2025 para la compra de cámaras corporales, con todas sus enmiendas",
				"¿Informes de auditoría? Los del año fiscal 2024-2025 sobre esa compra"},
			"date_from": "2025-01-20", "date_to": "2025-03-31", "fee_waiver": true, "waiver_reason": "El Courier publicará los contratos",
			"enclosures": []any{"Copia de la identificación de prensa"}}},
	"us-tx-courtesy": {"public-records", "us-tx", "",
		letter.Answers{"subject": "Contracts for body-worn cameras",
			"records":          []any{"The contracts in force on January 20, 2025, for body-worn cameras"},
			"courtesy_spanish": true, "records_spanish": "Los contratos de cámaras corporales vigentes al 20 de enero de 2025."}},
}

// The letters in other languages, as they appear in their golden files and are read by
// other programs.
func TestLettersInLanguages(t *testing.T) {
	book, err := law.LoadFederal()
	if err != nil {
		t.Fatal(err)
	}
	fonts, err := pdf.LoadFonts()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var files []pdftest.File
	for _, name := range slices.Sorted(maps.Keys(inLanguage)) {
		in := inLanguage[name]
		tmpl, err := letter.NewLibrary(templates.Files).Template(in.template)
		if err != nil {
			t.Fatal(err)
		}
		office, _ := agency.Described(agency.Office{Name: "Bundesministerium des Innern", Address: []string{"Alt-Moabit 140"},
			City: "10557 Berlin", Law: in.law, Country: in.country})
		if in.law != "de" {
			office, _ = agency.Described(agency.Office{Name: "Municipio de Aibonito", Address: []string{"Calle San José 1"},
				City: "Aibonito", State: "PR", ZIP: "00705", Law: in.law})
		}
		d, err := letter.Fill(letter.Order{Template: tmpl, Regime: book.For(office.ID, in.law), Office: office, Channel: agency.Mail,
			Date: workday.MustDate("2026-11-24"), ID: "2026-0001",
			Requester: letter.Requester{ID: "me", Name: "Ana Ruiz", Organization: "The Courier", Street: []string{"1 Main St"},
				City: "Albany", State: "NY", ZIP: "12207", Email: "ana@example.org", Phone: "202-555-0100"},
			Life:   letter.Life{Known: map[string]string{"subject": "Verträge über Körperkameras", "request_date": "October 6, 2026"}},
			Layers: []letter.Layer{{Answers: in.answers, File: "test"}}})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		presstest.Golden(t, filepath.Join("testdata", "languages", name+".md"), []byte(d.Document.Markdown()))
		file, err := fonts.Typeset(d.Document, pdf.Stationery{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		f := pdftest.File{Path: filepath.Join(dir, name+".pdf"), Letter: d.Document, Printed: pdf.Printed}
		if err := os.WriteFile(f.Path, file.Bytes, 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	t.Run("pdf", func(t *testing.T) { pdftest.Check(t, files) })
}
