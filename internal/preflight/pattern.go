package preflight

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// pattern is a list of regular expressions of rules.yaml, any of which may
// match, in any case of letters. Each is compiled when it is first needed: most
// runs of the program check no letter, and most phrases are in none.
type pattern struct {
	sources []string
	once    sync.Once
	entries []*expression
}

// expression is one regular expression with the words of which a text must have
// one to match. Looking for words is many times faster than the expression.
type expression struct {
	source  string
	needles []string // lower case; nil: no word is known
	once    sync.Once
	re      *regexp.Regexp
}

// UnmarshalYAML reads one expression or a list of them.
func (p *pattern) UnmarshalYAML(decode func(any) error) error {
	var one string
	if decode(&one) == nil {
		p.sources = []string{one}
		return nil
	}
	if err := decode(&p.sources); err != nil {
		return fmt.Errorf("a pattern is neither a text nor a list of texts: %w", err)
	}
	return nil
}

// MarshalJSON writes the expressions as a list.
func (p *pattern) MarshalJSON() ([]byte, error) { return json.Marshal(p.sources) }

// UnmarshalJSON reads the list that MarshalJSON writes.
func (p *pattern) UnmarshalJSON(raw []byte) error { return json.Unmarshal(raw, &p.sources) }

func (p *pattern) expressions() []*expression {
	p.once.Do(func() {
		for _, source := range p.sources {
			p.entries = append(p.entries, &expression{source: source, needles: needlesOf(source)})
		}
	})
	return p.entries
}

func (e *expression) compiled() *regexp.Regexp {
	e.once.Do(func() { e.re = regexp.MustCompile("(?i)" + e.source) })
	return e.re
}

// possible tells whether a text, given in lower case, has one of the needles.
func (e *expression) possible(lower string) bool {
	if e.needles == nil {
		return true
	}
	for _, n := range e.needles {
		if strings.Contains(lower, n) {
			return true
		}
	}
	return false
}

// in tells whether the text holds the pattern.
func (p *pattern) in(text string) bool {
	return rules().memory.recall(inquiry{p, isIn, 0, text}, func() answer { return answer{yes: p.holds(text)} }).yes
}

func (p *pattern) holds(text string) bool {
	lower := lowered(text)
	for _, e := range p.expressions() {
		if e.possible(lower) && e.compiled().MatchString(text) {
			return true
		}
	}
	return false
}

// find returns the first place of the pattern in the text, or nil.
func (p *pattern) find(text string) []int {
	return rules().memory.recall(inquiry{p, firstPlace, 0, text}, func() answer { return answer{place: p.first(text)} }).place
}

func (p *pattern) first(text string) []int {
	var first []int
	lower := lowered(text)
	for _, e := range p.expressions() {
		if !e.possible(lower) {
			continue
		}
		if loc := e.compiled().FindStringIndex(text); loc != nil && (first == nil || loc[0] < first[0]) {
			first = loc
		}
	}
	return first
}

// all returns the places of the pattern, at most n of each expression, in the
// order of the text.
func (p *pattern) all(text string, n int) [][]int {
	return slices.Clone(rules().memory.recall(inquiry{p, allPlaces, n, text},
		func() answer { return answer{places: p.every(text, n)} }).places)
}

func (p *pattern) every(text string, n int) [][]int {
	var places [][]int
	lower := lowered(text)
	for _, e := range p.expressions() {
		if e.possible(lower) {
			places = append(places, e.compiled().FindAllStringIndex(text, n)...)
		}
	}
	slices.SortFunc(places, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	return places
}

// affirmed returns the first place of the pattern that no negation stands
// before in the same sentence: “I ask for a waiver”, not “I ask for no waiver”.
func (p *pattern) affirmed(text string) []int {
	return rules().memory.recall(inquiry{p, affirmedPlace, 0, text}, func() answer { return answer{place: p.firstAffirmed(text)} }).place
}

func (p *pattern) firstAffirmed(text string) []int {
	var first []int
	lower := lowered(text)
	for _, e := range p.expressions() {
		if !e.possible(lower) {
			continue
		}
		for _, loc := range e.compiled().FindAllStringIndex(text, -1) {
			if first != nil && loc[0] >= first[0] {
				break
			}
			if !phrase("negation").in(sentenceBefore(text, loc[0])) {
				first = loc
				break
			}
		}
	}
	return first
}

// reach is how far back a negation is looked for, in bytes.
const reach = 60

// sentenceBefore is what stands before a place in its sentence.
func sentenceBefore(text string, at int) string {
	before := text[max(0, at-reach):at]
	if i := strings.LastIndexAny(before, ".?!;:\n"); i >= 0 {
		before = before[i+1:]
	}
	return before
}

// pattern returns the rule's pattern of that name. That each is there is what
// the tests of the rules show.
func (r *rule) pattern(name string) *pattern {
	p, ok := r.Patterns[name]
	if !ok {
		panic("preflight: rule " + r.ID + " has no pattern " + name)
	}
	return p
}

// phrase returns a pattern that several rules use.
func phrase(name string) *pattern {
	p, ok := rules().Phrases[name]
	if !ok {
		panic("preflight: rules.yaml has no phrase " + name)
	}
	return p
}
