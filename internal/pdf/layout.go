package pdf

import "foia/internal/letter"

// row is one line of the letter at its place.
type row struct {
	pieces []piece
	size   float64
	x, y   float64 // of the baseline's start, from the upper left corner
	block  int     // which part of the letter it belongs to, counted from 0
	above  *Image  // stands over the row, as a signature over a name
	figure int     // the element of that image
}

// page is the rows of one page, without footer and mark.
type page struct {
	rows   []row
	images []placed
}

// placed is an image at its place, from the upper left corner of the page.
type placed struct {
	image      *Image
	x, y, w, h float64
	part       int
}

// layout is the letter, laid out.
type layout struct {
	paper Paper
	pages []page
	rule  float64 // where the rule under the letterhead stands; 0 if there is none
	tree  *tree

	unnumbered bool // a paper of one page, such as an envelope
	before, of int  // of a part of something larger: the pages before it, and all of them
}

// flow is a row that has no page yet.
type flow struct {
	row
	gap      gap  // if not first on a page
	mayBreak bool // a page may end before this row
}

// setter gathers the rows of the running text.
type setter struct {
	*measurer
	paper Paper
	rows  []flow
	block int

	tree  *tree
	in    int   // the element that the next one belongs under
	linkP int   // the element that the last link was in
	link  piece // the last link
	level int   // of the last heading
}

// compose lays a letter out.
func (m *measurer) compose(doc letter.Document, on Stationery) layout {
	s := &setter{measurer: m, paper: on.paper(), tree: m.newTree(), level: 1, rows: m.room.flows[:0]}
	defer func() { m.room.flows = s.rows }()
	if doc.Mark != "" {
		s.tree.mark = s.tree.add(paraRole, 0)
	}
	head, rule, start := s.head(doc, on.Letterhead)
	s.subject(doc.SubjectLabel(), doc.Subject)
	s.paragraph([]letter.Span{{Text: doc.Salutation}}, regular, s.paper.left, greetGap)
	s.blocks(doc.Body, s.paper.left)
	s.signature(doc, on.Signature)
	s.enclosures(doc.EnclosuresLabel(), doc.Enclosures)
	return layout{paper: s.paper, pages: s.pages(head, start), rule: rule, tree: s.tree}
}

// pages parts the rows into pages, closer together if that saves one.
func (s *setter) pages(head page, start float64) []page {
	pages := s.paginate(head, start, s.paper, usual, s.rows)
	n := len(pages)
	if rows := pages[n-1].rows; n > 1 && rows[len(rows)-1].y < s.paper.top+fewLines {
		for _, sp := range closer {
			if taken := s.paginate(head, start, s.paper, sp, s.rows); len(taken) < n {
				return taken
			}
		}
	}
	return pages
}

// belong gives pieces their element. A link is one of its own in it, even if it
// runs over two lines.
func (s *setter) belong(pieces []piece, part int) {
	for i := range pieces {
		p := &pieces[i]
		p.part = part
		if p.link == "" {
			s.link = piece{}
			continue
		}
		if s.link.link != p.link || s.linkP != part {
			s.linkP = part
			s.link = piece{link: p.link, part: s.tree.add(linkRole, part)}
		}
		p.part = s.link.part
	}
}
