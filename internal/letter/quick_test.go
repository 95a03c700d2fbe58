package letter

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"foia/internal/yamltext"
	"foia/templates"
)

// The quick form of each pack says what its YAML says, and is what go generate makes.
func TestPacksInStep(t *testing.T) {
	made, err := Quick(templates.Files)
	if err != nil || len(made) != len(NewLibrary(templates.Files).Packs()) {
		t.Fatalf("%d quick forms, %v", len(made), err)
	}
	for file, want := range made {
		if got, err := fs.ReadFile(templates.Files, file); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is out of step with its YAML (%v): run go generate ./...", file, err)
		}
	}
	for _, id := range NewLibrary(templates.Files).Packs() {
		file := path.Join("packs", id+".yaml")
		text, err := fs.ReadFile(templates.Files, file)
		if err != nil {
			t.Fatal(err)
		}
		want := &Pack{}
		if err := yamltext.Decode(yamltext.Source{File: file, Text: text}, want); err != nil {
			t.Fatal(err)
		}
		if got := quickPack(templates.Files, file, text); got == nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s is not what %s says", quickFile(file), file)
		}
	}
}

// A quick form of another text does not count, nor one that is broken.
func TestQuickFormOfAnother(t *testing.T) {
	text := []byte("id: mine\ntitle: Mine\nletters:\n- {name: one, template: request, office: irs}\n")
	quick, err := json.Marshal(quickForm{digestOf(text),
		&Pack{ID: "mine", Title: "Quick", Letters: []PackLetter{{Name: "one", Template: "request",
			Office: "irs"}}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what        string
		text, quick []byte
		want        string
	}{
		{"of the text", text, quick, "Quick"},
		{"of another text", append(bytes.Clone(text), '\n'), quick, "Mine"},
		{"broken", text, quick[:len(quick)-1], "Mine"},
		{"without a pack", text, []byte(strings.Split(string(quick), ",")[0] + "}"), "Mine"},
		{"none", text, nil, "Mine"},
	} {
		files := fstest.MapFS{"packs/mine.yaml": {Data: c.text}}
		if c.quick != nil {
			files["packs/mine.json"] = &fstest.MapFile{Data: c.quick}
		}
		p, err := NewLibrary(files, templates.Files).Pack("mine")
		if err != nil || p.Title != c.want || p.File != "packs/mine.yaml" || len(p.Letters) != 1 {
			t.Errorf("%s: %+v, %v", c.what, p, err)
		}
	}
}
