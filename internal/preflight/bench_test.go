package preflight

import (
	"strings"
	"testing"
)

// BenchmarkCheck looks at a letter that is like no other.
func BenchmarkCheck(b *testing.B) {
	d := packLetters(b)["agreement"]
	Check(d, Surroundings{}) // compile the patterns
	for b.Loop() {
		rules().memory.answers = nil
		Check(d, Surroundings{})
	}
}

// BenchmarkCheckAlike looks at a letter that says what others said, as in a batch.
func BenchmarkCheckAlike(b *testing.B) {
	d := packLetters(b)["agreement"]
	Check(d, Surroundings{})
	for b.Loop() {
		Check(d, Surroundings{})
	}
}

func BenchmarkCheckText(b *testing.B) {
	raw := packLetters(b)["agreement"].Document.Markdown()
	o, r := office(b, "treasury-irs"), regime(b, "treasury-irs")
	for b.Loop() {
		Check(FromText(raw, o, r, "", date), Surroundings{})
	}
}

// BenchmarkHostile is a text of 200,000 characters, of which each may begin a
// match.
func BenchmarkHostile(b *testing.B) {
	o, r := office(b, "treasury-irs"), regime(b, "treasury-irs")
	for name, word := range hostileWords {
		raw := strings.Repeat(word, 200_000/len(word))
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Check(FromText(raw, o, r, "", date), Surroundings{})
			}
		})
	}
}

var hostileWords = map[string]string{
	"letters": "a", "digits": "1", "fees": "fees ", "records": "please provide records of ", "items": "1. All records\n",
	"sentences": "A. ", "records of me": "records of ", "Names": "Aa Bb ", "blank lines": "a\n\n", "bullets": "- e\n", "questions": "why? ",
	"not": "not a waiver of fees ", "dates": "January 1, 2025 through ", "taxpayers": "tax returns ",
}
