package agency

import (
	"fmt"
	"slices"
	"strings"

	"foia/internal/remedy"
)

// Match is the office that a query means.
type Match struct {
	Office Office   // to which a request goes
	Asked  Office   // which the query named; a department, if Office is its default component
	Notes  []string // what the user should know about the way from one to the other
}

// NotFound says that no office answers to a query.
type NotFound struct {
	Query  string
	Near   []Office
	Places []Place // that the query names, by themselves or by a city
}

func (e *NotFound) Error() string { return "there is no office “" + e.Query + "” in the directory" }

// Hint names the offices that come near. Without any it does not send the user back to
// the search that found none.
func (e *NotFound) Hint() string {
	switch {
	case len(e.Places) > 0:
		return strings.Join(append(Advice(e.Places), "To write to it: "+WriteTo(e.Places).String()), ". ")
	case len(e.Near) == 0:
		return "to see the federal offices: " + remedy.To(remedy.Offices).String() + ", those of a state: " +
			remedy.To(remedy.Offices).With("law", remedy.Open("LAW")).String() + "; to add another: " + remedy.To(remedy.AddOffice).String()
	}
	return remedy.DidYouMean([]string{nameList(e.Near)}, "more about it: "+remedy.To(remedy.Office, e.Near[0].ID).String())
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
		names = append(names, o.ID+" ("+o.FullName()+")")
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
	words := wordsOf(q)
	if len(words) == 0 {
		return Match{}, &NotFound{Query: short(query)}
	}
	q = key(q)
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
	hits = append(hits, d.elsewhereCalled(q)...)
	slices.SortFunc(hits, func(a, b Office) int { return strings.Compare(a.ID, b.ID) })
	hits = withoutComponents(hits)
	switch len(hits) {
	case 0:
		return d.findOther(query)
	case 1:
		return d.lead(hits[0]), nil
	}
	return Match{}, &Ambiguous{Query: short(query), Candidates: hits}
}

// withoutComponents leaves out the component to which a department of the same name
// leads anyway: “State Department” is both.
func withoutComponents(hits []Office) []Office {
	return slices.DeleteFunc(hits, func(o Office) bool {
		return slices.ContainsFunc(hits, func(d Office) bool { return d.DefaultComponent == o.ID })
	})
}

// findOther looks for a query that is no name of the directory among the other names
// of offices, and else says which offices come near.
func (d *Directory) findOther(query string) (Match, error) {
	n, known := called(query, true)
	if o, ok := d.Get(n.office); known && ok {
		m := d.lead(o)
		if n.says != "" {
			m.Notes = append([]string{n.says}, m.Notes...)
		}
		return m, nil
	}
	found, err := d.Search(query, 3)
	if err != nil {
		return Match{}, err
	}
	return Match{}, &NotFound{Query: short(query), Near: found.Offices, Places: found.Places}
}

// lead follows a grouping record to the component that takes its requests.
func (d *Directory) lead(o Office) Match {
	m := Match{Office: o, Asked: o}
	if component, ok := d.Get(o.DefaultComponent); ok {
		m.Office = component
		m.Notes = []string{fmt.Sprintf("each component of %s handles its own requests; this one goes to %s (%s)", o.Name, component.Name,
			component.ID)}
	}
	return m
}

// answersTo tells whether a query, as its key, is one of the office's names.
func (o Office) answersTo(q string) bool { return slices.Contains(o.keys(), q) }

// keys are the office's names as they are compared: its name, abbreviation and aliases,
// alone and after the department's ("treasury do", "dhs hq").
func (o Office) keys() []string {
	var before []string
	if o.Parent != "" {
		before = []string{key(o.Parent) + " ", key(o.ParentName) + " "}
	}
	var out []string
	for _, name := range append([]string{o.Name, o.Abbreviation}, o.Aliases...) {
		n := key(name)
		if n == "" {
			continue
		}
		out = append(out, n)
		for _, b := range before {
			out = append(out, b+n)
		}
	}
	return out
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
