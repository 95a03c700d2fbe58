package moving

import (
	"regexp"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// language is what a language calls the things of a tracker.
type language struct {
	Language string            `yaml:"language"`
	Words    map[string]string `yaml:"words"`
	Months   []string          `yaml:"months"` // from January
	Short    []string          `yaml:"short"`
}

// foreignWords are the words of other languages, and how many of them stand together at most.
var foreignWords = sync.OnceValue(func() (out struct {
	english map[string]string
	longest int
}) {
	out.english = map[string]string{}
	for _, l := range languages() {
		for word, english := range l.Words {
			out.english[word] = english
			out.longest = max(out.longest, len(strings.Fields(word)))
		}
	}
	return out
})

var languages = sync.OnceValue(func() (out []language) {
	decode("foreign.yaml", &out)
	return out
})

// inEnglish is a heading or status in words with those of other languages in English: “gesendet am” is "sent on".
func inEnglish(s string) string {
	known := foreignWords()
	in := strings.Fields(unaccented(s))
	var out []string
	for len(in) > 0 {
		n := min(known.longest, len(in))
		for ; n > 0; n-- {
			if english, ok := known.english[strings.Join(in[:n], " ")]; ok {
				out = append(out, english)
				break
			}
		}
		if n == 0 {
			n = 1
			out = append(out, in[0])
		}
		in = in[n:]
	}
	return strings.Join(out, " ")
}

// unaccented is a text with its letters bare: Behörde is Behorde, groß is gross.
func unaccented(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) < 0 {
		return s
	}
	return strings.ReplaceAll(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s)), "ß", "ss")
}

// foreignMonths finds the names of months of other languages.
var foreignMonths = sync.OnceValue(func() (out struct {
	name    *regexp.Regexp
	english map[string]string
}) {
	out.english = map[string]string{}
	var names []string
	for _, l := range languages() {
		for _, list := range [][]string{l.Months, l.Short} {
			for i, name := range list {
				name = strings.ToLower(unaccented(name))
				out.english[name] = monthNames[i]
				names = append(names, name)
			}
		}
	}
	out.name = regexp.MustCompile(`(?i)\b(` + strings.Join(names, "|") + `)\b\.?`)
	return out
})

var monthNames = [...]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
	"November", "December"}

// dayInEnglish is a day with its month in English: 3. März 2026, 3 de marzo de 2026, 1er mars 2026.
func dayInEnglish(cell string) string {
	if len(cell) > 60 || strings.IndexFunc(cell, unicode.IsLetter) < 0 {
		return cell
	}
	known, found := foreignMonths(), false
	out := known.name.ReplaceAllStringFunc(unaccented(cell), func(name string) string {
		found = true
		return known.english[strings.ToLower(strings.TrimSuffix(name, "."))]
	})
	if !found {
		return cell
	}
	out = strings.NewReplacer(" de ", " ", " del ", " ", "1er ", "1 ", ". ", " ").Replace(out)
	return out
}
