package preflight

import (
	"strconv"
	"strings"

	"foia/internal/letter"
)

// paragraph is a piece of a text's body: a heading, an entry of a numbered or
// bulleted list, or plain lines.
type paragraph struct {
	kind  letter.Kind
	label string // of an entry: 1. or •
	text  string
	lines []string // of an entry: its later paragraphs
}

// readBody turns the lines between salutation and closing into blocks, and finds
// the items of the request among them.
func readBody(lines []string) ([]letter.Block, []letter.Record) {
	paragraphs := split(lines)
	first, last := itemRange(paragraphs)
	var out []letter.Block
	var records []letter.Record
	for i, p := range paragraphs {
		b := p.block()
		if i >= first && i < last {
			b.Clause = recordsClause
			records = withParagraph(records, p)
		}
		out = append(out, b)
	}
	if len(records) > 0 {
		shareScope(paragraphs, records)
	}
	return out, records
}

// withParagraph adds an item, or what stands between two items to the one before.
func withParagraph(records []letter.Record, p paragraph) []letter.Record {
	if n := len(records); n > 0 && p.label == "" {
		if !readScope(&records[n-1], p.text) {
			records[n-1].Text += "\n\n" + p.text
		}
		return records
	}
	return append(records, p.record())
}

func (p paragraph) block() letter.Block {
	spans := func(s string) []letter.Span { return []letter.Span{{Text: s}} }
	b := letter.Block{Kind: p.kind, Text: spans(p.text)}
	if p.label == "" {
		return b
	}
	body := []letter.Block{{Kind: letter.Paragraph, Text: spans(p.text)}}
	for _, line := range p.lines {
		body = append(body, letter.Block{Kind: letter.Paragraph, Text: spans(line)})
	}
	return letter.Block{Kind: p.kind, Items: []letter.ListItem{{Label: p.label, Body: body}}}
}

// split cuts lines into paragraphs. A blank line ends one; a label begins an
// entry, and what is indented below an entry belongs to it.
func split(lines []string) []paragraph {
	var out []paragraph
	var texts [][]string // of the last paragraph: its lines, then those of each paragraph below it
	finish := func() {
		if len(texts) == 0 {
			return
		}
		p := &out[len(out)-1]
		p.text = strings.Join(texts[0], " ")
		for _, t := range texts[1:] {
			p.lines = append(p.lines, strings.Join(t, " "))
		}
	}
	open := false // the last line may go on
	for _, line := range lines {
		kind, label, text := entry(line)
		last := len(texts) - 1
		switch {
		case text == "" && label == "":
			open = false
		case kind == letter.Paragraph && open:
			texts[last] = append(texts[last], text)
		case kind == letter.Paragraph && last >= 0 && out[len(out)-1].label != "" && strings.HasPrefix(line, "  "):
			texts, open = append(texts, []string{text}), true
		default:
			finish()
			out, texts = append(out, paragraph{kind: kind, label: label}), [][]string{{text}}
			open = kind != letter.Heading
		}
	}
	finish()
	return out
}

// entry reads the label at the head of a line.
func entry(line string) (letter.Kind, string, string) {
	text := strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(line), ">"))
	if strings.HasPrefix(text, "#") {
		return letter.Heading, "", strings.TrimSpace(strings.TrimLeft(text, "#"))
	}
	if loc := phrase("numbered").find(text); loc != nil && loc[0] == 0 {
		return letter.NumberedList, strings.TrimSpace(text[:loc[1]]), strings.TrimSpace(text[loc[1]:])
	}
	if loc := phrase("bulleted").find(text); loc != nil && loc[0] == 0 {
		return letter.BulletList, "•", strings.TrimSpace(text[loc[1]:])
	}
	return letter.Paragraph, "", text
}

