package reply

import (
	"embed"
	"fmt"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"

	"foia/internal/lazy"
	"foia/internal/yamltext"
)

//go:embed data/*.yaml
var files embed.FS

// rule is a phrase that is a sign of something.
type rule struct {
	Sign   string   `yaml:"sign"`
	Says   []string `yaml:"says"`   // any of these; {name:date} and the like take what stands there
	Unless []string `yaml:"unless"` // but none of these, in the same sentence
	Sets   map[string]string
	Office string `yaml:"office"` // the general form that it stands for, or the office that writes so
	Source string `yaml:"source"` // where such a letter was read
	Loose  bool   `yaml:"loose"`  // also after “if”, “may” and the like

	says, unless []phrase
}

// book is all rules, with the words that their phrases need.
type book struct {
	rules []rule
	words *words
}

// rules are the phrases of all files, in the order of their names.
var rules = sync.OnceValue(func() book {
	words := newWords()
	entries, err := files.ReadDir("data")
	if err != nil {
		panic(err) // it is in the program
	}
	var out []rule
	for _, e := range entries {
		raw, err := files.ReadFile("data/" + e.Name())
		if err != nil {
			panic(err)
		}
		var list []rule
		if err := yamltext.Decode(yamltext.Source{File: e.Name(), Text: raw}, &list); err != nil {
			panic(fmt.Sprintf("data/%s: %v", e.Name(), err))
		}
		for i := range list {
			list[i].says, list[i].unless = phrases(list[i].Says, words), phrases(list[i].Unless, words)
		}
		out = append(out, list...)
	}
	return book{out, words}
})

// phrase is a pattern of a rule.
type phrase struct {
	pattern lazy.Pattern
	needs   [][]int // numbers of words: of each group, a text that it matches has one
}

func phrases(patterns []string, w *words) (out []phrase) {
	for _, s := range patterns {
		out = append(out, phraseOf(expanded(s), w))
	}
	return out
}

func phraseOf(pattern string, w *words) phrase {
	p := phrase{pattern: lazy.Pattern(pattern)}
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		panic(err) // it is in the program
	}
	for _, group := range needOf(re) {
		var ids []int
		for _, word := range group {
			ids = append(ids, w.add(word))
		}
		p.needs = append(p.needs, ids)
	}
	return p
}

// possible tells whether a text that has these words can match.
func (p phrase) possible(has []bool) bool {
	return !slices.ContainsFunc(p.needs, func(group []int) bool {
		return !slices.ContainsFunc(group, func(id int) bool { return has[id] })
	})
}

// signsIn are the signs of a sentence.
func (b book) signsIn(s *sentence) (out []sign) {
	has := b.words.in(s.text)
	for i := range b.rules {
		out = append(out, b.rules[i].in(s, has)...)
	}
	return out
}

const categoryPattern = `(?:representatives? of the (?:news )?media|news[- ]media|media|commercial(?:[- ]use)?` +
	`|educational(?: institution)?|` +
	`(?:non-?commercial )?scientific(?: institution)?|all[- ]others?|general \(all others?\)|"?other"?)`

var macro = lazy.Pattern(`\{(?:(\w+):)?(date|count|days|money|number|rest|category|track)\}`)

// expanded is a phrase as a regular expression: spaces stand for any space, and what is in braces for a
// date, a count, a number of days, an amount, the number of a request or the rest of the sentence.
func expanded(s string) string {
	s = macro.RE().ReplaceAllStringFunc(s, func(m string) string {
		parts := macro.RE().FindStringSubmatch(m)
		body := map[string]string{"date": datePattern, "count": countPattern, "days": daysPattern, "money": moneyPattern,
			"number": numberPattern, "rest": `.{3,300}`,
			"track": `simple|complex|expedited`, "category": categoryPattern}[parts[2]]
		if parts[1] == "" {
			return "(?:" + body + ")"
		}
		return "(?P<" + parts[1] + "__" + parts[2] + ">" + body + ")"
	})
	return `(?i)` + strings.ReplaceAll(s, "[A-Z]", "(?-i:[A-Z])") // a capital is meant as one
}

// sign is a phrase that was found.
type sign struct {
	name     string
	sentence *sentence
	words    string
	values   map[string]string // what was taken
	types    map[string]string // of each: date, count …
	sets     map[string]string
}

// What stands behind these words is not so, or not yet: in the whole sentence, or up to the next comma. The month of
// May is none of them.
var conditional = lazy.Pattern(`(?i)\b(?:(?:if|unless|until|once|in the event)\b[^;]*|(?:should|(?-i:may)|might|cou` +
	`ld|would|whether|does permit|allows?|permits?)\b[^;,]*)$`)

// in looks for the rule in a sentence that has some words.
func (r *rule) in(s *sentence, has []bool) (out []sign) {
	for _, p := range r.says {
		if !p.possible(has) {
			continue
		}
		re := p.pattern.RE()
		for _, m := range re.FindAllStringSubmatchIndex(s.text, -1) {
			if !r.Loose && conditional.RE().MatchString(s.text[:m[0]]) {
				continue
			}
			g := sign{name: r.Sign, sentence: s, words: s.text[m[0]:m[1]], values: map[string]string{}, types: map[string]string{},
				sets: r.Sets}
			for i, name := range re.SubexpNames() {
				if name != "" && m[2*i] >= 0 {
					plain, kind, _ := strings.Cut(name, "__")
					g.values[plain], g.types[plain] = s.text[m[2*i]:m[2*i+1]], kind
				}
			}
			out = append(out, g)
		}
		if len(out) > 0 {
			break
		}
	}
	if len(out) > 0 && slices.ContainsFunc(r.unless, func(u phrase) bool {
		return u.possible(has) && u.pattern.RE().MatchString(s.text)
	}) {
		return nil
	}
	return out
}
