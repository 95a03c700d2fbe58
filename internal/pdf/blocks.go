package pdf

import (
	"strings"

	"foia/internal/letter"
)

// paragraph sets a text and returns the number of its rows.
func (s *setter) paragraph(spans []letter.Span, base style, x float64, before gap) int {
	lines := s.breakLines(spans, base, bodySize, s.paper.right-x)
	part := s.tree.add(paraRole, s.in)
	for i, pieces := range lines {
		s.belong(pieces, part)
		f := flow{row: row{pieces: pieces, size: bodySize, x: x, block: s.block}}
		// No page ends on the first line of a paragraph or begins with its last.
		f.mayBreak = i == 0 || i >= 2 && len(lines)-i >= 2
		if i == 0 {
			f.gap = before
		}
		s.rows = append(s.rows, f)
	}
	s.block++
	return len(lines)
}

func (s *setter) blocks(blocks []letter.Block, x float64) {
	for i, b := range blocks {
		stays := i > 0 && (blocks[i-1].Kind == letter.Heading || leadsIn(blocks[i-1], b))
		begin := len(s.rows)
		switch b.Kind {
		case letter.Heading:
			s.heading(b, x)
		case letter.Paragraph:
			s.paragraph(b.Text, regular, x, paragraphGap)
		case letter.Quote:
			s.under(quoteRole, func() { s.blocks(b.Body, x+itemIndent) })
		case letter.NumberedList, letter.BulletList:
			s.list(b, x)
		}
		if stays {
			s.glue(begin, begin+1)
		}
	}
}

// leadsIn tells whether a paragraph announces the list that follows it: then no
// page ends between the two.
func leadsIn(before, b letter.Block) bool {
	return before.Kind == letter.Paragraph && strings.HasSuffix(letter.Plain(before.Text), ":") &&
		(b.Kind == letter.BulletList || b.Kind == letter.NumberedList)
}

// heading sets a heading; the first rows of what follows stay with it.
func (s *setter) heading(b letter.Block, x float64) {
	begin := len(s.rows)
	s.level = min(max(b.Level, 2), s.level+1) // levels are not skipped (ISO 14289-1, 7.4.2)
	part := s.tree.add(headingRole(s.level), s.in)
	for i, pieces := range s.breakLines(b.Text, bold, headSize, s.paper.right-x) {
		s.belong(pieces, part)
		f := flow{row: row{pieces: pieces, size: headSize, x: x, block: s.block}, mayBreak: i == 0}
		if i == 0 {
			f.gap = headingGap
		}
		s.rows = append(s.rows, f)
	}
	s.block++
	s.glue(begin+1, len(s.rows))
}

// glue forbids a page to end before the rows from to to.
func (s *setter) glue(from, to int) {
	for i := from; i < to && i < len(s.rows); i++ {
		s.rows[i].mayBreak = false
	}
}

// under sets something in an element of its own.
func (s *setter) under(r role, set func()) int {
	outside := s.in
	s.in = s.tree.add(r, outside)
	inside := s.in
	set()
	s.in = outside
	return inside
}

// list sets items with their labels hanging in the margin.
func (s *setter) list(b letter.Block, x float64) {
	s.under(listRole(b), func() {
		for _, item := range b.Items {
			s.under(itemRole, func() { s.item(b.Kind, item, x) })
		}
	})
}

func (s *setter) item(kind letter.Kind, item letter.ListItem, x float64) {
	begin := len(s.rows)
	label := piece{text: item.Label + " ", part: s.tree.add(labelRole, s.in)}
	s.under(bodyRole, func() { s.blocks(item.Body, x+itemIndent) })
	if len(s.rows) == begin { // an item without text
		s.rows = append(s.rows, flow{row: row{pieces: []piece{label}, size: bodySize, x: x, block: s.block}, gap: bulletGap,
			mayBreak: true})
		s.block++
		return
	}
	first := &s.rows[begin]
	if first.pieces[0].face == bold {
		label.face = bold
	}
	first.hang(label, x)
	if kind == letter.BulletList {
		first.gap = bulletGap
	}
	for i := begin + 1; i < len(s.rows); i++ {
		if s.rows[i].gap == paragraphGap {
			s.rows[i].gap = insideGap
		}
	}
}
