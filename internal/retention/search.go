package retention

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"foia/internal/entered"
	"foia/internal/remedy"
)

// Query is what somebody looks for, and whose records.
type Query struct {
	Words string
	Law   string   // us-tx; empty: the federal government
	Of    []string // ids of a federal office, its department or its components; empty: of any
}

// Found is what a search brings.
type Found struct {
	Series []*Series // best first
	// Elsewhere are the laws of states whose schedules have a series that fits as well, for a query
	// that names no law.
	Elsewhere []string
	Unknown   []string // words that no series has
}

// TooWide says that a query fits every series.
type TooWide struct{ Query string }

func (e *TooWide) Error() string {
	if e.Query == "" {
		return "no words to search for"
	}
	return "“" + e.Query + "” fits nearly every series, so it finds none"
}

// Hint says what to type.
func (e *TooWide) Hint() string {
	return "name a kind of record or what it is about, such as: visitor logs, purchase card, email, body camera"
}

// Usage: the user has to say more.
func (e *TooWide) Usage() bool { return true }

// NotFound says that no series fits.
type NotFound struct {
	Query, Law string
	Near       []string // words that come near
	Laws       []string // of which schedules were read, if none were of this one
	Elsewhere  []string // laws of states whose schedules have a series that fits
}

func (e *NotFound) Error() string {
	if len(e.Laws) > 0 {
		return "no retention schedule under " + e.Law + " was read"
	}
	return "no series fits “" + e.Query + "”"
}

// Silence is what no hit means.
const Silence = "no hit says nothing: mission records are on an agency's own schedules"

// Hint says that silence is no answer, and what else to try.
func (e *NotFound) Hint() string {
	if len(e.Laws) > 0 {
		return "ask the office for its own schedule; schedules were read, in part, under " + strings.Join(e.Laws, ", ")
	}
	if len(e.Elsewhere) > 0 {
		return "no federal series fits, but some under " + strings.Join(e.Elsewhere, ", ") + " do: " +
			remedy.To(remedy.FindSeries, e.Query).With("law", e.Elsewhere[0]).String()
	}
	return remedy.DidYouMean(e.Near, Silence)
}

// Usage: nothing is broken.
func (e *NotFound) Usage() bool { return true }

const maxQuery = 200 // longer than any question

// Search returns the series that fit a query, best first. A query that is the id of a series
// brings that one.
func (b *Book) Search(q Query) (Found, error) {
	shown := short(q.Words)
	law := cmp.Or(q.Law, federal)
	if s, ok := b.Get(q.Words); ok {
		return Found{Series: []*Series{s}}, nil
	}
	if err := b.covers(law); err != nil {
		return Found{}, err
	}
	q.Words = shorten(q.Words)
	query := concepts(q.Words)
	if !slices.ContainsFunc(query, concept.telling) {
		return Found{}, &TooWide{shown}
	}
	x := b.index()
	found := Found{Unknown: x.unknown(q.Words, query)}
	for _, i := range x.ranked(query, func(i int) float64 { return b.series[i].counts(law, q.Of) }) {
		found.Series = append(found.Series, b.series[i])
	}
	if q.Law == "" && len(q.Of) == 0 {
		found.Elsewhere = x.elsewhere(b.series, query)
	}
	if len(found.Series) == 0 {
		return Found{}, &NotFound{Query: shown, Near: b.near(q.Words), Elsewhere: found.Elsewhere}
	}
	return found, nil
}

// unknown are the words of a query that no series has by any name, as they were typed.
func (x *index) unknown(typed string, query []concept) (out []string) {
	known := map[string]bool{}
	for _, c := range query {
		if x.known(c) {
			for _, w := range c.typed {
				known[w] = true
			}
		}
	}
	for w := range strings.FieldsSeq(typed) {
		stems := stemsOf(w)
		if len(stems) > 0 && !slices.ContainsFunc(stems, func(s string) bool { return known[s] }) {
			out = append(out, w)
		}
	}
	return out
}

// covers says that nothing under a law was read.
func (b *Book) covers(law string) error {
	laws, count := b.Laws()
	if count[law] > 0 {
		return nil
	}
	laws = slices.DeleteFunc(laws, func(id string) bool { return id == everyState })
	return &NotFound{Law: law, Laws: laws}
}

// under is 1 for the series of a law, and 0 for others.
func (s *Series) under(law string) float64 {
	if s.Law == law || s.Law == everyState && law != federal {
		return 1
	}
	return 0
}

// of is more for the systems of some offices, and 0 for those of others.
func (s *Series) of(offices []string) float64 {
	const own = 1.5
	switch {
	case len(offices) == 0 || len(s.office) == 0:
		return 1
	case slices.ContainsFunc(s.office, func(id string) bool { return slices.Contains(offices, id) }):
		return own
	}
	return 0
}

// counts is how much a series counts for a query: nothing under another law or at another office,
// half of it if it is superseded or only a rule about keeping records.
func (s *Series) counts(law string, offices []string) float64 {
	much := s.under(law) * s.of(offices)
	if !s.Records() {
		much /= 2
	}
	return much
}

// ranked are the places of the documents that fit, best first; counts is how much each counts.
func (x *index) ranked(query []concept, counts func(int) float64) []int {
	scores := make([]float64, len(x.docs))
	best := 0.0
	for i, d := range x.docs {
		if much := counts(i); much > 0 {
			scores[i] = x.score(d, query) * much
			best = max(best, scores[i])
		}
	}
	const tail = 0.25 // of the best; what fits less well fits by a word that means little
	var out []int
	for i, score := range scores {
		if score > 0 && score >= tail*best {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	return out
}

// elsewhere are the laws of states with a series that fits every telling concept.
func (x *index) elsewhere(all []*Series, query []concept) (laws []string) {
	for i, s := range all {
		if s.Law == federal || s.Law == everyState || slices.Contains(laws, s.Law) {
			continue
		}
		d := x.docs[i]
		if !slices.ContainsFunc(query, func(c concept) bool { return c.telling() && x.fit(d, c) == 0 }) {
			laws = append(laws, s.Law)
		}
	}
	return laws
}

// near are words of the series that are a slip away from a word that none has.
func (b *Book) near(query string) (out []string) {
	words := b.vocabulary()
	for w := range strings.FieldsSeq(strings.ToLower(query)) {
		for _, known := range words {
			if len(w) >= 5 && entered.OneSlip(w, known) && !slices.Contains(out, known) {
				out = append(out, known)
			}
		}
	}
	const most = 3
	return out[:min(most, len(out))]
}

func shorten(s string) string {
	if r := []rune(s); len(r) > maxQuery {
		return string(r[:maxQuery])
	}
	return s
}

// short keeps a hostile query out of an error.
func short(s string) string {
	const most = 60
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > most {
		return fmt.Sprintf("%s…", string(r[:most]))
	}
	return string(r)
}
