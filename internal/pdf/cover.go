package pdf

import (
	"fmt"
	"strconv"

	"foia/internal/lazy"
	"foia/internal/letter"
)

// Envelope is what is printed on an envelope.
type Envelope struct {
	Meta    letter.Meta
	Mark    string // the warning on a sample
	From    []string
	To      []string
	Marking string // such as "Freedom of Information Act Appeal"
}

// number10 is a #10 envelope, 9 1/2 by 4 1/8 inches. The address is in the
// part of the front that USPS machines read: from 1/2 inch to 5/8 inch above the
// lower edge to 2 3/4 inches above it, 1/2 inch from the sides; the lower right
// corner stays clear for the bar code (USPS, Domestic Mail Manual 202.2.1 and 202.5).
var number10 = Paper{Name: "#10", width: 684, height: 297, left: 36, right: 684 - 36, top: 40, bottom: 290, topMark: 20, endMark: 288}

const (
	envelopeTo    = 310.0 // where the address begins
	envelopeFirst = 165.0 // its first baseline
	envelopeLast  = 240.0 // the last that is above the bar code
	envelopeSize  = 12.0
	envelopeLead  = 14.0
)

// Envelope prints an envelope.
func (f *Fonts) Envelope(e Envelope) (*File, error) {
	doc := letter.Document{Meta: e.Meta, Mark: e.Mark, Letterhead: e.From, Addressee: e.To, Subject: e.Marking}
	if err := f.Check(doc); err != nil {
		return nil, err
	}
	return f.draw("envelope", doc, func(m *measurer, doc letter.Document) layout {
		s := &setter{measurer: m, paper: number10, tree: m.newTree()}
		if doc.Mark != "" {
			s.tree.mark = s.tree.add(paraRole, 0)
		}
		var p page
		s.stack(&p, doc.Letterhead, regular, smallSize, 11.5, 36, 40, 230)
		lines := s.lines(doc.Addressee, envelopeSize, number10.right-envelopeTo)
		first := min(envelopeFirst, envelopeLast-envelopeLead*float64(lines-1))
		s.stack(&p, doc.Addressee, regular, envelopeSize, envelopeLead, envelopeTo, first, number10.right-envelopeTo)
		s.stack(&p, []string{doc.Subject}, bold, headSize, 13, 36, envelopeFirst, envelopeTo-60)
		return layout{paper: number10, pages: []page{p}, tree: s.tree, unnumbered: true}
	})
}

// lines counts the lines that texts take.
func (s *setter) lines(texts []string, size, width float64) (n int) {
	for _, text := range texts {
		n += len(s.breakLines([]letter.Span{{Text: text}}, regular, size, width))
	}
	return n
}

// stack sets lines below each other, as one paragraph for those who hear it.
func (s *setter) stack(p *page, texts []string, face style, size, lead, x, y, width float64) {
	part := s.tree.add(paraRole, 0)
	for i, text := range texts {
		if i < len(texts)-1 {
			text += " "
		}
		for _, pieces := range s.breakLines([]letter.Span{{Text: text}}, face, size, width) {
			s.belong(pieces, part)
			p.rows = append(p.rows, row{pieces: pieces, size: size, x: x, y: y, block: -1})
			y += lead
		}
	}
}

// Cover is a sheet that goes before a letter or with it: what it is, a table of
// facts and what to do.
type Cover struct {
	Meta      letter.Meta
	Reference string
	Mark      string
	From      []string // the letterhead
	Title     string
	Facts     [][2]string // name and value; an empty value is a line to write on
	Notes     []string
}

// blank is a line to write on.
const blank = "______________________________"

const (
	coverLabels = 130.0 // width of the names of the facts
)

// Cover prints a cover sheet.
func (f *Fonts) Cover(c Cover, on Stationery) (*File, error) {
	doc := letter.Document{Meta: c.Meta, Reference: c.Reference, Mark: c.Mark, Letterhead: c.From, Subject: c.Title, Enclosures: c.Notes}
	for _, fact := range c.Facts {
		value := fact[1]
		if value == "" {
			value = blank
		}
		doc.Body = append(doc.Body, letter.Block{Kind: letter.Paragraph,
			Text: []letter.Span{{Text: fact[0] + ": ", Bold: true}, {Text: value}}})
	}
	if err := f.Check(doc); err != nil {
		return nil, err
	}
	return f.draw("cover sheet", doc, func(m *measurer, doc letter.Document) layout {
		return m.composeCover(doc, on)
	})
}

func (m *measurer) composeCover(doc letter.Document, on Stationery) layout {
	s := &setter{measurer: m, paper: on.paper(), tree: m.newTree(), level: 1}
	if doc.Mark != "" {
		s.tree.mark = s.tree.add(paraRole, 0)
	}
	head, rule, start := s.head(letter.Document{Letterhead: doc.Letterhead}, on.Letterhead)
	title := s.tree.add(titleRole, 0)
	for i, pieces := range s.breakLines([]letter.Span{{Text: doc.Subject}}, bold, nameSize, s.paper.right-s.paper.left) {
		s.belong(pieces, title)
		s.rows = append(s.rows, flow{row: row{pieces: pieces, size: nameSize, x: s.paper.left, block: s.block}, gap: bulletGap,
			mayBreak: i == 0})
	}
	s.block++
	for _, b := range doc.Body {
		s.fact(b.Text)
	}
	for i, note := range doc.Enclosures {
		before := paragraphGap
		if i == 0 {
			before = signingGap
		}
		s.paragraph([]letter.Span{{Text: note}}, regular, s.paper.left, before)
	}
	return layout{paper: s.paper, pages: s.pages(head, start-s.paper.belowWindow/3), rule: rule, tree: s.tree}
}

// fact sets a name with its value beside it.
func (s *setter) fact(spans []letter.Span) {
	part := s.tree.add(paraRole, 0)
	x := s.paper.left + coverLabels
	for i, pieces := range s.breakLines(spans[1:], regular, bodySize, s.paper.right-x) {
		s.belong(pieces, part)
		r := row{pieces: pieces, size: bodySize, x: x, block: s.block}
		before := noGap
		if i == 0 {
			before = headingGap
			r.hang(piece{text: spans[0].Text, face: bold, part: part}, s.paper.left)
		}
		s.rows = append(s.rows, flow{row: r, gap: before, mayBreak: i == 0})
	}
	s.block++
}

const pageCount = lazy.Pattern(`/Type /Pages\n/Kids \[[0-9 R]*\]\n/Count (\d+)`)

// Pages counts the pages of a PDF that this package made.
func Pages(raw []byte) (int, error) {
	m := pageCount.RE().FindSubmatch(raw)
	if m == nil {
		return 0, fmt.Errorf("the number of pages cannot be read: the PDF was not made by foia")
	}
	return strconv.Atoi(string(m[1]))
}
