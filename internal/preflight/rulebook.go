package preflight

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"foia/internal/agency"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/yamltext"
)

// rules.yaml is what people read and correct; rules.json says the same and is read
// ten times as fast. A test compares the two.
//
//go:embed rules.json
var rulesJSON []byte

// rulebook is rules.yaml.
type rulebook struct {
	Phrases map[string]*pattern `yaml:"phrases" json:"phrases,omitempty"` // used by several rules
	Rules   []*rule             `yaml:"rules" json:"rules,omitempty"`

	memory memory
}

// rule is what rules.yaml says of one rule.
type rule struct {
	ID        string              `yaml:"id" json:"id,omitempty"`
	Severity  Severity            `yaml:"severity" json:"severity,omitempty"`
	ErrorIf   string              `yaml:"error_if" json:"error_if,omitempty"` // topic: an error at offices whose law has a rule on it
	OnlyIf    string              `yaml:"only_if" json:"only_if,omitempty"`   // topic: applies only to offices whose law has a rule on it
	Anywhere  bool                `yaml:"anywhere" json:"anywhere,omitempty"` // also for offices whose law is not known
	English   bool                `yaml:"english" json:"english,omitempty"`   // reads English prose: only for letters in English
	Records   bool                `yaml:"records" json:"records,omitempty"`   // only for offices under the law of a state or country
	AnyLetter bool                `yaml:"any_letter" json:"any_letter,omitempty"`
	Field     string              `yaml:"field" json:"field,omitempty"`
	Title     string              `yaml:"title" json:"title,omitempty"`
	Why       string              `yaml:"why" json:"why,omitempty"`
	Fix       advice              `yaml:"fix" json:"fix,omitempty"`
	Cites     []cite              `yaml:"cites" json:"cites,omitempty"`
	Cases     map[string]wording  `yaml:"cases" json:"cases,omitempty"`
	Limits    map[string]int      `yaml:"limits" json:"limits,omitempty"`
	Patterns  map[string]*pattern `yaml:"patterns" json:"patterns,omitempty"`
	Slips     []slip              `yaml:"slips" json:"slips,omitempty"`
	Holders   []holder            `yaml:"holders" json:"holders,omitempty"`
	Elements  []element           `yaml:"elements" json:"elements,omitempty"`
	Demands   []demand            `yaml:"demands" json:"demands,omitempty"`
}

// wording is what a rule says in one of its cases; what is empty is as in the
// rule itself.
type wording struct {
	Severity Severity `yaml:"severity" json:"severity,omitempty"`
	ErrorIf  string   `yaml:"error_if" json:"error_if,omitempty"`
	Field    string   `yaml:"field" json:"field,omitempty"`
	Title    string   `yaml:"title" json:"title,omitempty"`
	Why      string   `yaml:"why" json:"why,omitempty"`
	Fix      advice   `yaml:"fix" json:"fix,omitempty"`
	Cites    []cite   `yaml:"cites" json:"cites,omitempty"`
}

// cite names the law behind a rule: a topic, whose citation is the one that
// binds the office, or a literal citation, for offices under one text or for all.
type cite struct {
	Topic string `yaml:"topic" json:"topic,omitempty"`
	Cite  string `yaml:"cite" json:"cite,omitempty"`
	Under string `yaml:"under" json:"under,omitempty"` // id of a text of the law; empty: every office
	Else  bool   `yaml:"else" json:"else,omitempty"`   // printed only if no other is
	Read  string `yaml:"read" json:"read,omitempty"`   // where a literal citation was read
}

// slip is a wrong or stale statement that letters copy from each other.
type slip struct {
	Name    string   `yaml:"name" json:"name,omitempty"`
	Request bool     `yaml:"request" json:"request,omitempty"` // wrong in a first request only
	Pattern *pattern `yaml:"pattern" json:"pattern,omitempty"`
	Unless  *pattern `yaml:"unless" json:"unless,omitempty"` // in the same sentence
	Says    string   `yaml:"says" json:"says,omitempty"`     // what is wrong
	Fix     advice   `yaml:"fix" json:"fix,omitempty"`
	Cites   []cite   `yaml:"cites" json:"cites,omitempty"`
}

// holder is an office that may hold records, as letters name it.
type holder struct {
	Office  string   `yaml:"office" json:"office,omitempty"` // id in the directory
	Name    string   `yaml:"name" json:"name,omitempty"`
	Pattern *pattern `yaml:"pattern" json:"pattern,omitempty"`
}

// element is one part that a complete statement has: a field of the built-in
// templates, and the phrases by which a text shows it.
type element struct {
	Name    string   `yaml:"name" json:"name,omitempty"`
	Field   string   `yaml:"field" json:"field,omitempty"`
	Group   string   `yaml:"group" json:"group,omitempty"`
	Pattern *pattern `yaml:"pattern" json:"pattern,omitempty"`
}

