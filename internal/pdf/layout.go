package pdf

import (
	"strings"

	"foia/internal/letter"
)

// Sizes of type and the distances that go with them, in points (1/72 inch).
const (
	bodySize    = 11.0
	headSize    = 11.5
	nameSize    = 14.0
	smallSize   = 9.5
	addressSize = 10.5
	addressLead = 11.6
	itemIndent  = 22.0
)

// spacing is what stands between the lines of the running text.
type spacing struct {
	leading float64 // from one baseline to the next
	more    float64 // by how much the text goes on below the usual last line
	gaps    [gaps]float64
}

// gap is the room before a line, more than the leading.
type gap int

const (
	noGap gap = iota
	paragraphGap
	headingGap
	bulletGap  // before an item of a list without numbers
	insideGap  // between the paragraphs of an item
	greetGap   // before the salutation
	closingGap // before "Sincerely,"
	signingGap // room to sign
	listGap    // before the enclosures
	gaps
)

// A letter is set in the usual spacing; if that leaves only a few lines for the
// last page, in the first of the closer ones that takes them in.
var (
	usual = spacing{leading: 13.8,
		gaps: [gaps]float64{paragraphGap: 6, headingGap: 11, bulletGap: 3, insideGap: 2, greetGap: 10, closingGap: 12, signingGap: 40,
			listGap: 14}}
	closer = []spacing{
		{leading: 13.3, more: 4, gaps: [gaps]float64{paragraphGap: 5, headingGap: 9, bulletGap: 2.5, insideGap: 2, greetGap: 9,
			closingGap: 10, signingGap: 36, listGap: 12}},
		{leading: 12.9, more: 6, gaps: [gaps]float64{paragraphGap: 4, headingGap: 8, bulletGap: 2, insideGap: 1.5, greetGap: 8,
			closingGap: 9, signingGap: 34, listGap: 10}},
	}
)

// fewLines is the height of what a last page has to hold, at least, to be worth
// a page of its own, in points: the signature and six lines.
const fewLines = 150.0

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
	s := &setter{measurer: m, paper: on.paper(), tree: newTree(), level: 1, rows: make([]flow, 0, 128)}
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
	pages := paginate(head, start, s.paper, usual, s.rows)
	n := len(pages)
	if rows := pages[n-1].rows; n > 1 && rows[len(rows)-1].y < s.paper.top+fewLines {
		for _, sp := range closer {
			if taken := paginate(head, start, s.paper, sp, s.rows); len(taken) < n {
				return taken
			}
		}
	}
	return pages
}

// head sets letterhead, date, way of filing and address, which have their own
// places on the first page. It returns the place of the rule and that of the
// first row of the running text.
func (s *setter) head(doc letter.Document, image *Image) (first page, rule, start float64) {
	y, measure := 50.0, s.paper.right-s.paper.left
	if image != nil {
		first.images = append(first.images, s.place(image, s.paper.right, 36, letterheadWide, letterheadHigh))
		measure -= letterheadWide + 12
	}
	line := func(text string, face style, size, lead, width float64) {
		part := s.tree.add(paraRole, 0)
		for i, pieces := range s.breakLines([]letter.Span{{Text: text}}, face, size, width) {
			s.belong(pieces, part)
			if i > 0 || len(first.rows) > 0 {
				y += lead
			}
			first.rows = append(first.rows, row{pieces: pieces, size: size, x: s.paper.left, y: y, block: -1})
		}
	}
	for i, text := range doc.Letterhead {
		if i == 0 {
			line(text, bold, nameSize, 16, measure)
			continue
		}
		line(text, regular, smallSize, 11.5, measure)
	}
	for _, p := range first.images {
		y = max(y, p.y+p.h)
	}
	y += 6
	if len(doc.Letterhead)+len(first.images) > 0 {
		rule = y
	}
	y += 4
	if doc.Date != "" {
		line(doc.Date, regular, bodySize, usual.leading, s.paper.right-s.paper.left)
	}
	if doc.Via != "" {
		line(doc.Via, regular, smallSize, 12, s.paper.right-s.paper.left)
	}
	// Each part of the head is a block of its own for the reader of the file;
	// numbers below zero keep them apart from the running text.
	start = s.address(&first, doc.Addressee, y)
	return first, rule, start
}

