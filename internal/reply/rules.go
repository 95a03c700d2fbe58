package reply

import (
	"embed"
	"fmt"
	"regexp"
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
	Para   bool   `yaml:"para"`   // near is anywhere before it in the same paragraph, too
	Ticked bool   `yaml:"ticked"` // only of what stands beside a ticked box

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

// signsIn are the signs of a sentence.
func (b book) signsIn(s *sentence) (out []sign) {
	for _, one := range []*sentence{s, s.before} {
		if one != nil && one.has == nil {
			one.has = b.words.in(one.marked())
		}
	}
	told := s.recites()
	for i := range b.rules {
		r := &b.rules[i]
		if (!s.head || r.Head) && (!told || r.Told) && (!r.Ticked || s.ticked) {
			out = append(out, r.in(s)...)
		}
	}
	return out
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

// unlessYouObject is a condition that makes nothing uncertain: it holds if the requester stays silent.
var unlessYouObject = lazy.Pattern(`(?i)\b(?:unless|if) (?:you|we|I) (?:do not |hear |don't )?(?:object|tell us otherwise|ask us not|` +
	`disagree|instruct us otherwise|otherwise from you)[^,;]*,`)

// in looks for the rule in a sentence.
func (r *rule) in(s *sentence) (out []sign) {
	if !slices.ContainsFunc(r.says, func(p phrase) bool { return p.possible(s.has) }) {
		return nil
	}
	found := func(p phrase) bool { return p.in(s) }
	missing := func(p phrase) bool { return !p.in(s) }
	around := func(p phrase) bool {
		if p.in(s) || s.before != nil && p.in(s.before) {
			return true
		}
		for one := s.before; r.Para && one != nil && one.para == s.para; one = one.before {
			if p.in(one) {
				return true
			}
		}
		return false
	}
	if len(r.near) > 0 && !slices.ContainsFunc(r.near, around) || slices.ContainsFunc(r.with, missing) {
		return nil
	}
	for _, p := range r.says {
		if p.possible(s.has) {
			out = r.said(p.pattern.RE(), s)
		}
		if len(out) > 0 {
			break
		}
	}
	if len(out) > 0 && slices.ContainsFunc(r.unless, found) {
		return nil
	}
	return out
}

// said are the places where a sentence matches.
func (r *rule) said(re *regexp.Regexp, s *sentence) (out []sign) {
	text := s.marked()
	for _, m := range matches(re, text) {
		if !r.Loose && conditional.RE().MatchString(unlessYouObject.RE().ReplaceAllString(text[:m[0]], "")) {
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