// demand is what a law wants a request to say, or how it wants it sent.
type demand struct {
	Law     string           `yaml:"law" json:"law,omitempty"`
	Case    string           `yaml:"case" json:"case,omitempty"` // of the rule; empty: the rule's own wording
	Field   string           `yaml:"field" json:"field,omitempty"`
	Pattern *pattern         `yaml:"pattern" json:"pattern,omitempty"` // by which a letter shows it
	Ways    []agency.Channel `yaml:"ways" json:"ways,omitempty"`       // or: the ways in which it may be sent
	Postal  bool             `yaml:"postal" json:"postal,omitempty"`   // or: that the letter has a full postal address
	Email   bool             `yaml:"email" json:"email,omitempty"`     // and an e-mail address
	What    string           `yaml:"what" json:"what,omitempty"`       // that it lacks
	Why     string           `yaml:"why" json:"why,omitempty"`
	Cite    string           `yaml:"cite" json:"cite,omitempty"`
	Read    string           `yaml:"read" json:"read,omitempty"`
	Fix     advice           `yaml:"fix" json:"fix,omitempty"`
}

// rules reads the rules, once. The file is part of the program and read by every
// test, so a fault in it is a fault of the program.
var rules = sync.OnceValue(func() *rulebook {
	b := &rulebook{}
	if err := json.Unmarshal(rulesJSON, b); err != nil {
		panic("preflight: rules.json: " + err.Error())
	}
	return b
})

func parseRules(raw []byte) (*rulebook, error) {
	b := &rulebook{}
	if err := yamltext.Decode(yamltext.Source{File: "rules.yaml", Text: raw}, b); err != nil {
		return nil, err
	}
	for _, r := range b.Rules {
		if r.Severity.rank() < 0 {
			return nil, fmt.Errorf("the rule %s has the unknown severity %q", r.ID, r.Severity)
		}
	}
	return b, nil
}

// applies tells whether the rule is meant for such a letter and such an office.
func (r *rule) applies(d *letter.Draft) bool {
	if !r.AnyLetter && d.Template != nil && d.Template.Kind != "request" {
		return false
	}
	if language := d.Document.Meta.Language; r.English && language != "" && !strings.HasPrefix(language, "en") {
		return false
	}
	if !d.Regime.Known() {
		return r.Anywhere
	}
	if d.Regime.Records != nil {
		return r.Anywhere || r.Records
	}
	if r.Records {
		return false
	}
	return r.OnlyIf == "" || has(d.Regime, r.OnlyIf)
}

func has(regime law.Regime, topic string) bool {
	_, ok := regime.Rule(topic)
	return ok
}

// hit is what a check found: in which case of the rule, and the words that fill
// its texts.
type hit struct {
	in     string // case of the rule; empty: the rule's own wording
	saw    string
	field  string            // overrides the rule's
	values map[string]string // fill {name} in title, why and fix
	cites  []cite            // besides the rule's

	numbers []int // of the items, of a check that gathers them itself
}

// finding words a hit, with the citations that bind the office.
func (r *rule) finding(h hit, regime law.Regime) Finding {
	w := r.wording(h.in)
	f := Finding{Rule: r.ID, Severity: w.Severity, Saw: discreet(h.saw), Field: w.Field}
	if w.ErrorIf != "" && has(regime, w.ErrorIf) {
		f.Severity = Error
	}
	if h.field != "" {
		f.Field = h.field
	}
	f.Title, f.Why, f.Fix = fillIn(w.Title, h.values), fillIn(w.Why, h.values), w.Fix.filled(h.values)
	if list := citations(append(slices.Clone(h.cites), w.Cites...), regime); list != "" {
		f.Why += " (" + list + ")"
	}
	return f
}

// wording is the rule's own, with what the case says put over it.
func (r *rule) wording(name string) wording {
	w := wording{r.Severity, r.ErrorIf, r.Field, r.Title, r.Why, r.Fix, r.Cites}
	c, ok := r.Cases[name]
	if !ok {
		return w
	}
	if c.Severity != "" {
		w.Severity, w.ErrorIf = c.Severity, c.ErrorIf
	}
	if c.ErrorIf != "" {
		w.ErrorIf = c.ErrorIf
	}
	over := func(into *string, text string) {
		if text != "" {
			*into = text
		}
	}
	over(&w.Field, c.Field)
	over(&w.Title, c.Title)
	over(&w.Why, c.Why)
	w.Fix = cmp.Or(c.Fix, w.Fix)
	if len(c.Cites) > 0 {
		w.Cites = c.Cites
	}
	return w
}

func fillIn(text string, values map[string]string) string {
	for name, value := range values {
		text = strings.ReplaceAll(text, "{"+name+"}", value)
	}
	return text
}

// citations lists what binds the office, each once. An office of an unknown law
// is bound by none of it.
func citations(cites []cite, regime law.Regime) string {
	var list []string
	for _, c := range cites {
		text := c.Cite
		if c.Topic != "" {
			rule, _ := regime.Rule(c.Topic)
			text = rule.Cite
		}
		if text == "" || !regime.Known() || c.Topic == "" && regime.Records != nil || c.Under != "" && !regime.Under(c.Under) ||
			c.Else && len(list) > 0 || slices.Contains(list, text) {
			continue
		}
		list = append(list, text)
	}
	return strings.Join(list, "; ")
}