// address puts the block where the window shows it. If the letterhead is so
// long that it reaches into the window, the block moves down: it then needs an
// envelope without a window, but nothing overlaps.
func (s *setter) address(first *page, lines []string, y float64) float64 {
	var broken [][]piece
	for i, text := range lines {
		if i < len(lines)-1 {
			text += " " // between the lines, for those who hear or copy them
		}
		broken = append(broken, s.breakLines([]letter.Span{{Text: text}}, regular, addressSize, s.paper.windowRight-s.paper.left)...)
	}
	part := s.tree.add(paraRole, 0)
	at := s.paper.addressLast - addressLead*float64(len(broken)-1)
	at = max(at, s.paper.windowTop+addressSize*0.75, y+addressLead+4)
	for _, pieces := range broken {
		s.belong(pieces, part)
		first.rows = append(first.rows, row{pieces: pieces, size: addressSize, x: s.paper.left, y: at, block: -2})
		at += addressLead
	}
	return max(s.paper.belowWindow, at+usual.leading)
}

// subject sets the subject line, which hangs on its label.
func (s *setter) subject(label, text string) {
	indent := s.paper.left
	if label != "" {
		indent += max(subjectIndent, s.width(label, bold, bodySize))
	}
	part := s.tree.add(titleRole, 0)
	for i, pieces := range s.breakLines([]letter.Span{{Text: text}}, bold, bodySize, s.paper.right-indent) {
		s.belong(pieces, part)
		r := row{pieces: pieces, size: bodySize, x: indent, block: s.block}
		if i == 0 && label != "" {
			r.hang(piece{text: label, face: bold, part: part}, s.paper.left)
		}
		s.rows = append(s.rows, flow{row: r})
	}
	s.block++
}

// hang puts a label before a row, at x.
func (r *row) hang(label piece, x float64) {
	for i := range r.pieces {
		r.pieces[i].x += r.x - x
	}
	r.x = x
	r.pieces = append([]piece{label}, r.pieces...)
}

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

// signature sets the closing, room to sign and the names. They stay together,
// and with the last two rows of the text.
func (s *setter) signature(doc letter.Document, image *Image) {
	begin := len(s.rows)
	s.paragraph([]letter.Span{{Text: doc.Closing}}, regular, s.paper.left, closingGap)
	for i, signer := range doc.Signature {
		at := len(s.rows)
		s.paragraph([]letter.Span{{Text: signer.Name}}, regular, s.paper.left, signingGap)
		if i == 0 && image != nil && at < len(s.rows) {
			s.rows[at].above, s.rows[at].figure = image, s.tree.add(figureRole, 0)
		}
		for _, l := range signer.Lines {
			s.paragraph([]letter.Span{{Text: l}}, regular, s.paper.left, noGap)
		}
	}
	s.glue(begin, len(s.rows))
	if begin > 0 {
		s.glue(begin-1, begin)
	}
}

func (s *setter) enclosures(label string, list []string) {
	if len(list) == 0 {
		return
	}
	begin := len(s.rows)
	s.paragraph([]letter.Span{{Text: label}}, regular, s.paper.left, listGap)
	for _, e := range list {
		s.paragraph([]letter.Span{{Text: e}}, regular, s.paper.left+itemIndent, noGap)
	}
	s.glue(begin+1, begin+2)
	if len(s.rows)-begin <= shortList {
		s.glue(begin+1, len(s.rows))
	}
}

// subjectIndent is how far the subject line stands in, at least.
const subjectIndent = 28

// shortList is how many lines of enclosures are kept on one page.
const shortList = 6
