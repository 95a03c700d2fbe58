// Package law is about the statutes and regulations that bind an office: what
// a request must contain, what it may ask for, and where each rule stands.
//
// The rules are data (laws/us-federal.yaml), each with its citation and the place where
// its text was read. Code only looks them up: no citation is in Go.
package law

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"slices"
	"sync"

	"foia/internal/workday"
	"foia/internal/yamltext"
)

// us-federal.yaml is what people read and correct; us-federal.json says the same and is
// read ten times as fast. A test compares the two.
//
//go:embed laws/us-federal.json
var federalJSON []byte

// Federal is the id of the law that offices of the United States follow.
const Federal = workday.FederalLaw

// Rule is one rule, on one topic, in one text.
type Rule struct {
	Topic  string `yaml:"-" json:"topic,omitempty"`
	Cite   string `yaml:"cite" json:"cite"`                         // as printed in a letter: 26 C.F.R. § 601.702(c)(4)(i)(F)
	Says   string `yaml:"says" json:"says"`                         // the rule in our words
	Value  string `yaml:"value,omitempty" json:"value,omitempty"`   // a word or number that the rule gives, if the topic has one
	Limit  *Limit `yaml:"limit,omitempty" json:"limit,omitempty"`   // the time that the rule gives, if it gives one
	Floor  *Limit `yaml:"floor,omitempty" json:"floor,omitempty"`   // from receipt; the limit may not end earlier
	Closes bool   `yaml:"closes,omitempty" json:"closes,omitempty"` // once the limit has passed, the request is closed
	Read   string `yaml:"read,omitempty" json:"read,omitempty"`     // where the text was read, if not where the rest was

	Period `yaml:",inline"`
	Before []Rule `yaml:"before,omitempty" json:"before,omitempty"` // what the rule was before, the latest first
	AsOf   string `yaml:"-" json:"copy,omitempty"`                  // the date of the copy, if nothing says since when the rule holds
}

// Limit is a time that a rule gives.
type Limit struct {
	Days int          `yaml:"days" json:"days"` // a number of Unit
	Unit workday.Unit `yaml:"unit" json:"unit"`
	Test string       `yaml:"test,omitempty" json:"test,omitempty"` // what must happen in it: postmarked, received
}

// Years is the unit of a limitation of actions.
const Years = workday.Years

// Exemption is one of the grounds for withholding, 5 U.S.C. 552(b)(1) to (9), or of
// those of the Privacy Act, which agencies claim against requests for one's own
// records, 5 U.S.C. 552a(d)(5), (j) and (k).
type Exemption struct {
	Code string `yaml:"-" json:"code,omitempty"` // b5, b7E, k2
	Name string `yaml:"name" json:"name"`
	Cite string `yaml:"cite" json:"cite"`
	Says string `yaml:"says" json:"says"`
	Text string `yaml:"text" json:"text"` // the Act's own words, as a letter quotes them
}

// Text is a statute or a regulation, with the rules that foia uses. Every rule
// in it was read in the operative text; what was not read is not there.
type Text struct {
	ID       string `yaml:"id" json:"id"`
	Name     string `yaml:"name" json:"name"`
	Cite     string `yaml:"cite" json:"cite"`
	Statute  bool   `yaml:"statute,omitempty" json:"statute,omitempty"`   // an act of the legislature, not a regulation
	Advice   bool   `yaml:"guidance,omitempty" json:"guidance,omitempty"` // no law, but what agencies are told to do
	Appendix bool   `yaml:"appendix,omitempty" json:"appendix,omitempty"` // of a regulation, which is a text of its own
	// a regulation that binds every agency and is not about requests
	General bool   `yaml:"general,omitempty" json:"general,omitempty"`
	AsOf    string `yaml:"as_of" json:"as_of"` // the date of the copy that was read
	Read    string `yaml:"read" json:"read"`   // where it was read
	// ids of the offices it binds; "dhs-*" binds every component
	Offices []string         `yaml:"offices" json:"offices"`
	Unknown []string         `yaml:"unknown,omitempty" json:"unknown,omitempty"` // what was looked for and not found
	Period  `yaml:",inline"` // of the rules that have none of their own
	Clocks  []Clock          `yaml:"clocks,omitempty" json:"clocks,omitempty"` // the times for an answer, each by one of the rules
	Stops   []Stop           `yaml:"stops,omitempty" json:"stops,omitempty"`   // what stops them
	Rules   map[string]Rule  `yaml:"rules" json:"rules"`                       // by topic
}

// Binds tells whether the text binds an office.
func (t Text) Binds(office string) bool {
	for _, pattern := range t.Offices {
		if ok, err := path.Match(pattern, office); ok && err == nil {
			return true
		}
	}
	return false
}

// Book is a body of law: its statutes and regulations, the most special first.
type Book struct {
	Topics     map[string]string    `yaml:"topics" json:"topics"` // topic → what it is about
	Texts      []Text               `yaml:"texts" json:"texts"`
	Exemptions map[string]Exemption `yaml:"exemptions" json:"exemptions"` // by code
	Courts     map[string]string    `yaml:"courts" json:"courts"`         // as cited → as spoken of
	Decisions  map[string]Decision  `yaml:"decisions" json:"decisions"`   // by id

	records *RecordsBook // of states and countries, if not those that foia has
}

// LoadFederal reads the embedded federal law, once.
var LoadFederal = sync.OnceValues(func() (*Book, error) {
	b := &Book{}
	if err := json.Unmarshal(federalJSON, b); err != nil {
		return nil, fmt.Errorf("the law's data cannot be read: %w", err)
	}
	b.complete()
	return b, nil
})

