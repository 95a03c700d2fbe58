package subject

import (
	"bytes"
	"errors"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"foia/internal/remedy"
	"foia/internal/retention"
	"foia/templates"
)

// whole is a subject's file in which nothing is wrong.
const whole = `id: dog-bites
title: Dog bites
names: [{is: dog bite report, by: [S1]}]
keepers: [{is: animal control, by: [craft]}]
exemptions: [{is: privacy, federal: (b)(7)(C), by: [craft]}]
retention: [{series: GRS 6.1.011}, {is: the county's schedule, by: [unread]}]
sources: {S1: the county's website}
letter:
  subject: Dog bites in {county}
  custodians: [animal control]
  items: [{title: Reports, text: "The dog bite reports of {county}"}]
  places: [{name: county, ask: which county, example: Example County}]
  period: {from: 2026-01-01, to: 2026-03-31}
`

func own(text string) *Library {
	return NewLibrary(fstest.MapFS{"subjects/dog-bites.yaml": {Data: []byte(text)}}, templates.Files)
}

// What is wrong with a file is told with its line, and what to do about it.
func TestCheck(t *testing.T) {
	if s, err := own(whole).Get("dog-bites"); err != nil || !s.Own {
		t.Fatalf("%+v, %v", s, err)
	}
	for _, row := range []struct{ name, old, new, says string }{
		{"no title", "title: Dog bites\n", "", "has no title (subjects/dog-bites.yaml:1)"},
		{"no names", "names: [{is: dog bite report, by: [S1]}]\n", "", "has no names (subjects/dog-bites.yaml:1)"},
		{"an empty list", "[{is: animal control, by: [craft]}]", "[]", "has no keepers (subjects/dog-bites.yaml:4)"},
		{"no letter", whole[strings.Index(whole, "letter:"):], "", "has no letter (subjects/dog-bites.yaml:1)"},
		{"no items", `  items: [{title: Reports, text: "The dog bite reports of {county}"}]` + "\n", "",
			"has no letter.items (subjects/dog-bites.yaml:8)"},
		{"no custodians", "  custodians: [animal control]\n", "", "has no letter.custodians"},
		{"no end of the example's period", ", to: 2026-03-31", "", "has no letter.period (subjects/dog-bites.yaml:13)"},
		{"another id", "id: dog-bites", "id: cat-bites", "id is not the name of its file (subjects/dog-bites.yaml:1)"},
		{"no id that one can be", "id: dog-bites", "id: Dog Bites", "needs an id of lower-case letters"},
		{"an unknown key", "title:", "titel: x\ntitle:", "a subject has no titel (subjects/dog-bites.yaml:2)"},
		{"an unknown key of a fact", "by: [S1]", "by: [S1], read: x", "a subject has no read in names (subjects/dog-bites.yaml:3)"},
		{"an unknown key of an item", "{title: Reports,", "{titel: x, title: Reports,", "a subject has no titel in letter.items"},
		{"a fact without a source", ", by: [S1]", "", "does not say where it was read (subjects/dog-bites.yaml:3)"},
		{"a fact that says nothing", "is: dog bite report, ", "", "does not say what it is"},
		{"a source that there is not", "by: [S1]", "by: [S2]", "has no source S2 (subjects/dog-bites.yaml:3)"},
		{"no exemption of the Act", "(b)(7)(C)", "(b)(12)", "the Act has no exemption (b)(12) (subjects/dog-bites.yaml:5)"},
		{"no part of an exemption", "(b)(7)(C)", "(b)(7)(Q)", "the Act has no exemption (b)(7)(Q)"},
		{"no series", "GRS 6.1.011", "GRS 6.1.999", "there is no series GRS 6.1.999 (subjects/dog-bites.yaml:6)"},
		{"a place not declared", "Dog bites in {county}", "Dog bites in {town}",
			"the place {town} is not among the places (subjects/dog-bites.yaml:9)"},
		{"a place not used", "places: [", "places: [{name: town, ask: x, example: y}, ", "no text of the letter has the place {town}"},
		{"a place without an example", ", example: Example County", "", "the place county lacks its question"},
		{"a place called as the program's own", "{name: county", "{name: date_from", "a place needs a name of its own"},
		{"pack and letter", "title: Dog", "pack: irs-dhs-mou\ntitle: Dog", "a subject that names a pack has no letter of its own"},
		{"no YAML", "title: Dog bites", "title: [", "subjects/dog-bites.yaml:"},
	} {
		text := strings.Replace(whole, row.old, row.new, 1)
		if text == whole {
			t.Errorf("%s: nothing was changed", row.name)
		}
		_, err := own(text).Get("dog-bites")
		if err == nil || !strings.Contains(err.Error(), row.says) || remedy.Of(err) == "" {
			t.Errorf("%s: %v; %s", row.name, err, remedy.Of(err))
		}
	}
}

