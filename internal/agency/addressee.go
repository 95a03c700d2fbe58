package agency

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

// addresseeWords are the words that units, titles and the names of offices are made of.
//
//go:embed data/addressee-words.txt
var addresseeText string

var addresseeWords = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for line := range strings.Lines(addresseeText) {
		if !strings.HasPrefix(line, "#") {
			for w := range strings.FieldsSeq(line) {
				out[w] = true
			}
		}
	}
	return out
})

// notAddressee are the words of an addressee that no unit or title is known to have; none:
// it is taken for one. People come and go, and a letter to one of them by name is not
// opened by the next: the addressee is a unit or a title. The rule is that each of its
// words is listed, is in the office's own name, is a number, or is in capitals alone (an
// abbreviation).
func notAddressee(addressee, office string) (unknown []string) {
	own := map[string]bool{}
	for _, w := range wordsOf(office) {
		own[w] = true
	}
	apart := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' }
	for _, w := range strings.FieldsFunc(addressee, apart) {
		lower := strings.ToLower(w)
		switch {
		case addresseeWords()[lower], own[lower], strings.ContainsFunc(w, unicode.IsDigit), len(w) > 1 && w == strings.ToUpper(w):
		default:
			unknown = append(unknown, w)
		}
	}
	return unknown
}
