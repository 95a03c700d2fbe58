package reply

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"foia/internal/lazy"
)

// counted is how much was released and withheld, in pages or in records.
type counted struct {
	released, withheld int
	reviewed           int
	records            bool
	at, atWithheld     *sign
	how, howWithheld   string
	open               []string
}

// fate is what became of the pages or records of a number.
type fate string

const (
	inFull   fate = "in full"
	inPart   fate = "in part"
	released fate = "released" // and not said how
	kept     fate = "withheld"
	reviewed fate = "reviewed"
)

// mention is a number of pages or records with what became of them.
type mention struct {
	n       int
	records bool
	again   bool // “the 17 documents”: it may be spoken of for the second time
	fate    fate
	at      sign
}

// counts are the numbers of a release. Records are never pages: where a letter counts both, pages are told.
func (c *composer) counts() counted {
	all := c.tabled()
	if len(all) == 0 {
		all = c.rows()
	}
	if len(all) == 0 {
		all = c.sequence()
	}
	if len(all) == 0 {
		all = c.mentions()
	}
	for _, records := range []bool{false, true} {
		if n := summed(all, records); n.released > 0 || n.withheld > 0 || len(n.open) > 0 {
			return n
		}
	}
	for _, records := range []bool{false, true} {
		if n := summed(all, records); n.at != nil {
			return n
		}
	}
	return counted{}
}

// summed is what the mentions of pages, or of records, come to.
func summed(all []mention, records bool) (n counted) {
	told := map[fate]int{}
	first := map[fate]*sign{}
	for i, m := range all {
		if m.records != records || m.fate == "" {
			continue
		}
		switch {
		case first[m.fate] == nil:
			told[m.fate], first[m.fate] = m.n, &all[i].at
		case m.fate == reviewed && first[reviewed].sentence == m.at.sentence && told[reviewed] != m.n &&
			!total.RE().MatchString(m.at.sentence.text):
			told[reviewed] += m.n // a contract of 37 pages and an amendment of 12
		case m.fate == reviewed:
			told[reviewed] = max(told[reviewed], m.n)
		case told[m.fate] != m.n && !m.again:
			n.open = append(n.open, fmt.Sprintf("%s: two numbers are given, %d and %d", m.fate, told[m.fate], m.n))
		}
	}
	if len(n.open) > 0 {
		return counted{open: n.open}
	}
	n.records, n.reviewed = records, told[reviewed]
	n.released = told[inFull] + told[inPart]
	n.at, n.atWithheld, n.withheld = first[inFull], first[kept], told[kept]
	if n.at == nil {
		n.at = first[inPart]
	}
	if first[inFull] != nil && first[inPart] != nil {
		n.how = fmt.Sprintf("%d in full and %d in part", told[inFull], told[inPart])
	}
	if first[released] != nil && told[released] >= n.released {
		n.released, n.at, n.how = told[released], first[released], ""
	}
	if n.withheld == 0 && n.released > 0 && told[reviewed] > n.released && first[reviewed].sentence == n.at.sentence {
		n.withheld, n.howWithheld = told[reviewed]-n.released, fmt.Sprintf("%d reviewed less %d released", told[reviewed], n.released)
		n.atWithheld = first[reviewed]
	}
	for _, f := range []fate{kept, reviewed} {
		if n.at == nil {
			n.at = first[f]
		}
	}
	return n
}

// mentions are the numbers that sentences give. What became of them is said behind a number, up to the next one, or
// else before it.
func (c *composer) mentions() (out []mention) {
	forms := counting()
	unit, records := 0, false // in which sentence it was named, and what it is
	for i := range c.text.sentences {
		s := &c.text.sentences[i]
		if unit < i && !unitWord.RE().MatchString(s.text) || !hasNumber(s.text) { // nothing is counted in it
			continue
		}
		if s.head || forms.passing.MatchString(s.text) || s.recites() {
			continue
		}
		text := s.marked()
		for _, m := range forms.reversed.FindAllStringSubmatchIndex(text, -1) { // “the number of enclosed pages is 181”
			if n, ok := countOf(text[m[4]:m[5]]); ok && n > 0 && !forms.besides(text[:m[0]], "") {
				words := text[m[0]:m[1]]
				g := sign{name: "counts", sentence: s, words: s.plain(words)}
				out = append(out, mention{n: n, records: !pageWord.RE().MatchString(words), fate: fateIn(words), at: g})
			}
		}
		all := forms.number.FindAllStringSubmatchIndex(text, -1)
		class := fate("")
		for j, m := range all {
			kind := ""
			if m[4] >= 0 {
				kind = text[m[4]:m[5]]
				unit, records = i+1, !pageWord.RE().MatchString(kind)
			} else if unit == 0 || unit < i || strings.EqualFold(text[m[2]:m[3]], "one") {
				continue
			}
			n, ok := countOf(text[m[2]:m[3]])
			if !ok || n == 0 {
				continue
			}
			end, begin := len(text), 0
			if j+1 < len(all) {
				end = all[j+1][0]
			}
			if j > 0 {
				begin = all[j-1][1]
			}
			behind, before := text[m[1]:end], text[begin:m[0]]
			if m[4] < 0 {
				behind = text[m[3]:end]
			}
			if forms.besides(before, behind) {
				continue
			}
			if class = fateOf(behind, before, class); class == "" {
				continue
			}
			if class == reviewed && s.before != nil && they.RE().MatchString(s.text) && forms.released.MatchString(s.before.text) {
				class = released // “The records are enclosed. They come to 63 pages.”
			}
			g := sign{name: "counts", sentence: s, words: s.plain(strings.TrimSpace(text[m[0]:end]))}
			out = append(out, mention{n, records, definite.RE().MatchString(before), class, g})
		}
	}
	return out
}

