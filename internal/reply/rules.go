package reply

import (
	"embed"
	"fmt"
	"regexp"
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

	says, unless []*regexp.Regexp
}

// rules are the phrases of all files, in the order of their names.
var rules = sync.OnceValue(func() []rule {
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
			list[i].compile()
		}
		out = append(out, list...)
	}
	return out
})

func (r *rule) compile() {
	for _, s := range r.Says {
		r.says = append(r.says, regexp.MustCompile(expanded(s)))
	}
	for _, s := range r.Unless {
		r.unless = append(r.unless, regexp.MustCompile(expanded(s)))
	}
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

// in looks for the rule in a sentence.
func (r *rule) in(s *sentence) (out []sign) {
	for _, u := range r.unless {
		if u.MatchString(s.text) {
			return nil
		}
	}
	for _, re := range r.says {
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
			return out
		}
	}
	return out
}
