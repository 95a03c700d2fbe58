package letter

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"foia/internal/law"
	"foia/templates"
)

const (
	appealHead = "---\nid: own\ntitle: T\nkind: appeal\nlaw: us-federal\nsubject: S\nfields:\n  - {name: fact, label: Fact, type: " +
		"text}\narguments: [why]\n---\n"
	whyHead = "---\nid: why\ntitle: W\nasserted: [b5]\nfacts: [fact]\nrests_on: [b5, eff-doj]\nlimit: l\n---\n"
)

// ownArgument is a letter that prints one argument, both of the given text.
func ownArgument(letter, argument string) *Library {
	return NewLibrary(fstest.MapFS{"letters/own.md": {Data: []byte(letter)}, "arguments/why.md": {Data: []byte(argument)}}, templates.Files)
}

// An argument that a lawyer could not sign does not compile.
func TestArgumentErrors(t *testing.T) {
	body := appealHead + "{{template \"why\" .}}\n"
	for _, row := range []struct{ name, letter, argument, want string }{
		{"sound", body, whyHead + "{{sentence .fact}} See {{decision \"eff-doj\"}}.", ""},
		{"no limit", body, strings.Replace(whyHead, "limit: l\n", "", 1) + "x", "must not be read to say"},
		{"no authority", body, strings.Replace(whyHead, "rests_on: [b5, eff-doj]\n", "", 1) + "x", "rests on nothing"},
		{"unknown authority", body, strings.Replace(whyHead, "eff-doj", "doe-roe", 1) + "x", "“doe-roe”"},
		{"unknown contrary", body, strings.Replace(whyHead, "limit:", "against: [doe-roe]\nlimit:", 1) + "x", "“doe-roe”"},
		{"read in a summary only", body, strings.Replace(whyHead, "eff-doj", "sierra-club", 1) + "x", "known from a summary only"},
		{"a summary against it", body, strings.Replace(whyHead, "limit:", "against: [sierra-club]\nlimit:", 1) + "x", ""},
		{"unknown fact", body, strings.Replace(whyHead, "[fact]", "[fatc]", 1) + "x", "“fatc”"},
		{"a decision it does not rest on", body, whyHead + "See {{decision \"klamath\"}}.", "“klamath”"},
		{"a court it does not rest on", body, whyHead + "{{court \"klamath\"}} held", "“klamath”"},
		{"a decision in a letter", body + "See {{decision \"eff-doj\"}}.", whyHead + "x", "outside an argument"},
		{"not named", strings.Replace(body, "arguments: [why]\n", "", 1), whyHead + "x", "is not in the list"},
		{"not there", strings.Replace(body, "[why]", "[whi]", 1), whyHead + "x", "there is no argument “whi”"},
		{"a clause of that name", strings.Replace(body, "arguments:", "clauses: [why]\narguments:", 1), whyHead + "x",
			"there is no clause"},
	} {
		_, err := ownArgument(row.letter, row.argument).Template("own")
		if row.want == "" && err != nil || row.want != "" && (err == nil || !strings.Contains(err.Error(), row.want)) {
			t.Errorf("%s: %v, want %q", row.name, err, row.want)
		}
	}
}

// An argument is printed if the agency asserted its ground and the requester gave its
// fact; nothing in its text decides that.
func TestStands(t *testing.T) {
	tmpl, err := ownArgument(appealHead+"Before.\n\n{{template \"why\" .}}\n\nAfter.",
		strings.Replace(whyHead, "facts:", "outcomes: [partial, denied]\nfacts:", 1)+"It stands: {{.fact}}").Template("own")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		codes   []string
		outcome string
		answers Answers
		want    bool
	}{
		{[]string{"b5"}, "denied", Answers{"fact": "F"}, true},
		{[]string{"b6", "b5"}, "partial", Answers{"fact": "F"}, true},
		{[]string{"b6"}, "denied", Answers{"fact": "F"}, false},
		{nil, "denied", Answers{"fact": "F"}, false},
		{[]string{"b5"}, "glomar", Answers{"fact": "F"}, false},
		{[]string{"b5"}, "denied", nil, false},
		{[]string{"b5"}, "denied", Answers{"fact": "  "}, false},
	} {
		o := orderFor(t, tmpl, row.answers)
		o.Life = Life{Asserted: row.codes, Outcome: row.outcome}
		d, err := Fill(o)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(d.Document.Text(), "It stands"); got != row.want {
			t.Errorf("%v, %s, %v: printed: %v", row.codes, row.outcome, row.answers, got)
		}
		if !slices.Equal(d.Asserted, row.codes) {
			t.Errorf("asserted %v, want %v", d.Asserted, row.codes)
		}
	}
}

