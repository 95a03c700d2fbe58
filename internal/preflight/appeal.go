package preflight

import (
	"slices"
	"strings"

	"foia/internal/letter"
)

// The checks on appeals: A01, A02.

// appealKind is the kind of a template that appeals a decision.
const appealKind = "appeal"

// factsOfAppeal (A01): an appeal has a fact that only its requester could give.
func factsOfAppeal(r *reading, _ *rule) []hit {
	t := r.draft.Template
	if t == nil || t.Kind != appealKind {
		return nil
	}
	for _, f := range t.Fields {
		words := f.Type == letter.Text || f.Type == letter.List || f.Type == letter.Line
		if _, answered := r.draft.Answers[f.Name]; answered && words && f.Name != "enclosures" {
			return nil
		}
	}
	return []hit{{saw: start(r.body), values: map[string]string{"template": t.ID}}}
}

// interestOfAppeal (A02): an appeal against an exemption for privacy states a public
// interest and what shows it.
func interestOfAppeal(r *reading, _ *rule) []hit {
	if !r.fields("public_interest") {
		return nil
	}
	var asserted []string
	for _, privacy := range []struct{ code, name string }{{"b6", "exemption 6"}, {"b7C", "exemption 7(C)"}} {
		if slices.Contains(r.draft.Asserted, privacy.code) {
			asserted = append(asserted, privacy.name)
		}
	}
	missing := r.draft.Answers.Text("public_interest") == "" || r.draft.Answers.Text("public_interest_shown") == ""
	if len(asserted) == 0 || !missing {
		return nil
	}
	names := strings.Join(asserted, " and ")
	return []hit{{saw: names, values: map[string]string{"exemptions": names}}}
}
