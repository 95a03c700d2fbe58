package preflight

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentences goes through the sentences of a text. Abbreviations of the law
// (U.S.C., v., No.) end none.
func sentences(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		begin := 0
		for i := 0; i < len(text); i++ {
			if !endsSentence(text, i) {
				continue
			}
			if s := strings.TrimSpace(text[begin : i+1]); s != "" && !yield(s) {
				return
			}
			begin = i + 1
		}
		if s := strings.TrimSpace(text[begin:]); s != "" {
			yield(s)
		}
	}
}

// endsSentence tells whether the byte at i is the last of a sentence.
func endsSentence(text string, i int) bool {
	switch text[i] {
	case '\n':
		return true
	case '?', '!':
		return i+1 == len(text) || text[i+1] == ' ' || text[i+1] == '\n'
	case '.':
		return i+1 == len(text) || text[i+1] == ' ' && startsSentence(text[i+1:]) && !abbreviates(text[:i])
	}
	return false
}

func startsSentence(text string) bool {
	c, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, " "))
	return unicode.IsUpper(c) || strings.ContainsRune("“\"(", c)
}

// abbreviates tells whether a text that is cut before a full stop ends with an
// abbreviation: a single letter, or one of a few words.
func abbreviates(text string) bool {
	word := text[strings.LastIndexAny(text, " .\n(\"")+1:]
	switch word {
	case "Mr", "Ms", "Mrs", "Dr", "No", "Nos", "vs", "St", "Inc", "Sec", "Cir", "Supp", "Rep", "Sen":
		return true
	}
	return utf8.RuneCountInString(word) <= 1
}
