package subject

import (
	"errors"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"foia/internal/agency"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/preflight"
	"foia/internal/press/presstest"
	"foia/internal/retention"
	"foia/internal/workday"
	"foia/templates"
)

func builtIn(t testing.TB) []*Subject {
	t.Helper()
	all, err := NewLibrary(templates.Files).All()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// requester is the fictional one of the samples.
func requester(t testing.TB) letter.Requester {
	t.Helper()
	raw, err := templates.Files.ReadFile("sample/requester.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Requesters []letter.Requester `yaml:"requesters"`
	}
	if err := yaml.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	return file.Requesters[0]
}

// kindOf is a template, and the office that its letters go to here.
type kindOf struct {
	template string
	office   agency.Office
	regime   law.Regime
}

func kinds(t testing.TB) map[string]kindOf {
	t.Helper()
	book, err := law.LoadFederal()
	if err != nil {
		t.Fatal(err)
	}
	ice := officeOf(t, "dhs-ice")
	texas, ok := book.Records().Law("us-tx")
	if !ok {
		t.Fatal("there is no law of Texas")
	}
	county, _ := agency.Described(agency.Office{Name: "Example County", Address: []string{"1 Main Street"}, City: "Exampleville",
		State: "TX", ZIP: "75001", Law: "us-tx"})
	return map[string]kindOf{"federal": {"request", ice, book.For(ice.ID, ice.Law)}, "texas": {"public-records", county, texas.Regime()}}
}

func officeOf(t testing.TB, id string) agency.Office {
	t.Helper()
	directory, err := agency.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	m, err := directory.Find(id)
	if err != nil {
		t.Fatal(err)
	}
	return m.Office
}

func filled(t testing.TB, k kindOf, answers letter.Layer) (*letter.Draft, error) {
	t.Helper()
	tmpl, err := letter.NewLibrary(templates.Files).Template(k.template)
	if err != nil {
		t.Fatal(err)
	}
	who := requester(t)
	who.Answers["fee_waiver"] = "no" // its reasons are the requester's own, and no item has them
	return letter.Fill(letter.Order{Template: tmpl, Regime: k.regime, Office: k.office, Channel: k.office.Preferred(), Requester: who,
		Date: workday.MustDate("2026-11-23"), ID: "2026-0001", Layers: []letter.Layer{answers, {Answers: who.Answers, File: "foia.yaml",
			Shared: true}}})
}

// Each subject, filled with its own example, makes a letter in which the preflight finds no more
// than advice, under the federal Act and under the law of a state. Both ways give the same
// answers: from values, as a face asks for them, and from the file that is printed to be filled in.
func TestLetters(t *testing.T) {
	subjects := builtIn(t)
	if len(subjects) != 26 {
		t.Errorf("%d subjects", len(subjects))
	}
	for _, s := range subjects {
		if s.Pack != "" {
			continue
		}
		for name, k := range kinds(t) {
			d, err := filled(t, k, letter.Layer{Answers: s.Answers(s.Example()), File: "values"})
			if err != nil {
				t.Errorf("%s, %s: %v", s.ID, name, err)
				continue
			}
			for _, f := range preflight.Check(d, preflight.Surroundings{}) {
				if f.Severity != preflight.Advice && f.Rule != "C02" { // how old the office's address is
					t.Errorf("%s, %s: %s %s: %s; saw %s", s.ID, name, f.Severity, f.Rule, f.Title, f.Saw)
				}
			}
			text := d.Document.Text()
			if strings.Contains(text, "[[") || strings.Contains(text, "{") {
				t.Errorf("%s, %s: a place is open", s.ID, name)
			}
			if name == "federal" {
				presstest.Golden(t, filepath.Join("testdata", "letters", s.ID+".md"), []byte(items(d)))
			}
			fromFile, err := letter.ReadAnswers("ask.yaml", []byte(filledIn(s)))
			if err != nil {
				t.Errorf("%s: %v", s.ID, err)
				continue
			}
			again, err := filled(t, k, fromFile.Shared)
			if err != nil || again.Document.Text() != text {
				t.Errorf("%s, %s: the file makes another letter: %v", s.ID, name, err)
			}
		}
	}
}

// items are the subject of a letter and what it asks for; the rest is the template's.
func items(d *letter.Draft) string {
	_, asked, _ := strings.Cut(d.Document.Markdown(), "## Records requested")
	asked, _, _ = strings.Cut(asked, "\nWhere I name")
	return "# " + d.Document.Subject + "\n" + strings.TrimRight(asked, "\n") + "\n"
}

// filledIn is the printed file with the example in each place, as a person fills it in.
func filledIn(s *Subject) string {
	text := s.Sheet().Text()
	for _, p := range s.Places() {
		text = put(text, p.Ask, p.Example)
	}
	return text
}

// What is not filled in makes no letter, and every place is named at once.
func TestNotFilledIn(t *testing.T) {
	for _, s := range builtIn(t) {
		if s.Pack != "" {
			continue
		}
		_, err := letter.ReadAnswers("ask.yaml", []byte(s.Sheet().Text()))
		var p *letter.Problem
		if !errors.As(err, &p) || p.File != "ask.yaml" || p.Line == 0 {
			t.Errorf("%s: %v", s.ID, err)
			continue
		}
		for _, place := range s.Places() {
			if named := strings.Contains(p.What, "[["+place.Ask+"]]"); named == (place.Default != "") {
				t.Errorf("%s: %s is named: %v", s.ID, place.Name, named)
			}
		}
	}
}

// Every series makes an item that the preflight has no warning about once it is filled in.
func TestSeriesLetters(t *testing.T) {
	book, err := retention.Load()
	if err != nil {
		t.Fatal(err)
	}
	places := map[string]string{"what they are about, in a few words": "rates for calls from the jail",
		"what they are about: a matter, person, place or contract": "the contract with Example Telecom",
		"the office or person likely to have them":                 "the Office of Operations", "words to search for": "rate cap",
		"the first day of the period": "2026-01-05", "the last day of the period": "2026-02-06"}
	federal, err := law.LoadFederal()
	if err != nil {
		t.Fatal(err)
	}
	made := 0
	all := kinds(t)
	for _, s := range book.All() {
		i, err := s.Item()
		if err != nil {
			continue
		}
		made++
		text := SheetOf(i).Text()
		for place, value := range places {
			text = put(text, place, value)
		}
		answers, err := letter.ReadAnswers("ask.yaml", []byte(text))
		if err != nil {
			t.Fatalf("%s: %v", s.ID, err)
		}
		k := all["federal"]
		if s.Law != law.Federal {
			k = all["texas"]
		}
		several := len(s.Offices()) > 1 // then the letter should name the others, which it is told
		if len(s.Offices()) > 0 {
			k.office = officeOf(t, s.Offices()[0])
			k.regime = federal.For(k.office.ID, k.office.Law)
		}
		d, err := filled(t, k, answers.Shared)
		if err != nil {
			t.Fatalf("%s: %v", s.ID, err)
		}
		for _, f := range preflight.Check(d, preflight.Surroundings{}) {
			if f.Severity != preflight.Advice && f.Rule != "C02" && !(several && (f.Rule == "F21" || f.Rule == "F22")) {
				t.Errorf("%s: %s %s: %s; saw %s", s.ID, f.Severity, f.Rule, f.Title, f.Saw)
			}
		}
	}
	if made < 350 {
		t.Errorf("%d items", made)
	}
}

// put fills a place of a printed file, which may be broken over lines.
func put(text, place, value string) string {
	spaced := strings.ReplaceAll(regexp.QuoteMeta("[["+place+"]]"), " ", `\s+`)
	return regexp.MustCompile(spaced).ReplaceAllLiteralString(text, value)
}
