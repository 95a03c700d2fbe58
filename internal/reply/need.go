package reply

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
)

// A letter has few of the words that the phrases of all rules are made of, and to search it for every phrase takes
// long. So each phrase tells which words it cannot do without, and only where a sentence has them is it searched.

// need is what a text must have for a pattern to match: of each group at least one.
type need [][]string

const (
	shortestNeed = 3  // characters: shorter ones are nearly everywhere
	mostNeeded   = 24 // words of one group, and words that the pieces of a run can make
)

// needOf is what a regular expression cannot do without, in small letters.
func needOf(re *syntax.Regexp) need {
	runs := need{}
	var run []string // what the last pieces can be, put together
	end := func() {
		if len(run) > 0 && useful(run) {
			runs = append(runs, run)
		}
		run = nil
	}
	for _, sub := range pieces(re) {
		words := exactly(sub)
		switch {
		case words == nil:
			end()
			runs = append(runs, within(sub)...)
		case run == nil:
			run = words
		case len(run)*len(words) > mostNeeded:
			end()
			run = words
		default:
			run = joined(run, words)
		}
	}
	end()
	return runs
}

// joined are all words of one list with each of another behind it.
func joined(a, b []string) []string {
	out := make([]string, 0, len(a)*len(b))
	for _, x := range a {
		for _, y := range b {
			out = append(out, x+y)
		}
	}
	return out
}

func useful(words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return len(w) < shortestNeed && !strings.ContainsAny(w, "$£€") })
}

// pieces are what a pattern is put together of.
func pieces(re *syntax.Regexp) []*syntax.Regexp {
	switch re.Op {
	case syntax.OpConcat:
		var out []*syntax.Regexp
		for _, sub := range re.Sub {
			out = append(out, pieces(sub)...)
		}
		return out
	case syntax.OpCapture:
		return pieces(re.Sub[0])
	}
	return []*syntax.Regexp{re}
}

// exactly are all texts that a piece can be; nil: too many, or not known.
func exactly(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		return []string{small(string(re.Rune))}
	case syntax.OpEmptyMatch, syntax.OpWordBoundary, syntax.OpNoWordBoundary, syntax.OpBeginText, syntax.OpEndText,
		syntax.OpBeginLine, syntax.OpEndLine:
		return []string{""}
	case syntax.OpCharClass:
		if len(re.Rune) == 2 && re.Rune[0] == firstMark { // a date
			return []string{string(firstMark)}
		}
		var out []string
		for i := 0; i < len(re.Rune); i += 2 {
			if re.Rune[i+1]-re.Rune[i] > 3 {
				return nil
			}
			for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
				out = append(out, small(string(r)))
			}
		}
		return atMost(out)
	case syntax.OpCapture:
		return exactly(re.Sub[0])
	case syntax.OpQuest:
		if words := exactly(re.Sub[0]); words != nil {
			return atMost(append([]string{""}, words...))
		}
	case syntax.OpAlternate:
		var out []string
		for _, sub := range re.Sub {
			words := exactly(sub)
			if words == nil {
				return nil
			}
			out = append(out, words...)
		}
		return atMost(out)
	case syntax.OpConcat:
		out := []string{""}
		for _, sub := range re.Sub {
			words := exactly(sub)
			if words == nil || len(out)*len(words) > mostNeeded {
				return nil
			}
			out = joined(out, words)
		}
		return atMost(out)
	}
	return nil
}

func atMost(words []string) []string {
	slices.Sort(words)
	if words = slices.Compact(words); len(words) > mostNeeded {
		return nil
	}
	return words
}

// within is what a piece that can be too much to be told cannot do without.
func within(re *syntax.Regexp) need {
	switch re.Op {
	case syntax.OpPlus:
		return needOf(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return needOf(re.Sub[0])
		}
	case syntax.OpAlternate: // one word of each
		var all []string
		for _, sub := range re.Sub {
			words := best(needOf(sub))
			if words == nil {
				return nil
			}
			all = append(all, words...)
		}
		slices.Sort(all)
		return need{slices.Compact(all)}
	}
	return nil
}

// best is the group that is the least likely to be in a text.
func best(n need) []string {
	var out []string
	for _, words := range n {
		if out == nil || shortest(words)*len(out) > shortest(out)*len(words) {
			out = words
		}
	}
	return out
}

func shortest(words []string) int {
	n := len(words[0])
	for _, w := range words {
		n = min(n, len(w))
	}
	return n
}

// small has the characters of a text that a pattern takes for one another as one.
func small(s string) string {
	return strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII {
			return unicode.ToLower(r)
		}
		if r >= firstMark && r <= lastMark { // any date
			return firstMark
		}
		least := r
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			least = min(least, f)
		}
		return unicode.ToLower(least)
	}, s)
}

// words are all words that any phrase needs, letter by letter: each node leads to those that go on from it.
type words struct {
	next [][]branch
	ends []int // at each node, the number of the word that ends there, from 1
	ids  map[string]int
}

type branch struct {
	by byte
	to int32
}

func newWords() *words {
	return &words{next: make([][]branch, 1), ends: make([]int, 1), ids: map[string]int{}}
}

// add is the number of a word.
func (w *words) add(word string) int {
	if id, ok := w.ids[word]; ok {
		return id
	}
	id := len(w.ids) + 1
	w.ids[word] = id
	at := int32(0)
	for i := range len(word) {
		to := w.step(at, word[i])
		if to == 0 {
			to = int32(len(w.next))
			w.next[at] = append(w.next[at], branch{word[i], to})
			w.next, w.ends = append(w.next, nil), append(w.ends, 0)
		}
		at = to
	}
	w.ends[at] = id
	return id
}

func (w *words) step(at int32, by byte) int32 {
	for _, b := range w.next[at] {
		if b.by == by {
			return b.to
		}
	}
	return 0
}

// in tells of each word whether a text has it.
func (w *words) in(text string) []bool {
	has := make([]bool, len(w.ids)+1)
	s := small(text)
	for i := range len(s) {
		for at, j := int32(0), i; j < len(s); j++ {
			if at = w.step(at, s[j]); at == 0 {
				break
			}
			has[w.ends[at]] = true
		}
	}
	return has
}
