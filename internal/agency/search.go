package agency

import (
	"cmp"
	"slices"
	"strings"

	"foia/internal/entered"
)

// Found is what a search brings.
type Found struct {
	Offices []Office // best first
	Near    bool     // no office is called so: these come near by whole words or one slip
	Says    string   // what the user should know of the first one; may be empty
	Places  []Place  // that the query names, if no office there is called so
}

// Search returns the offices that a query names or describes, best first, at most
// limit. All its words must be words of the office's names, not letters within them;
// if no office has them all, those are near that it names beside other words, or that
// are one slip of the keyboard away. What is no agency is a *NotAnAgency, what brings
// nothing a *NotFound.
func (d *Directory) Search(query string, limit int) (Found, error) {
	if q := normal(query); q == "" || len(q) > maxQuery || len(stems(q)) == 0 {
		return Found{}, &NotFound{Query: short(query)}
	}
	all := d.entries()
	offices := officesOf(both(hitsOf(all, query), d.hitsElsewhere(query), limit))
	n, known := called(query, true)
	switch {
	case known && n.office == "" && !named(offices, query):
		return Found{}, d.notAnAgency(query, n)
	case known && n.office != "":
		return d.foundBy(n, offices, limit, false), nil
	case len(offices) > 0:
		return Found{Offices: first(offices, limit)}, nil
	}
	named := NamedIn(query)
	if n, known := called(query, false); known {
		if n.office == "" {
			return Found{}, d.notAnAgency(query, n)
		}
		found := d.foundBy(n, nil, limit, true)
		found.Places = named
		return found, nil
	}
	offices = officesOf(both(asHits(near(all, query)), d.respelledElsewhere(query), limit))
	if len(offices) > 0 {
		return Found{Offices: first(offices, limit), Near: true, Places: placesWithout(named, offices)}, nil
	}
	return Found{}, &NotFound{Query: short(query), Places: named}
}

// near are the federal offices that come near a query by whole words or one slip.
func near(all []entry, query string) []Office {
	for _, near := range []func([]entry, string) []Office{mentioned, respelled, slippedAbbreviation} {
		if offices := near(all, query); len(offices) > 0 {
			return offices
		}
	}
	return nil
}

// foundBy puts the office that another name means before those found by words.
func (d *Directory) foundBy(n otherName, others []Office, limit int, near bool) Found {
	o, ok := d.Get(n.office)
	if !ok {
		return Found{Offices: first(others, limit), Near: near}
	}
	others = slices.DeleteFunc(others, func(x Office) bool { return x.ID == o.ID })
	return Found{Offices: first(append([]Office{o}, others...), limit), Says: n.says, Near: near}
}

func first(offices []Office, limit int) []Office { return offices[:min(limit, len(offices))] }

// named tells whether the first of some offices is called just so.
func named(offices []Office, query string) bool {
	return len(offices) > 0 && offices[0].answersTo(key(query))
}

// entry is an office with the words of its names.
type entry struct {
	Office
	keys   []string   // what it answers to
	names  [][]string // each name's stems
	own    map[string]bool
	around map[string]bool // the stems of its department's names, and of what its FOIA office is called
}

// entries are the offices with the words of their names, made when a search needs them.
func (d *Directory) entries() []entry {
	d.entriesOnce.Do(func() { d.allEntries = entriesOf(d.All()) })
	return d.allEntries
}

func entriesOf(offices []Office) []entry {
	byID := map[string]Office{}
	for _, o := range offices {
		byID[o.ID] = o
	}
	out := make([]entry, len(offices))
	for i, o := range offices {
		e := entry{Office: o, keys: o.keys(), own: map[string]bool{}, around: map[string]bool{}}
		for _, name := range append([]string{o.Name, o.Abbreviation, o.ID}, o.Aliases...) {
			words := stems(name)
			e.names = append(e.names, words)
			for _, w := range words {
				e.own[w] = true
			}
		}
		parent := byID[o.Parent]
		for _, name := range append([]string{o.FOIAOffice, parent.ID, parent.Name, parent.Abbreviation}, parent.Aliases...) {
			for _, w := range stems(name) {
				e.around[w] = true
			}
		}
		out[i] = e
	}
	return out
}

// ranked are the offices that have all of the query's words, best first.
func ranked(all []entry, query string) []Office { return officesOf(hitsOf(all, query)) }

// hit is an office that a query finds, and how well.
type hit struct {
	office Office
	score  int
}

func officesOf(hits []hit) []Office {
	out := make([]Office, len(hits))
	for i, h := range hits {
		out[i] = h.office
	}
	return out
}

// hitsOf are the offices that have all of the query's words, best first; among equals
// the one that gets more requests.
func hitsOf(all []entry, query string) []hit {
	var hits []hit
	words, id, k := stems(query), normal(query), key(query)
	for _, e := range all {
		if s := e.score(id, k, words); s > 0 {
			hits = append(hits, hit{e.Office, s})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.office.received(), a.office.received()))
	})
	return hits
}

func (o Office) received() int {
	if o.ReceivedFY2024 == nil {
		return 0
	}
	return *o.ReceivedFY2024
}