func firstWords(s string, n int) string {
	f := strings.Fields(s)
	return strings.Join(f[:min(len(f), n)], " ")
}

// fateOf is what became of what a number counts, by the words behind it, else by those before it, else as of the
// number before it: “12 in full and 3 in part”.
func fateOf(behind, before string, last fate) fate {
	forms := counting()
	behind = forms.clause.Split(behind, 2)[0]
	first := strings.Split(behind, ",")[0]
	for _, whole := range []string{first, behind} {
		piece := forms.verbAgain.Split(whole, 2)[0]
		if f := fateIn(piece); f != "" && (f != reviewed || piece == whole) {
			if own := closeBefore(before); own != "" && whole == behind { // “grant access in full to 4, in part to 3 and refuse 2”
				return own
			}
			return f
		}
		if forms.howMuch(piece) != "" { // “withholding 15 pages in full and releasing the rest”
			behind = piece
			break
		}
		if f := fateIn(whole); f != "" {
			return f
		}
	}
	if i := strings.LastIndexAny(before, ";"); i >= 0 {
		before = before[i:]
	}
	f := fateIn(before[forms.lastVerb(before):])
	if own := closeBefore(before); f == reviewed && own != "" {
		f = own
	}
	how := forms.howMuch(behind)
	switch {
	case how != "" && (f == released || f == inFull || f == inPart || f == "" && last != ""):
		if f == "" && last == kept && how == inFull {
			return kept
		}
		return how
	case f == kept && how == inPart:
		return inPart
	case f == "" && last == reviewed && len(strings.TrimSpace(before)) < 40: // “of 37 pages with two amendments (12 pages)”
		return reviewed
	}
	return f
}

// closeBefore is what the words right before a number say became of what it counts: “release in part 3 documents”, or
// “producing a fourth batch, consisting of 55 records”.
func closeBefore(before string) fate {
	forms := counting()
	at := forms.lastVerb(before)
	if i := forms.consisting.FindStringIndex(before); i != nil && i[1] >= len(before)-2 {
		if f := fateIn(before[:i[0]]); f == released || f == inFull || f == inPart {
			return f
		}
	}
	words := strings.Fields(before[at:])
	if len(words) > 0 && slices.Contains([]string{"and", "while", "but", "whereas", "of"}, words[len(words)-1]) { // of the number before
		return ""
	}
	if f := fateIn(before[at:]); len(words) > 0 && len(words) <= 6 && f != reviewed && !strings.ContainsAny(before[at:], ",;") {
		return f
	}
	return ""
}

// besides tells whether the words around a number tell of something else: an earlier release, a fee, a section of a law.
func (f countForms) besides(before, behind string) bool {
	return f.earlier.MatchString(before[strings.LastIndexAny(before, ",;")+1:]) || f.earlier.MatchString(firstWords(behind, 4)) ||
		f.fee.MatchString(behind) || f.fee.MatchString(before) || citing.RE().MatchString(before)
}

// lastVerb is where the last word begins that tells what became of something.
func (f countForms) lastVerb(s string) int {
	last := 0
	for _, re := range []*regexp.Regexp{f.released, f.kept, f.notReleased, f.reviewed} {
		if all := re.FindAllStringIndex(s, -1); len(all) > 0 {
			last = max(last, all[len(all)-1][0])
		}
	}
	return last
}

