package reply

import (
	"fmt"
	"regexp"
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
		case m.fate == reviewed && first[reviewed].sentence == m.at.sentence && told[reviewed] != m.n && !total.RE().MatchString(m.at.sentence.text):
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
		if s.head || forms.passing.MatchString(s.text) {
			continue
		}
		text := s.marked()
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
			if forms.earlier.MatchString(before[strings.LastIndexAny(before, ",;")+1:]) || forms.earlier.MatchString(firstWords(behind, 4)) || forms.fee.MatchString(behind) ||
				forms.fee.MatchString(before) || citing.RE().MatchString(before) {
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
	if f := fateIn(behind); f != "" {
		return f
	}
	if i := strings.LastIndexAny(before, ";"); i >= 0 {
		before = before[i:]
	}
	f := fateIn(before[forms.lastVerb(before):])
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
	case forms.reviewed.MatchString(s):
		return reviewed
	}
	return ""
}

// tabled are the numbers in a table whose columns say what became of them: those of its row of totals, else those of
// its only row.
func (c *composer) tabled() []mention {
	lines := c.text.tail
	for i, l := range lines {
		if !tableTotal.RE().MatchString(strings.TrimSpace(l.raw)) {
			continue
		}
		figures := tableFigure.RE().FindAllStringIndex(l.raw, -1)
		if len(figures) < 2 {
			continue
		}
		heads := columns(lines[:i], figures)
		var out []mention
		for j, f := range figures {
			n, ok := countOf(l.raw[f[0]:f[1]])
			if class := fateIn(heads[j]); ok && class != "" {
				s := &sentence{text: l.text, part: l.part, line: l.number, scanned: l.scanned}
				out = append(out, mention{n: n, records: inRecords(heads), fate: class, at: sign{name: "counts", sentence: s, words: l.text}})
			}
		}
		if len(out) > 1 {
			return out
		}
	}
	return nil
}

