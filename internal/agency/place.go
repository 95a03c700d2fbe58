package agency

import (
	_ "embed"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"

	"foia/internal/entered"
)

//go:embed data/cities.csv
var citiesCSV []byte

// Place is where a law applies, and where to look for its offices.
type Place struct {
	Law       string     `json:"law"`
	Name      string     `json:"place"`
	Also      []string   `json:"also,omitempty"`
	Registers []Register `json:"registers,omitempty"`

	City string `json:"city,omitempty"` // by which a query named it; empty: by itself
}

// Places are all places with the law that applies there, by the ids of the laws. A test
// reads them; should they be broken, none is known.
var places = sync.OnceValue(func() map[string]Place {
	var list []Place
	out := map[string]Place{}
	if err := json.Unmarshal(placesJSON, &list); err != nil {
		return out
	}
	for _, p := range list {
		out[p.Law] = p
	}
	return out
})

// PlaceOf is where a law applies.
func PlaceOf(law string) (Place, bool) {
	p, ok := places()[law]
	return p, ok
}

// cities are the laws of the states that have a city of a name, by its stems.
var cities = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	rows, err := readCSV(citiesCSV)
	if err != nil {
		return out
	}
	for _, r := range rows {
		for name := range strings.SplitSeq(r["city"], ";") {
			out[stemKey(name)] = strings.Fields(r["laws"])
		}
	}
	return out
})

// NamedIn are the places that a query names: by a state or country, or by a city that is
// in one or in several of them. Of the names in it, the longest counts, and a state before
// a city; if there is none, one that is a slip away.
func NamedIn(query string) []Place {
	words := stems(query)
	if len(words) > maxQuery/2 {
		return nil
	}
	states := stateNames()
	for size := min(4, len(words)); size > 0; size-- {
		for at := 0; at+size <= len(words); at++ {
			if law, ok := states[strings.Join(words[at:at+size], " ")]; ok {
				return []Place{places()[law]}
			}
		}
	}
	if law := byCode(query); law != "" {
		return []Place{places()[law]}
	}
	for size := min(4, len(words)); size > 0; size-- {
		for at := 0; at+size <= len(words); at++ {
			name := strings.Join(words[at:at+size], " ")
			if laws := cities()[name]; len(laws) > 0 {
				return inCity(name, laws)
			}
		}
	}
	return nearPlace(words, states)
}

// stateNames are the laws by the stems of the names of their places.
func stateNames() map[string]string {
	out := map[string]string{}
	for law, p := range places() {
		for _, name := range append([]string{p.Name}, p.Also...) {
			out[strings.Join(stems(name), " ")] = law
		}
	}
	return out
}

// byCode is the law of a state that is named by its two capitals, as in “police, TX”.
func byCode(query string) string {
	for _, w := range strings.FieldsFunc(query, func(r rune) bool { return r == ' ' || r == ',' }) {
		law := "us-" + strings.ToLower(w)
		if _, ok := places()[law]; ok && len(w) == 2 && w == strings.ToUpper(w) {
			return law
		}
	}
	return ""
}

func inCity(name string, laws []string) (out []Place) {
	for _, law := range laws {
		if p, ok := places()[law]; ok {
			p.City = titled(name)
			out = append(out, p)
		}
	}
	return out
}

// titled is the name of a city as it is written; of its stems, which lose a last s.
func titled(stem string) string {
	rows, err := readCSV(citiesCSV)
	if err != nil {
		return stem
	}
	for _, r := range rows {
		for name := range strings.SplitSeq(r["city"], ";") {
			if stemKey(name) == stem {
				return name
			}
		}
	}
	return stem
}

// nearPlace is the place whose name is one slip away from words of a query, if there is but one.
func nearPlace(words []string, states map[string]string) []Place {
	const short = 6 // a shorter word is a slip away from too many
	names := slices.Sorted(maps.Keys(states))
	names = append(names, slices.Sorted(maps.Keys(cities()))...)
	found := map[string]bool{}
	for size := min(3, len(words)); size > 0; size-- {
		for at := 0; at+size <= len(words); at++ {
			typed := strings.Join(words[at:at+size], " ")
			if len(typed) < short {
				continue
			}
			for _, name := range names {
				if len(name) >= short && entered.OneSlip(typed, name) {
					found[name] = true
				}
			}
		}
	}
	if len(found) != 1 {
		return nil
	}
	for name := range found {
		if law, ok := states[name]; ok {
			return []Place{places()[law]}
		}
		return inCity(name, cities()[name])
	}
	return nil
}
