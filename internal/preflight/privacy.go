package preflight

import (
	"strings"
	"sync"

	"foia/internal/letter"
)

// The checks on what concerns persons, and on what is wrong or stale: F23, F24, F30.

// thirdParty (F23): records about a private person come with that person's
// authorization or with the public's interest in them.
func thirdParty(r *reading, rl *rule) []hit {
	about := rl.pattern("about")
	hits := r.items(func(i letter.Record) (string, bool) {
		for s := range sentences(itemText(i)) {
			if loc := about.affirmed(s); loc != nil {
				return quote(s, loc), true
			}
		}
		return "", false
	})
	if len(hits) > 0 && rl.pattern("authorized").affirmed(r.text) != nil {
		return nil
	}
	return hits
}

// ownRecords (F24): who asks for their own records proves who they are.
func ownRecords(r *reading, rl *rule) []hit {
	loc := phrase("own-records").affirmed(r.asked)
	if loc == nil {
		return nil
	}
	group := ""
	if r.draft.Regime.Under("dhs") {
		group = "dhs"
	}
	var missing []element
	for _, e := range rl.Elements {
		if (e.Group == "" || e.Group == group) && !e.Pattern.in(r.text) {
			missing = append(missing, e)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return []hit{{saw: quote(r.asked, loc), values: map[string]string{"missing": names(missing)}}}
}

// slips (F30): no number that identifies a person is in the letter, and no
// statement about the federal Act that is known to be wrong or out of date.
func slips(r *reading, rl *rule) []hit {
	var hits []hit
	numbers := sync.OnceValue(r.numbers)
	there := r.showing(rl.Elements)
	for i, e := range rl.Elements {
		if !there(i) {
			continue
		}
		text := r.text
		switch e.Group {
		case "number":
			text = numbers()
		case "identity":
			if phrase("own-records").affirmed(r.asked) != nil {
				continue // such a request must show it
			}
		}
		if found, ok := findByLine(e.Pattern, text); ok {
			hits = append(hits, hit{in: "identifier", saw: masked(quoted(found)), values: map[string]string{"identifier": e.Name}})
		}
	}
	there = r.slipping(rl.Slips)
	for i, s := range rl.Slips {
		if !there(i) || r.draft.Regime.Records != nil || s.Request && r.later() {
			continue
		}
		if saw, ok := s.in(r.text); ok {
			hits = append(hits, hit{saw: saw, values: map[string]string{"says": s.Says, "fix": string(s.Fix)}, cites: s.Cites})
		}
	}
	return hits
}

// mostMarked is how many elements or slips of a rule are asked for at once.
const mostMarked = 64

// showing tells of each element whether a line of the letter shows it. The letters of a
// batch share most of their lines: all elements are asked for with one question a line.
func (r *reading) showing(elements []element) func(int) bool {
	if len(elements) == 0 || len(elements) > mostMarked || r.draft.Template == nil {
		return func(int) bool { return true } // or not: it has to be looked for
	}
	return r.marked(inquiry{p: elements[0].Pattern, what: elementsOfLine}, len(elements), func(i int, line string) bool {
		if elements[i].Group == "number" {
			line = numberWords(line)
		}
		return line != "" && elements[i].Pattern.first(line) != nil
	})
}

// slipping tells of each slip whether a line of the letter makes it.
func (r *reading) slipping(slips []slip) func(int) bool {
	if len(slips) == 0 || len(slips) > mostMarked || len(r.text) > tooLongForLines || r.draft.Regime.Records != nil {
		return func(int) bool { return true }
	}
	return r.marked(inquiry{p: slips[0].Pattern, what: slipsOfLine}, len(slips), func(i int, line string) bool {
		_, found := slips[i].inPart(line)
		return found
	})
}

// marked asks for each of n things, line by line, whether it is there. What is asked for is
// remembered of each line, under q.
func (r *reading) marked(q inquiry, n int, is func(i int, line string) bool) func(int) bool {
	var marks uint64
	for line := range strings.SplitSeq(r.text, "\n") {
		q.text = line
		marks |= rules().memory.recall(q, func() answer {
			var of uint64
			for i := range n {
				if is(i, line) {
					of |= 1 << i
				}
			}
			return answer{marks: of}
		}).marks
	}
	return func(i int) bool { return marks&(1<<i) != 0 }
}

// numbers are the words of the letter that hold a digit. Those of a letter that foia
// filled are looked for paragraph by paragraph: the letters of a batch share most of
// them. A text from elsewhere may break a number over two lines.
func (r *reading) numbers() string {
	if r.draft.Template == nil {
		return numberWords(r.text)
	}
	var b strings.Builder
	for line := range strings.SplitSeq(r.text, "\n") {
		if words := numberWords(line); words != "" {
			b.WriteString(words + "\n")
		}
	}
	return b.String()
}

// findByLine returns the first place of a pattern, line by line.
func findByLine(p *pattern, text string) (string, bool) {
	for line := range strings.SplitSeq(text, "\n") {
		if loc := p.find(line); loc != nil {
			return line[loc[0]:loc[1]], true
		}
	}
	return "", false
}

// numberWords are the words of a text that hold a digit, each with the word
// before it: a small part of a letter, and all that a number can be in.
func numberWords(text string) string {
	if !holdsDigit(text) {
		return ""
	}
	var b strings.Builder
	before, written := "", false
	for word := range strings.FieldsSeq(text) {
		if holdsDigit(word) {
			if !written {
				b.WriteString(before + " ")
			}
			b.WriteString(word + " ")
			written = true
		} else {
			written = false
		}
		before = word
	}
	return b.String()
}

// holdsDigit tells whether a text has a digit in it. It reads bytes: a campaign of
// ten thousand letters asks it for each of their words.
func holdsDigit(text string) bool {
	for i := range len(text) {
		if '0' <= text[i] && text[i] <= '9' {
			return true
		}
	}
	return false
}

// in finds the slip in a sentence that does not excuse it.
func (s slip) in(text string) (saw string, found bool) {
	if len(text) > tooLongForLines {
		return s.inPart(text)
	}
	// No sentence goes over the end of a line, and most lines are those of other
	// letters, too.
	for line := range strings.SplitSeq(text, "\n") {
		if saw, found = s.inPart(line); found {
			return saw, true
		}
	}
	return "", false
}

func (s slip) inPart(text string) (saw string, found bool) {
	if !s.Pattern.in(text) {
		return "", false
	}
	for sentence := range sentences(text) {
		if loc := s.Pattern.find(sentence); loc != nil && (s.Unless == nil || !s.Unless.in(sentence)) {
			return quote(sentence, loc), true
		}
	}
	return "", false
}

// discreet masks a quotation that shows a number by which a person is known, in
// whichever rule it is quoted.
func discreet(saw string) string {
	if phrase("identifier").in(saw) {
		return masked(saw)
	}
	return saw
}

// masked hides digits: a finding is kept in the log, the number must not be.
func masked(text string) string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' {
			return '#'
		}
		return c
	}, text)
}
