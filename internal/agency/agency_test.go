package agency

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
)

func embedded(t testing.TB) *Directory {
	t.Helper()
	d, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The directory is whole: a record for each entry of the departments' files, unique ids,
// parents and default components that exist, and a contact for each channel.
func TestDirectoryIsWhole(t *testing.T) {
	d := embedded(t)
	files, err := readDepartments(os.DirFS("."))
	if err != nil || len(d.All()) != len(files) || len(files) < 100 { // cabinet departments alone have more components
		t.Errorf("%d records, %d in the files, %v", len(d.All()), len(files), err)
	}
	for _, o := range d.All() {
		if o.Parent != "" && o.ParentName == "" {
			t.Errorf("%s: its parent %s is not in the directory", o.ID, o.Parent)
		}
		if _, ok := d.Get(o.DefaultComponent); o.DefaultComponent != "" && !ok {
			t.Errorf("%s: its default component %s is not in the directory", o.ID, o.DefaultComponent)
		}
		if o.Source == "" || o.Dated == "" {
			t.Errorf("%s: no source or date", o.ID)
		}
		for _, c := range o.ReceivesBy {
			if c != Mail && o.ContactFor(c) == "" {
				t.Errorf("%s takes %s, but has no contact for it", o.ID, c)
			}
		}
	}
}

// The quick forms of the directory say what the files of the departments say. To write
// them anew: go generate ./...
func TestQuickInStep(t *testing.T) {
	made, err := Quick(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	for name, have := range map[string][]byte{quickOffices: officesJSONL, quickSources: sourcesJSONL, quickElsewhere: elsewhereJSONL,
		quickWords: []byte(elsewhereWords), quickPlaces: placesJSON} {
		if !bytes.Equal(made[name], have) {
			t.Errorf("%s is out of step with %s and %s; run go generate ./...", name, departmentsDir, officesDir)
		}
	}
	sources, err := embedded(t).Sources("dhs-ice")
	if err != nil || len(sources) < 4 || sources[0].Ref == "" {
		t.Errorf("the sources of dhs-ice: %v, %v", sources, err)
	}
}

// What is wrong with a department's file is named with its line.
func TestDepartmentErrors(t *testing.T) {
	known := []citable{{Name: "a page", Ref: "https://example.org", Date: "2026-11-20"}}
	for _, row := range []struct{ text, want string }{
		{"    fax:\n      is: 1-2\n      by: [another page]\n", `x.yaml:2: the source "another page" is not in`},
		{"    fax:\n      is: 1-2\n", "x.yaml:3: fax: by names no source"},
		{"    fax:\n      was: 1-2\n", "a fact has is and by, not was"},
		{"    fax:\n      is: 1-2\n      by: a page\n", "x.yaml:3: fax: sources are a list"},
		{"    zip: 12345\n", "x.yaml:3: zip cannot be a number (a text of digits needs quotation marks)"},
		{"    nme: X\n", `x.yaml:3: nme: json: unknown field "nme"`},
		{"    main_source: a book\n", `x.yaml:3: the source "a book" is not in`},
		{"    name: X\nother: 1\n", "there is no other in such a file"},
		{"    name: X\n  - id: y-z\n    parent: y\n", "x.yaml:5: y-z is no component of x"},
	} {
		_, err := readDepartment([]byte("offices:\n  - id: x\n"+row.text), "data/departments/x.yaml", known)
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%q: %v", row.text, err)
		}
	}
	text := "offices:\n  - id: x\n    fax:\n      is: 1-2  # seen\n      by: [a page]\n    email:\n      by: [a page]\n"
	o, err := readDepartment([]byte(text), "data/departments/x.yaml", known)
	if err != nil || o[0].Fax != "1-2" || len(o[0].Sources) != 1 || !slices.Equal(o[0].Sources[0].Fields, []string{"email", "fax"}) {
		t.Errorf("%+v, %v", o, err)
	}
}
