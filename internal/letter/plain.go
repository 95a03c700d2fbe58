package letter

import (
	"strings"
	"unicode/utf8"
)

// PlainText is the whole letter as plain text, in lines of at most width
// characters.
func (d Document) PlainText(width int) string {
	p := plain{width: width}
	p.lines(nonEmpty(d.Mark))
	p.lines(d.Letterhead)
	p.lines(nonEmpty(d.Date))
	p.lines(nonEmpty(d.Via))
	p.lines(d.Addressee)
	label := d.SubjectLabel()
	p.filled(label, strings.Repeat(" ", utf8.RuneCountInString(label)), d.Subject)
	d.message(&p)
	return p.String()
}

// EmailText is the letter as the text of an e-mail: for whom and about what, then
// from the salutation to the signature, with the letterhead below it.
func (d Document) EmailText(width int, attachments ...string) string {
	p := plain{width: width}
	p.lines(nonEmpty(d.Mark))
	to := d.Contact
	if !strings.Contains(to, "@") {
		to = ""
	}
	var head []string
	for _, line := range [][2]string{{"To: ", to}, {"Subject: ", d.Subject}, {"Attachments: ", strings.Join(attachments, ", ")}} {
		if line[1] != "" {
			head = append(head, line[0]+line[1])
		}
	}
	p.lines(head)
	d.message(&p)
	p.lines(d.Letterhead)
	return p.String()
}

func (d Document) message(p *plain) {
	p.filled("", "", d.Salutation)
	p.blocks(d.Body, "")
	p.filled("", "", d.Closing)
	for _, s := range d.Signature {
		p.lines(append([]string{s.Name}, s.Lines...))
	}
	if len(d.Enclosures) > 0 {
		p.filled("", "", d.EnclosuresLabel())
		for i, e := range d.Enclosures {
			p.tight = i < len(d.Enclosures)-1
			p.filled("- ", "  ", e)
		}
	}
}

// plain gathers plain text.
type plain struct {
	strings.Builder
	width int
	tight bool // no empty line after the next paragraph
}

// lines writes lines as they are, and an empty one.
func (p *plain) lines(lines []string) {
	for _, l := range lines {
		p.WriteString(l + "\n")
	}
	if len(lines) > 0 {
		p.WriteByte('\n')
	}
}

// filled writes a paragraph, its first line after one text and the others after
// another.
func (p *plain) filled(first, other, text string) {
	line, begun := first, false
	for word := range strings.FieldsSeq(text) {
		if begun && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > p.width {
			p.WriteString(strings.TrimRight(line, " ") + "\n")
			line, begun = other, false
		}
		if begun {
			line += " "
		}
		line, begun = line+word, true
	}
	p.WriteString(strings.TrimRight(line, " ") + "\n")
	if !p.tight {
		p.WriteByte('\n')
	}
	p.tight = false
}

func (p *plain) blocks(blocks []Block, indent string) {
	for _, b := range blocks {
		switch b.Kind {
		case Heading:
			p.filled(indent, indent, strings.ToUpper(withLinks(b.Text)))
		case Paragraph:
			p.filled(indent, indent, withLinks(b.Text))
		case Quote:
			p.blocks(b.Body, indent+"    ")
		case NumberedList, BulletList:
			p.items(b, indent)
		}
	}
}

func (p *plain) items(list Block, indent string) {
	for _, item := range list.Items {
		label := item.Label
		if list.Kind == BulletList {
			label = "-"
		}
		inside := indent + strings.Repeat(" ", max(4, utf8.RuneCountInString(label)+1))
		first := indent + label + strings.Repeat(" ",
			utf8.RuneCountInString(inside)-utf8.RuneCountInString(indent)-utf8.RuneCountInString(label))
		body := item.Body
		if len(body) > 0 && body[0].Kind == Paragraph {
			p.filled(first, inside, withLinks(body[0].Text))
			body = body[1:]
		} else {
			p.filled(first, inside, "")
		}
		p.blocks(body, inside)
	}
}

// withLinks is the text of spans with the addresses that a reader could not see.
func withLinks(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
		if s.Link != "" && s.Link != s.Text && s.Link != "mailto:"+s.Text {
			b.WriteString(" <" + s.Link + ">")
		}
	}
	return b.String()
}
