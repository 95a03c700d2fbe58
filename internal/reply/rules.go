package reply

import (
	"embed"
	"fmt"
	"regexp"
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
	With   []string `yaml:"with"`   // and all of these, anywhere in the same sentence
	Unless []string `yaml:"unless"` // but none of these, in the same sentence
	Near   []string `yaml:"near"`   // and one of these, in the same sentence or the one before
	After  string   `yaml:"after"`  // what was taken does not stand right behind this
	But    string   `yaml:"but"`    // and this is not among the words that say it
	Sets   map[string]string
	Office string `yaml:"office"` // the general form that it stands for, or the office that writes so
	Source string `yaml:"source"` // where such a letter was read
	Told   bool   `yaml:"told"`   // also where a letter tells what an earlier one said
	Head   bool   `yaml:"head"`   // also in the rows above the salutation, with a name and a value
	Loose  bool   `yaml:"loose"`  // also after “if”, “may” and the like

	says, with, near, unless []phrase
	after, but               lazy.Pattern
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
		if e.Name() == wordsFile {
			continue
		}
		raw, err := files.ReadFile("data/" + e.Name())
		if err != nil {
			panic(err)
		}
		var list []rule
		if err := yamltext.Decode(yamltext.Source{File: e.Name(), Text: raw}, &list); err != nil {
			panic(fmt.Sprintf("data/%s: %v", e.Name(), err))
		}
		for i := range list {
			list[i].prepare(words)
		}
		out = append(out, list...)
	}
	return book{out, words}
})

func (r *rule) prepare(w *words) {
	r.says, r.with, r.near, r.unless = phrases(r.Says, w), phrases(r.With, w), phrases(r.Near, w), phrases(r.Unless, w)
	if r.But != "" {
		r.but = lazy.Pattern(expanded(r.But))
	}
	if r.After != "" {
		r.after = lazy.Pattern(expanded(`(?:` + r.After + `)\s*$`))
	}
}

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
	has := b.words.in(s.marked())
	told := recital.RE().MatchString(s.marked())
	for i := range b.rules {
		if (!s.head || b.rules[i].Head) && (!told || b.rules[i].Told) {
			out = append(out, b.rules[i].in(s, has)...)
		}
	}
	return out
}

const categoryPattern = `(?:representatives? of the (?:news )?media|news[- ]media|media|commercial(?:[- ]use)?` +
	`|educational(?: institution)?|` +
	`(?:non-?commercial )?scientific(?: institution)?|all[- ]others?|general \(all others?\)|"?other"?)`

// taken are the kinds of what a phrase takes, with their patterns. Dates are marks by then (sentence.marked).
func taken() map[string]string {
	return map[string]string{"date": dateMark, "count": countPattern, "days": daysPattern, "money": moneyPattern,
		"number": numberPattern, "rest": `.{3,300}`, "track": `simple|complex|expedited`, "category": categoryPattern,
		"office": `[A-Z][^.;:()` + dateMarks + `]{3,90}?`}
}

// macro is what is in braces, or three points.
var macro = lazy.Pattern(`\{(?:(\w+):)?([a-z]+)\}|…`)

// expanded is a phrase as a regular expression: what is in braces stands for a date, a count, an amount and the
// like, or for one of the words of data/words.yaml, and three points for anything in the same sentence but a date.
func expanded(s string) string {
	kinds, words := taken(), synonyms()
	var expand func(s string) string
	expand = func(s string) string {
		return macro.RE().ReplaceAllStringFunc(s, func(m string) string {
			if m == "…" {
				return `[^;` + dateMarks + `]{0,140}?`
			}
			parts := macro.RE().FindStringSubmatch(m)
			body, ok := kinds[parts[2]]
			if !ok {
				list, known := words[parts[2]]
				if !known {
					panic("no words are called " + parts[2])
				}
				body = expand(strings.Join(list, "|"))
			}
			if parts[1] == "" {
				return "(?:" + body + ")"
			}
			return "(?P<" + parts[1] + "__" + parts[2] + ">" + body + ")"
		})
	}
	return `(?i)` + strings.ReplaceAll(expand(s), "[A-Z]", "(?-i:[A-Z])") // a capital is meant as one
}

