package retention

import (
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
		if !empty()[w] {
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

// empty are words that every question may have and that say nothing of the records.
var empty = sync.OnceValue(func() map[string]bool { return setOf(emptyWords) })

const emptyWords = `a about all also am an and any are as at be because been before but by can copies copy could did do does during each
every for from get give had has have he her his how i if in including into is it its kept like made make many may me more most much my
need needed no not of on or other our out over please
s see send she should show so some such that the their them there these they this those
to under up used using want was we were what when where which who whom whose why will with would you your vs
via per between after only two one
person people somebody someone everything anything`

// wide are words that fit so many series that they find none by themselves.
var wide = sync.OnceValue(func() map[string]bool { return stemSetOf(wideWords) })

const wideWords = `record records document documents file files filed data information info material materials paper papers agency
agencies government governmental federal state local public department bureau office offices official officials list lists report
reports administrative program management related general internal`

// roles are words for people, who mostly tell whose records somebody wants, not which.
var roles = sync.OnceValue(func() map[string]bool { return stemSetOf(roleWords) })

const roleWords = `administrator appointee boss chief commissioner deputy director employee executive
governor head leader manager mayor minister
officer secretary staff supervisor worker`

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

func stemSetOf(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[stem(w)] = true
	}
	return set
}
