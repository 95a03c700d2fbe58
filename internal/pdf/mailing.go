package pdf

import (
	"strconv"

	"foia/internal/letter"
)

// MailingList is the list of letters that go to the post office together.
type MailingList struct {
	Meta      letter.Meta
	Reference string
	Mark      string
	From      []string // the letterhead
	Title     string
	Facts     [][2]string // name and value; an empty value is a line to write on
	First     int         // the number of the first letter
	Letters   []MailedLetter
}

// MailedLetter is one line of the list.
type MailedLetter struct {
	ID        string
	Addressee []string
}

// Where the columns of the list begin, from the left margin, and how it is set.
const (
	idColumn        = 34.0
	addresseeColumn = 96.0
	numberColumn    = 318.0
	columnGap       = 10.0
	headRoom        = 20.0 // for the headings on a page that goes on
	articleBlank    = "______________________________"
)

var listed = spacing{leading: 11.8, gaps: [gaps]float64{headingGap: 4, bulletGap: 7, paragraphGap: 12, signingGap: 10}}

// MailingList prints the list. Its headings stand on every page.
func (f *Fonts) MailingList(l MailingList, on Stationery) (*File, error) {
	doc := letter.Document{Meta: l.Meta, Reference: l.Reference, Mark: l.Mark, Letterhead: l.From, Subject: l.Title}
	for _, fact := range l.Facts {
		value := fact[1]
		if value == "" {
			value = blank
		}
		doc.Body = append(doc.Body, letter.Block{Kind: letter.Paragraph,
			Text: []letter.Span{{Text: fact[0] + ": ", Bold: true}, {Text: value}}})
	}
	list := letter.Block{Kind: letter.NumberedList}
	for i, each := range l.Letters {
		item := letter.ListItem{Label: strconv.Itoa(l.First + i), Body: []letter.Block{textBlock(each.ID)}}
		for _, line := range each.Addressee {
			item.Body = append(item.Body, textBlock(line))
		}
		list.Items = append(list.Items, item)
	}
	doc.Body = append(doc.Body, list)
	if err := f.Check(doc); err != nil {
		return nil, err
	}
	return f.draw("mailing list", doc, func(m *measurer, doc letter.Document) layout { return m.composeMailing(doc, on) })
}

func textBlock(s string) letter.Block {
	return letter.Block{Kind: letter.Paragraph, Text: []letter.Span{{Text: s}}}
}

func (m *measurer) composeMailing(doc letter.Document, on Stationery) layout {
	paper := on.paper()
	paper.top += headRoom
	s := &setter{measurer: m, paper: paper, tree: m.newTree(), level: 1}
	if doc.Mark != "" {
		s.tree.mark = s.tree.add(paraRole, 0)
	}
	head, rule, start := s.head(letter.Document{Letterhead: doc.Letterhead}, on.Letterhead)
	title := s.tree.add(titleRole, 0)
	for i, pieces := range s.breakLines([]letter.Span{{Text: doc.Subject}}, bold, nameSize, paper.right-paper.left) {
		s.belong(pieces, title)
		s.rows = append(s.rows, flow{row: row{pieces: pieces, size: nameSize, x: paper.left, block: s.block}, gap: bulletGap,
			mayBreak: i == 0})
	}
	s.block++
	last := len(doc.Body) - 1
	for _, b := range doc.Body[:last] {
		s.fact(b.Text)
	}
	s.rows = append(s.rows, flow{row: s.headings(s.tree.add(paraRole, 0)), gap: paragraphGap, mayBreak: true})
	s.block++
	for _, item := range doc.Body[last].Items {
		s.mailed(item)
	}
	s.glueHeadings(len(doc.Body[last].Items))
	pages := s.paginate(head, start-paper.belowWindow/3, paper, listed, s.rows)
	for i := 1; i < len(pages); i++ {
		again := s.headings(artifact)
		again.y = paper.top - headRoom + 4
		pages[i].rows = append([]row{again}, pages[i].rows...)
	}
	return layout{paper: on.paper(), pages: pages, rule: rule, tree: s.tree}
}

// glueHeadings keeps the headings with the first letter under them.
func (s *setter) glueHeadings(letters int) {
	for i := range s.rows {
		if letters > 0 && i > 0 && s.rows[i-1].gap == paragraphGap {
			s.rows[i].mayBreak = false
		}
	}
}

// headings are those of the columns.
func (s *setter) headings(part int) row {
	r := row{size: smallSize, x: s.paper.left, block: s.block}
	for _, h := range []struct {
		x    float64
		text string
	}{{0, "No. "}, {idColumn, "Request "}, {addresseeColumn, "Addressee "}, {numberColumn, "Certified mail number"}} {
		r.pieces = append(r.pieces, piece{text: h.text, face: bold, x: h.x, part: part})
	}
	return r
}

// mailed sets one letter: number and id beside the address, and a line for the
// number that the post office gives it. A page does not end within it.
func (s *setter) mailed(item letter.ListItem) {
	part := s.tree.add(paraRole, 0)
	first := true
	for _, b := range item.Body[1:] {
		lines := s.breakLines(b.Text, regular, smallSize, numberColumn-addresseeColumn-columnGap)
		for _, pieces := range lines {
			s.belong(pieces, part)
			r := row{pieces: pieces, size: smallSize, x: s.paper.left + addresseeColumn, block: s.block}
			f := flow{gap: noGap}
			if first {
				first = false
				f.gap, f.mayBreak = bulletGap, true
				r.hang(piece{text: letter.Plain(item.Body[0].Text) + " ", part: part}, s.paper.left+idColumn)
				r.hang(piece{text: item.Label + " ", part: part}, s.paper.left)
				r.pieces = append(r.pieces, piece{text: " " + articleBlank, x: numberColumn, part: part})
			}
			f.row = r
			s.rows = append(s.rows, f)
		}
	}
	s.block++
}
