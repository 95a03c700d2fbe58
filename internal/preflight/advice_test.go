package preflight

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"foia/internal/letter"
	"foia/internal/remedy"
	"foia/templates"
)

func TestNotationOfActs(t *testing.T) {
	for text, want := range map[string]string{
		"no act":                  "no act",
		"see: [act laws]":         "see: " + remedy.To(remedy.Laws).String(),
		"see [act law {law}] (x)": "see " + remedy.To(remedy.Law, "{law}").String() + " (x)",
		"[act office ID]":         remedy.To(remedy.Office, remedy.Open("ID")).String(),
		"[act copy-template NAME, from public-records]": remedy.To(remedy.CopyTemplate, remedy.Open("NAME")).
			With("from", "public-records").String(),
		"[act new request, sample, via mail]": remedy.To(remedy.New, "request").Saying("sample").With("via", "mail").String(),
		"[answer fee no], or [answer eligibility I am …]": remedy.Answer("fee", "no") + ", or " +
			remedy.Answer("eligibility", remedy.Open("I am …")),
		"([give via mail], [give attach FILE.pdf])": "(" + remedy.Give("via", "mail") + ", " + remedy.Give("attach", "FILE.pdf") + ")",
		"[give attach FILE], [name exemptions]":     remedy.Give("attach", remedy.Open("FILE")) + ", " + remedy.Name("exemptions"),
	} {
		if got, err := nameActs(text); got != want || err != nil {
			t.Errorf("%s: %+q, want %+q (%v)", text, got, want, err)
		}
	}
}

// What is misspelled is an error of the file, at its line.
func TestNotationMisspelled(t *testing.T) {
	for text, want := range map[string]string{
		"[act templat x]":         `“[act templat x]” in advice: there is no act "templat x"`,
		"[act]":                   "there is no act",
		"[act , from x]":          "there is no act",
		"[answr eligibility …]":   "[answer FIELD VALUE]",
		"[answer eligibility]":    "[answer FIELD VALUE]",
		"[give via]":              "[give NAME VALUE]",
		"[name]":                  "[name NAME]",
		"[name via mail]":         "[name NAME]",
		"[]":                      "[name NAME]",
		"see [act laws":           "does not close",
		"see act laws], [act law": "does not open",
	} {
		_, err := parseRules([]byte("rules:\n  - id: F99\n    severity: error\n    cases:\n      one:\n        fix: \"" + text + "\"\n"))
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "rules.yaml:6") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// A value that is filled in makes no act, and breaks none.
func TestAdviceFilled(t *testing.T) {
	text, err := nameActs("see [act template {template}], [give of {template}], {template}")
	if err != nil {
		t.Fatal(err)
	}
	odd := "a b\"\uFDD1" + remedy.To(remedy.Verify).String()
	got := remedy.Acts(advice(text).filled(map[string]string{"template": odd}))
	if len(got) == 0 || !reflect.DeepEqual(got[0], remedy.To(remedy.Template, "a b\"verify")) {
		t.Errorf("%+q", got)
	}
	plain := remedy.Plain(advice(text).filled(map[string]string{"template": "x"}))
	if plain != "see template x, of x, x" {
		t.Error(plain)
	}
}

// The rules name acts in what is to be done only, and questions that a letter has.
func TestActsOfRules(t *testing.T) {
	rules, err := os.ReadFile("rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(string(rules), "\n") {
		for _, begin := range []string{"[act ", "[answer ", "[give ", "[name "} {
			before, _, found := strings.Cut(line, begin)
			if found && !strings.HasPrefix(line, "#") && !strings.Contains(before, "fix: ") {
				t.Errorf("rules.yaml:%d: %s… is read as an act in fix only", i+1, begin)
			}
		}
	}
	fields := templateFields(t)
	acts, answers := 0, 0
	for _, a := range allAdvice() {
		acts += len(remedy.Acts(string(a)))
		for _, field := range answersIn(a) {
			if answers++; !fields[field] {
				t.Errorf("%s: no letter asks for %s", remedy.Plain(string(a)), field)
			}
		}
	}
	if acts < 9 || answers < 11 {
		t.Errorf("only %d acts and %d answers were found", acts, answers)
	}
}

// allAdvice is what the rules tell people to do, each text once for each place.
func allAdvice() (all []advice) {
	for _, r := range rules().Rules {
		all = append(all, r.Fix)
		for _, c := range r.Cases {
			all = append(all, c.Fix)
		}
		for _, s := range r.Slips {
			all = append(all, s.Fix)
		}
		for _, d := range r.Demands {
			all = append(all, d.Fix)
		}
	}
	return slices.DeleteFunc(all, func(a advice) bool { return a == "" })
}

// answersIn are the fields whose answers an advice names.
func answersIn(a advice) []string {
	var n namedAnswers
	remedy.Words(string(a), &n)
	return n
}

type namedAnswers []string

func (n *namedAnswers) Act(a remedy.Act) string {
	for _, d := range a.Details {
		n.Detail(d)
	}
	return ""
}

func (n *namedAnswers) Detail(d remedy.Detail) string {
	if d.Answer {
		*n = append(*n, d.Name)
	}
	return ""
}

// templateFields are the fields of all letters.
func templateFields(t *testing.T) map[string]bool {
	t.Helper()
	library := letter.NewLibrary(templates.Files)
	fields := map[string]bool{}
	for _, id := range library.Templates() {
		tmpl, err := library.Template(id)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range tmpl.Fields {
			fields[f.Name] = true
		}
	}
	return fields
}