// itemRange finds the items: the first list that is not about fees, expedition
// or withholding; without a list, the first paragraph that asks for records.
func itemRange(paragraphs []paragraph) (first, last int) {
	fees := phrase("not-items")
	for _, kind := range []letter.Kind{letter.NumberedList, letter.BulletList} {
		for i := 0; i < len(paragraphs); {
			if paragraphs[i].kind != kind {
				i++
				continue
			}
			end := endOfList(paragraphs, i)
			if !fees.in(intro(paragraphs, i)) {
				return i, end
			}
			i = end
		}
	}
	asks := phrase("asks-for")
	for i, p := range paragraphs {
		if p.kind != letter.Paragraph || !asks.in(p.text) || fees.in(p.text) {
			continue
		}
		if strings.HasSuffix(p.text, ":") && i+1 < len(paragraphs) {
			return i + 1, i + 2
		}
		return i, i + 1
	}
	return 0, 0
}

// endOfList is the place after the last entry of a list. Up to two paragraphs
// between numbered entries belong to the list if its numbers go on after them.
func endOfList(paragraphs []paragraph, i int) int {
	const between = 2
	kind, end, number := paragraphs[i].kind, i+1, numberOf(paragraphs[i].label)
	for j := i + 1; j < len(paragraphs) && j <= end+between; j++ {
		p := paragraphs[j]
		switch {
		case p.kind == letter.Heading:
			return end
		case p.kind != kind:
		case j == end || number > 0 && numberOf(p.label) == number+1:
			end, number = j+1, numberOf(p.label)
		}
	}
	return end
}

// numberOf reads the number of a label, or 0.
func numberOf(label string) int {
	n, err := strconv.Atoi(strings.TrimFunc(label, func(c rune) bool { return c < '0' || c > '9' }))
	if err != nil {
		return 0
	}
	return n
}

// intro is what stands right before a list: a heading or a paragraph, and the
// heading above it.
func intro(paragraphs []paragraph, i int) string {
	var text string
	for j := i - 1; j >= max(0, i-2); j-- {
		text += " " + paragraphs[j].text
		if paragraphs[j].kind == letter.Heading {
			break
		}
	}
	return text
}

// record reads an item with the lines below it that say where, when and by
// which words to look.
func (p paragraph) record() letter.Record {
	var r letter.Record
	text := []string{p.text}
	for _, line := range p.lines {
		if !readScope(&r, line) {
			text = append(text, line)
		}
	}
	r.Text = strings.Join(text, "\n\n")
	if r.From == "" && r.To == "" {
		r.From, r.To = readPeriod(r.Text)
	}
	return r
}

// readScope reads a labelled line, such as “Search terms: …”, into the record.
func readScope(r *letter.Record, line string) bool {
	label, value, ok := strings.Cut(line, ":")
	if value = strings.TrimSpace(value); !ok || value == "" || len(label) > 40 {
		return false
	}
	switch {
	case phrase("label-where").in(label):
		r.Custodians = append(r.Custodians, entries(value)...)
	case phrase("label-terms").in(label):
		r.Terms = append(r.Terms, entries(value)...)
	case phrase("label-dates").in(label):
		r.From, r.To = readPeriod(value)
	default:
		return false
	}
	return true
}

func entries(value string) []string {
	separator := ","
	if strings.Contains(value, ";") {
		separator = ";" // the entries have commas of their own
	}
	var out []string
	for part := range strings.SplitSeq(value, separator) {
		if part = strings.Trim(part, " .\"“”"); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// shareScope gives each record what the letter says for all of them.
func shareScope(paragraphs []paragraph, records []letter.Record) {
	var all letter.Record
	for _, p := range paragraphs {
		if p.kind != letter.NumberedList {
			readScope(&all, strings.Trim(p.text, "* "))
		}
	}
	for i := range records {
		r := &records[i]
		if len(r.Custodians) == 0 {
			r.Custodians = all.Custodians
		}
		if len(r.Terms) == 0 {
			r.Terms = all.Terms
		}
		if r.From == "" && r.To == "" {
			r.From, r.To = all.From, all.To
		}
	}
}
