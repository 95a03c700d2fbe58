package agency

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// The quick forms of the offices of states, cities and abroad: one office a line; the words by
// which each is found, so that a search reads only the lines of those that it finds; and the
// places, with the registers of each. They are read when something asks for them: most
// requests go to federal offices.
var (
	//go:embed data/elsewhere.jsonl
	elsewhereJSONL []byte
	//go:embed data/elsewhere-words.txt
	elsewhereWords string
	//go:embed data/places.json
	placesJSON []byte
)

// lines are where the lines of the quick form begin and end, by the ids of their offices.
var lines = sync.OnceValue(func() map[string][]byte {
	out := make(map[string][]byte, 512)
	for line := range bytes.Lines(elsewhereJSONL) {
		id, _, _ := bytes.Cut(bytes.TrimPrefix(line, []byte(`{"id":"`)), []byte(`"`))
		out[string(id)] = line
	}
	return out
})

// elsewhere is the built-in office of a state, a city or abroad with that id. A line that
// cannot be read would be a fault of the program; a test reads them all.
func elsewhere(id string) (o Office, ok bool) {
	line, ok := lines()[id]
	if !ok {
		return o, false
	}
	if err := json.Unmarshal(line, &o); err != nil {
		panic("agency: the built-in offices are broken at " + id + ": " + err.Error())
	}
	return o, true
}

// IsElsewhere tells whether the record is a built-in one of a state, a city or abroad.
func (o Office) IsElsewhere() bool { return o.Law != "" && o.Kind != "" && !o.UserAdded }

// Under are the offices that answer under a law, sorted by id: the built-in ones, and the
// user's own. Those that are only where to look come last.
func (d *Directory) Under(law string) (out []Office) {
	for id := range lines() {
		if strings.HasPrefix(id, law+"-") {
			if o, ok := d.Get(id); ok && o.UnderLaw() == law {
				out = append(out, o)
			}
		}
	}
	for i := range d.records {
		o := d.office(i)
		if _, builtIn := lines()[o.ID]; !builtIn && o.UnderLaw() == law {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b Office) int {
		if a.LookOnly != b.LookOnly {
			return order(b.LookOnly) - order(a.LookOnly)
		}
		return strings.Compare(a.ID, b.ID)
	})
	return out
}

// indexed is an office as the words of the search have it.
type indexed struct {
	id   string
	look bool
	keys string // parted by semicolons
	line string
}

// index are the offices elsewhere, one for each line of the words.
var index = sync.OnceValue(func() []indexed {
	out := make([]indexed, 0, 512)
	for line := range strings.Lines(elsewhereWords) {
		id, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		look, rest, _ := strings.Cut(rest, "\t")
		keys, words, ok := strings.Cut(rest, "\t")
		if !ok {
			panic("agency: the words of the built-in offices are broken at " + line)
		}
		out = append(out, indexed{id: id, look: look == "look", keys: keys, line: words})
	}
	return out
})

// entry is the office with the words of its names. It reads no more than the words.
func (x indexed) entry() entry {
	names, around, _ := strings.Cut(x.line, "\t")
	e := entry{Office: Office{ID: x.id, LookOnly: x.look}, keys: strings.Split(x.keys, ";"), own: map[string]bool{},
		around: map[string]bool{}}
	for name := range strings.SplitSeq(names, ";") {
		words := strings.Fields(name)
		e.names = append(e.names, words)
		for _, w := range words {
			e.own[w] = true
		}
	}
	for w := range strings.FieldsSeq(around) {
		e.around[w] = true
	}
	return e
}

// mayHave tells whether the office has all words of a query that tell something. It saves
// taking most lines apart.
func (x indexed) mayHave(words []string) bool {
	for _, w := range words {
		if !small[w] && !common[w] && !hasWord(x.line, w) {
			return false
		}
	}
	return true
}

// hasWord tells whether a word stands among words that are parted by betweenWords.
func hasWord(line, word string) bool {
	for rest := line; ; {
		i := strings.Index(rest, word)
		if i < 0 || word == "" {
			return false
		}
		end := i + len(word)
		if (i == 0 || strings.IndexByte(betweenWords, rest[i-1]) >= 0) &&
			(end == len(rest) || strings.IndexByte(betweenWords, rest[end]) >= 0) {
			return true
		}
		rest = rest[end:]
	}
}

// betweenWords part the words of a line.
const betweenWords = " ;\t"

// wordLine is the line of the words of an office.
func wordLine(o Office, f lawFile, k kind) string {
	look := "office"
	if o.LookOnly {
		look = "look"
	}
	var names []string
	for _, name := range append([]string{o.Name, o.ID}, o.Aliases...) {
		names = append(names, strings.Join(stems(name), " "))
	}
	around := append([]string{f.Place, strings.TrimPrefix(f.Law, "us-"), k.label, o.FOIAOffice}, f.Also...)
	around = append(around, k.words...)
	if strings.HasPrefix(o.Kind, "city-") || o.Kind == "county" || o.Kind == "sheriff" {
		around = append(around, o.City) // the seat of a state's office says nothing of the office
	}
	words := stems(strings.Join(around, " "))
	slices.Sort(words)
	return fmt.Sprintf("%s\t%s\t%s\t%s\t%s\n", o.ID, look, strings.Join(o.keys(), ";"), strings.Join(names, ";"),
		strings.Join(slices.Compact(words), " "))
}
