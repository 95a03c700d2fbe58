package law

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"foia/internal/yamltext"
)

// Fault is one thing that is wrong with the file of a law.
type Fault struct {
	Rule   string `json:"rule"` // the check that found it
	File   string `json:"file"`
	Line   int    `json:"line"`
	Field  string `json:"field,omitempty"` // its path, such as appeals[1].deadline_days
	What   string `json:"what"`
	Remedy string `json:"remedy"`
}

func (f Fault) Error() string { return fmt.Sprintf("%s (%s:%d)", f.What, f.File, f.Line) }

// Hint says what to do.
func (f Fault) Hint() string { return f.Remedy }

// lawRules are the checks of a law, each on its own. None of them mends anything: a law
// whose unit is missing has a fault, and no unit that foia supposes.
var lawRules = []struct {
	name string
	find func(*checking)
}{
	{"unknown-field", unknownFields},
	{"identity", identity},
	{"word", words},
	{"number", numbers},
	{"stage", stageFields},
	{"clock", clock},
	{"clock-start", clockStarts},
	{"clock-fact", clockFacts},
	{"extension", extensions},
	{"route", routeFields},
	{"route-order", routeOrder},
	{"route-window", routeWindows},
	{"stop", stops},
	{"last-day", lastDay},
	{"arrival", arrivals},
	{"sentence", sentences},
	{"sentence-field", sentenceFields},
	{"sentence-slot", sentenceSlots},
	{"sentence-number", sentenceNumbers},
	{"source", sourceFields},
	{"support", supported},
	{"unverified", unverifiedFields},
}

// Bounds of a file that may be a stranger's. The largest of the laws that foia has is a
// twentieth of that.
const (
	mostBytes = 256 << 10
	tooMany   = "[200]" // the entry of a list at which it is no law's any more
)

// Check reads the file of a law and tells all that is wrong with it. Under is the law
// that the file is laid over, field by field; nil if it is a law of its own. The law is
// nil if the file cannot be read at all.
func Check(raw []byte, file string, under *PublicRecords) (*PublicRecords, []Fault) {
	p := &PublicRecords{}
	if under != nil {
		p = under.clone()
	}
	if len(raw) > mostBytes {
		return nil, []Fault{{Rule: "unreadable", File: file, Line: 1, What: fmt.Sprintf("the file is larger than %d KB", mostBytes>>10),
			Remedy: "check that it is the file of one law"}}
	}
	lines, err := yamltext.DecodeLines(yamltext.Source{File: file, Text: raw}, p)
	if err != nil {
		return nil, []Fault{unreadable(err, file)}
	}
	for _, at := range slices.Sorted(maps.Keys(lines)) {
		if strings.HasSuffix(at, tooMany) {
			return nil, []Fault{{Rule: "unreadable", File: file, Line: lines[at], What: "a list has more than 200 entries",
				Remedy: "check that it is the file of one law"}}
		}
	}
	p.File, p.given = file, lines
	own := len(p.Sources)
	if under != nil {
		own = p.lieOver(under)
	}
	c := &checking{p: p, file: file, lines: lines, under: under, own: own, facts: p.facts()}
	for _, r := range lawRules {
		c.rule = r.name
		r.find(c)
	}
	slices.SortStableFunc(c.faults, func(a, b Fault) int { return cmp.Compare(a.Line, b.Line) })
	p.complete()
	return p, c.faults
}

// unreadable is a file that is no YAML, or has something else where a text, a number or
// a list belongs. What else is wrong with it cannot be told before.
func unreadable(err error, file string) Fault {
	f := Fault{Rule: "unreadable", File: file, Line: 1, What: err.Error(), Remedy: "correct that line"}
	if e, ok := err.(*yamltext.Error); ok { // what yamltext gives is never wrapped
		f.Line, f.What, f.Remedy = max(e.Line, 1), e.What, e.Remedy
	}
	f.Remedy += "; what follows was not checked"
	return f
}

// checking is one check of one file.
type checking struct {
	p      *PublicRecords
	file   string
	lines  yamltext.Lines
	under  *PublicRecords
	own    int // how many of the sources are of the file
	facts  facts
	rule   string
	faults []Fault
}

func (c *checking) fault(field, what, remedy string) {
	if c.under != nil && !c.lines.Has(field) {
		remedy += "; what your file leaves out is as foia has it"
	}
	c.faults = append(c.faults, Fault{Rule: c.rule, File: c.file, Line: c.lines.Of(field), Field: field, What: what, Remedy: remedy})
}

// oneOf finds a word that is none of those that foia knows.
func (c *checking) oneOf(field, word string, known ...string) {
	if slices.Contains(known, word) {
		return
	}
	if word == "" {
		c.fault(field, field+" is missing", "add it: "+orList(known))
		return
	}
	c.fault(field, fmt.Sprintf("%s is “%s”, which foia does not know", field, word), "use "+orList(known))
}

// eachOf is oneOf for a list, which may be empty.
func (c *checking) eachOf(field string, list []string, known ...string) {
	for i, word := range list {
		c.oneOf(fmt.Sprintf("%s[%d]", field, i), word, known...)
	}
}

func orList(words []string) string {
	words = slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == "" })
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// IDOf is the id that a file is named for.
func IDOf(file string) string {
	base := path.Base(strings.ReplaceAll(file, `\`, "/"))
	return strings.TrimSuffix(base, path.Ext(base))
}