// complete gives each rule its topic and, unless it has its own, the place where
// its text was read.
func (b *Book) complete() {
	for code, e := range b.Exemptions {
		e.Code = code
		b.Exemptions[code] = e
	}
	b.nameDecisions()
	for _, t := range b.Texts {
		for topic, r := range t.Rules {
			r.complete(t, topic)
			for i := range r.Before {
				r.Before[i].complete(t, topic)
			}
			t.Rules[topic] = r
		}
	}
}

// complete gives a rule its topic, and what it shares with its text.
func (r *Rule) complete(t Text, topic string) {
	r.Topic = topic
	if r.Read == "" {
		r.Read = t.Read
	}
	if r.From.IsZero() && r.Until.IsZero() {
		r.Period = Period{From: t.From, By: cmp.Or(r.By, t.By)}
	}
	if r.From.IsZero() {
		r.AsOf = t.AsOf
	}
	r.By = cmp.Or(r.By, t.By, ByRequest)
}

// ExemptionNames are the exemptions by name; what foia does not know is called as it
// was given.
func (b *Book) ExemptionNames(codes []string) []string {
	var names []string
	for _, code := range codes {
		names = append(names, cmp.Or(b.Exemptions[code].Name, code))
	}
	return names
}

func parse(raw []byte) (*Book, error) {
	b := &Book{}
	if err := yamltext.Decode(yamltext.Source{File: "us-federal.yaml", Text: raw}, b); err != nil {
		return nil, fmt.Errorf("the law's data cannot be read: %w", err)
	}
	for _, t := range b.Texts {
		for topic, r := range t.Rules {
			if _, known := b.Topics[topic]; !known {
				return nil, fmt.Errorf("the law's data: %s has a rule on %q, which is not in the list of topics", t.ID, topic)
			}
			if err := r.check(t); err != nil {
				return nil, fmt.Errorf("the law's data: the rule of %s on %q %w", t.ID, topic, err)
			}
		}
	}
	return b, b.checkDecisions()
}

// check makes sure that a rule is whole, and that its forms follow one another.
func (r Rule) check(t Text) error {
	later := r.From
	if later.IsZero() && r.Until.IsZero() {
		later = t.From
	}
	for i, form := range append([]Rule{r}, r.Before...) {
		if form.Cite == "" || form.Says == "" {
			return errors.New("lacks its citation or what it says")
		}
		for _, l := range []*Limit{form.Limit, form.Floor} {
			if l != nil && (l.Days < 1 || l.Unit != workday.WorkingDays && l.Unit != workday.CalendarDays && l.Unit != Years) {
				return errors.New("has a limit that is not a number of working days, calendar days or years")
			}
		}
		if !slices.Contains([]Deciding{"", ByRequest, ByDecision}, form.By) {
			return fmt.Errorf("is decided by %q, which is neither request nor decision", form.By)
		}
		if !form.Until.IsZero() && !form.From.IsZero() && form.Until.Before(form.From) {
			return errors.New("ends before it begins")
		}
		if i > 0 && (form.Until.IsZero() || later.IsZero() || !form.Until.Before(later) || len(form.Before) > 0) {
			return errors.New("has an earlier form that does not end before the later one begins")
		}
		if i > 0 {
			later = form.From
		}
	}
	return nil
}

// Regime is the law that binds one office: its own regulation first, then the
// department's, then the statute. The zero Regime is no known law. It is the law of
// today, unless At gives another day.
type Regime struct {
	Texts   []Text
	Records *PublicRecords // the law of a state or country; nil: the federal one, or none

	made, decided workday.Date
}

// For returns the law that binds an office. An office of a law that foia does not
// know has an empty regime.
func (b *Book) For(office, lawID string) Regime {
	if lawID != "" && lawID != Federal {
		p, ok := b.Records().Law(lawID)
		if !ok {
			return Regime{}
		}
		return p.Regime()
	}
	var r Regime
	for _, t := range b.Texts {
		if t.Binds(office) {
			r.Texts = append(r.Texts, t)
		}
	}
	return r
}

// Currency is the one in which fees under the law are asked for, as ISO 4217 has it.
func (r Regime) Currency() string {
	if r.Records != nil {
		return cmp.Or(r.Records.Use.Currency, Dollars)
	}
	return Dollars
}

// ID is that of the law: the federal one, or that of a state or country; empty if foia
// does not know it.
func (r Regime) ID() string {
	switch {
	case r.Records != nil:
		return r.Records.ID
	case r.Known():
		return Federal
	}
	return ""
}

// Rule returns the rule on a topic that is closest to the office.
func (r Regime) Rule(topic string) (Rule, bool) {
	for _, t := range r.Texts {
		if rule, ok := r.form(t, topic); ok {
			return rule, true
		}
	}
	return Rule{}, false
}

// Rules returns every rule on a topic, the closest to the office first.
func (r Regime) Rules(topic string) []Rule {
	var rules []Rule
	for _, t := range r.Texts {
		if rule, ok := r.form(t, topic); ok {
			rules = append(rules, rule)
		}
	}
	return rules
}

// Regulations are those on requests that bind the office, its own first.
func (r Regime) Regulations() []Text {
	var out []Text
	for _, t := range r.Texts {
		if !t.Statute && !t.Advice && !t.Appendix && !t.General {
			out = append(out, t)
		}
	}
	return out
}

// Known tells whether any law is known for the office.
func (r Regime) Known() bool { return len(r.Texts) > 0 }

// Under tells whether the office is bound by the text with that id.
func (r Regime) Under(text string) bool {
	for _, t := range r.Texts {
		if t.ID == text {
			return true
		}
	}
	return false
}
