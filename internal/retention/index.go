package retention

import (
	"math"
	"slices"
	"strings"
)

// index has the words of each series, each field apart, so that a phrase is found in one
// field and not across two.
type index struct {
	docs []doc
	have map[string]int // in how many series a stem is
}

type doc struct {
	fields []field
}

// field is a text of a series as stems, and how much it tells of the series.
type field struct {
	stems  []string
	weight float64
}

// How much a field tells: what people call the series and its title more than what its
// schedule is about and who may have it.
const (
	byWords   = 3.0
	byTitle   = 3.0
	byHolds   = 2.0
	byPart    = 1.0
	byKeepers = 0.6
)

// Texts are what something is found by, from what tells most of it to what tells least.
type Texts struct {
	Words   []string // what people call it
	Titles  []string
	Holds   []string // what is in it
	Part    []string // of what it is a part, whose it is
	Keepers []string // who may have it
}

// texts are those of a series.
func (s *Series) texts() Texts {
	return Texts{Words: slices.Concat(s.words, s.topics), Titles: []string{s.Title}, Holds: []string{text(s.Holds)},
		Part: []string{s.Part, s.Scope, s.Agency}, Keepers: s.Keepers}
}

func newIndex(all []Texts) *index {
	x := &index{have: map[string]int{}}
	for _, t := range all {
		d := t.doc()
		seen := map[string]bool{}
		for _, f := range d.fields {
			for _, w := range f.stems {
				if !seen[w] {
					seen[w] = true
					x.have[w]++
				}
			}
		}
		x.docs = append(x.docs, d)
	}
	return x
}

func (t Texts) doc() (d doc) {
	for _, part := range []struct {
		texts  []string
		weight float64
	}{{t.Words, byWords}, {t.Titles, byTitle}, {t.Holds, byHolds}, {t.Part, byPart}, {t.Keepers, byKeepers}} {
		for _, text := range part.texts {
			if stems := stemsOf(text); len(stems) > 0 {
				d.fields = append(d.fields, field{stems, part.weight})
			}
		}
	}
	return d
}

// Fitting are the places of those texts that fit a query, best first. The error is a *TooWide.
func Fitting(query string, all []Texts) ([]int, error) {
	asked := concepts(shorten(query))
	if !slices.ContainsFunc(asked, concept.telling) {
		return nil, &TooWide{short(query)}
	}
	return newIndex(all).ranked(asked, func(int) float64 { return 1 }), nil
}

// rarity is how much it tells that a series has a word.
func (x *index) rarity(stem string) float64 {
	const commonplace = 0.15 // of the rarity of a rare word; the words that fit everything
	r := math.Log(1 + float64(len(x.docs))/float64(1+x.have[stem]))
	if isWide(stem) {
		r *= commonplace
	}
	return r
}

// find is how well a series fits a phrase: all its words next to each other in one field count
// most, all of them in one field half as much.
func (x *index) find(d doc, p phrase) float64 {
	best := 0.0
	for _, f := range d.fields {
		fit := 0.0
		switch {
		case follows(f.stems, p):
			fit = 1
		case len(p) > 1 && holdsAll(f.stems, p):
			fit = 0.5
		}
		best = max(best, fit*f.weight*f.said(p))
	}
	if best == 0 {
		return 0
	}
	sum := 0.0
	for _, w := range p {
		sum += x.rarity(w)
	}
	return best * sum
}

// said is how much of a field a phrase says: all of it tells more than a part.
func (f field) said(p phrase) float64 {
	const least = 0.8
	return least + (1-least)*float64(len(p))/float64(len(f.stems))
}

func follows(stems, p []string) bool {
	for i := 0; i+len(p) <= len(stems); i++ {
		if slices.Equal(stems[i:i+len(p)], p) {
			return true
		}
	}
	return false
}

func holdsAll(stems, p []string) bool {
	for _, w := range p {
		if !slices.Contains(stems, w) {
			return false
		}
	}
	return true
}

// fit is how well a series fits a concept: by what was typed, by another name for it, or by a
// part of it.
func (x *index) fit(d doc, c concept) float64 {
	const (
		byOther = 0.7 // another name
		byMeant = 0.6 // what it is called by those who do not say what was typed
		byPart  = 0.4 // a word of a phrase
		again   = 0.1 // found by one more name
	)
	best, all := 0.0, 0.0
	add := func(p phrase, weight float64) {
		found := weight * x.find(d, p)
		best, all = max(best, found), all+found
	}
	add(c.typed, 1)
	for _, p := range c.others {
		add(p, byOther)
	}
	for _, p := range c.meant {
		add(p, byMeant)
	}
	if c.whole {
		for _, w := range c.typed {
			add(phrase{w}, byPart)
		}
	}
	return best + again*(all-best)
}

// known tells whether any series has the concept by some name.
func (x *index) known(c concept) bool {
	for _, p := range slices.Concat([]phrase{c.typed}, c.others, c.meant) {
		if !slices.ContainsFunc(p, func(w string) bool { return x.have[w] == 0 }) {
			return true
		}
	}
	return c.whole && slices.ContainsFunc(c.typed, func(w string) bool { return x.have[w] > 0 })
}

// telling tells whether a concept is more than words that fit everything.
func (c concept) telling() bool {
	return slices.ContainsFunc(c.typed, func(w string) bool { return !isWide(w) })
}

// weight is how much a concept counts beside others: words that fit everything little, and words
// for people half.
func (c concept) weight() float64 {
	switch {
	case !c.telling():
		return 0.2
	case len(c.typed) == 1 && isPerson(c.typed[0]):
		return 0.5
	}
	return 1
}

// score ranks a document: the sum of how well it fits each concept, and the more of them the
// better.
func (x *index) score(d doc, query []concept) float64 {
	sum, met, all := 0.0, 0.0, 0.0
	for _, c := range query {
		weight := c.weight()
		all += weight
		if fit := x.fit(d, c); fit > 0 {
			sum += fit * weight
			met += weight
		}
	}
	if all == 0 {
		return 0
	}
	return sum * math.Sqrt(met/all)
}

// words are the words of all series, as they are written there, for what was misspelled.
func (b *Book) vocabulary() []string {
	seen := map[string]bool{}
	var out []string
	for _, s := range b.series {
		for _, part := range append([]string{s.Title, text(s.Holds)}, s.words...) {
			for w := range strings.FieldsFuncSeq(strings.ToLower(part), func(r rune) bool { return r < 'a' || r > 'z' }) {
				if len(w) >= 5 && !seen[w] {
					seen[w] = true
					out = append(out, w)
				}
			}
		}
	}
	slices.Sort(out)
	return out
}
