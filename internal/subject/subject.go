// Package subject is about what to ask for: for a subject such as body cameras, what the
// records are called, who has them, in which formats they come, what an office may hold
// against it, how to narrow the request, and items for a letter that need only be filled in.
//
// A subject is a file (templates/subjects). Each of its facts has where it was read beside
// it, or says that it is advice: what nobody read is never shown as a fact.
package subject

import (
	"slices"
	"strings"

	"foia/internal/remedy"
)

// Subject is something that people ask for records about.
type Subject struct {
	ID    string `yaml:"id" json:"id"`
	Title string `yaml:"title" json:"title"`
	Pack  string `yaml:"pack,omitempty" json:"pack,omitempty"` // the letters are there; the subject has no items of its own

	Names      []Fact      `yaml:"names,omitempty" json:"names"`
	Keepers    []Fact      `yaml:"keepers,omitempty" json:"keepers"`
	Formats    []Fact      `yaml:"formats,omitempty" json:"formats"`
	Exemptions []Exemption `yaml:"exemptions,omitempty" json:"exemptions"`
	Narrow     []Fact      `yaml:"narrow,omitempty" json:"narrow"`
	Words      []string    `yaml:"words,omitempty" json:"words"` // to search for; advice
	Retention  []Kept      `yaml:"retention,omitempty" json:"retention"`

	Sources map[string]string `yaml:"sources,omitempty" json:"sources"` // S1: the page, and when it was written

	Letter Letter `yaml:"letter,omitempty" json:"letter"`

	File string `yaml:"-" json:"file"`
	Own  bool   `yaml:"-" json:"own"` // the user's
}

// The marks of a fact besides the names of sources.
const (
	Craft  = "craft"  // how requests are written in practice; no source that was read says it
	Unread = "unread" // something that there is, and nobody read
)

// Fact is something about a subject, and where it was read.
type Fact struct {
	Is string   `yaml:"is" json:"is"`
	By []string `yaml:"by" json:"by"` // sources of the subject; craft; unread
}

// Exemption is what an office may hold against a request. Federal is the exemption of 5 U.S.C.
// 552(b), if it is one: that says nothing about the law of a state.
type Exemption struct {
	Is      string   `yaml:"is" json:"is"`
	Federal string   `yaml:"federal,omitempty" json:"federal,omitempty"` // (b)(5)
	By      []string `yaml:"by" json:"by"`
}

// Fact is the exemption without its number.
func (e Exemption) Fact() Fact { return Fact{Is: e.Is, By: e.By} }

// Kept is how long some of the records are kept: a series of internal/retention, which has its own
// source, or a fact.
type Kept struct {
	Series string   `yaml:"series,omitempty" json:"series,omitempty"`
	Is     string   `yaml:"is,omitempty" json:"is,omitempty"`
	By     []string `yaml:"by,omitempty" json:"by,omitempty"`
}

// Letter is what of a letter a subject has ready. In its texts, {name} is a place to fill.
type Letter struct {
	Subject    string   `yaml:"subject" json:"subject"`
	Items      []Item   `yaml:"items" json:"items"`
	Custodians []string `yaml:"custodians" json:"custodians"`
	Terms      []string `yaml:"search_terms" json:"search_terms"`
	Places     []Place  `yaml:"places" json:"places"`
	Period     Period   `yaml:"period" json:"period"`
}

// Item is one numbered item of the letter.
type Item struct {
	Title      string   `yaml:"title" json:"title"`
	Text       string   `yaml:"text" json:"text"`
	Custodians []string `yaml:"custodians,omitempty" json:"custodians,omitempty"` // if not those of all
	Terms      []string `yaml:"search_terms,omitempty" json:"search_terms,omitempty"`
}

// Place is something that only the requester knows.
type Place struct {
	Name    string `yaml:"name" json:"name"`
	Ask     string `yaml:"ask" json:"ask"` // the question that narrows the request
	Example string `yaml:"example,omitempty" json:"example,omitempty"`
	Default string `yaml:"default,omitempty" json:"default,omitempty"` // what it is unless the requester says otherwise; then no example
}

// Period is the period of the example.
type Period struct {
	From string `yaml:"from" json:"from"`
	To   string `yaml:"to" json:"to"`
}

// The places that every subject has.
const (
	dateFrom = "date_from"
	dateTo   = "date_to"
)

// Places are what is to be filled in, in the order in which to ask for it: those of the subject,
// then the period.
func (s *Subject) Places() []Place {
	if s.Pack != "" {
		return nil
	}
	return append(slices.Clone(s.Letter.Places), Place{Name: dateFrom, Ask: "the first day of the period", Example: s.Letter.Period.From},
		Place{Name: dateTo, Ask: "the last day of the period", Example: s.Letter.Period.To})
}

// Example is the subject's own example: a value for each place.
func (s *Subject) Example() map[string]string {
	out := map[string]string{}
	for _, p := range s.Places() {
		out[p.Name] = p.Example + p.Default // it has one of them
	}
	return out
}

// placesIn are the names of the places in a text.
func placesIn(text string) (names []string) {
	for {
		_, after, ok := strings.Cut(text, "{")
		if !ok {
			return names
		}
		name, rest, ok := strings.Cut(after, "}")
		if !ok {
			return names
		}
		names, text = append(names, name), rest
	}
}

// NotFound says that there is no subject of that name, or that fits some words.
type NotFound struct {
	Name  string
	Words bool // it was searched for
	Near  []string
}

func (e *NotFound) Error() string {
	if e.Words {
		return "no subject fits “" + e.Name + "”"
	}
	return "there is no subject “" + e.Name + "”"
}

// Hint names the closest ones, or where else to look.
func (e *NotFound) Hint() string {
	all := "see all subjects: " + remedy.To(remedy.Subjects).String()
	if e.Words && len(e.Near) == 0 {
		return "look among the series of records: " + remedy.To(remedy.FindSeries, e.Name).String() + "; " + all
	}
	return remedy.DidYouMean(e.Near, all)
}

// Usage: the user named something that does not exist.
func (e *NotFound) Usage() bool { return true }
