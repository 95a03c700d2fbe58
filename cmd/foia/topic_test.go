package main

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template"
	"unicode/utf8"

	"foia/internal/law"
	"foia/internal/letter"
	"foia/templates"
)

// Every topic is short, fits a terminal, and says where its law stands.
func TestTopics(t *testing.T) {
	files, err := topicFiles.ReadDir("topics")
	if err != nil {
		t.Fatal(err)
	}
	var have []string
	for _, f := range files {
		have = append(have, strings.TrimSuffix(path.Base(f.Name()), ".md"))
	}
	if want := slices.Sorted(slices.Values(topicNames())); !slices.Equal(have, want) {
		t.Errorf("there are files for %q, and the list has %q", have, want)
	}
	for _, topic := range helpTopics {
		out, errs, code := speak(t, "help", topic.name)
		if code != exitDone || errs != "" {
			t.Errorf("%s: %d, %s", topic.name, code, errs)
		}
		if lines := strings.Count(out, "\n"); lines < 15 || lines > 40 {
			t.Errorf("%s has %d lines", topic.name, lines)
		}
		for line := range strings.Lines(out) {
			if line = strings.TrimRight(line, "\n"); utf8.RuneCountInString(line) > 80 {
				t.Errorf("%s: too wide: %s", topic.name, line)
			}
		}
		if strings.ContainsAny(out, "{}") || strings.Contains(out, "<no value>") {
			t.Errorf("%s: not filled:\n%s", topic.name, out)
		}
		source, _ := topicSource(topic.name)
		if found := writtenOut(source); found != "" {
			t.Errorf("%s: “%s” is written out: take it from the law's data", topic.name, found)
		}
		for _, p := range parted(source) {
			if found := unfounded(p); found != "" {
				t.Errorf("%s: “%s” states law and cites nothing: %s", topic.name, found, p.text)
			}
		}
	}
}

var (
	citation = regexp.MustCompile(`\b(?:U\.S\.C\.|C\.F\.R\.|F\.[234]d|F\.4th|F\. Supp\.|U\.S\. \d|v\. )`)
	asksFor  = regexp.MustCompile(`\b([a-z]+_[a-z_]+)\b|\b([a-z_]+): yes\b|\(the question ([a-z]+)\)`)
	ofLaw    = regexp.MustCompile(`(?i)\b(?:must|shall|court|may not|required|entitled|presumed|by law)\b`)
)

// writtenOut is a citation that a topic does not take from the law's data.
func writtenOut(source string) string { return citation.FindString(source) }

// unfounded is the word by which a part of a topic states law, if it cites none.
func unfounded(p passage) string {
	if p.kind == isCommand || p.kind == isTitle || strings.Contains(p.text, "{{") {
		return ""
	}
	return ofLaw.FindString(p.text)
}

func TestTopicsAreLookedAt(t *testing.T) {
	for _, text := range []string{"as 5 U.S.C. § 552 says", "Wolf v. CIA", "473 F.3d 370"} {
		if writtenOut(text) == "" {
			t.Errorf("%s passes", text)
		}
	}
	if unfounded(passage{isItem, "An agency must answer."}) == "" || unfounded(passage{isItem, `It must answer ({{cite "x"}}).`}) != "" {
		t.Error("statements without a source are not found, or others are")
	}
	parts := parted("# A: b\n\n- one\n  two\n- three\n\nfour\nfive\n\n    foia due\n    foia next\n\nsix\n")
	want := []passage{{isTitle, "A: b"}, {isItem, "one two"}, {isItem, "three"}, {isParagraph, "four five"}, {isCommand, "foia due"},
		{isCommand, "foia next"}, {isParagraph, "six"}}
	if !slices.Equal(parts, want) {
		t.Errorf("%+v", parts)
	}
}

// What the law's data do not have is an error, not a gap.
func TestTopicsTakeOnlyWhatIsThere(t *testing.T) {
	book, err := law.LoadFederal()
	if err != nil {
		t.Fatal(err)
	}
	for source, want := range map[string]string{
		`{{time "appeal" "dhs"}}`:       "90 working days",
		`{{cite "appeal" "dhs-ice"}}`:   "6 C.F.R. § 5.8(a)(1)",
		`{{value "fee-consent" "dhs"}}`: "25",
		`{{cite "no-such-topic"}}`:      "",
		`{{cite "fee-consent"}}`:        "", // a rule of one department
		`{{time "describes"}}`:          "",
		`{{test "time-limit"}}`:         "",
		`{{value "describes"}}`:         "",
		`{{exemption "b99"}}`:           "",
		`{{decision "no-such"}}`:        "",
		`{{decision "machado-amadis"}}`: "", // known from a summary only
		`{{law "us-zz"}}`:               "",
	} {
		var out strings.Builder
		err := template.Must(template.New("x").Funcs(lawWords(book)).Parse(source)).Execute(&out, nil)
		if out.String() != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, %v", source, out.String(), err)
		}
	}
}

// What nearly names a topic is told which it may be.
func TestNearlyATopic(t *testing.T) {
	for _, line := range [][]string{{"help", "deadlnes"}, {"deadlnes"}} {
		_, errs, code := speak(t, line...)
		if code != exitUsage || !strings.Contains(errs, "foia help deadlines") {
			t.Errorf("%q: %d, %s", line, code, errs)
		}
	}
}

// The questions of a first letter that a topic names are asked.
func TestTopicsNameQuestions(t *testing.T) {
	asked := map[string]bool{}
	for _, id := range []string{"request", "public-records"} {
		first, err := letter.NewLibrary(templates.Files).Template(id)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range first.Fields {
			asked[f.Name] = true
		}
	}
	seen := 0
	for _, topic := range helpTopics {
		source, _ := topicSource(topic.name)
		for _, m := range asksFor.FindAllStringSubmatch(source, -1) {
			if seen++; !asked[m[1]+m[2]+m[3]] {
				t.Errorf("%s: a request has no question %s", topic.name, m[0])
			}
		}
	}
	if seen < 5 {
		t.Errorf("only %d questions were seen", seen)
	}
}