// synonyms are words that say the same, by a name for them.
var synonyms = sync.OnceValue(func() map[string][]string {
	raw, err := files.ReadFile("data/" + wordsFile)
	if err != nil {
		panic(err)
	}
	var list []struct {
		Name string
		Are  []string
	}
	if err := yamltext.Decode(yamltext.Source{File: wordsFile, Text: raw}, &list); err != nil {
		panic(fmt.Sprintf("data/%s: %v", wordsFile, err))
	}
	out := map[string][]string{}
	for _, l := range list {
		out[l.Name] = l.Are
	}
	return out
})

const wordsFile = "words.yaml"

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

// recital is a sentence that tells what was said or done before.
var recital = lazy.Pattern(expanded(`\b(?:by|in|with|per) (?:our|my|a|an|this office.s|its|the \w+.s) (?:\w+ ){0,3}?(?:letter|e-?mail|message|notice|` +
	`correspondence|response|invoice|release|estimate|reply)s? (?:to you )?(?:of|dated|on|sent|from) {date}|` +
	`\bby letter of {date}|\b(?:we|I|this office) (?:had |previously |also |then )?(?:asked|informed|told|advised|notified|reminded|wrote to) you\b|` +
	`\b(?:response|letter|release) (?:number|no\.) \d+, dated|\bno longer applies`))

// in looks for the rule in a sentence that has some words.
func (r *rule) in(s *sentence, has []bool) (out []sign) {
	for _, p := range r.says {
		if p.possible(has) {
			out = r.said(p.pattern.RE(), s)
		}
		if len(out) > 0 {
			break
		}
	}
	if len(out) == 0 {
		return nil
	}
	around := func(p phrase) bool {
		re := p.pattern.RE()
		return re.MatchString(s.marked()) || s.before != nil && re.MatchString(s.before.marked())
	}
	if len(r.near) > 0 && !slices.ContainsFunc(r.near, around) {
		return nil
	}
	found := func(p phrase) bool { return p.possible(has) && p.pattern.RE().MatchString(s.marked()) }
	missing := func(p phrase) bool { return !found(p) }
	if slices.ContainsFunc(r.with, missing) || slices.ContainsFunc(r.unless, found) {
		return nil
	}
	return out
}

// matches are the places where a text matches. The next is looked for behind what was taken, and not behind the whole
// match: what ends one may begin the other.
func matches(re *regexp.Regexp, text string) (out [][]int) {
	if anchored.RE().MatchString(re.String()) || re.NumSubexp() == 0 {
		return re.FindAllStringSubmatchIndex(text, -1)
	}
	for from := 0; from < len(text); {
		m := re.FindStringSubmatchIndex(text[from:])
		if m == nil {
			break
		}
		next := 0
		for i := range m {
			if m[i] >= 0 {
				m[i] += from
				if i > 1 {
					next = max(next, m[i])
				}
			}
		}
		if next <= from {
			next = max(m[1], from+1)
		}
		out, from = append(out, m), next
	}
	return out
}

// anchored is a pattern that can begin with the beginning of the text.
var anchored = lazy.Pattern(`(?:^|[^\[\\])\^`)

// said are the places where a sentence matches.
func (r *rule) said(re *regexp.Regexp, s *sentence) (out []sign) {
	text := s.marked()
	for _, m := range matches(re, text) {
		if !r.Loose && conditional.RE().MatchString(text[:m[0]]) {
			continue
		}
		g := sign{name: r.Sign, sentence: s, words: s.plain(text[m[0]:m[1]]), values: map[string]string{}, types: map[string]string{},
			sets: r.Sets}
		wrong := r.but != "" && r.but.RE().MatchString(text[m[0]:m[1]])
		for i, name := range re.SubexpNames() {
			if name != "" && m[2*i] >= 0 {
				plain, kind, _ := strings.Cut(name, "__")
				g.values[plain], g.types[plain] = s.plain(text[m[2*i]:m[2*i+1]]), kind
				wrong = wrong || r.after != "" && r.after.RE().MatchString(text[:m[2*i]])
			}
		}
		if !wrong {
			out = append(out, g)
		}
	}
	return out
}
