package preflight

import (
	"regexp/syntax"
	"strings"
	"unicode/utf8"
)

// needlesOf returns words of which every text that matches a regular expression
// holds at least one, in lower case; nil if there are none that are long enough
// to be worth looking for.
func needlesOf(source string) []string {
	tree, err := syntax.Parse("(?i)"+source, syntax.Perl)
	if err != nil {
		return nil // compiling it will tell
	}
	return needles(tree)
}

func needles(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		// A letter in a literal that ignores case stands for its other forms,
		// some of them outside ASCII; those forms are not looked for.
		if word := strings.ToLower(string(re.Rune)); utf8.RuneCountInString(word) >= 2 && word == lowered(word) {
			return []string{word}
		}
	case syntax.OpCapture, syntax.OpPlus:
		return needles(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return needles(re.Sub[0])
		}
	case syntax.OpConcat:
		return best(re.Sub)
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			words := needles(sub)
			if words == nil {
				return nil
			}
			all = append(all, words...)
		}
		return all
	}
	return nil
}

// best chooses among parts that must all match the one whose shortest word is
// the longest.
func best(parts []*syntax.Regexp) []string {
	var chosen []string
	longest := 0
	for _, part := range parts {
		words := needles(part)
		if n := shortest(words); n > longest {
			chosen, longest = words, n
		}
	}
	return chosen
}

func shortest(words []string) int {
	least := 0
	for i, w := range words {
		if i == 0 || len(w) < least {
			least = len(w)
		}
	}
	return least
}

// lowered makes the letters of ASCII small and leaves every byte in its place.
func lowered(text string) string {
	for i := 0; i < len(text); i++ {
		if c := text[i]; c >= 'A' && c <= 'Z' {
			b := []byte(text)
			for j := i; j < len(b); j++ {
				if b[j] >= 'A' && b[j] <= 'Z' {
					b[j] += 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return text
}
