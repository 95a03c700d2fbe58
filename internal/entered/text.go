// Package entered is about what people type, paste or export: the same value in all the
// spellings that a person or a program gives it, brought into one form. It guesses
// nothing. What can be read in two ways is refused with both readings.
package entered

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text takes out of a text what cannot be seen, and tells how many characters that
// were. Letters that a PDF or an input method put in disguise become plain: a hyphen
// that does not break is a hyphen, ﬁ is fi, Ａ is A. Quotation marks, dashes, fractions
// and superscripts stay as they are, since they say something.
func Text(s string) (text string, dropped int) {
	if !strings.ContainsFunc(s, changes) {
		return s, 0
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch plain, disguised := plainForm(r); {
		case Unseen(r):
			dropped++
		case disguised:
			b.WriteString(plain)
		default:
			b.WriteString(s[i : i+size]) // also what is not UTF-8, which is refused elsewhere
		}
		i += size
	}
	return b.String(), dropped
}

func changes(r rune) bool {
	if r < 0xAD {
		return false
	}
	_, disguised := plainForm(r)
	return disguised || Unseen(r)
}

// Unseen tells whether a character is there without being seen: soft hyphens,
// characters of no width, marks of direction, variation selectors. Signs that stand
// before numbers in Arabic and Syriac are format characters too, and can be seen.
func Unseen(r rune) bool {
	if r < 0xAD {
		return false
	}
	return unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) &&
		!unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// disguised are characters that stand for others (Unicode Standard 16.0, Alphabetic
// Presentation Forms, Halfwidth and Fullwidth Forms, General Punctuation).
var disguised = map[rune]string{
	'\u2010': "-", '\u2011': "-", '\u2028': "\n", '\u2029': "\n\n", '\u3000': " ",
	'\uFB00': "ff", '\uFB01': "fi", '\uFB02': "fl", '\uFB03': "ffi", '\uFB04': "ffl", '\uFB05': "st", '\uFB06': "st",
	'\uFFE0': "¢", '\uFFE1': "£", '\uFFE2': "¬", '\uFFE3': "¯", '\uFFE4': "¦", '\uFFE5': "¥", '\uFFE6': "₩",
}

func plainForm(r rune) (string, bool) {
	if r >= '\uFF01' && r <= '\uFF5E' { // ASCII in full width
		return string(r - '\uFF01' + '!'), true
	}
	plain, ok := disguised[r]
	return plain, ok
}

// Line is a text on one line: what cannot be seen is out, and every run of spaces, of
// whatever kind, is one.
func Line(s string) string {
	s, _ = Text(s)
	return strings.Join(strings.Fields(s), " ")
}

// longestShown is how much of a value an error repeats, in characters.
const longestShown = 60

// Shown is a value as an error quotes it: shortened, and on one line.
func Shown(s string) string {
	n := 0
	for i := range s {
		if n++; n > longestShown {
			return fmt.Sprintf("%q", s[:i]+"…")
		}
	}
	return fmt.Sprintf("%q", s)
}

// Tally counts what was dropped, by place. A nil Tally counts nothing.
type Tally struct {
	places []string
	count  map[string]int
}

// Text is the function Text, counted under a place.
func (t *Tally) Text(place, s string) string {
	text, dropped := Text(s)
	t.add(place, dropped)
	return text
}

func (t *Tally) add(place string, dropped int) {
	if t == nil || dropped == 0 {
		return
	}
	if t.count == nil {
		t.count = map[string]int{}
	}
	if t.count[place] == 0 {
		t.places = append(t.places, place)
	}
	t.count[place] += dropped
}

// With is this count and another, neither of which changes.
func (t *Tally) With(other *Tally) *Tally {
	sum := &Tally{}
	sum.Add(t)
	sum.Add(other)
	return sum
}

// Add takes in another count. A place that both have was read twice, as an answer is
// that many letters share; it counts once.
func (t *Tally) Add(other *Tally) {
	if other == nil {
		return
	}
	for _, place := range other.places {
		t.add(place, max(0, other.count[place]-t.count[place]))
	}
}

// mostPlaces is how many places a note names.
const mostPlaces = 8

// Note says in one sentence where something was dropped, and how much; empty if nothing
// was.
func (t *Tally) Note() string {
	if t == nil || len(t.places) == 0 {
		return ""
	}
	total, where := 0, []string{}
	for i, place := range t.places {
		total += t.count[place]
		if i < mostPlaces {
			where = append(where, fmt.Sprintf("%d in %s", t.count[place], place))
		}
	}
	if more := len(t.places) - mostPlaces; more > 0 {
		where = append(where, fmt.Sprintf("the rest in %d other places", more))
	}
	if total == 1 {
		return "left out 1 character that cannot be seen, in " + t.places[0]
	}
	return fmt.Sprintf("left out %d characters that cannot be seen: %s", total, strings.Join(where, ", "))
}
