package letter

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"foia/internal/agency"
	"foia/internal/law"
	"foia/internal/remedy"
	"foia/internal/workday"
	"foia/templates"
)

// fillWith fills a template of the given text, with the given answers, to the IRS.
func fillWith(t *testing.T, text string, answers Answers) (*Draft, error) {
	t.Helper()
	lib := NewLibrary(fstest.MapFS{"letters/own.md": {Data: []byte(text)}}, templates.Files)
	tmpl, err := lib.Template("own")
	if err != nil {
		return nil, err
	}
	return Fill(orderFor(t, tmpl, answers))
}

func orderFor(t *testing.T, tmpl *Template, answers Answers) Order {
	t.Helper()
	book, err := law.LoadFederal()
	if err != nil {
		t.Fatal(err)
	}
	return Order{
		Template: tmpl, Regime: book.For("treasury-irs", ""),
		Office: agency.Office{ID: "treasury-irs", Name: "Internal Revenue Service", ParentName: "Department of the Treasury"},
		Requester: Requester{ID: "me", Name: "Ana Ruiz", Street: []string{"1 Main St"}, City: "Albany", State: "NY", ZIP: "12207",
			Email: "ana@example.org"},
		Date: workday.MustDate("2026-11-23"), ID: "2026-0001",
		Layers:  []Layer{{Answers: answers, File: "answers.yaml"}},
		Charset: func(r rune) bool { return r < 0x0590 || r >= 0x2010 && r <= 0x2030 },
	}
}

const head = "---\nid: own\ntitle: T\nkind: request\nlaw: us-federal\nsubject: About {{.topic}}\nfields:\n" +
	"  - {name: topic, label: Topic, type: line, required: true}\n" +
	"  - {name: more, label: More, type: text}\n" +
	"  - {name: names, label: Names, type: list}\n" +
	"  - {name: asks, label: Asks, type: yesno}\n" +
	"---\n"

// What is wrong in a template is said with file, line and field, whether or not
// the branch is taken today.
func TestTemplateErrors(t *testing.T) {
	for _, row := range []struct {
		name, text string
		want       []string
	}{
		{"unknown variable", head + "Hello {{.topik}}", []string{"own.md:13:", "field topik", "variable that is not a field"}},
		{"unknown variable in a branch not taken", head + "x\n\n{{if .asks}}{{.tpoic}}{{end}}", []string{"own.md:15:", "field tpoic"}},
		{"unknown variable through $", head + "{{range .names}}{{$.topick}}{{end}}", []string{"own.md:13:", "field topick"}},
		{"unknown variable in a condition", head + "{{if .ask}}x{{end}}", []string{"own.md:13:", "field ask"}},
		{"empty variable", head + "Hello\n{{.more}}", []string{"own.md:14:", "field more", "empty"}},
		{"yes or no printed", head + "{{.asks}}", []string{"own.md:13:", "field asks", "cannot be printed"}},
		{"broken action", head + "Hello {{if}}", []string{"own.md:13", "cannot be read"}},
		{"unknown clause", head + "{{template \"search\" .}}", []string{"own.md:13:", "“search” is not in the list"}},
		{"no front matter", "Hello", []string{"own.md:1", "front matter"}},
		{"broken YAML", "---\nid: own\n  title: [\n---\nx", []string{"own.md:", "YAML"}},
		{"unknown key", strings.Replace(head, "kind:", "knid: x\nkind:", 1) + "x", []string{"own.md:", "knid"}},
		{"unknown type", strings.Replace(head, "type: yesno", "type: yes", 1) + "x", []string{"own.md:11", "field asks", "unknown type"}},
		{"reserved name", strings.Replace(head, "name: asks", "name: office", 1) + "x", []string{"field office", "itself"}},
		{"wrong id", strings.Replace(head, "id: own", "id: other", 1) + "x", []string{"own.md:2", "not the name of the file"}},
		{"default for no field", strings.Replace(head, "fields:", "defaults: {nothing: 1}\nfields:", 1) + "x", []string{"field nothing"}},
		{"field twice", strings.Replace(head, "name: asks", "name: more", 1) + "x", []string{"field more", "twice"}},
		{"HTML", head + "<b>x</b>", []string{"own.md", "HTML"}},
		{"image", head + "![x](y.png)", []string{"own.md", "Image"}},
		{"code", head + "x\n\n    code\n", []string{"own.md", "CodeBlock"}},
		{"citation that the law does not have", head + "{{cite \"nothing\"}}", []string{"own.md:13", "no rule on “nothing”"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, err := fillWith(t, row.text, Answers{"topic": "the topic"})
			if err == nil {
				t.Fatal("no error")
			}
			for _, w := range row.want {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("the error does not say %q: %v", w, err)
				}
			}
			var hinted interface{ Hint() string }
			if !errors.As(err, &hinted) || hinted.Hint() == "" {
				t.Errorf("no remedy with: %v", err)
			}
		})
	}
}

