package retention

//go:generate go run foia/internal/quick retention

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Quick makes kept.json of the schedules and of the lists beside them.
func Quick(files fs.FS) (map[string][]byte, error) {
	raw := map[string][]byte{}
	for _, name := range []string{"grs.jsonl", "systems.jsonl", "state-schedules.jsonl", "holders.csv", "clocks.csv", "scopes.csv",
		"outside.csv", "names.txt"} {
		text, err := fs.ReadFile(files, "data/"+name)
		if err != nil {
			return nil, err
		}
		raw[name] = text
	}
	b, err := readBook(raw["grs.jsonl"], raw["systems.jsonl"], raw["state-schedules.jsonl"], raw["holders.csv"])
	if err != nil {
		return nil, err
	}
	m, err := newMaking(b, raw)
	if err != nil {
		return nil, err
	}
	var all []*Kept
	for _, s := range b.series {
		if !s.warns() {
			continue
		}
		k, err := m.kept(s)
		if err != nil {
			return nil, err
		}
		all = append(all, k)
	}
	text, err := json.MarshalIndent(all, "", " ")
	return map[string][]byte{"kept.json": append(text, '\n')}, err
}

// warns tells whether a requester may be warned by the period of a series. NARA's rows say so
// themselves; of a state's, the period must have been read with more than low confidence.
func (s *Series) warns() bool {
	switch {
	case s.N == nil || s.Unit == nil || s.Clock == nil || s.Authority == nil:
		return false
	case s.Kind == General:
		return s.Warns
	}
	return s.Kind == State && s.Confidence != "low" && slices.Contains([]string{Fixed, Range, Minimum, Maximum}, s.Mode)
}

// making has the lists that kept.json is made by.
type making struct {
	clocks  map[string][]string // by the clock: whether it can be counted, and its words
	scopes  map[string][]string // by the scope: what the name of an office has, and what it lacks
	outside [][]string          // schedule, what, value
	names   naming
}

func newMaking(b *Book, raw map[string][]byte) (*making, error) {
	m := &making{clocks: map[string][]string{}, scopes: map[string][]string{}}
	for name, into := range map[string]map[string][]string{"clocks.csv": m.clocks, "scopes.csv": m.scopes} {
		rows, err := rowsOf(name, raw[name])
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			into[r[0]] = r[1:]
		}
	}
	var err error
	if m.outside, err = rowsOf("outside.csv", raw["outside.csv"]); err != nil {
		return nil, err
	}
	m.names, err = readNaming(b, raw["names.txt"])
	return m, err
}

// rowsOf are the rows below the head of a list.
func rowsOf(name string, raw []byte) ([][]string, error) {
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, fmt.Errorf("data/%s cannot be read: %w", name, err)
	}
	return rows[1:], nil
}

func (m *making) kept(s *Series) (*Kept, error) {
	k := &Kept{ID: s.ID, Law: s.Law, Scope: s.Scope, Title: s.Title, Authority: *s.Authority, Mode: s.Mode, N: *s.N, Unit: *s.Unit,
		Names: m.names.of(s)}
	if s.Most != nil {
		k.Most = *s.Most
	}
	clock, ok := m.clocks[*s.Clock]
	if !ok {
		return nil, fmt.Errorf("%s counts from %q: add that to data/clocks.csv", s.ID, *s.Clock)
	}
	k.Counted, k.From = clock[0] == "yes", clock[1]
	if s.Kind == State {
		scope, ok := m.scopes[s.Scope]
		if !ok {
			return nil, fmt.Errorf("%s is about %q: add that to data/scopes.csv", s.ID, s.Scope)
		}
		k.Has, k.Lacks = parts(scope[0]), parts(scope[1])
	}
	for _, r := range m.outside {
		if s.Kind != General || !strings.HasPrefix(s.ID, "GRS "+r[0]+".") {
			continue
		}
		switch r[1] {
		case "offices":
			k.Offices = strings.Fields(r[2])
		case "words":
			k.Words = stemsOf(r[2])
		case "only":
			k.Only = r[2]
		default:
			return nil, fmt.Errorf("data/outside.csv: %q is not offices, words or only", r[1])
		}
	}
	return k, nil
}

func parts(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, "|")
}

// naming is names.txt: what series go by, and do not.
type naming struct {
	never map[string]bool            // of no series
	not   map[string]map[string]bool // of a series
	also  map[string][]phrase
}

func readNaming(b *Book, raw []byte) (naming, error) {
	n := naming{never: map[string]bool{}, not: map[string]map[string]bool{}, also: map[string][]phrase{}}
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		what := "also"
		id, list, found := strings.Cut(" "+line, " also: ")
		if !found {
			what = "not"
			id, list, found = strings.Cut(" "+line, " not: ")
		}
		id = strings.TrimSpace(id)
		if _, known := b.Get(id); !found || id != "" && !known || id == "" && what == "also" {
			return n, fmt.Errorf("data/names.txt: write “not: …”, “SERIES not: …” or “SERIES also: …”: %s", line)
		}
		if what == "also" {
			n.also[key(id)] = append(n.also[key(id)], phrasesOf(list)...)
			continue
		}
		for _, p := range phrasesOf(list) {
			n.refuse(key(id), strings.Join(p, " "))
		}
	}
	return n, nil
}

func (n naming) refuse(id, name string) {
	if id == "" {
		n.never[name] = true
		return
	}
	if n.not[id] == nil {
		n.not[id] = map[string]bool{}
	}
	n.not[id][name] = true
}

// of are the names of a series: its words, if somebody read what the series is; its title; and what
// names.txt adds. Of one word, only what names.txt adds is a name: “schedule” names nothing.
func (n naming) of(s *Series) []string {
	var names []string
	add := func(p phrase, least int) {
		name := strings.Join(p, " ")
		if name != "" && p.telling() >= least && !n.never[name] && !n.not[key(s.ID)][name] && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if s.Kind == State || s.HoldsBasis != nil {
		for _, w := range s.words {
			if p := phrase(stemsOf(w)); len(p) > 1 {
				add(p, 1)
			}
		}
	}
	title, _, _ := strings.Cut(s.called(), " (")
	title, _, _ = strings.Cut(title, ":")
	add(stemsOf(title), 2)
	for _, p := range n.also[key(s.ID)] {
		add(p, 0)
	}
	return names
}

// telling is how many words of a phrase say what it is.
func (p phrase) telling() (n int) {
	for _, w := range p {
		if !isWide(w) && !isForm(w) {
			n++
		}
	}
	return n
}