// score ranks an office: 0 if it lacks a word of the query that is neither small nor
// common. The office's own names count before its department's, and a name of which
// the query says much before one of which it says little.
func (e entry) score(id, k string, words []string) int {
	switch {
	case e.ID == id:
		return 2000
	case slices.Contains(e.keys, k):
		return 1000
	}
	total, telling, here := 0, 0, 0
	for _, w := range words {
		if small[w] {
			continue
		}
		if !common[w] {
			telling++
		}
		switch {
		case e.own[w]:
			total += 20
			here++
		case e.around[w]:
			total += 5
			here++
		case !common[w]:
			return 0
		}
	}
	if here == 0 || telling == 0 && here < len(words) {
		return 0
	}
	return total + e.coverage(words)
}

// coverage is how much of the office's best name the query says, in hundredths.
func (e entry) coverage(words []string) int {
	best := 0
	for _, name := range e.names {
		said, all := 0, 0
		for _, w := range name {
			if small[w] || common[w] {
				continue
			}
			all++
			if slices.Contains(words, w) {
				said++
			}
		}
		if all > 0 {
			best = max(best, 100*said/all)
		}
	}
	return best
}

// mentioned are the offices that the query names beside other words: by an
// abbreviation, or by a whole name of several words.
func mentioned(all []entry, query string) []Office {
	words := strings.Join(wordsOf(query), " ")
	var out []Office
	for _, e := range all {
		if e.mentioned(words) {
			out = append(out, e.Office)
		}
	}
	const most = 3 // an abbreviation of more offices, such as OIG, names none
	if len(out) > most {
		return nil
	}
	byRequests(out)
	return out
}

// mentioned tells whether one of the office's names stands among some words. An
// abbreviation that is a place, such as that of the Los Angeles District Office, does not
// count: most offices of a city are not federal.
func (e entry) mentioned(words string) bool {
	for i, name := range append([]string{e.Abbreviation, e.Name}, e.Aliases...) {
		k := key(name)
		counts := tellingAbbreviation(name) || i > 0 && strings.Contains(k, " ") && telling(k)
		if counts && strings.Contains(" "+words+" ", " "+k+" ") {
			return true
		}
	}
	return false
}

func byRequests(offices []Office) {
	slices.SortStableFunc(offices, func(a, b Office) int { return cmp.Compare(b.received(), a.received()) })
}

// telling tells whether a name has a word that is neither small nor common.
func telling(name string) bool {
	for _, w := range stems(name) {
		if !small[w] && !common[w] {
			return true
		}
	}
	return false
}

// wordlike are abbreviations that are ordinary words: “tax returns” does not name the
// Tax Division.
var wordlike = map[string]bool{"TAX": true, "MINT": true, "PARDON": true, "COPS": true, "VETS": true, "ADMIN": true}

// tellingAbbreviation tells whether an abbreviation names an office inside a longer
// query: at least three capitals and nothing else.
func tellingAbbreviation(s string) bool {
	return len(s) >= 3 && !wordlike[s] && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// respelled are the offices that have all of the query's words once those that no
// name has are taken for one that is a slip away. Only long words are taken for another.
func respelled(all []entry, query string) []Office {
	known := map[string]bool{}
	for _, e := range all {
		for w := range e.own {
			known[w] = true
		}
	}
	queries := readings(query, known)
	var out []Office
	for _, q := range queries {
		for _, o := range ranked(all, q) {
			if !slices.ContainsFunc(out, func(x Office) bool { return x.ID == o.ID }) {
				out = append(out, o)
			}
		}
	}
	return out
}

// readings are what a query may mean once those of its words that are not known are taken
// for one that is a slip away.
func readings(query string, known map[string]bool) []string {
	const most = 4 // readings; a query that could be anything is none
	queries := []string{""}
	for _, w := range stems(query) {
		meant := []string{w}
		if !known[w] && !small[w] && !common[w] {
			if meant = slipsOf(w, known); len(meant) == 0 {
				return nil
			}
		}
		var next []string
		for _, q := range queries {
			for _, m := range meant {
				next = append(next, strings.TrimSpace(q+" "+m))
			}
		}
		if queries = next; len(queries) > most {
			return nil
		}
	}
	return queries
}

// slipsOf are the known words that are one slip away from a word.
func slipsOf(w string, known map[string]bool) []string {
	var out []string
	for k := range known {
		if min(len(w), len(k)) >= 5 && max(len(w), len(k)) >= 6 && entered.OneSlip(w, k) {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}

// slippedAbbreviation are the offices whose abbreviation begins like the query and is one
// slip away, if they are few.
func slippedAbbreviation(all []entry, query string) []Office {
	q := strings.Join(wordsOf(query), " ")
	if len(q) < 3 || strings.Contains(q, " ") {
		return nil
	}
	var out []Office
	for _, e := range all {
		k := key(e.Abbreviation)
		if len(k) >= 3 && k[0] == q[0] && entered.OneSlip(q, k) {
			out = append(out, e.Office)
		}
	}
	const most = 3
	if len(out) > most {
		return nil
	}
	byRequests(out)
	return out
}