// Missing answers are all named at once, with an example of how to give one.
func TestMissing(t *testing.T) {
	lib := NewLibrary(templates.Files)
	tmpl, err := lib.Template("request")
	if err != nil {
		t.Fatal(err)
	}
	_, err = Fill(orderFor(t, tmpl, Answers{"fee_category": "media"}))
	var missing *Missing
	if !errors.As(err, &missing) {
		t.Fatalf("got %v", err)
	}
	for _, name := range []string{"subject", "records", "category_facts", "use_statement"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not named: %v", name, err)
		}
	}
	if strings.Contains(err.Error(), "urgency_facts") {
		t.Errorf("a field is asked for whose condition does not hold: %v", err)
	}
	example, _ := missing.Fields[0].Example.(string)
	want := "answer with " + remedy.Answer("subject", example) + ", or in a file: " + remedy.Give("answers", remedy.Open("FILE.yaml"))
	if example == "" || missing.Hint() != want {
		t.Errorf("the hint is %+q, want %+q", missing.Hint(), want)
	}
}

// An unknown field is refused with the nearest names and its line.
func TestUnknownField(t *testing.T) {
	lib := NewLibrary(templates.Files)
	tmpl, err := lib.Template("request")
	if err != nil {
		t.Fatal(err)
	}
	o := orderFor(t, tmpl, nil)
	o.Layers = []Layer{{Answers: Answers{"subjekt": "x"}, File: "a.yaml", Lines: map[string]int{"subjekt": 7}}}
	_, err = Fill(o)
	var p *Problem
	if !errors.As(err, &p) || !p.Usage() || p.Line != 7 || !strings.Contains(p.Hint(), "did you mean subject") {
		t.Errorf("got %v, %+v", err, p)
	}
}

// The first layer that answers a field wins; the template's defaults come last.
func TestLayers(t *testing.T) {
	lib := NewLibrary(fstest.MapFS{
		"letters/own.md": {Data: []byte(strings.Replace(head, "type: text}", "type: text, default: last}", 1) + "{{.more}}")}})
	tmpl, err := lib.Template("own")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		layers []Layer
		want   string
	}{
		{[]Layer{{Answers: Answers{"topic": "t", "more": "first"}}, {Answers: Answers{"more": "second"}}}, "first"},
		{[]Layer{{Answers: Answers{"topic": "t"}}, {Answers: Answers{"more": "second"}}}, "second"},
		{[]Layer{{Answers: Answers{"topic": "t", "more": "  "}}, {Answers: Answers{"stranger": 1}, Shared: true}}, "last"},
	} {
		got, err := tmpl.complete(row.layers, Typing{}, Life{})
		if err != nil || got.Text("more") != row.want {
			t.Errorf("got %q, %v; want %q", got.Text("more"), err, row.want)
		}
	}
}

// Every template and pack that is built in compiles.
func TestBuiltIn(t *testing.T) {
	lib := NewLibrary(templates.Files)
	if len(lib.Templates()) == 0 || len(lib.Packs()) == 0 {
		t.Fatal("nothing is built in")
	}
	for _, id := range lib.Templates() {
		if _, err := lib.Template(id); err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
	for _, id := range lib.Packs() {
		p, err := lib.Pack(id)
		if err != nil {
			t.Errorf("%s: %v", id, err)
			continue
		}
		for _, l := range p.Letters {
			if _, err := lib.Template(l.Template); err != nil {
				t.Errorf("%s/%s: %v", id, l.Name, err)
			}
		}
	}
}

// A user's template of the same name wins over the built-in one, and may use
// the built-in clauses.
func TestUserTemplateWins(t *testing.T) {
	own := fstest.MapFS{"letters/request.md": {Data: []byte("---\nid: request\ntitle: Mine\nkind: request\nlaw: us-federal\nsubject: " +
		"s\nclauses: [search]\n---\n{{template \"search\" .}}\n")}}
	tmpl, err := NewLibrary(own, templates.Files).Template("request")
	if err != nil || tmpl.Title != "Mine" {
		t.Fatalf("got %v, %v", tmpl, err)
	}
	if _, err := NewLibrary(own, templates.Files).Template("reqest"); err == nil || !strings.Contains(err.(*NotFound).Hint(), "request") {
		t.Errorf("no near name: %v", err)
	}
}

// Letters of one template, filled at the same time and one after the other, know
// nothing of each other: answers, what a decision claims, what was printed.
func TestLettersOfOneTemplate(t *testing.T) {
	lib := NewLibrary(fstest.MapFS{
		"letters/own.md": {Data: []byte(head + `{{.topic}}{{if asserted "b5"}} claimed{{end}}{{if abroad}} abroad{{end}}`)}},
		templates.Files)
	tmpl, err := lib.Template("own")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i := range 200 {
		o, want := orderFor(t, tmpl, Answers{"topic": fmt.Sprint("topic ", i)}), fmt.Sprint("topic ", i)
		if i%2 == 0 {
			o.Life.Asserted, want = []string{"b5"}, want+" claimed"
		}
		all.Go(func() {
			d, err := Fill(o)
			if err != nil {
				t.Error(err)
			} else if got := d.Document.Text(); !strings.Contains(got, want+"\n") || i%2 == 1 && strings.Contains(got, "claimed") {
				t.Errorf("want %q in:\n%s", want, got)
			}
		})
		if i >= 100 {
			all.Wait()
		}
	}
	all.Wait()
}
