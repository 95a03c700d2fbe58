package retention

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed data/synonyms.txt
var synonymsText string

// phrase is a word or some that belong together, as stems.
type phrase []string

// synonyms are what else to look for, by the stems of what was typed, with blanks between.
var synonyms = sync.OnceValue(func() map[string]names { return readSynonyms(synonymsText) })

// names are other names of something.
type names struct {
	others []phrase // each for each
	meant  []phrase // one way
}

func readSynonyms(text string) map[string]names {
	out := map[string]names{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		typed, meant, oneWay := strings.Cut(line, ">")
		from, to := phrasesOf(typed), phrasesOf(meant)
		if !oneWay {
			to = from
		}
		for _, p := range from {
			at := strings.Join(p, " ")
			all := out[at]
			for _, other := range to {
				switch {
				case strings.Join(other, " ") == at:
				case oneWay:
					all.meant = append(all.meant, other)
				default:
					all.others = append(all.others, other)
				}
			}
			out[at] = all
		}
	}
	return out
}

func phrasesOf(list string) (out []phrase) {
	for part := range strings.SplitSeq(list, ",") {
		if p := stemsOf(part); len(p) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// longest is how many words a phrase of the synonyms has at most.
const longest = 4

// concept is one thing that a query names: what was typed, and what else that is called.
type concept struct {
	typed phrase
	names
	whole bool // the synonyms know all of it as one phrase
}

// concepts parts a query into the longest phrases that the synonyms know, and single words.
func concepts(query string) (out []concept) {
	words := stemsOf(query)
	for i := 0; i < len(words); {
		n := 1
		for size := min(longest, len(words)-i); size > 1; size-- {
			if _, known := synonyms()[strings.Join(words[i:i+size], " ")]; known {
				n = size
				break
			}
		}
		typed := phrase(words[i : i+n])
		out = append(out, concept{typed: typed, names: synonyms()[strings.Join(typed, " ")], whole: n > 1})
		i += n
	}
	return out
}
