package redact

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"foia/internal/pdfium"
	"foia/internal/remedy"
)

// Bounds of a list of words.
const (
	MostWords   = 20_000
	longestWord = 400 // bytes
	mostJoined  = 40  // parts of one word
)

// List is a list of words to cover: names, numbers, phrases.
type List struct {
	Words []string
	by    map[string][]int // the forms whose first part is that, or begins or ends with it
	forms []form

	begun, open, both bool // there are forms with a star before them, behind them, on both sides
}

// form is one way in which a word may stand in a text.
type form struct {
	word        int
	parts       []string
	open, begun bool // the last part may go on; the first may have something before it
}

// NewList reads words. A star at the beginning or end of one stands for any letters (Smith*).
func NewList(all []string) (*List, error) {
	l := &List{by: map[string][]int{}}
	seen := map[string]bool{}
	for _, w := range all {
		w = strings.TrimSpace(w)
		if w == "" || seen[w] {
			continue
		}
		seen[w] = true
		if len(w) > longestWord {
			return nil, remedy.Misuse("a word is longer than 400 bytes: "+string([]rune(w)[:40])+"…",
				"give words, names or phrases, one a line")
		}
		if len(l.Words) == MostWords {
			return nil, remedy.Misuse("there are more than 20,000 words", "split the list, and make a copy of the copy")
		}
		if !l.add(w) {
			return nil, remedy.Misuse("“"+w+"” has no letter and no digit", "give what it is to be found by, or cover the place with a box")
		}
	}
	return l, nil
}

// add takes a word; false: there is nothing to find in it.
func (l *List) add(w string) bool {
	f := form{word: len(l.Words), begun: strings.HasPrefix(w, "*"), open: strings.HasSuffix(w, "*")}
	inner := strings.Trim(w, "*")
	f.parts = parts(inner, false)
	if len(f.parts) == 0 {
		return false
	}
	l.Words = append(l.Words, w)
	l.index(f)
	if whole := parts(inner, true); len(whole) != len(f.parts) { // O’Brien is also OBrien
		f.parts = whole
		l.index(f)
	}
	return true
}

func (l *List) index(f form) {
	l.forms = append(l.forms, f)
	key := f.parts[0]
	switch {
	case f.begun:
		key, l.begun, l.both = "*"+key, true, l.both || f.open && len(f.parts) == 1
	case f.open && len(f.parts) == 1:
		key, l.open = key+"*", true
	}
	l.by[key] = append(l.by[key], len(l.forms)-1)
}

// parts are the words of a text as they are compared; whole keeps together what an apostrophe parts.
func parts(text string, whole bool) (out []string) {
	now := ""
	end := func() {
		if now != "" {
			out, now = append(out, now), ""
		}
	}
	for _, r := range text {
		folded := fold(r)
		switch {
		case folded != "" && unicode.In(r, unspaced...):
			end()
			out = append(out, folded)
		case folded != "":
			now += folded
		case silent(r) || whole && isApostrophe(r):
		default:
			end()
		}
	}
	end()
	return out
}

// hit is a place at which a word of the list stands.
type hit struct {
	word   int
	glyphs []int
}

// find finds the words of the list on a page, in the order in which they stand.
func (l *List) find(glyphs []pdfium.Glyph) (out []hit) {
	out = l.findIn(tokens(glyphs, inOrder(glyphs)))
	if order := turnedAround(glyphs); order != nil {
		out = append(out, l.findIn(tokens(glyphs, order))...)
	}
	return out
}

func (l *List) findIn(all []token) (out []hit) {
	for i := range all {
		seen := map[int]bool{}
		for n, word := 1, all[i].fold; ; n++ {
			for _, f := range l.beginning(word) {
				if end, ok := l.forms[f].rest(all, i, n); ok && !seen[l.forms[f].word] {
					seen[l.forms[f].word] = true
					h := hit{word: l.forms[f].word}
					for _, t := range all[i:end] {
						h.glyphs = append(h.glyphs, t.glyphs...)
					}
					out = append(out, h)
				}
			}
			if n == mostJoined || i+n >= len(all) || !all[i+n-1].joined {
				break
			}
			word += all[i+n].fold
		}
	}
	return out
}

// beginning are the forms whose first part may be that word.
func (l *List) beginning(word string) (out []int) {
	out = append(out, l.by[word]...)
	for i := range word {
		_, size := utf8.DecodeRuneInString(word[i:])
		if l.begun && len(word)-i <= longestWord {
			out = append(out, l.by["*"+word[i:]]...)
		}
		if l.open && i <= longestWord {
			out = append(out, l.by[word[:i+size]+"*"]...)
		}
		if l.both {
			out = append(out, l.inside(word[i:])...)
		}
	}
	return out
}

// inside are the forms open on both sides that stand at the beginning of a text, and not at its end too.
func (l *List) inside(text string) (out []int) {
	for j := range min(len(text), longestWord) {
		if j == 0 || !utf8.RuneStart(text[j]) {
			continue
		}
		for _, f := range l.by["*"+text[:j]] {
			if l.forms[f].open && len(l.forms[f].parts) == 1 {
				out = append(out, f)
			}
		}
	}
	return out
}

// rest tells whether the form goes on after its first part, which n tokens from the i-th on are, and where it ends.
func (f form) rest(all []token, i, n int) (end int, ok bool) {
	end = i + n
	for p, part := range f.parts[1:] {
		last := p == len(f.parts)-2
		found := false
		for k, word := 0, ""; end+k < len(all) && k < mostJoined; k++ {
			word += all[end+k].fold
			if word == part || last && f.open && strings.HasPrefix(word, part) {
				end, found = end+k+1, true
				break
			}
			if !all[end+k].joined {
				break
			}
		}
		if !found {
			return 0, false
		}
	}
	return end, true
}
