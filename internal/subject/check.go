package subject

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"foia/internal/retention"
	"foia/internal/yamltext"
)

// Problem is something wrong with a subject's file: where it is, what it is, and how to fix it.
type Problem struct {
	File         string
	Line         int
	What, Remedy string
}

func (p *Problem) Error() string { return fmt.Sprintf("%s (%s:%d)", p.What, p.File, p.Line) }

// Hint says what to do.
func (p *Problem) Hint() string { return p.Remedy }

// parse reads and checks a file.
func parse(file string, raw []byte) (*Subject, error) {
	var s Subject
	lines, err := yamltext.DecodeLines(yamltext.Source{File: file, Text: raw, Fix: fixKeys}, &s)
	if err != nil {
		return nil, err
	}
	c := checker{&s, file, lines}
	if err := c.unknownKey(); err != nil {
		return nil, err
	}
	for _, check := range []func() error{c.whole, c.facts, c.kept, c.letter} {
		if err := check(); err != nil {
			return nil, err
		}
	}
	return &s, nil
}

const fixKeys = "a subject has the keys of a built-in one"

// checker finds what is wrong with a subject.
type checker struct {
	*Subject
	file  string
	lines yamltext.Lines
}

func (c checker) bad(at, what, remedy string) error {
	return &Problem{File: c.file, Line: c.lines.Of(at), What: what, Remedy: remedy}
}

// keys are the keys that a file may have, by the part that they are in; [] is an entry of a list.
var keys = sync.OnceValue(func() map[string][]string {
	fact := []string{"is", "by"}
	return map[string][]string{
		"": {"id", "title", "pack", "names", "keepers", "formats", "exemptions", "narrow", "words", "retention", "sources",
			"letter"},
		"names[]": fact, "keepers[]": fact, "formats[]": fact, "narrow[]": fact,
		"exemptions[]":    {"is", "federal", "by"},
		"retention[]":     {"series", "is", "by"},
		"letter":          {"subject", "items", "custodians", "search_terms", "places", "period"},
		"letter.items[]":  {"title", "text", "custodians", "search_terms"},
		"letter.places[]": {"name", "ask", "example", "default"},
		"letter.period":   {"from", "to"},
	}
})

// unknownKey is the error for the first key that a subject does not have.
func (c checker) unknownKey() error {
	paths := slices.SortedFunc(maps.Keys(c.lines), func(a, b string) int {
		if c.lines[a] != c.lines[b] {
			return c.lines[a] - c.lines[b]
		}
		return strings.Compare(a, b)
	})
	for _, p := range paths {
		outer, key := parent(p)
		if known, ok := keys()[outer]; ok && key != "" && !slices.Contains(known, key) {
			return c.bad(p, "a subject has no "+short(key)+where(outer), "use "+strings.Join(known, ", "))
		}
	}
	return nil
}

// parent is the part that a key is in, without the numbers of entries; the key is empty for an
// entry of a list.
func parent(path string) (outer, key string) {
	if strings.HasSuffix(path, "]") {
		return "", ""
	}
	if i := strings.LastIndex(path, "."); i >= 0 {
		outer, key = path[:i], path[i+1:]
	} else {
		key = path
	}
	for {
		before, after, ok := strings.Cut(outer, "[")
		if !ok {
			return strings.ReplaceAll(outer, "<>", "[]"), key
		}
		_, rest, _ := strings.Cut(after, "]")
		outer = before + "<>" + rest
	}
}

func where(outer string) string {
	if outer == "" {
		return ""
	}
	return " in " + strings.TrimSuffix(outer, "[]")
}

// whole checks that what a subject must have is there.
func (c checker) whole() error {
	if !isID(c.ID) {
		return c.bad("id", "a subject needs an id of lower-case letters, digits and hyphens",
			"write the name of the file without .yaml: id: jail-deaths")
	}
	if c.Title == "" {
		return c.bad("id", "the subject has no title", "add one, such as title: Deaths in jail and custody")
	}
	if c.Pack != "" {
		if c.lines.Has("letter") {
			return c.bad("letter", "a subject that names a pack has no letter of its own", "drop either pack or letter")
		}
		return nil
	}
	for _, part := range []struct {
		key, example string
		there        bool
	}{
		{"names", "names: [{is: death report, by: [craft]}]", len(c.Names) > 0},
		{"keepers", "keepers: [{is: the sheriff, by: [craft]}]", len(c.Keepers) > 0},
		{"letter", "letter: {subject: …, items: […], places: […], period: {from: …, to: …}}", c.lines.Has("letter")},
		{"letter.subject", "subject: Deaths in {jail}", c.Letter.Subject != ""},
		{"letter.items", "items: [{title: Death reports, text: The reports of deaths in {jail}}]", len(c.Letter.Items) > 0},
		{"letter.custodians", "custodians: [the sheriff]", len(c.Letter.Custodians) > 0},
		{"letter.period", "period: {from: 2026-01-01, to: 2026-03-31}", c.Letter.Period.From != "" && c.Letter.Period.To != ""},
	} {
		if !part.there {
			return c.bad(part.key, "the subject has no "+part.key, "add it, such as "+part.example)
		}
	}
	return nil
}