// rows are the numbers behind what became of them: “Released in full   260”.
func (c *composer) rows() (out []mention) {
	var around []string // the lines of the table so far
	for _, l := range c.text.tail {
		if l.text == "" {
			around = nil
			continue
		}
		around = append(around, l.text)
		for _, m := range countRow.RE().FindAllStringSubmatch(l.raw, -1) {
			n, ok := countOf(m[2])
			label := m[1]
			class := fateIn(label)
			if !ok || n == 0 || class == "" || counting().fee.MatchString(label) || counting().earlier.MatchString(label) {
				continue
			}
			all := strings.Join(around, " ")
			if !pageWord.RE().MatchString(all) && !recordWord.RE().MatchString(all) {
				continue
			}
			s := &sentence{text: l.text, part: l.part, line: l.number, scanned: l.scanned}
			out = append(out, mention{n: n, records: inRecords(around), fate: class, at: sign{name: "counts", sentence: s, words: l.text}})
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// inRecords tells whether words speak of records, and not of pages.
func inRecords(words []string) bool {
	all := strings.Join(words, " ")
	return recordWord.RE().MatchString(all) && !pageWord.RE().MatchString(all)
}

// sequence are the numbers of a table whose cells stand one after another, as some PDFs give them: the names of the
// columns in one sequence, then those numbers in each row. The row of this release counts, else that of totals.
func (c *composer) sequence() (out []mention) {
	lines := c.text.tail
	heads, rest := []string{}, 0
	for i := range lines {
		var all []string
		for j := i; j < min(i+14, len(lines)) && !tableFigure.RE().MatchString(lines[j].text); j++ {
			all = append(all, lines[j].text)
		}
		if found := columnName.RE().FindAllString(strings.Join(all, " "), -1); len(found) >= 3 && len(all) >= 2 {
			heads, rest = found, i+len(all)
			break
		}
	}
	if rest == 0 {
		return nil
	}
	name, best := "", -1
	for _, l := range lines[rest:min(rest+40, len(lines))] {
		figures := figuresAlone.RE().FindAllString(anyDate.RE().ReplaceAllString(l.text, ""), -1)
		name += " " + l.text
		if len(figures) != len(heads) || !figuresRow.RE().MatchString(anyDate.RE().ReplaceAllString(l.text, "")) {
			continue
		}
		rank := 0
		switch low := strings.ToLower(name); {
		case strings.Contains(low, "this "):
			rank = 2
		case strings.Contains(low, "total") || strings.Contains(low, "all "):
			rank = 1
		}
		name = ""
		if rank <= best {
			continue
		}
		best, out = rank, nil
		for j, f := range figures {
			n, ok := countOf(f)
			if class := fateIn(heads[j]); ok && class != "" {
				s := &sentence{text: l.text, part: l.part, line: l.number, scanned: l.scanned}
				out = append(out, mention{n: n, records: inRecords(heads), fate: class, at: sign{name: "counts", sentence: s, words: l.text}})
			}
		}
	}
	return out
}

// columns are the words above each figure of a row, of the lines up to the blank line above the table.
func columns(above []line, figures [][]int) []string {
	heads := make([]string, len(figures))
	for i := len(above) - 1; i >= 0 && strings.TrimSpace(above[i].raw) != ""; i-- {
		if tableFigure.RE().MatchString(above[i].raw) {
			continue
		}
		for _, w := range cellWords.RE().FindAllStringIndex(above[i].raw, -1) {
			middle := (w[0] + w[1]) / 2
			near, least := -1, 12
			for j, f := range figures {
				if d := max(middle-f[1], f[0]-middle, 0); d < least {
					near, least = j, d
				}
			}
			if near >= 0 {
				heads[near] = above[i].raw[w[0]:w[1]] + " " + heads[near]
			}
		}
	}
	return heads
}

var (
	columnName = lazy.Pattern(`(?i)(?:pages|records|documents) (?:located|processed|reviewed|responsive|found|withheld|released)|(?:released|disclosed|granted|provided|withheld|denied) ` +
		`in (?:full|part|their entirety)|withheld|denied`)
	figuresAlone = lazy.Pattern(`\b\d[\d,]*\b`)
	figuresRow   = lazy.Pattern(`^[A-Za-z ]{0,40}(?:\s*\d[\d,]*)+\s*$`)
	tableTotal   = lazy.Pattern(`(?i)^(?:grand |sub-?)?totals?\b.*\d`)
	tableFigure  = lazy.Pattern(`(?:^|\s)\d[\d,]*\b`)
	cellWords    = lazy.Pattern(`\S+(?: \S+)*`)
	countRow     = lazy.Pattern(`(?:^|\s{2,})([A-Z][A-Za-z ,()/'-]{3,60}?)(?::|\.{2,}|\s{2,}|_)[\s_.]*(\d[\d,]*)_*(?:\s|$)`)
	definite     = lazy.Pattern(`(?i)\b(?:the|these|those|remaining|other) $|\b(?:the|these|those)$`)
	they         = lazy.Pattern(`(?i)^(?:they|these|it|this|the (?:enclosed|attached|released))\b`)
	citing       = lazy.Pattern(`(?i)(?:sections?|exemptions?|article|no\.?|§|part|category|paragraph|page|item|request|subsection|number)\s*$`)
	total        = lazy.Pattern(`(?i)\btotal`)
	pageWord     = lazy.Pattern(`(?i)\bpages?\b|Seiten?\b`)
	recordWord   = lazy.Pattern(`(?i)\b(?:records?|documents?|files?|e-?mails?)\b`)
)

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
	clause                                            *regexp.Regexp
}

var counting = sync.OnceValue(func() countForms {
	re := func(s string) *regexp.Regexp { return regexp.MustCompile(expanded(s)) }
	return countForms{
		number: re(`(?:^|[\s(])({count})(?:[ -]{countadjectives}{0,4}?({unit})\b|,? (?:of (?:these|those|them|which|the)|(?:are|were|is|was|have|has|being|must|may|` +
			`can|could|will|in (?:full|part|their)|with|without|contain|{released}|{kept}|partially|fully|additional|others?)\b|[,.]))`),
		passing: re(`{passing}`), earlier: re(`{earlier}`), fee: re(`{feewords}`),
		released: re(`\b{released}`), kept: re(`\b{kept}`), notReleased: re(`{notreleased}`), full: re(`{infull}`), part: re(`{inpart}`),
		reviewed: re(`\b{reviewed}`), clause: re(`;|:|\. |, but |, which you|, although`),
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
