package reply

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"

	"foia/internal/lazy"
	"foia/internal/yamltext"
)

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

// in tells whether a sentence matches.
func (p phrase) in(s *sentence) bool {
	return p.possible(s.has) && p.pattern.RE().MatchString(s.marked())
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

// recital is a sentence that tells what was said or done before.
var recital = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(expanded(`\b(?:by|in|with|per) (?:our|my|a|an|this office.s|its|the \w+.s) (?:\w+ ){0,3}?(?:letter|` +
		`e-?mail|message|notice|` +
		`correspondence|response|invoice|release|estimate|reply)s? (?:to you )?(?:of|dated|on|sent|from) {date}|` +
		`\bby (?:letter|e-?mail|notice) (?:of|dated|sent) {date}|\bon {date},? (?:we|this office|I) (?:wrote|informed|told|asked|` +
		`notified|advised|sent you)|\b(?:we|I|this office) (?:had |previously |also |then )?(?:asked|informed|told|advised|notified|` +
		`reminded|` +
		`wrote to) you\b|` +
		`\b(?:response|letter|release) (?:number|no\.) \d+, dated|\bno longer applies`))
})

// asked is a sentence about the letter of the requester: “By a letter of May 3, received here on May 7, you asked for …”,
// “your request, made by letter of May 3”; weSaid is one about an earlier letter of the office.
var (
	asked = lazy.Pattern(`(?i)\b(?:by|in|with|per|through|via) (?:(?:an?|the) )?(?:\w+ ){0,3}?(?:letter|e-?mail|m` +
		`essage|fax)\b.{0,200}\byou ` +
		`(?:have )?(?:asked|requested|wrote|sought|submitted|sent|made|filed)\b|\b(?:you|your)\b[^.;]{0,100}\b(?:by|` +
		`in|through|via|with|per) ` +
		`(?:an? |the )?(?:\w+ ){0,2}?(?:letter|e-?mail|message|fax|form)\b`)
	weSaid = lazy.Pattern(`(?i)\b(?:we|I|this office|our|my)\b[^.;,]{0,60}\b(?:told|wrote|informed|sent|advised|a` +
		`sked|notified|reminded|` +
		`letter|response|reply|notice|release|invoice)\b`)
)

// recites tells whether a sentence tells what was said or done before.
func (s *sentence) recites() bool {
	if s.told == nil {
		told := recital().MatchString(s.marked()) && (!asked.RE().MatchString(s.text) || weSaid.RE().MatchString(s.text))
		s.told = &told
	}
	return *s.told
}

const categoryPattern = `(?:(?:representatives?|members?) of the (?:news )?media|(?:news[- ])?media(?: representatives?)?|` +
	`commercial(?:[- ]use)?|(?:non-?commercial )?educational(?: (?:or|and) (?:non-?commercial )?scientific)?(?: institutions?)?|` +
	`(?:non-?commercial )?scientific(?: institutions?)?|all[- ]others?|general \(all others?\)|other[- ]use|"?other"?(?: requesters?)?)`

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
