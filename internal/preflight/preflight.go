// Package preflight is about the faults of a request before it is sent: what
// would get it rejected, what would cost time or money, and what would make it
// stronger. Each finding says what was seen, why it matters, with the citation
// that binds the office, and how to fix it.
//
// The words of the rules, their severity, their limits and the phrases they look
// for are data (rules.yaml). Code holds one small function for each rule, and no
// citation. The same checks work on a letter that package letter filled and, with
// FromText, on any letter written elsewhere.
package preflight

import (
	"cmp"
	"slices"

	"foia/internal/agency"
	"foia/internal/letter"
	"foia/internal/workday"
)

// Severity says how much a finding matters.
type Severity string

// The severities. An Error is likely to get the request rejected, or keeps the
// agency's time from running; a Warning is likely to cost time or money; an
// Advice makes the request stronger.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Advice  Severity = "advice"
)

var severities = []Severity{Error, Warning, Advice} // the worst first

// rank is 0 for the worst severity.
func (s Severity) rank() int { return slices.Index(severities, s) }

// Finding is one fault of a draft.
type Finding struct {
	Rule     string   `json:"id"` // F01 to F31; A is about appeals; W, C and X about web form, channel and extra addresses
	Severity Severity `json:"severity"`
	Title    string   `json:"message"`         // one line, for a table
	Saw      string   `json:"saw"`             // what was seen, quoted from the draft and shortened
	Why      string   `json:"why"`             // why it matters, with the citation
	Fix      string   `json:"fix"`             // what to do
	Field    string   `json:"field,omitempty"` // the template's or requester's field concerned
}

// Surroundings are what a letter is checked against besides itself.
type Surroundings struct {
	Similar        []Similar // the other requests of this batch and of the log
	StaleAfterDays int       // a directory record older than this is old; 0: the limit of rules.yaml

	// Of a letter to a reviewer under the law of a state or country.
	Lacking    []Lacking // copies that the law asks for and of which nobody has the file
	EachGround bool      // the law wants an answer to each ground of the decision, and the reasons
	Cite       string    // where it says so
}

// Lacking is a copy that must go with a letter, and is not there.
type Lacking struct {
	What string // my request of May 5, 2025
	By   string // until when it is needed
	Cite string // the rule that asks for it
	Fix  string // what adds it
}

// Similar is another request of the same requester.
type Similar struct {
	ID       string
	OfficeID string
	Parent   string // id of the office's department
	Subject  string
	Text     string // of its items
	On       workday.Date
	Via      agency.Channel
}

// Check applies every rule to a draft. The findings are sorted, the worst
// first, and by rule among equals.
func Check(d *letter.Draft, s Surroundings) []Finding {
	r := read(d, s)
	var found []Finding
	for _, rule := range rules().Rules {
		if !rule.applies(d) {
			continue
		}
		for _, h := range checks[rule.ID](r, rule) {
			found = append(found, rule.finding(h, d.Regime))
		}
	}
	slices.SortStableFunc(found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Severity.rank(), b.Severity.rank()), cmp.Compare(a.Rule, b.Rule))
	})
	return found
}

// Worst is the worst severity among findings, or "" if there are none.
func Worst(findings []Finding) Severity {
	var worst Severity
	for _, f := range findings {
		if worst == "" || f.Severity.rank() < worst.rank() {
			worst = f.Severity
		}
	}
	return worst
}
