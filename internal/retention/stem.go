package retention

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

// Stems are the words of a text as searches compare them.
func Stems(s string) []string { return stemsOf(s) }

// stemsOf parts a text into words as they are compared: in lower case, without what
// English puts at their end, and without the words that carry no meaning.
func stemsOf(s string) []string {
	words := strings.FieldsFunc(joined.Replace(strings.ToLower(s)),
		func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	out := words[:0]
	for _, w := range words {
		if !isEmpty(w) {
			out = append(out, stem(w))
		}
	}
	return out
}

// joined writes as one word what people write in two ways, and takes off possessives.
var joined = strings.NewReplacer("e-mail", "email", "e mail", "email", "'s ", " ", "’s ", " ", "s' ", "s ", "s’ ", "s ", "'", "", "’", "",
	"u.s.", "us", "sign-in", "signin", "sign in", "signin", "log-in", "login")

// stem takes the ending off a word: an English plural, a participle, and what makes a noun
// or an adjective of a verb. It need only take the same off words that belong together.
func stem(w string) string {
	const least = 4 // a shorter word is mostly a name, such as IRS
	if len(w) < least || strings.ContainsFunc(w, func(r rune) bool { return r > unicode.MaxASCII || unicode.IsDigit(r) }) {
		return w
	}
	w = singular(w)
	for _, end := range endings {
		if rest, ok := strings.CutSuffix(w, end.cut); ok && len(rest) >= end.least && strings.ContainsAny(rest, "aeiouy") {
			return undoubled(rest + end.put)
		}
	}
	return w
}

func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "ss") || strings.HasSuffix(w, "us") || strings.HasSuffix(w, "is"):
		return w
	case strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "xes"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"):
		return w[:len(w)-2]
	}
	return strings.TrimSuffix(w, "s")
}

// endings are taken off, the first that fits, if enough of the word is left.
var endings = []struct {
	cut, put string
	least    int
}{
	{"ational", "at", 4}, {"ization", "iz", 4}, {"ation", "at", 3}, {"ative", "at", 3}, {"ating", "at", 3}, {"ated", "at", 3},
	{"ator", "at", 4},
	{"ition", "it", 3}, {"ment", "", 4}, {"tion", "t", 3}, {"sion", "s", 3}, {"ing", "", 3}, {"ed", "", 3}, {"ly", "", 4}, {"ive", "", 4},
	{"ate", "at", 3}, {"e", "", 3}, {"y", "i", 3},
}

// undoubled is running without its ending, run.
func undoubled(w string) string {
	n := len(w)
	if n > 3 && w[n-1] == w[n-2] && !strings.ContainsRune("lsz", rune(w[n-1])) {
		return w[:n-1]
	}
	return w
}

//go:embed data/words.txt
var wordsText string

// weighed are the words of data/words.txt, by what becomes of them.
var weighed = sync.OnceValue(func() map[string]map[string]bool {
	sets := map[string]map[string]bool{"empty": {}, "wide": {}, "people": {}, "lead": {}, "join": {}, "form": {}}
	for line := range strings.Lines(wordsText) {
		kind, words, _ := strings.Cut(line, ":")
		for w := range strings.FieldsSeq(words) {
			switch set := sets[kind]; {
			case kind == "empty", kind == "lead", kind == "join": // as they are typed
				set[w] = true
			case set != nil:
				set[stem(w)] = true
			}
		}
	}
	return sets
})

// isEmpty tells whether a word says nothing of the records.
func isEmpty(w string) bool { return weighed()["empty"][w] }

// isWide tells whether a stem fits nearly every series.
func isWide(stem string) bool { return weighed()["wide"][stem] }

// isPerson tells whether a stem is a word for people.
func isPerson(stem string) bool { return weighed()["people"][stem] }
