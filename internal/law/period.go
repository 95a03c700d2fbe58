package law

import (
	"fmt"
	"strings"

	"foia/internal/workday"
)

// Deciding says which day decides whether a rule holds.
type Deciding string

// The days that decide. An amendment of the Act says to which requests it applies; a
// regulation governs each step by the day on which it is taken.
const (
	ByRequest  Deciding = "request"  // the day on which the request was made
	ByDecision Deciding = "decision" // the day of the decision or letter in question
)

// Period is the time in which a rule holds.
type Period struct {
	From  workday.Date `yaml:"from,omitempty" json:"from,omitzero"`   // the first day; unknown: nothing says since when
	Until workday.Date `yaml:"until,omitempty" json:"until,omitzero"` // the last day; unknown: it still holds
	By    Deciding     `yaml:"by,omitempty" json:"by,omitempty"`      // which day decides; empty: that of the request
}

// At is the law as it applies to a request that was made on a day.
func (r Regime) At(made workday.Date) Regime {
	r.made, r.decided = made, workday.Date{}
	return r
}

// Decided is the law as it applies to a decision or letter of a day, on a request for
// which At has told when it was made.
func (r Regime) Decided(on workday.Date) Regime {
	r.decided = on
	return r
}

// form is the form of a text's rule on a topic that holds.
func (r Regime) form(t Text, topic string) (Rule, bool) {
	rule, ok := t.Rules[topic]
	if !ok {
		return Rule{}, false
	}
	if r.holds(rule.Period) {
		return rule, true
	}
	for _, form := range rule.Before {
		if r.holds(form.Period) {
			return form, true
		}
	}
	return Rule{}, false
}

// holds tells whether a period has the day that decides. Without a day it is today,
// for which whatever has not ended holds.
func (r Regime) holds(p Period) bool {
	day := r.made
	if p.By == ByDecision && !r.decided.IsZero() {
		day = r.decided
	}
	if r.made.IsZero() {
		return p.Until.IsZero()
	}
	return (p.From.IsZero() || !day.Before(p.From)) && (p.Until.IsZero() || !day.After(p.Until))
}

// Unknown says why there is no rule on a topic although there is one at other times;
// empty if there is one, or never was.
func (r Regime) Unknown(topic string) string {
	if _, ok := r.Rule(topic); ok {
		return ""
	}
	var spans []string
	for _, t := range r.Texts {
		rule, ok := t.Rules[topic]
		if !ok {
			continue
		}
		for _, form := range append([]Rule{rule}, rule.Before...) {
			spans = append(spans, form.Words()+" ("+form.Cite+")")
		}
	}
	if len(spans) == 0 {
		return ""
	}
	return "foia knows the law on this only for " + strings.Join(spans, ", ")
}

// Words are the requests or decisions of a period: requests made after June 30, 2016.
func (p Period) Words() string {
	what := "requests made"
	if p.By == ByDecision {
		what = "decisions"
	}
	switch {
	case p.From.IsZero() && p.Until.IsZero():
		return what + " at any time"
	case p.From.IsZero():
		return what + " until " + p.Until.Letter()
	case p.Until.IsZero():
		return what + " after " + p.From.AddDays(-1).Letter()
	}
	return fmt.Sprintf("%s from %s to %s", what, p.From.Letter(), p.Until.Letter())
}

// Caution says that a rule was read in a copy that is later than what it is applied
// to, where nothing says since when it holds; empty if there is nothing to say.
func (r Regime) Caution(rule Rule) string {
	day := r.made
	if rule.By == ByDecision && !r.decided.IsZero() {
		day = r.decided
	}
	if rule.AsOf == "" || day.IsZero() || day.String() >= rule.AsOf {
		return ""
	}
	return fmt.Sprintf("%s was read in a copy of %s, which is later than %s; what it said then was not looked up", rule.Cite, rule.AsOf,
		day.Letter())
}
