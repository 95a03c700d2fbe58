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
	"foia/internal/longtest"
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

// hostile is what a user may type, by malice or by copying.
var hostile = []string{
	"{{.topic}}", "{{template \"x\"}}", "{nb}", "<script>alert(1)</script>", "=cmd()", "../../etc/passwd",
	"**bold** _it_ `code`", "# heading", "1. item", "- bullet", "> quote", "[a](http://b)", "![a](b)", "&amp; &#42;",
	"a\\*b\\", "| a | b |", "---", "~~~", "<https://example.org>", "5 * 3 * 2", "$100 & 5% of C:\\temp", "`", "\\", "*", "_a_b_",
	"“quoted” – 'straight'", "Łódź Ελλάδα Київ",
}

// What a user typed comes out as plain text, letter for letter, wherever it is
// printed.
func TestTypedIsPlain(t *testing.T) {
	text := head + "One {{.topic}} two.\n\n## {{.topic}}\n\n- {{.topic}}\n\n{{paragraphs .more}}\n\n{{bullets .names}}\n\n*{{.topic}}*\n"
	for _, s := range hostile {
		d, err := fillWith(t, text, Answers{"topic": s, "more": "first\n\n" + s, "names": []string{s, "two"}})
		if err != nil {
			t.Errorf("%q: %v", s, err)
			continue
		}
		want := []string{"One " + s + " two.", s, "•", s, "first", s, "•", s, "•", "two", s}
		var got []string
		eachText(d.Document.Body, func(_ *Block, text string) { got = append(got, text) })
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%q came out as %q", s, got)
		}
		if d.Document.Meta.Title != "About "+s {
			t.Errorf("%q: subject is %q", s, d.Document.Meta.Title)
		}
	}
}

// A line break in a one-line answer is a space; blank lines part paragraphs.
func TestLineBreaks(t *testing.T) {
	d, err := fillWith(t, head+"{{.topic}}\n\n{{paragraphs .more}}", Answers{"topic": "a\nb\r\n c", "more": "one\ntwo\r\n\r\n\r\nthree"})
	if err != nil {
		t.Fatal(err)
	}
	if got := d.Document.BodyText(func(Block) bool { return true }); got != "a b c\n\none two\n\nthree" {
		t.Errorf("got %q", got)
	}
}

// A character that cannot be printed is named, with its code point and the
// field; nothing is filled.
func TestUnprintable(t *testing.T) {
	for s, want := range map[string]string{
		"smile 😀":     "U+1F600 (GRINNING FACE)",
		"שלום":        "U+05E9 (HEBREW LETTER SHIN)",
		"مرحبا":       "U+0645 (ARABIC LETTER MEEM)",
		"bell \a":     "U+0007 (<control>)",
		"nul \x00":    "U+0000 (<control>)",
		"\xff\xfe":    "not valid UTF-8",
		"\ue000+x":    "U+E000",
		"esc \x1b[2J": "U+001B",
	} {
		for _, field := range []string{"topic", "more", "names"} {
			answers := Answers{"topic": "fine"}
			answers[field] = s
			_, err := fillWith(t, head+"{{.topic}}", answers)
			if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "field "+field) {
				t.Errorf("%q in %s: %v", s, field, err)
			}
		}
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

// Each type of field takes what people type, in one form, and refuses the rest.
func TestClean(t *testing.T) {
	for _, row := range []struct {
		kind FieldType
		in   any
		want any // nil: empty; error: refused
	}{
		{Line, "  a   b ", "a b"}, {Line, 7, "7"}, {Line, "", nil}, {Line, []any{"a"}, errRefused},
		{Day, "2025-05-06", "2025-05-06"}, {Day, "2025-02-30", errRefused}, {Day, "05/06/2025", errRefused}, {Day, "", nil},
		{Day, "2824-01-01", errRefused},
		{Days, "2025-01-20..2025-05-06", [2]string{"2025-01-20", "2025-05-06"}}, {Days, "2025-01-20", errRefused},
		{Days, map[string]any{"from": "2025-01-20", "to": "2025-05-06"}, [2]string{"2025-01-20", "2025-05-06"}},
		{YesNo, "Yes", true}, {YesNo, false, false}, {YesNo, "n", false}, {YesNo, "maybe", errRefused},
		{Money, "$1,250.5", "1250.50"}, {Money, 25, "25"}, {Money, "25.00", "25"}, {Money, "-5", errRefused}, {Money, "$", nil},
		{Money, "9999999", errRefused}, {Money, "1.234", errRefused},
		{Choice, "MEDIA", "media"}, {Choice, "press", errRefused},
		{List, "a\nb\n\n", []string{"a", "b"}}, {List, []any{"a", 2}, []string{"a", "2"}}, {List, map[string]any{}, errRefused},
	} {
		f := Field{Name: "f", Type: row.kind, Choices: []string{"media", "other"}}
		got, err := f.Clean(row.in, "x.yaml", Typing{})
		if row.want == errRefused {
			if err == nil {
				t.Errorf("%s %v: taken as %v", row.kind, row.in, got)
			}
			continue
		}
		if err != nil || !equal(got, row.want) {
			t.Errorf("%s %v: got %v, %v; want %v", row.kind, row.in, got, err, row.want)
		}
	}
}

var errRefused = errors.New("refused")

func equal(a, b any) bool {
	x, ok := a.([]string)
	y, ok2 := b.([]string)
	if ok && ok2 {
		return strings.Join(x, "|") == strings.Join(y, "|")
	}
	return a == b
}

// The limits on size hold, and what is within them works.
func TestLimits(t *testing.T) {
	long := strings.Repeat("word ", 40_000) // 200,000 characters
	if _, err := fillWith(t, head+"{{paragraphs .more}}", Answers{"topic": "t", "more": long}); err != nil {
		t.Errorf("a text of 200,000 characters: %v", err)
	}
	if _, err := fillWith(t, head+"{{.topic}}", Answers{"topic": strings.Repeat("x", maxText+1)}); err == nil {
		t.Error("a text above the limit is taken")
	}
	if _, err := fillWith(t, head+"{{bullets .names}}", Answers{"topic": "t", "names": make([]any, maxItems+1)}); err == nil {
		t.Error("a list above the limit is taken")
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