// facts checks that each fact has where it was read, among the sources of the subject.
func (c checker) facts() error {
	for key, list := range map[string][]Fact{"names": c.Names, "keepers": c.Keepers, "formats": c.Formats, "narrow": c.Narrow} {
		for i, f := range list {
			if err := c.fact(fmt.Sprintf("%s[%d]", key, i), f); err != nil {
				return err
			}
		}
	}
	for i, e := range c.Exemptions {
		at := fmt.Sprintf("exemptions[%d]", i)
		if err := c.fact(at, e.Fact()); err != nil {
			return err
		}
		if e.Federal != "" && !isExemption(e.Federal) {
			return c.bad(at+".federal", "the Act has no exemption "+short(e.Federal),
				"write it as in 5 U.S.C. § 552(b): (b)(1) to (b)(9), (b)(7)(A) to (b)(7)(F)")
		}
	}
	return nil
}

func (c checker) fact(at string, f Fact) error {
	switch {
	case f.Is == "":
		return c.bad(at, "an entry does not say what it is", "add is: and a text")
	case len(f.By) == 0:
		return c.bad(at, "an entry does not say where it was read", "add by: [S1] for a source of the subject, or by: [craft] for advice")
	}
	for _, by := range f.By {
		if _, ok := c.Sources[by]; !ok && by != Craft && by != Unread {
			return c.bad(at+".by", "the subject has no source "+short(by), "add it under sources, or write by: [craft] for advice")
		}
	}
	return nil
}

// isExemption tells whether it is an exemption of the Act.
func isExemption(s string) bool {
	rest, ok := strings.CutPrefix(s, "(b)(")
	number, letter, closed := strings.Cut(rest, ")")
	if !ok || !closed || len(number) != 1 || number < "1" || number > "9" {
		return false
	}
	return letter == "" || number == "7" && len(letter) == 3 && letter >= "(A)" && letter <= "(F)"
}

// kept checks that the series named are known ones.
func (c checker) kept() error {
	if len(c.Retention) == 0 {
		return nil
	}
	book, err := retention.Load()
	if err != nil {
		return err
	}
	for i, k := range c.Retention {
		at := fmt.Sprintf("retention[%d]", i)
		if _, ok := book.Get(k.Series); k.Series != "" && !ok {
			return c.bad(at+".series", "there is no series "+short(k.Series), "write its id as a search shows it, such as GRS 6.1.011")
		}
		if k.Series == "" {
			if err := c.fact(at, Fact{k.Is, k.By}); err != nil {
				return err
			}
		}
	}
	return nil
}

// letter checks that each place of the items is declared, has an example, and is used.
func (c checker) letter() error {
	if c.Pack != "" {
		return nil
	}
	declared, used := map[string]bool{}, map[string]bool{}
	for i, p := range c.Letter.Places {
		at := fmt.Sprintf("letter.places[%d]", i)
		switch {
		case !isName(p.Name) || declared[p.Name] || p.Name == dateFrom || p.Name == dateTo:
			return c.bad(at, "a place needs a name of its own, of lower-case letters and underscores", "for example: name: incident")
		case p.Ask == "" || (p.Example == "") == (p.Default == ""):
			return c.bad(at, "the place "+p.Name+" lacks its question, or has not just one of example and default", "add ask: and example:")
		}
		declared[p.Name] = true
	}
	for _, t := range c.texts() {
		for _, name := range placesIn(t.text) {
			if !declared[name] {
				return c.bad(t.at, "the place {"+short(name)+"} is not among the places",
					"declare it: places: [{name: …, ask: …, example: …}]")
			}
			used[name] = true
		}
	}
	for i, p := range c.Letter.Places {
		if !used[p.Name] {
			return c.bad(fmt.Sprintf("letter.places[%d]", i), "no text of the letter has the place {"+p.Name+"}", "use it, or drop it")
		}
	}
	return nil
}

// located is a text and where it is.
type located struct{ at, text string }

// texts are all texts of the letter that can have places.
func (c checker) texts() []located {
	out := []located{{"letter.subject", c.Letter.Subject}}
	lists := func(at string, custodians, terms []string) {
		for _, t := range custodians {
			out = append(out, located{at + "custodians", t})
		}
		for _, t := range terms {
			out = append(out, located{at + "search_terms", t})
		}
	}
	lists("letter.", c.Letter.Custodians, c.Letter.Terms)
	for i, item := range c.Letter.Items {
		at := fmt.Sprintf("letter.items[%d].", i)
		out = append(out, located{at + "title", item.Title}, located{at + "text", item.Text})
		lists(at, item.Custodians, item.Terms)
	}
	return out
}

func isName(s string) bool {
	return s != "" && len(s) <= 60 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_") == "" && s[0] != '_'
}
