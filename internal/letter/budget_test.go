package letter

import (
	"errors"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"foia/templates"
)

// However much a template would count, print or make, there is an end to it, with file and line,
// after little memory.
func TestTemplateBounds(t *testing.T) {
	const doubled = "{{$x := \"aaaaaaaa\"}}{{range 60}}{{$x = "
	var before, after runtime.MemStats
	for _, row := range []struct {
		name, text string
		want       string
	}{
		{"a long loop", "{{range 2000000000}}{{end}}", "own.md:13:"},
		{"one that prints", "x\n\n{{range 2000000000}}a{{end}}", "own.md:15:"},
		{"one that does nothing with a value", "{{range $i := 2000000000}}{{if $i}}{{continue}}{{end}}{{end}}", "more than 500,000 steps"},
		{"loops in loops", "{{range 5000}}{{range 5000}}{{range 5000}}{{end}}{{end}}{{end}}", "more than 500,000 steps"},
		{"a loop with much in it", "{{range 100000}}{{if true}}" + strings.Repeat("{{if false}}{{end}}", 1000) + "{{end}}{{end}}",
			"more than 500,000 steps"},
		{"a loop with much text in it", "{{range 100000}}" + strings.Repeat("text ", 1000) + "{{end}}", "more than 4 MB of text"},
		{"a loop over a value", "{{range 100000}}{{$.more}}{{end}}", "more than 4 MB of text"},
		{"a loop over a list", "{{range 400000}}{{$x := bullets $.names}}{{end}}", "more than"},
		{"a wide number", "{{printf \"%1000000000d\" 1}}", "own.md:13:"},
		{"a wide number, within what printf takes", "{{printf \"%999999d\" 1}}", "printf pads to 999999 places"},
		{"a precise number", "{{printf \"%.999999f\" 1.5}}", "printf pads to 999999 places"},
		{"a width from a value", "{{printf \"%*d\" 1000000 1}}", "printf takes a width from a value"},
		{"many numbers", "{{range 100000}}{{$x := printf \"" + strings.Repeat("%0999d", 50) + "\" 1}}{{end}}", "more than 4 MB of text"},
		{"printf, doubling", doubled + "printf \"%s%s\" $x $x}}{{end}}", "more than 4 MB of text"},
		{"printf of one value, many times", doubled + "printf \"%[1]s%[1]s%[1]s\" $x}}{{end}}", "more than 4 MB of text"},
		{"print, doubling", doubled + "print $x $x}}{{end}}", "more than 4 MB of text"},
		{"println, doubling", doubled + "println $x $x}}{{end}}", "more than 4 MB of text"},
		{"html, growing", "{{$x := \"<\"}}{{range 60}}{{$x = html $x $x}}{{end}}", "more than 4 MB of text"},
		{"js, growing", "{{$x := \"<\"}}{{range 60}}{{$x = js $x $x}}{{end}}", "more than 4 MB of text"},
		{"urlquery, growing", "{{$x := \"<\"}}{{range 60}}{{$x = urlquery $x $x}}{{end}}", "more than 4 MB of text"},
		{"a text that defines one", "x\n{{ define \"x\"}}y{{end}}", "the text has a {{define}} (letters/own.md:14)"},
		{"a block", "x {{- block \"x\" .}}y{{end}}", "the text has a {{block}} (letters/own.md:13)"},
	} {
		t.Run(row.name, func(t *testing.T) {
			runtime.ReadMemStats(&before)
			_, err := fillWith(t, head+row.text, Answers{"topic": "the topic", "more": strings.Repeat("more ", 100),
				"names": []any{"Ana", "Ben"}})
			runtime.ReadMemStats(&after)
			var p *Problem
			if !errors.As(err, &p) || p.Line < 13 || p.Remedy == "" || p.File != "letters/own.md" ||
				!strings.Contains(err.Error(), row.want) {
				t.Errorf("%v", err)
			}
			if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 400 {
				t.Errorf("it took %d MB", mb)
			}
		})
	}
}

// A subject line is bounded as a letter is.
func TestSubjectBounds(t *testing.T) {
	_, err := fillWith(t, strings.Replace(head, "About {{.topic}}", "\"{{range 2000000000}}{{end}}\"", 1)+"x", Answers{"topic": "x"})
	if err == nil || !strings.Contains(err.Error(), "more than 500,000 steps") || !strings.Contains(err.Error(), "own.md") {
		t.Error(err)
	}
}

// Clauses that print themselves, or many times what prints many times, have an end, too.
func TestClauseBounds(t *testing.T) {
	clause := func(id, body string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("---\nid: " + id + "\n---\n" + body)}
	}
	again := func(id string) string { return strings.Repeat("{{template \""+id+"\" .}}\n\n", 10) }
	for _, row := range []struct {
		name, want string
		clauses    map[string]string
	}{
		{"itself", "the clause “a” comes back to itself (clauses/a.md:6:", map[string]string{"a": "x\n\n{{template \"a\" .}}"}},
		{"in a circle", "the clause “a” comes back to itself (clauses/c.md:4:", map[string]string{"a": "{{template \"b\" .}}",
			"b": "{{template \"c\" .}}", "c": "{{template \"a\" .}}"}},
		{"in a branch not taken", "clauses/a.md:4:", map[string]string{"a": "{{if false}}{{template \"a\" .}}{{end}}"}},
		{"ten times ten times ten times …", "more than", map[string]string{"a": again("b"), "b": again("c"), "c": again("d"),
			"d": again("e"), "e": again("f"), "f": again("g"), "g": "text"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			files := fstest.MapFS{}
			var ids []string
			for id, body := range row.clauses {
				files["clauses/"+id+".md"] = clause(id, body)
				ids = append(ids, id)
			}
			files["letters/own.md"] = &fstest.MapFile{Data: []byte(strings.Replace(head, "fields:\n", "clauses: ["+strings.Join(ids, ", ")+
				"]\nfields:\n", 1) + "{{template \"a\" .}}")}
			tmpl, err := NewLibrary(files, templates.Files).Template("own")
			if err == nil {
				_, err = Fill(orderFor(t, tmpl, Answers{"topic": "x"}))
			}
			var p *Problem
			if !errors.As(err, &p) || p.Line == 0 || p.Remedy == "" || !strings.Contains(err.Error(), row.want) {
				t.Errorf("%v", err)
			}
		})
	}
}

// A long letter, of a thousand names and a hundred items, takes a small part of what there is.
func TestBoundsAreFar(t *testing.T) {
	names := make([]any, 1000)
	for i := range names {
		names[i] = "Ana Ruiz and others"
	}
	lib := NewLibrary(fstest.MapFS{"letters/own.md": {Data: []byte(head +
		"{{range .names}}{{.}} {{if $.asks}}x{{else}}y{{end}}{{end}}\n\n" +
		"{{printf \"%3d %s\" 5 .topic}} {{list .names}}\n\n{{bullets .names}}")}}, templates.Files)
	tmpl, err := lib.Template("own")
	if err != nil {
		t.Fatal(err)
	}
	o := orderFor(t, tmpl, Answers{"topic": "x", "names": names})
	answers, requester, err := o.read(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	p, err := tmpl.bind(printer{regime: o.Regime, words: tmpl.words(o.Regime), answers: answers})
	if err != nil {
		t.Fatal(err)
	}
	text, err := execute(p.body, o.data(answers, requester))
	if err != nil || p.steps < 1000 || p.steps > mostSteps/20 || p.text < len(text) || p.text > mostText/20 {
		t.Errorf("%d steps, %d bytes for a letter of %d: %v", p.steps, p.text, len(text), err)
	}
}
