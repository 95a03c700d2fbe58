package agency

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"foia/internal/remedy"
)

// elsewhereCalled are the offices of states, cities and abroad that are called just so.
func (d *Directory) elsewhereCalled(key string) (out []Office) {
	if !strings.Contains(elsewhereWords, key) {
		return nil
	}
	for _, x := range index() {
		if _, own := d.byID[x.id]; !own && slices.Contains(strings.Split(x.keys, ";"), key) {
			o, _ := elsewhere(x.id)
			out = append(out, o)
		}
	}
	return out
}

// hitsElsewhere are those that have all of the query's words, best first.
func (d *Directory) hitsElsewhere(query string) []hit {
	words := stems(query)
	var found []entry
	for _, x := range index() {
		if x.mayHave(words) || x.id == normal(query) {
			found = append(found, x.entry())
		}
	}
	hits := hitsOf(found, query)
	slices.SortStableFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.score, a.score), order(b.office.LookOnly)-order(a.office.LookOnly))
	})
	for i := range hits {
		hits[i].office, _ = d.Get(hits[i].office.ID)
	}
	return hits
}

// knownElsewhere are the words of the names and places of the offices.
var knownElsewhere = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, x := range index() {
		for w := range strings.FieldsFuncSeq(x.line, func(r rune) bool { return strings.ContainsRune(betweenWords, r) }) {
			out[w] = true
		}
	}
	return out
})

// aboutOffices is a query without the words that say what is wanted of an office, as “body
// camera” in “Atlanta police body camera”: those that no office has, nor one a slip away, if
// what is left names a place and something else. A city stays: an office of another one is not
// what is meant.
func aboutOffices(query string) string {
	known := knownElsewhere()
	var kept []string
	telling := 0
	for _, w := range stems(query) {
		switch {
		case known[w], small[w], common[w], len(slipsOf(w, known)) > 0:
		case len(NamedIn(w)) > 0:
		default:
			continue
		}
		kept = append(kept, w)
		if !small[w] && !common[w] {
			telling++
		}
	}
	if rest := strings.Join(kept, " "); telling > 1 && len(NamedIn(rest)) > 0 {
		return rest
	}
	return query
}

// respelledElsewhere are those that have all of the query's words once a slip is mended.
func (d *Directory) respelledElsewhere(query string) (out []hit) {
	for _, q := range readings(aboutOffices(query), knownElsewhere()) {
		for _, h := range d.hitsElsewhere(q) {
			if !slices.ContainsFunc(out, func(x hit) bool { return x.office.ID == h.office.ID }) {
				out = append(out, h)
			}
		}
	}
	return out
}

// asHits gives offices that come near the place before those of states and cities.
func asHits(offices []Office) (out []hit) {
	for _, o := range offices {
		out = append(out, hit{o, 1000})
	}
	return out
}

// both puts federal offices and those elsewhere into one list, best first, federal ones first
// among equals. Neither hides the other: where one kind fills the list, the best of the
// other kind come at its end.
func both(federal, elsewhere []hit, limit int) []hit {
	elsewhere = slices.DeleteFunc(elsewhere, func(h hit) bool { // the user corrected it
		return slices.ContainsFunc(federal, func(f hit) bool { return f.office.ID == h.office.ID })
	})
	all := slices.Concat(federal, elsewhere)
	slices.SortStableFunc(all, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
	if len(all) <= limit || len(federal) == 0 || len(elsewhere) == 0 {
		return all
	}
	least := min(3, limit/3)
	for _, few := range [][]hit{federal, elsewhere} {
		within := 0
		for _, h := range all[:limit] {
			if slices.ContainsFunc(few, func(f hit) bool { return f.office.ID == h.office.ID }) {
				within++
			}
		}
		if missing := min(least, len(few)) - within; missing > 0 {
			for _, h := range few[within : within+missing] {
				all = slices.DeleteFunc(all, func(x hit) bool { return x.office.ID == h.office.ID })
			}
			all = slices.Insert(all, limit-missing, few[within:within+missing]...)
		}
	}
	return all
}

// begunElsewhere are those in whose names and places each word stands, or begins a word.
func (d *Directory) begunElsewhere(typed []string) (out []Office) {
	for _, x := range index() {
		if x.look || slices.ContainsFunc(typed, func(w string) bool { return !x.begins(w) }) {
			continue
		}
		if o, ok := d.Get(x.id); ok {
			out = append(out, o)
		}
	}
	return out
}

// begins tells whether a word of the office begins so.
func (x indexed) begins(w string) bool {
	if small[w] || common[w] {
		return true
	}
	for _, form := range []string{w, stem(w)} {
		if i := strings.Index(x.line, form); i < 0 {
			continue
		}
		for word := range strings.FieldsFuncSeq(x.line, func(r rune) bool { return strings.ContainsRune(betweenWords, r) }) {
			if strings.HasPrefix(word, form) {
				return true
			}
		}
	}
	return false
}

// placesWithout are the places that a query names and in which no office was found.
func placesWithout(named []Place, found []Office) []Place {
	return slices.DeleteFunc(slices.Clone(named), func(p Place) bool {
		return slices.ContainsFunc(found, func(o Office) bool { return o.UnderLaw() == p.Law })
	})
}

// Advice says which law applies in each of some places, and where to look for its offices.
func Advice(named []Place) (out []string) {
	for _, p := range named {
		says := p.Name + ": the law is " + p.Law
		if p.City != "" {
			says = p.City + " is in " + p.Name + ", where the law is " + p.Law
			if len(named) > 1 {
				says = p.City + ", " + p.Name + ": the law is " + p.Law
			}
		}
		out = append(out, says)
	}
	if len(named) != 1 {
		return out
	}
	p := named[0]
	switch len(p.Registers) {
	case 0:
		out = append(out, "foia knows no register of offices there")
	default:
		r := p.Registers[0]
		out = append(out, "Where to look: "+r.Ref+" ("+r.Lists+"; "+r.As()+")")
	}
	return append(out, "The offices that foia has there: "+remedy.To(remedy.Offices).With("law", p.Law).String())
}

// As is as of when a register is known, and whether somebody read it.
func (r Register) As() string {
	as := "as of " + r.Dated
	if r.Dated == undated {
		as = undated
	}
	if !r.Read {
		as += ", named by another page and not read"
	}
	return as
}

// WriteTo is what a letter to an office needs that the directory does not have.
func WriteTo(named []Place) remedy.Act {
	law := remedy.Open("LAW")
	if len(named) == 1 {
		law = named[0].Law
	}
	return remedy.To(remedy.New, "public-records").With("law", law).With("to", remedy.Open("OFFICE’S NAME")).
		With("address", remedy.Open("STREET, CITY, ST ZIP"))
}

// WriteToOffice is what a letter to an office needs of which there is only where to look.
func WriteToOffice(o Office) remedy.Act {
	return remedy.To(remedy.New, "public-records").With("law", o.UnderLaw()).With("to", o.Name).
		With("address", remedy.Open("STREET, CITY, ST ZIP"))
}

// Unreached are the ways in which the office says that it takes requests, and for which the
// record has no contact, or which are no letter.
func (o Office) Unreached() (out []string) {
	for _, w := range o.Ways {
		if !o.Takes(Channel(w)) {
			out = append(out, w)
		}
	}
	return out
}
