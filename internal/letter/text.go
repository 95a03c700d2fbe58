package letter

import (
	"strings"
	"unicode/utf8"
)

// usualText is how many bytes are made ready for the text of a letter.
const usualText = 6 << 10

// Markdown returns the whole letter as Markdown, in the order in which the PDF
// is read: the text that is kept beside the PDF, for searching and comparing.
func (d Document) Markdown() string {
	var b strings.Builder
	b.Grow(usualText)
	lines := func(texts ...string) {
		for i, t := range texts {
			b.WriteString(escapeText(t))
			if i < len(texts)-1 {
				b.WriteString("  ") // a line break
			}
			b.WriteByte('\n')
		}
		if len(texts) > 0 {
			b.WriteByte('\n')
		}
	}
	lines(nonEmpty(d.Mark)...)
	lines(d.Letterhead...)
	lines(nonEmpty(d.Date)...)
	lines(nonEmpty(d.Via)...)
	lines(d.Addressee...)
	b.WriteString("**" + escapeText(d.SubjectLine()) + "**\n\n")
	lines(d.Salutation)
	writeBlocks(&b, d.Body, "")
	lines(d.Closing)
	for _, s := range d.Signature {
		lines(append([]string{s.Name}, s.Lines...)...)
	}
	if len(d.Enclosures) > 0 {
		lines(d.EnclosuresLabel())
		for _, e := range d.Enclosures {
			b.WriteString("- " + escapeText(e) + "\n")
		}
		b.WriteByte('\n')
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

func writeBlocks(b *strings.Builder, blocks []Block, indent string) {
	for _, block := range blocks {
		switch block.Kind {
		case Heading:
			b.WriteString(indent + strings.Repeat("#", max(1, block.Level)) + " " + spansMarkdown(block.Text) + "\n\n")
		case Paragraph:
			b.WriteString(indent)
			b.WriteString(spansMarkdown(block.Text))
			b.WriteString("\n\n")
		case Quote:
			var inner strings.Builder
			writeBlocks(&inner, block.Body, "")
			for line := range strings.SplitSeq(strings.TrimRight(inner.String(), "\n"), "\n") {
				b.WriteString(strings.TrimRight(indent+"> "+line, " ") + "\n")
			}
			b.WriteByte('\n')
		case NumberedList, BulletList:
			writeItems(b, block, indent)
		}
	}
}

func writeItems(b *strings.Builder, list Block, indent string) {
	for _, item := range list.Items {
		label := item.Label
		if list.Kind == BulletList {
			label = "-"
		}
		label += " "
		inside := indent + strings.Repeat(" ", len(label))
		var body strings.Builder
		writeBlocks(&body, item.Body, inside)
		b.WriteString(indent + label + strings.TrimPrefix(body.String(), inside))
	}
}

func spansMarkdown(spans []Span) string {
	if len(spans) == 1 && spans[0] == (Span{Text: spans[0].Text}) {
		return escapeText(spans[0].Text)
	}
	var b strings.Builder
	for _, s := range spans {
		text := escapeText(s.Text)
		style := ""
		if s.Italic {
			style += "*"
		}
		if s.Bold {
			style += "**"
		}
		core := strings.TrimSpace(text)
		before, after, _ := strings.Cut(text, core)
		switch {
		case core == "" || style == "" && s.Link == "":
			b.WriteString(text)
			continue
		case s.Link != "" && s.Link == s.Text:
			core = "<" + s.Link + ">"
		case s.Link != "":
			core = "[" + core + "](" + s.Link + ")"
		}
		b.WriteString(before + style + core + style + after)
	}
	return b.String()
}

// escapeText escapes what Markdown would read as structure, and leaves the
// rest as it is typed, so that the file stays pleasant to read.
func escapeText(s string) string {
	if plainText(s) { // most texts are
		return s
	}
	return escaped(s)
}

func escaped(s string) string {
	var b strings.Builder
	for i, r := range s {
		if strings.ContainsRune("\\`*_[]<>|", r) || i == 0 && strings.ContainsRune("#-+=~&", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	out := b.String()
	// "1. " and "1) " at the start of a line would begin a list.
	if digits := strings.TrimLeft(out, "0123456789"); digits != out && digits != "" && strings.ContainsRune(".)", rune(digits[0])) {
		out = out[:len(out)-len(digits)] + "\\" + digits
	}
	return out
}

// plainText tells whether a text has nothing that may have to be escaped.
func plainText(s string) bool {
	if s == "" {
		return true
	}
	first := s[0]
	return (first < '0' || first > '9') && !strings.ContainsRune("#-+=~&", rune(first)) && !strings.ContainsAny(s, "\\`*_[]<>|") &&
		utf8.ValidString(s)
}

// Text returns the letter as plain text, a line to each paragraph: what a
// reader who sees no style would read.
func (d Document) Text() string {
	return strings.Join(d.Pieces(), "\n")
}

// Pieces returns every piece of text of the letter in reading order, without
// headers, footers and marks.
func (d Document) Pieces() []string {
	pieces := nonEmpty(append(append([]string{}, d.Letterhead...), d.Date, d.Via)...)
	pieces = append(pieces, d.Addressee...)
	pieces = append(pieces, d.SubjectLine(), d.Salutation)
	eachText(d.Body, func(_ *Block, s string) { pieces = append(pieces, s) })
	pieces = append(pieces, d.Closing)
	for _, s := range d.Signature {
		pieces = append(append(pieces, s.Name), s.Lines...)
	}
	if len(d.Enclosures) > 0 {
		pieces = append(append(pieces, d.EnclosuresLabel()), d.Enclosures...)
	}
	return pieces
}

// BodyText returns the text of the body's blocks that keep accepts, a line to
// each paragraph, list labels before their items.
func (d Document) BodyText(keep func(Block) bool) string {
	var b strings.Builder
	b.Grow(usualText)
	for _, block := range d.Body {
		if keep(block) {
			writePlain(&b, []Block{block}, "")
		}
	}
	return strings.TrimSpace(b.String())
}

func writePlain(b *strings.Builder, blocks []Block, indent string) {
	for _, block := range blocks {
		if len(block.Text) > 0 {
			b.WriteString(indent)
			b.WriteString(Plain(block.Text))
			b.WriteString("\n\n")
		}
		for _, item := range block.Items {
			var body strings.Builder
			inside := indent + strings.Repeat(" ", len([]rune(item.Label))+1)
			writePlain(&body, item.Body, inside)
			b.WriteString(indent + item.Label + " " + strings.TrimPrefix(body.String(), inside))
		}
		writePlain(b, block.Body, indent+"    ")
	}
}
