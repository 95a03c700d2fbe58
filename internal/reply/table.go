package reply

import (
	"strings"

	"foia/internal/lazy"
)

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
				out = append(out, l.mention(n, inRecords(heads), class))
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
			out = append(out, l.mention(n, inRecords(around), class))
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// mention is a number in a line of a table.
func (l line) mention(n int, records bool, f fate) mention {
	s := l.sentence()
	return mention{n: n, records: records, fate: f, at: sign{name: "counts", sentence: &s, words: l.text}}
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
	if len(fateWord.RE().FindAllStringIndex(c.allText(), 3)) < 3 {
		return nil
	}
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
				out = append(out, l.mention(n, inRecords(heads), class))
			}
		}
	}
	return out
}

func (c *composer) allText() string {
	var all strings.Builder
	for _, l := range c.text.tail {
		all.WriteString(l.text + " ")
	}
	return all.String()
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
	columnName = lazy.Pattern(`(?i)(?:pages|records|documents) (?:located|processed|reviewed|responsive|found|withheld|released)|` +
		`(?:released|disclosed|granted|provided|withheld|denied) ` +
		`in (?:full|part|their entirety)|withheld|denied`)
	figuresAlone = lazy.Pattern(`\b\d[\d,]*\b`)
	figuresRow   = lazy.Pattern(`^[A-Za-z ]{0,40}(?:\s*\d[\d,]*)+\s*$`)
	fateWord     = lazy.Pattern(`(?:[Rr]eleased|[Ww]ithheld|[Dd]enied|[Dd]isclosed|RELEASED|WITHHELD|DENIED) `)
	tableTotal   = lazy.Pattern(`(?i)^(?:grand |sub-?)?totals?\b.*\d`)
	tableFigure  = lazy.Pattern(`(?:^|\s)\d[\d,]*\b`)
	cellWords    = lazy.Pattern(`\S+(?: \S+)*`)
	countRow     = lazy.Pattern(`(?:^|\s{2,})([A-Z][A-Za-z ,()/'-]{3,60}?)(?::|\.{2,}|\s{2,}|_)[\s_.]*(\d[\d,]*)_*(?:\s|$)`)
	definite     = lazy.Pattern(`(?i)\b(?:the|these|those|remaining|other) $|\b(?:the|these|those)$`)
	they         = lazy.Pattern(`(?i)^(?:they|these|it|this|the (?:enclosed|attached|released))\b`)
	citing       = lazy.Pattern(`(?i)(?:sections?|exemptions?|article|no\.?|§|part|category|paragraph|page|item|request|subsection|` +
		`number)\s*$`)
	total      = lazy.Pattern(`(?i)\btotal`)
	pageWord   = lazy.Pattern(`(?i)\bpages?\b|Seiten?\b`)
	recordWord = lazy.Pattern(`(?i)\b(?:records?|documents?|files?|e-?mails?)\b`)
)
