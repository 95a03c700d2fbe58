package preflight

import (
	"testing"

	"foia/internal/agency"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/workday"
	"foia/templates"

	"github.com/goccy/go-yaml"
)

// date is the day of the letters in the tests.
var date = workday.MustDate("2026-11-23")

// sampleRequester is the fictional requester of the built-in samples.
func sampleRequester(t testing.TB) letter.Requester {
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

func office(t testing.TB, id string) agency.Office {
	t.Helper()
	directory, err := agency.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	o, ok := directory.Get(id)
	if !ok {
		t.Fatalf("there is no office %s", id)
	}
	return o
}

func regime(t testing.TB, id string) law.Regime {
	t.Helper()
	book, err := law.LoadFederal()
	if err != nil {
		t.Fatal(err)
	}
	return book.For(id, "")
}

// packLetters fills every letter of the built-in pack for the sample requester.
func packLetters(t testing.TB) map[string]*letter.Draft {
	t.Helper()
	lib := letter.NewLibrary(templates.Files)
	pack, err := lib.Pack("irs-dhs-mou")
	if err != nil {
		t.Fatal(err)
	}
	who := sampleRequester(t)
	out := map[string]*letter.Draft{}
	for _, l := range pack.Letters {
		tmpl, err := lib.Template(l.Template)
		if err != nil {
			t.Fatal(err)
		}
		o := office(t, l.Office)
		d, err := letter.Fill(letter.Order{Template: tmpl, Regime: regime(t, o.ID), Office: o, Channel: o.Preferred(),
			Requester: who, Date: date, ID: "2026-0001", Layers: []letter.Layer{
				{Answers: who.Answers, File: "foia.yaml", Shared: true},
				{Answers: l.Defaults, File: pack.File}, {Answers: pack.Defaults, File: pack.File, Shared: true}}})
		if err != nil {
			t.Fatal(err)
		}
		out[l.Name] = d
	}
	return out
}