// The quick form of each subject says what its YAML says, and is what go generate makes.
func TestInStep(t *testing.T) {
	made, err := Quick(templates.Files)
	if err != nil || len(made) != len(NewLibrary(templates.Files).IDs()) {
		t.Fatalf("%d quick forms, %v", len(made), err)
	}
	for file, want := range made {
		if got, err := fs.ReadFile(templates.Files, file); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is out of step with its YAML (%v): run go generate ./...", file, err)
		}
	}
	for _, s := range builtIn(t) {
		raw, err := fs.ReadFile(templates.Files, s.File)
		if err != nil {
			t.Fatal(err)
		}
		want, err := parse(s.File, raw)
		if err != nil {
			t.Fatal(err)
		}
		want.File = s.File
		if !reflect.DeepEqual(s, want) {
			t.Errorf("%s is not what its YAML says", s.ID)
		}
	}
}

// The built-in subjects have all that a subject can have, no place is left to a name, and no
// exemption of the Act is named outside of the field for it, where it would pass for the law of any
// place.
func TestBuiltIn(t *testing.T) {
	for _, s := range builtIn(t) {
		if s.Pack != "" {
			continue
		}
		for key, n := range map[string]int{"names": len(s.Names), "keepers": len(s.Keepers), "formats": len(s.Formats),
			"exemptions": len(s.Exemptions), "narrow": len(s.Narrow), "words": len(s.Words), "retention": len(s.Retention)} {
			if n == 0 {
				t.Errorf("%s has no %s", s.ID, key)
			}
		}
		facts := slices.Concat(s.Names, s.Keepers, s.Formats, s.Narrow)
		for _, e := range s.Exemptions {
			facts = append(facts, e.Fact())
		}
		for _, f := range facts {
			if strings.Contains(f.Is, "(b)(") {
				t.Errorf("%s: %q names an exemption of the Act", s.ID, f.Is)
			}
		}
		for _, text := range (checker{s, "", nil}).texts() {
			for _, word := range []string{"(b)(", "552", "must", "shall", "required by"} {
				if strings.Contains(text.text, word) {
					t.Errorf("%s, %s: %q states law", s.ID, text.at, text.text)
				}
			}
		}
		if !slices.ContainsFunc(s.Letter.Places, func(p Place) bool { return p.Default == "" }) {
			t.Errorf("%s asks nothing", s.ID)
		}
	}
}

// Words of a reporter, and the subject that should come first.
func TestSearch(t *testing.T) {
	lib := NewLibrary(templates.Files)
	for words, want := range map[string]string{
		"police body cam footage": "body-camera", "who visited the building": "visitor-logs",
		"ICE detention contract": "immigration-detention",
		"texts of the mayor":     "text-messages", "license plate cameras": "alpr", "inmate died in jail": "jail-deaths",
		"teacher salaries": "payroll", "lead in drinking water": "water-testing", "e-mails": "email", "taser incidents": "use-of-force",
		"lobbyist meetings": "lobbying-contacts", "ballots": "elections", "students expelled": "school-discipline",
		"lawsuit payouts": "settlements", "taxpayer addresses given to ICE": "irs-dhs-mou", "travel receipts": "travel-expense",
		"data dictionary": "databases", "unmanned aircraft": "drones", "winning bids": "contracts",
		"misconduct of officers": "officer-complaints",
	} {
		found, err := lib.Search(words)
		if err != nil || found[0].ID != want {
			var ids []string
			for _, s := range found {
				ids = append(ids, s.ID)
			}
			t.Errorf("%q brings %q, not %s first (%v)", words, ids, want, err)
		}
	}
	var wide *retention.TooWide
	if _, err := lib.Search("all records"); !errors.As(err, &wide) {
		t.Errorf("all records: %v", err)
	}
	var none *NotFound
	if _, err := lib.Search("zebra"); !errors.As(err, &none) || !strings.Contains(none.Hint(), "series of records") {
		t.Errorf("zebra: %v", err)
	}
}

// A subject is found by its id as people type it, and by no other name.
func TestFind(t *testing.T) {
	lib := own(whole)
	for name, want := range map[string]string{"body-camera": "body-camera", "Body cameras": "body-camera", "dog-bites": "dog-bites",
		"dog bite": "dog-bites", "E-mail": "email", "bites": "", "../sample/requester": "", "": "",
		"/": "", strings.Repeat("x", 1000): ""} {
		s, err := lib.Find(name)
		switch {
		case want == "" && err == nil:
			t.Errorf("%q is %s", name, s.ID)
		case want == "" && len(err.Error()) > 200:
			t.Errorf("%q: %v", name, err)
		case want != "" && (err != nil || s.ID != want):
			t.Errorf("%q is not %s: %v", name, want, err)
		}
	}
}

// A file whose name cannot be an id, or would be passed over, is told.
func TestNames(t *testing.T) {
	for name, says := range map[string]string{"subjects/Dog Bites.yaml": "cannot be the id of a subject (subjects/Dog Bites.yaml:1)",
		"subjects/dog-bites.yml": "does not end in .yaml", "subjects/dog-bites.YAML": "does not end in .yaml"} {
		_, err := NewLibrary(fstest.MapFS{name: {Data: []byte(whole)}}, templates.Files).All()
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
