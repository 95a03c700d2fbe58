package retention

import (
	"slices"
	"strings"
	"unicode"
)

// Asked is an item of a letter, as far as it may name a series.
type Asked struct {
	Title, Text string
	Law         string   // under which it is asked for; empty: not known
	Offices     []string // ids of the office and of its department
	Of          string   // the names of the office and of its department
}

// Named are the series that an item names, by which somebody may be warned. It names a series
//
//   - by its id, its authority or its section in the text; where several series stand in one section,
//     by their title beside it;
//   - or by one of its names, if that is what the item asks for: the name stands in the title of the
//     item, or in its first sentence, before the first word such as “of”, “about” or “that”, and at most
//     words such as “records” or “footage” stand behind it.
//
// A policy on visitor logs, or e-mail about them, names no visitor logs. A series that does not bind
// the office is not named, nor one by whose words the item asks for records of another schedule.
func Named(a Asked) []*Kept {
	var byID, byName []*Kept
	longest := 0
	for _, m := range meantBy(a) {
		if !m.series.binds(a) {
			continue
		}
		switch {
		case m.cited:
			byID = append(byID, m.series)
		case len(byID) == 0 && m.words >= longest:
			if m.words > longest { // “performance appraisals of senior executives” is more than “performance appraisals”
				longest, byName = m.words, nil
			}
			byName = append(byName, m.series)
		}
	}
	if byID = told(byID, a.Title+" "+a.Text); len(byID) > 0 {
		return byID
	}
	return byName
}

// binds tells whether an office is one that the schedule is for.
func (k *Kept) binds(a Asked) bool {
	if slices.ContainsFunc(k.Offices, func(id string) bool { return slices.Contains(a.Offices, id) }) {
		return false
	}
	name := strings.ToLower(a.Of)
	has := func(part string) bool { return strings.Contains(name, part) }
	return (len(k.Has) == 0 || slices.ContainsFunc(k.Has, has)) && !slices.ContainsFunc(k.Lacks, has)
}

// elsewhere tells whether an item has a word of the missions whose records are on another schedule.
func (k *Kept) elsewhere(a Asked) bool {
	return len(k.Words) > 0 && slices.ContainsFunc(stemsOf(a.Title+" "+a.Text), func(w string) bool { return slices.Contains(k.Words, w) })
}

// cited tells whether a text has the id of a series, or what is cited for it.
func (k *Kept) cited(text string) bool {
	if k.Law != federal {
		return holdsWhole(text, k.Authority)
	}
	if holdsWhole(text, k.Authority) {
		return true
	}
	number := strings.TrimPrefix(k.ID, "GRS ")
	return holdsWhole(text, k.ID) || holdsWhole(text, "Schedule item "+number) || holdsWhole(text, "Schedule "+number)
}

// told are, of several series in one section, those whose title stands beside it.
func told(cited []*Kept, text string) []*Kept {
	var out []*Kept
	for _, k := range cited {
		alone := !slices.ContainsFunc(cited, func(o *Kept) bool { return o != k && o.Authority == k.Authority })
		if alone || strings.Contains(text, firstWords(k.Title)) {
			out = append(out, k)
		}
	}
	return out
}

// holdsWhole tells whether a text has a citation that does not go on: 5.6.11 is not in 5.6.111.
func holdsWhole(text, cite string) bool {
	goes := func(r byte) bool { return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }
	for from := 0; cite != ""; {
		at := strings.Index(text[from:], cite)
		if at < 0 {
			return false
		}
		at += from
		end := at + len(cite)
		before := at == 0 || !goes(text[at-1]) && text[at-1] != '.'
		after := end == len(text) || !goes(text[end]) && text[end] != '(' && (text[end] != '.' || end+1 == len(text) || !goes(text[end+1]))
		if before && after {
			return true
		}
		from = end
	}
	return false
}

// called is how many words the longest name of the series has that is what an item asks for; 0 if none is.
func (k *Kept) called(heads [][]string) (n int) {
	for _, name := range k.Names {
		words := strings.Split(name, " ")
		if len(words) > n && slices.ContainsFunc(heads, func(h []string) bool { return endsWith(h, words) }) {
			n = len(words)
		}
	}
	return n
}

// What a stem of a head may be besides a word.
const (
	ends  = "." // before it stood what is asked for
	joins = "," // another thing that is asked for begins
)

// endsWith tells whether a name begins in what is asked for, and nothing but words of form follow it
// there.
func endsWith(head, name []string) bool {
	for at := 0; at < len(head) && head[at] != ends; at++ {
		if after, ok := begins(head[at:], name); ok {
			rest := head[at+after:]
			for len(rest) > 0 && isForm(rest[0]) {
				rest = rest[1:]
			}
			if len(rest) == 0 || rest[0] == ends || rest[0] == joins {
				return true
			}
		}
	}
	return false
}

// begins tells whether a name stands at the beginning of a head, and where it is over. A name may have
// a word in it that ends others: letters from the public.
func begins(head, name []string) (after int, ok bool) {
	for _, w := range name {
		for after > 0 && after < len(head) && (head[after] == ends || head[after] == joins) {
			after++
		}
		if after == len(head) || head[after] != w {
			return 0, false
		}
		after++
	}
	return after, true
}

// longestHead is how many bytes of an item are looked at for what it asks for.
const longestHead = 400

// headsOf are the beginnings of the title and of the text of an item as stems, with the marks of what
// ends and what joins.
func headsOf(a Asked) (heads [][]string) {
	for _, text := range []string{a.Title, a.Text} {
		if len(text) > longestHead {
			text = text[:longestHead]
		}
		if h := headOf(text); len(h) > 0 {
			heads = append(heads, h)
		}
	}
	return heads
}

func headOf(text string) (head []string) {
	text = joined.Replace(strings.ToLower(text))
	for len(text) > 0 {
		n := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' })
		if n < 0 {
			n = len(text)
		}
		head = addWord(head, text[:n])
		text = text[n:]
		n = strings.IndexFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
		if n < 0 {
			break
		}
		switch between := text[:n]; {
		case strings.ContainsAny(between, ".?!:;\n"), len(between) > 2 && strings.ContainsAny(between, "(["):
			return append(head, ends)
		case strings.ContainsAny(between, ",/"):
			head = append(head, joins)
		}
		text = text[n:]
	}
	return head
}

// addWord adds a word to a head. Before “of”, words of form are passed over: in audio of 911 calls, the
// calls are what is asked for.
func addWord(head []string, typed string) []string {
	for w := range strings.SplitSeq(typed, "-") {
		switch set := weighed(); {
		case w == "" || len(head) == 0 && set["lead"][w]:
		case set["join"][w]:
			head = append(head, joins)
		case w == "of" && onlyForm(head):
			head = head[:0]
		case set["lead"][w] && head[len(head)-1] == joins:
		case isEmpty(w) && !isForm(stem(w)):
			head = append(head, ends)
		default:
			head = append(head, stem(w))
		}
	}
	return head
}

func onlyForm(head []string) bool {
	return !slices.ContainsFunc(head, func(w string) bool { return !isForm(w) })
}

// isForm tells whether a stem says in what form records are.
func isForm(stem string) bool { return weighed()["form"][stem] }
