package main

import (
	"fmt"
	"strings"

	"foia/internal/law"
)

// showRoutes shows the ways to have a decision reviewed, each with its times and with
// what its paper must hold.
func (a *app) showRoutes(p *law.PublicRecords) {
	for i, r := range p.Appeals {
		at := fmt.Sprintf("appeals[%d]", i)
		name := "complaint"
		if r.ID != "" {
			name += " " + r.ID
		}
		a.fact(p, at+".to", name, fmt.Sprintf("%s (%s), against %s", r.To, kindNames[r.Kind], matterWords(r.Matters())), r.Cite)
		part := func(field, name, text, cite string) {
			a.saidAt("    ", name, law.Said{Text: text, Cite: cite, Verified: p.Verified(at + "." + field)})
		}
		part("deadline_days", "time", routeTime(r), "")
		if r.Longer != nil {
			part("longer", "or", law.Time(r.Longer.Days, r.Longer.Unit)+" if "+r.Longer.If, r.Longer.Cite)
		}
		for j, w := range r.Windows {
			part(fmt.Sprintf("windows[%d]", j), "time, against "+matterWords(w.Against),
				law.Time(w.Days, w.Unit)+" from "+routeStart(w.From)+inBrackets(w.Note), w.Cite)
		}
		part("first", "after", strings.Join(r.First, ", "), "")
		part("also_after", "also after", strings.Join(r.AlsoAfter, ", "), "")
		part("excludes", "closes", strings.Join(r.Excludes, ", "), "")
		part("required_before_court", "before a court", requiredWords(r), "")
		part("contents", "must hold", strings.Join(r.Contents, "; "), "")
		part("encloses", "enclose", strings.Join(r.Encloses, ", "), "")
		part("copies", "copies to", strings.Join(r.Copies, "; "), "")
		part("form", "form", formWords(r), "")
		part("decision_days", "decided", decidedWords(r), "")
		part("silence", "its silence", r.Silence, "")
		part("note", "note", r.Note, "")
	}
}

var kindNames = map[string]string{"administrative": "within the office or its government", "ag": "attorney general",
	"ombudsman":  "ombudsman",
	"commission": "commission", "court": "court"}

var matterNames = map[string]string{law.Denial: "a denial", law.Partial: "a denial in part", law.Silence: "silence", law.Fees: "fees",
	law.Delay:  "delay",
	law.Ruling: "a request for a ruling"}

// matterWords are matters in words: a denial, a denial in part or silence.
func matterWords(matters []string) string {
	words := make([]string, len(matters))
	for i, m := range matters {
		words[i] = matterNames[m]
	}
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " or " + words[n-1]
	}
	return strings.Join(words, "")
}

var routeStarts = map[string]string{"": "the date of the decision", law.FromDecision: "the date of the decision",
	law.FromMailing:    "the day the decision was mailed",
	law.FromItsReceipt: "receipt of the decision", law.FromRequest: "the day the request was made",
	law.FromAnswerDue:    "the day the answer was due",
	law.FromLastReviewer: "the final word of the reviewer before", law.FromCharges: "the notice of charges"}

func routeStart(from string) string { return routeStarts[from] }

// routeTime is the time of a route, but for that of its windows.
func routeTime(r law.Route) string {
	switch {
	case r.NoTime:
		return "this law states none"
	case r.Days == 0 && len(r.Windows) == 0:
		return "not read"
	case r.Days == 0:
		return ""
	}
	words := law.Time(r.Days, r.Unit) + " from " + routeStart(r.From)
	if r.NoBar {
		words += "; guidance, and no bar in law"
	}
	if r.Received {
		words += "; it must be there by then"
	}
	return words
}

func requiredWords(r law.Route) string {
	switch {
	case r.Kind == "court":
		return ""
	case r.Required == nil:
		return "unknown whether it must come first"
	case *r.Required:
		return "it must come first"
	}
	return "it need not come first"
}

func formWords(r law.Route) string {
	words := r.Form
	if r.FormRequired {
		words += "; nothing else is taken"
	}
	if r.Signed {
		words = strings.TrimPrefix(words+"; it must be signed", "; ")
	}
	return words
}

func decidedWords(r law.Route) string {
	if r.DecisionDays == 0 {
		return ""
	}
	return "within " + law.Time(r.DecisionDays, r.DecisionUnit)
}
