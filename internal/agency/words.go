package agency

import (
	"strings"
	"unicode"
)

// wordsOf parts a name, or what somebody typed, into the words by which offices are
// compared: in lower case, without the dots of F.B.I. and the apostrophe of Workers',
// with “and” for “&” and “department” for “Dept.”, and without “the”.
func wordsOf(s string) []string {
	s = unpointed.Replace(strings.ToLower(s))
	words := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	out := words[:0]
	for _, w := range words {
		switch w {
		case "the":
		case "dept":
			out = append(out, "department")
		default:
			out = append(out, w)
		}
	}
	return out
}

var unpointed = strings.NewReplacer(".", "", "'", "", "’", "", "&", " and ")

// key is a name as names are compared: its words, without the “U.S.” at the beginning.
func key(s string) string {
	words := wordsOf(s)
	switch {
	case len(words) > 1 && words[0] == "us":
		words = words[1:]
	case len(words) > 2 && words[0] == "united" && words[1] == "states":
		words = words[2:]
	}
	return strings.Join(words, " ")
}

// stem makes one word of singular and plural. Short words are mostly abbreviations,
// whose last letter counts.
func stem(w string) string {
	switch {
	case len(w) <= 4 || strings.HasSuffix(w, "ss") || strings.HasSuffix(w, "us") || strings.HasSuffix(w, "is"):
		return w
	case strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	}
	return strings.TrimSuffix(w, "s")
}

// stems are the words of a name in the singular.
func stems(s string) []string {
	words := wordsOf(s)
	for i, w := range words {
		words[i] = stem(w)
	}
	return words
}

// small are words that tell no office from another, and that people leave out or put
// in as they like.
var small = map[string]bool{"of": true, "for": true, "and": true, "in": true, "on": true, "a": true, "us": true, "united": true,
	"states": true, "foia": true, "request": true, "record": true, "government": true}

// common are words that so many names have that one may be wrong or missing: people say
// Education Department, Customs agency, Social Security office.
var common = map[string]bool{"department": true, "office": true, "agency": true, "bureau": true, "service": true, "administration": true,
	"commission": true, "board": true, "division": true, "federal": true, "national": true, "headquarter": true}