// A field about the agency's decision must be answered only after such a decision, and
// is a question only then.
func TestQuestions(t *testing.T) {
	head := "---\nid: own\ntitle: T\nkind: appeal\nlaw: us-federal\nsubject: S\nfields:\n" +
		"  - {name: must, label: L, type: text, required: true, outcomes: [other]}\n" +
		"  - {name: may, label: L, type: text, asserted: [b5, b7]}\n" +
		"  - {name: asked, label: L, type: text, ask: true}\n" +
		"  - {name: never, label: L, type: text}\n---\nText.\n"
	tmpl, err := NewLibrary(fstest.MapFS{"letters/own.md": {Data: []byte(head)}}).Template("own")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		codes   []string
		outcome string
		answers Answers
		want    string
		missing bool
	}{
		{[]string{"b5"}, "denied", nil, "may asked", false},
		{[]string{"b7E"}, "denied", nil, "may asked", false},
		{[]string{"b6"}, "denied", nil, "asked", false},
		{nil, "other", nil, "must asked", true},
		{[]string{"b5"}, "denied", Answers{"may": "x"}, "asked", false},
		{nil, "other", Answers{"must": "x", "asked": "x"}, "", false},
	} {
		o := orderFor(t, tmpl, row.answers)
		o.Life = Life{Asserted: row.codes, Outcome: row.outcome}
		fields, err := tmpl.Questions(o.Layers, Typing{}, o.Life)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range fields {
			names = append(names, f.Name)
		}
		if got := strings.Join(names, " "); got != row.want {
			t.Errorf("%v, %s: asks %q, want %q", row.codes, row.outcome, got, row.want)
		}
		if _, err := Fill(o); (err != nil) != row.missing {
			t.Errorf("%v, %s: %v", row.codes, row.outcome, err)
		}
	}
}

// sources are the built-in letters, clauses and arguments, by file.
func sources(t *testing.T) map[string]*source {
	t.Helper()
	out := map[string]*source{}
	for _, folder := range []string{"letters", "clauses", "arguments"} {
		files, err := fs.Glob(templates.Files, folder+"/*.md")
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", folder, err)
		}
		for _, file := range files {
			s, err := readSource(templates.Files, file)
			if err != nil {
				t.Fatal(err)
			}
			out[file] = s
		}
	}
	return out
}

// namesDecision is how a citation of a decision looks, and a text that claims to state
// the law on its own authority.
var (
	namesDecision = regexp.MustCompile(`\b[A-Z][\w.]+ v\. [A-Z]|\d+ (?:F\.|U\.S\. \d|S\. ?Ct\.)|Cir\.`)
	overclaims    = regexp.MustCompile(`(?i)\b(?:the law is|settled law|well[- ]settled|courts have (?:long )?held|black[- ]letter)\b`)
	literalAction = regexp.MustCompile(`\{\{[^}]*\}\}`)
)

// A decision is printed from the data and from nowhere else, with its court; one that
// binds in another circuit is called persuasive. Every argument is used by a letter.
func TestDecisionsInTemplates(t *testing.T) {
	book, err := law.LoadFederal()
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for file, s := range sources(t) {
		text := literalAction.ReplaceAllString(s.body, "")
		if file != "clauses/litigation.md" && namesDecision.MatchString(text) {
			t.Errorf("%s names a decision in its own words: %s", file, namesDecision.FindString(text))
		}
		if found := overclaims.FindString(text); found != "" {
			t.Errorf("%s says %q: say which court held it", file, found)
		}
		for _, id := range s.Arguments {
			used[id] = true
		}
		for _, id := range decisionsIn(s.body) {
			d := book.Decisions[id]
			if d.Court != "U.S." && d.Court != "D.C. Cir." && !strings.Contains(text, "persuasive") {
				t.Errorf("%s cites %s, which binds elsewhere, and does not call it persuasive", file, d.Cite())
			}
		}
	}
	for file, s := range sources(t) {
		if strings.HasPrefix(file, "arguments/") && !used[s.ID] {
			t.Errorf("no letter prints %s", file)
		}
	}
}

// Fill prints name and citation as the data have them.
func TestDecisionPrinted(t *testing.T) {
	tmpl, err := ownArgument(appealHead+"{{template \"why\" .}}",
		whyHead+"{{.fact}} In {{decision \"eff-doj\"}}, {{court \"eff-doj\"}} held so; {{statute \"b5\"}}.").Template("own")
	if err != nil {
		t.Fatal(err)
	}
	o := orderFor(t, tmpl, Answers{"fact": "F."})
	o.Life = decidedLife("denied", "b5")
	d, err := Fill(o)
	if err != nil {
		t.Fatal(err)
	}
	want := "In Electronic Frontier Foundation v. DOJ, No. 12-5363 (D.C. Cir. Jan. 3, 2014), the D.C. Circuit held so; “inter-agency or " +
		"intra-agency memorandums or letters that would not be available by law to a party other than an agency in litigation with the " +
		"agency,” 5 U.S.C. § 552(b)(5)."
	if !strings.Contains(d.Document.Text(), want) {
		t.Errorf("%s", d.Document.Text())
	}
}

// A later letter takes over what the request answered: a choice that a request offers is
// one that every letter with that field knows.
func TestChoicesOfTheRequest(t *testing.T) {
	lib := NewLibrary(templates.Files)
	request, err := lib.Template("request")
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range lib.Templates() {
		tmpl, err := lib.Template(id)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range tmpl.Fields {
			asked, _ := request.Field(f.Name)
			if asked.Type != Choice || tmpl.Law != request.Law {
				continue
			}
			for _, choice := range asked.Choices {
				if !slices.Contains(f.Choices, choice) {
					t.Errorf("%s does not know the choice %s of %s", id, choice, f.Name)
				}
			}
		}
	}
}