// fateIn is what words say became of something.
func fateIn(s string) fate {
	forms := counting()
	s = fromRelease.RE().ReplaceAllString(s, "")
	how := forms.howMuch(s)
	switch {
	case forms.notReleased.MatchString(s):
		return kept
	case forms.kept.MatchString(s) && how != inPart && !forms.released.MatchString(s):
		return kept
	case forms.kept.MatchString(s) && how == inPart:
		return inPart
	case forms.released.MatchString(s) && how != "":
		return how
	case forms.released.MatchString(s) && forms.kept.MatchString(s):
		return inPart
	case forms.released.MatchString(s):
		return released
	case how == inPart && altered.RE().MatchString(s):
		return inPart
	case forms.reviewed.MatchString(s):
		return reviewed
	}
	return ""
}

var altered = lazy.Pattern(`(?i)\b(?:redacted|excised|deleted|blacked)\b`)

// hasNumber tells whether a text can have a number, in figures or in words.
func hasNumber(s string) bool {
	if strings.ContainsAny(s, "0123456789") {
		return true
	}
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return r == ' ' || r == '-' || r == '(' || r == ',' }) {
		if _, ok := inWords().numbers[w]; ok {
			return true
		}
	}
	return false
}

// unitWord is in every sentence that counts something.
var unitWord = lazy.Pattern(`[Pp]age|[Rr]ecord|[Dd]ocument|[Ff]ile|[Mm]ail|[Mm]emorand|[Rr]eport|[Ll]etter|[Ii]mage|[Pp]hoto|[Ss]eite|` +
	`[Mm]essage|[Ss]preadsheet|[Ii]tem|PAGE|RECORD|DOCUMENT`)

// fromRelease is where no release is told: “exempt from disclosure”.
var fromRelease = lazy.Pattern(`(?i)\b(?:from|for|prohibit\w*|prevent\w*)(?: (?:public|mandatory|further|any|the|its|their))* ` +
	`(?:disclosure|release|production)`)

func (c *composer) tellCounts(p *Proposal, n counted) {
	p.Open = append(p.Open, n.open...)
	if n.at == nil {
		return
	}
	number, withheld := "pages", "withheld"
	if n.records {
		number, withheld = "records", "withheld-records"
	}
	tell := func(name string, v int, g *sign, how string) {
		if v == 0 || g == nil {
			return
		}
		p.tell(name, fmt.Sprint(v), *g)
		if how != "" {
			p.Derived[name] = how
		}
	}
	tell(number, n.released, n.at, n.how)
	tell(withheld, n.withheld, n.atWithheld, n.howWithheld)
}

// countForms are the words with which numbers are told, of data/words.yaml.
type countForms struct {
	number, passing, earlier, fee                     *regexp.Regexp
	released, kept, notReleased, full, part, reviewed *regexp.Regexp
	clause, verbAgain, consisting, reversed           *regexp.Regexp
}

var counting = sync.OnceValue(func() countForms {
	re := func(s string) *regexp.Regexp { return regexp.MustCompile(expanded(s)) }
	return countForms{
		number: re(`(?:^|[\s(])({count})(?:[ -]{countadjectives}{0,4}?({unit})\b|,? (?:of (?:these|those|them|which|the)|(?:are|were|` +
			`is|` +
			`was|have|has|being|must|may|` +
			`can|could|will|in (?:full|part|their)|with|without|contain|we (?:\w+ )?(?:removed|took|withh[eo]ld|redacte` +
			`d|deleted|blacked|excised|released?|have)|{released}|{kept}|partially|fully|additional|others?)\b|[,.]))`),
		passing: re(`{passing}`), earlier: re(`{earlier}`), fee: re(`{feewords}`),
		released: re(`\b{released}`), kept: re(`\b{kept}`), notReleased: re(`{notreleased}`), full: re(`{infull}`), part: re(`{inpart}`),
		reviewed: re(`\b{reviewed}`), verbAgain: re(`,? (?:and|while|whereas|but) (?:(?:we|are|is|were|I|am|have) ){0,2}(?:{released}|` +
			`{kept})`), consisting: re(`(?:consisting of|comprising|totall?ing|amounting to|numbering|which (?:consists? of|` +
			`total))(?: \w+)? ?$`),
		reversed: re(`({released}|{kept}|{reviewed})(?: in (?:full|part))? (?:pages?|records?|documents?)(?: (?:is|are|was|were|` +
			`totals?|` +
			`number|numbers|come to))*:? ({count})(?:[.,;]|$)`),
		clause: re(`;|:|\. |, but |, which you|, although`),
	}
})

// howMuch tells whether words say that something is in full or in part; empty: neither.
func (f countForms) howMuch(s string) fate {
	part := f.part.MatchString(f.full.ReplaceAllString(s, "")) // “without redaction” is in full
	switch full := f.full.MatchString(s); {
	case full && part: // “in full or in part”
		return ""
	case part:
		return inPart
	case full:
		return inFull
	}
	return ""
}
