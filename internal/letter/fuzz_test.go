package letter

import (
	"strings"
	"testing"
	"testing/fstest"

	"foia/internal/longtest"
	"foia/internal/workday"
	"foia/templates"
)

// Arbitrary answers either fill or are refused, and never change the structure
// of the letter.
func FuzzFill(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	lib := NewLibrary(fstest.MapFS{"letters/own.md": {Data: []byte(head + "A {{.topic}} b.\n\n- {{.topic}}\n\nEnd.\n")}})
	tmpl, err := lib.Template("own")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := Fill(Order{Template: tmpl, Requester: Requester{ID: "x", Name: "N"}, Date: workday.MustDate("2026-11-23"),
			Layers: []Layer{{Answers: Answers{"topic": s}}}})
		if err != nil {
			return
		}
		if n := len(d.Document.Body); n != 3 {
			t.Errorf("%q makes %d blocks of 3: %q", s, n, d.Document.Text())
		}
		if plain := d.Answers.Text("topic"); !strings.Contains(Plain(d.Document.Body[0].Text), plain) {
			t.Errorf("%q is printed as %q", plain, Plain(d.Document.Body[0].Text))
		}
	})
}

// Arbitrary packs are refused with an error or have what a pack needs.
func FuzzPack(f *testing.F) {
	longtest.LargeInputs(f)
	raw, err := templates.Files.ReadFile("packs/irs-dhs-mou.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(raw))
	f.Add("id: own\nletters:\n- {name: a, template: request, office: irs, defaults: {subject: x}}\n")
	f.Fuzz(func(t *testing.T, text string) {
		pack, err := NewLibrary(fstest.MapFS{"packs/own.yaml": {Data: []byte(text)}}).Pack("own")
		if err == nil && (pack.ID != "own" || len(pack.Letters) == 0) {
			t.Errorf("%+v", pack)
		}
	})
}

// Arbitrary templates are refused with an error or compile; they never panic.
func FuzzTemplate(f *testing.F) {
	f.Add(head + "{{.topic}}")
	f.Add("---\nid: own\n---\n{{range $i, $x := .names}}{{$x}}{{end}}")
	raw, err := templates.Files.ReadFile("letters/request.md")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(raw))
	f.Fuzz(func(t *testing.T, text string) {
		lib := NewLibrary(fstest.MapFS{"letters/own.md": {Data: []byte(text)}}, templates.Files)
		tmpl, err := lib.Template("own")
		if err != nil {
			return
		}
		_, _ = Fill(Order{Template: tmpl, Requester: Requester{ID: "x", Name: "N"}, Date: workday.MustDate("2026-11-23"),
			Layers: []Layer{{Answers: Answers{"topic": "t"}}}})
	})
}

// Any file of answers is read or refused, and what is read is answers.
func FuzzAnswers(f *testing.F) {
	for _, text := range []string{"subject: X\n", "template: request\nanswers:\n  subject: X\n", "letters:\n  opinion: {subject: X}\n",
		"answers: {letters: {a: 3}}\n"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		file, err := ReadAnswers("answers.yaml", []byte(text))
		if (err == nil) == (file == nil) {
			t.Errorf("%+v, %v", file, err)
		}
	})
}
