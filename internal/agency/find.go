package agency

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sahilm/fuzzy"
)

// Match is the office that a query means.
type Match struct {
	Office Office   // to which a request goes
	Asked  Office   // which the query named; a department, if Office is its default component
	Notes  []string // what the user should know about the way from one to the other
}

// NotFound says that no office answers to a query.
type NotFound struct {
	Query string
	Near  []Office
}

func (e *NotFound) Error() string { return "there is no office “" + e.Query + "” in the directory" }

// Hint names the closest offices.
func (e *NotFound) Hint() string {
	if len(e.Near) == 0 {
		return "search with: foia agency search WORDS; add your own with: foia agency add"
	}
	return "did you mean " + nameList(e.Near) + "?"
}

// Usage: the user named something that does not exist.
func (e *NotFound) Usage() bool { return true }

// Ambiguous says that several offices answer to a query.
type Ambiguous struct {
	Query      string
	Candidates []Office
}

func (e *Ambiguous) Error() string {
	return fmt.Sprintf("“%s” matches %d offices", e.Query, len(e.Candidates))
}

// Hint names the candidates by their ids.
func (e *Ambiguous) Hint() string { return "use the id of one of them: " + nameList(e.Candidates) }

// Usage: the user has to say which one.
func (e *Ambiguous) Usage() bool { return true }

func nameList(offices []Office) string {
	var names []string
	for _, o := range offices {
		name := o.ID + " (" + o.Name
		if o.ParentName != "" {
			name += ", " + o.ParentName
		}
		names = append(names, name+")")
	}
	return strings.Join(names, ", ")
}

// maxQuery is longer than any name; what is longer is no name.
const maxQuery = 200

// Find returns the office that a query names: by id, or by a name, abbreviation
// or alias that only one office has. The department's name leads to the
// component that takes its requests. It never guesses: otherwise the error is
// *Ambiguous or *NotFound, with the candidates.
func (d *Directory) Find(query string) (Match, error) {
	q := normal(query)
	if q == "" || len(q) > maxQuery {
		return Match{}, &NotFound{Query: short(query)}
	}
	if o, ok := d.Get(q); ok {
		return d.lead(o), nil
	}
	words := strings.Fields(q)
	var hits []Office
	for i, r := range d.records {
		// Whatever the form of the name, its last word is the query's.
		if !r.mayHold(words[len(words)-1]) {
			continue
		}
		if o := d.office(i); o.answersTo(q) {
			hits = append(hits, o)
		}
	}
	slices.SortFunc(hits, func(a, b Office) int { return strings.Compare(a.ID, b.ID) })
	switch len(hits) {
	case 0:
		return Match{}, &NotFound{Query: short(query), Near: d.Search(query, 3)}
	case 1:
		return d.lead(hits[0]), nil
	}
	return Match{}, &Ambiguous{Query: short(query), Candidates: hits}
}

// lead follows a grouping record to the component that takes its requests.
func (d *Directory) lead(o Office) Match {
	m := Match{Office: o, Asked: o}
	if component, ok := d.Get(o.DefaultComponent); ok {
		m.Office = component
		m.Notes = []string{fmt.Sprintf("each component of %s handles its own requests; this one goes to %s (%s)", o.Name, component.Name, component.ID)}
	}
	return m
}

// answersTo tells whether a normal query is one of the office's names: its name,
// abbreviation or alias, alone or after the department's ("treasury do", "dhs hq").
func (o Office) answersTo(q string) bool {
	names := append([]string{o.Name, o.Abbreviation}, o.Aliases...)
	for _, n := range names {
		n = normal(n)
		if n == "" {
			continue
		}
		if q == n || strings.TrimPrefix(n, "u.s. ") == q {
			return true
		}
		if o.Parent != "" && (q == o.Parent+" "+n || q == normal(o.ParentName)+" "+n) {
			return true
		}
	}
	return false
}

func normal(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// short keeps a hostile query out of an error.
func short(s string) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return string(r)
}

// Search returns the offices that resemble a query, best first, at most limit.
func (d *Directory) Search(query string, limit int) []Office {
	q := normal(query)
	if q == "" || len(q) > maxQuery {
		return nil
	}
	type hit struct {
		office Office
		score  int
	}
	var hits []hit
	for _, o := range d.All() {
		if s := o.score(q); s > 0 {
			hits = append(hits, hit{o, s})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
	var out []Office
	for _, h := range hits[:min(limit, len(hits))] {
		out = append(out, h.office)
	}
	if len(out) == 0 {
		out = d.fuzzy(q, limit)
	}
	return out
}

// score ranks an office: all of the query's words in its names, whole words
// before parts of words, the office's own names before the department's.
func (o Office) score(q string) int {
	if o.answersTo(q) {
		return 1000
	}
	own := normal(strings.Join(append([]string{o.ID, o.Name, o.Abbreviation, o.FOIAOffice}, o.Aliases...), " "))
	all := own + " " + normal(o.ParentName)
	total := 0
	for word := range strings.FieldsSeq(q) {
		switch {
		case slices.Contains(strings.Fields(own), word):
			total += 20
		case strings.Contains(own, word):
			total += 10
		case strings.Contains(all, word):
			total += 3
		default:
			return 0
		}
	}
	return total
}

// fuzzy finds names that hold the query's letters in order, or are within a few
// slips of it.
func (d *Directory) fuzzy(q string, limit int) []Office {
	var out []Office
	seen := map[string]bool{}
	add := func(o Office) {
		if !seen[o.ID] && len(out) < limit {
			seen[o.ID] = true
			out = append(out, o)
		}
	}
	all := d.All()
	for _, o := range all {
		for _, n := range append([]string{o.ID, o.Abbreviation}, o.Aliases...) {
			if n = normal(n); n != "" && Slips(q, n) <= 1+len(q)/5 {
				add(o)
			}
		}
	}
	names := make([]string, len(all))
	for i, o := range all {
		names[i] = o.Name
	}
	for _, m := range fuzzy.Find(q, names) {
		add(all[m.Index])
	}
	return out
}
