package letter

import (
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"foia/templates"
)

// numberFragments are texts of templates, and whether they print or ask for the letter's id.
var numberFragments = map[string]bool{
	`My reference is {{.letter.id}}.`:                   true,
	`{{if .letter.id}}It has a reference.{{end}}`:       true,
	`{{if eq .letter.id "2026-0001"}}The first.{{end}}`: true,
	`{{with .letter}}{{.id}}{{end}}`:                    true,
	`{{with $}}{{.letter.id}}{{end}}`:                   true,
	`{{with .}}{{.letter.id}}{{end}}`:                   true,
	`{{$l := .letter}}{{$l.id}}`:                        true,
	`{{$all := .}}{{$all.letter.id}}`:                   true,
	`{{$all := $}}{{$all.letter.id}}`:                   true,
	`{{(.letter).id}}`:                                  true,
	`{{index .letter "id"}}`:                            true,
	`{{index (index . "letter") "id"}}`:                 true,
	`{{range .names}}{{.}}, {{$.letter.id}}{{end}}`:     true,
	`{{with .topic}}{{.}}{{else}}{{.letter.id}}{{end}}`: true,
	`Words only.`:                                                false,
	`{{.topic}} on {{.letter.date}}`:                             false,
	`{{if .letter.sample}}A sample.{{end}}`:                      false,
	`{{range .names}}{{.}}, of {{$.letter.day}}{{end}}`:          false,
	`{{with .topic}}{{.}}{{end}} {{$.requester.name}}`:           false,
	`{{if and .asks .topic}}{{.topic}}{{else}}Nothing.{{end}}`:   false,
	`{{$topic := .topic}}{{$topic}} to {{.office.name}} by foia`: false,
}

// A letter that is given its id after it was filled is the letter that is filled under that
// id, whatever the template: those that it may not hold for are known by themselves.
func TestRenumber(t *testing.T) {
	for text, numbered := range numberFragments {
		o, err := numberedOrder(t, text)
		if err != nil {
			if !numbered {
				t.Errorf("%s: %v", text, err)
			}
			continue // what no template may say
		}
		if o.Template.Numbered() != numbered {
			t.Errorf("%s: Numbered is %v", text, !numbered)
		}
	}
	fragments := sortedKeys(numberFragments)
	rapid.Check(t, func(rt *rapid.T) {
		o, err := numberedOrder(t, strings.Join(rapid.SliceOfN(rapid.SampledFrom(fragments), 1, 4).Draw(rt, "text"), "\n\n"))
		if err != nil || o.Template.Numbered() {
			return
		}
		sameUnder(rt, o, rapid.StringMatching(`20[0-9]{2}-[0-9]{4,6}`).Draw(rt, "id"))
	})
}

type failing interface{ Fatalf(string, ...any) }

// sameUnder fills a letter without an id, under the id, and under another, and compares.
func sameUnder(t failing, o Order, id string) {
	o.ID = id
	want, err := Fill(o)
	if err != nil {
		t.Fatalf("%v", err)
	}
	for _, before := range []string{"", "1999-0007"} {
		first := o
		first.ID = before
		d, err := Fill(first)
		if err != nil {
			t.Fatalf("%v", err)
		}
		if got := o.Renumber(d); !reflect.DeepEqual(got, want) {
			t.Fatalf("filled under %q and numbered %s:\n%+v\nfilled under it:\n%+v", before, id, got.Document, want.Document)
		}
		if d.Document.Reference != before {
			t.Fatalf("the letter filled before has the reference %s now", d.Document.Reference)
		}
	}
}

func numberedOrder(t *testing.T, text string) (Order, error) {
	lib := NewLibrary(fstest.MapFS{"letters/own.md": {Data: []byte(head + text)}}, templates.Files)
	tmpl, err := lib.Template("own")
	if err != nil {
		return Order{}, err
	}
	o := orderFor(t, tmpl, Answers{"topic": "Cameras", "names": []string{"Ana", "Bo"}, "asks": "yes"})
	return o, nil
}

// The built-in requests under the federal law are numbered after they were filled.
func TestRenumberBuiltIn(t *testing.T) {
	tmpl, err := NewLibrary(templates.Files).Template("request")
	if err != nil {
		t.Fatal(err)
	}
	if tmpl.Numbered() {
		t.Fatal("the template request prints the id: letters of a campaign are filled twice")
	}
	o := orderFor(t, tmpl, Answers{"subject": "Cameras", "records": []string{"All contracts of 2025 for cameras"},
		"date_from": "2025-01-01", "date_to": "2025-08-31", "fee_category": "media", "category_facts": "The Courier is a daily newspaper",
		"use_statement": "a series of articles"})
	sameUnder(t, o, "2026-0123")
}
