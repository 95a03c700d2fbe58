package letter

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/runenames"
)

// Unprintable says which characters of what was typed cannot be printed: all of them at
// once, since a blank box in a letter is worse than an error.
type Unprintable struct{ Found Unset }

// Unset are characters that cannot be set, in the order in which they stand.
type Unset struct {
	List []UnsetRune
	More int // beyond the most that are listed
}

// UnsetRune is one character that cannot be set.
type UnsetRune struct {
	Rune   rune
	Times  int    // in this place
	Around string // the first time: its neighbors
	Where  string // the place, in words
	line   int    // in its file, if known
	field  string
}

// mostUnset is how many different characters are listed.
const mostUnset = 12

func (u *Unprintable) Error() string { return u.Found.String() }

// Hint says what to do.
func (u *Unprintable) Hint() string { return UnprintableRemedy }

// UnprintableRemedy is what to do about characters that cannot be printed.
const UnprintableRemedy = "remove what cannot be printed, or write it in words; letters of Latin, Greek and Cyrillic can be printed"

// err is the error, if anything was found.
func (u *Unprintable) err() error {
	if len(u.Found.List) == 0 {
		return nil
	}
	return u
}

// look collects the characters of a text that cannot be printed.
func (u *Unprintable) look(s string, c cleaner) {
	where := "field " + c.field.Name
	if c.file != "" {
		where = c.file + ", " + where
	}
	before := len(u.Found.List)
	u.Found.Look(s, where, func(r rune) bool {
		return r == '\n' || r == '\t' || r == '\r' ||
			!unicode.IsControl(r) && !unicode.Is(unicode.Co, r) && (c.in.Charset == nil || c.in.Charset(r))
	})
	for i := range u.Found.List[before:] {
		u.Found.List[before+i].field = c.field.Name
	}
}

// at names the line of a file in which a field is answered.
func (u *Unprintable) at(from, line int, file string) {
	for i := range u.Found.List[min(from, len(u.Found.List)):] {
		if x := &u.Found.List[from+i]; line > 0 && x.line == 0 {
			x.line, x.Where = line, fmt.Sprintf("%s:%d, field %s", file, line, x.field)
		}
	}
}

// Look adds the characters of a text that cannot be set.
func (u *Unset) Look(s, where string, can func(rune) bool) {
	for i, r := range s {
		if r >= ' ' && r <= '~' || can(r) { // every typeface has ASCII; most texts are nothing else
			continue
		}
		known := slices.IndexFunc(u.List, func(x UnsetRune) bool { return x.Rune == r && x.Where == where })
		switch {
		case known >= 0:
			u.List[known].Times++
		case len(u.List) < mostUnset:
			u.List = append(u.List, UnsetRune{Rune: r, Times: 1, Around: around(s, i, len(string(r))), Where: where})
		default:
			u.More++
		}
	}
}

// String lists the characters, each with its neighbors and its place.
func (u Unset) String() string {
	if len(u.List) == 1 && u.More == 0 {
		return "the character " + u.List[0].describe(" cannot be printed")
	}
	total := u.More
	var list []string
	for _, x := range u.List {
		total += x.Times
		list = append(list, x.describe(""))
	}
	if u.More > 0 {
		list = append(list, fmt.Sprintf("and %d more", u.More))
	}
	return fmt.Sprintf("%d characters cannot be printed: %s", total, strings.Join(list, "; "))
}

func (x UnsetRune) describe(verb string) string {
	s := DescribeRune(x.Rune) + verb
	if x.Times > 1 {
		s += fmt.Sprintf(", %d times", x.Times)
	}
	return fmt.Sprintf("%s, in “%s” (%s)", s, x.Around, x.Where)
}

// neighbors is how many characters are shown before and after one.
const neighbors = 10

// around is the character at a place of a text with its neighbors, on one line and
// without what would upset a terminal.
func around(s string, at, size int) string {
	const most = 4*neighbors + 3 // bytes; the slices may begin or end within a character
	before, after := []rune(s[max(0, at-most):at]), []rune(s[at:min(len(s), at+size+most)])
	before = before[max(0, len(before)-neighbors):]
	after = after[:min(len(after), neighbors+1)]
	shown := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r):
			return '�'
		}
		return r
	}, string(before)+string(after))
	return strings.TrimSpace(shown)
}

// DescribeRune names a character by itself, its code point and its Unicode
// name; characters that would upset a terminal are not printed.
func DescribeRune(r rune) string {
	name := runenames.Name(r)
	if name == "" {
		name = "unassigned"
	}
	if !unicode.IsPrint(r) || unicode.Is(unicode.Co, r) {
		return fmt.Sprintf("U+%04X (%s)", r, name)
	}
	return fmt.Sprintf("%c U+%04X (%s)", r, r, name)
}
