package pdf

import (
	"strings"

	"foia/internal/letter"
)

// Measures of the page, in points (1/72 inch). US Letter.
const (
	pageWidth  = 612.0
	pageHeight = 792.0

	left   = 72.0
	right  = pageWidth - 72
	top    = 64.0  // first baseline of a page that continues
	bottom = 722.0 // last baseline of the text

	footer  = 752.0 // baseline of reference and page number
	topMark = 28.0
	endMark = 774.0

	bodySize    = 11.0
	bodyLeading = 13.8
	headSize    = 11.5
	smallSize   = 9.5
)

// The window of a #10 envelope. The envelope is 4 1/8 by 9 1/2 inches; its
// standard window is 1 1/8 by 4 1/2 inches and lies 7/8 inch from the left and
// 1/2 inch from the lower edge (USPS, Domestic Mail Manual 601.6.3, on clear
// space; the sizes are those in which these envelopes are sold). A sheet folded
// in three is 3 2/3 by 8 1/2 inches: lying on the lower edge, as mail does, it
// has its upper edge 33 points below the envelope's, and may slide up by as much
// and sideways by 72 points. What shows lying low is 147 to 228 points from the
// sheet's upper edge; the block stands on the lower end of that, so that the
// sheet may also slide up by as much as is free above it. Sideways, 63 to 315
// points show wherever the sheet lies.
const (
	windowTop    = 147.0 // nothing but the address from here …
	windowBottom = 247.0 // … to here
	windowLeft   = 63.0
	windowRight  = 315.0
	addressLast  = 222.0 // baseline of the last line of the address
	addressSize  = 10.5
	addressLead  = 11.6 // of seven lines, the first then has its head at 149 points
	belowWindow  = 264.0
)

// row is one line of the letter at its place.
type row struct {
	pieces []piece
	size   float64
	x, y   float64 // of the baseline's start, from the upper left corner
	block  int     // which part of the letter it belongs to, counted from 0
}

// page is the rows of one page, without footer and mark.
type page struct{ rows []row }

// layout is the letter, laid out.
type layout struct {
	pages []page
	rule  float64 // where the rule under the letterhead stands
}

// flow is a row that has no page yet.
type flow struct {
	row
	lead     float64 // from the baseline above to this one
	gap      float64 // more, if not first on a page
	mayBreak bool    // a page may end before this row
}

// setter gathers the rows of the running text.
type setter struct {
	*measurer
	rows  []flow
	block int
}

// compose lays a letter out.
func (f *Fonts) compose(doc letter.Document) layout {
	m := newMeasurer(f)
	s := &setter{measurer: m}
	first, rule, start := m.head(doc)
	s.subject(doc.Subject)
	s.paragraph([]letter.Span{{Text: doc.Salutation}}, regular, left, 10)
	s.blocks(doc.Body, left)
	s.signature(doc)
	s.enclosures(doc.Enclosures)
	return layout{pages: paginate(first, start, s.rows), rule: rule}
}

// head sets letterhead, date, way of filing and address, which have their own
// places on the first page. It returns the place of the rule and that of the
// first row of the running text.
func (m *measurer) head(doc letter.Document) (rows []row, rule, start float64) {
	y := 50.0
	line := func(s string, face style, size, lead float64) {
		for i, pieces := range m.breakLines(m.words([]letter.Span{{Text: s}}, face, size), size, right-left) {
			if i > 0 || len(rows) > 0 {
				y += lead
			}
			rows = append(rows, row{pieces: pieces, size: size, x: left, y: y, block: -1})
		}
	}
	for i, s := range doc.Letterhead {
		if i == 0 {
			line(s, bold, 14, 16)
			continue
		}
		line(s, regular, smallSize, 11.5)
	}
	y += 6
	rule = y
	y += 4
	if doc.Date != "" {
		line(doc.Date, regular, bodySize, bodyLeading)
	}
	if doc.Via != "" {
		line(doc.Via, regular, smallSize, 12)
	}
	// Each part of the head is a block of its own for the reader of the file;
	// numbers below zero keep them apart from the running text.
	return m.address(rows, doc.Addressee, y, rule)
}

// address puts the block where the window shows it. If the letterhead is so
// long that it reaches into the window, the block moves down: it then needs an
// envelope without a window, but nothing overlaps.
func (m *measurer) address(rows []row, lines []string, y, rule float64) ([]row, float64, float64) {
	var broken [][]piece
	for _, s := range lines {
		broken = append(broken, m.breakLines(m.words([]letter.Span{{Text: s}}, regular, addressSize), addressSize, windowRight-left)...)
	}
	at := addressLast - addressLead*float64(len(broken)-1)
	if least := windowTop + addressSize*0.75; at < least {
		at = least
	}
	if at < y+addressLead+4 {
		at = y + addressLead + 4
	}
	for _, pieces := range broken {
		rows = append(rows, row{pieces: pieces, size: addressSize, x: left, y: at, block: -2})
		at += addressLead
	}
	return rows, rule, max(belowWindow, at+bodyLeading)
}

func (s *setter) subject(text string) {
	const label = "Re:"
	indent := left + 28
	words := s.words([]letter.Span{{Text: text}}, bold, bodySize)
	for i, pieces := range s.breakLines(words, bodySize, right-indent) {
		r := row{pieces: pieces, size: bodySize, x: indent, block: s.block}
		if i == 0 {
			for j := range r.pieces {
				r.pieces[j].x += indent - left
			}
			r.x = left
			r.pieces = append([]piece{{text: label + " ", face: bold}}, r.pieces...)
		}
		s.rows = append(s.rows, flow{row: r, lead: bodyLeading})
	}
	s.block++
}

// paragraph sets a text and returns the number of its rows.
func (s *setter) paragraph(spans []letter.Span, base style, x, gap float64) int {
	lines := s.breakLines(s.words(spans, base, bodySize), bodySize, right-x)
	for i, pieces := range lines {
		f := flow{row: row{pieces: pieces, size: bodySize, x: x, block: s.block}, lead: bodyLeading}
		// No page ends on the first line of a paragraph or begins with its last.
		f.mayBreak = i == 0 || i >= 2 && len(lines)-i >= 2
		if i == 0 {
			f.gap = gap
		}
		s.rows = append(s.rows, f)
	}
	s.block++
	return len(lines)
}

const (
	paragraphGap = 6.0
	headingGap   = 11.0
	itemIndent   = 22.0
)

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
			s.blocks(b.Body, x+itemIndent)
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
	for i, pieces := range s.breakLines(s.words(b.Text, bold, headSize), headSize, right-x) {
		f := flow{row: row{pieces: pieces, size: headSize, x: x, block: s.block}, lead: bodyLeading, mayBreak: i == 0}
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

// list sets items with their labels hanging in the margin.
func (s *setter) list(b letter.Block, x float64) {
	for _, item := range b.Items {
		begin := len(s.rows)
		s.blocks(item.Body, x+itemIndent)
		if len(s.rows) == begin { // an item without text
			s.paragraph([]letter.Span{{Text: item.Label}}, regular, x, 3)
			continue
		}
		first := &s.rows[begin]
		shift := first.x - x
		for i := range first.pieces {
			first.pieces[i].x += shift
		}
		first.x = x
		face := regular
		if first.pieces[0].face == bold {
			face = bold
		}
		first.pieces = append([]piece{{text: item.Label + " ", face: face}}, first.pieces...)
		if b.Kind == letter.BulletList {
			first.gap = 3
		}
		for i := begin + 1; i < len(s.rows); i++ {
			if s.rows[i].gap == paragraphGap {
				s.rows[i].gap = 2 // the parts of an item stand together
			}
		}
	}
}

// signature sets the closing, room to sign and the names. They stay together,
// and with the last two rows of the text.
func (s *setter) signature(doc letter.Document) {
	begin := len(s.rows)
	s.paragraph([]letter.Span{{Text: doc.Closing}}, regular, left, 12)
	for _, signer := range doc.Signature {
		s.paragraph([]letter.Span{{Text: signer.Name}}, regular, left, 40)
		for _, l := range signer.Lines {
			s.paragraph([]letter.Span{{Text: l}}, regular, left, 0)
		}
	}
	s.glue(begin, len(s.rows))
	if begin > 0 {
		s.glue(begin-1, begin)
	}
}

func (s *setter) enclosures(list []string) {
	if len(list) == 0 {
		return
	}
	begin := len(s.rows)
	s.paragraph([]letter.Span{{Text: "Enclosures:"}}, regular, left, 14)
	for _, e := range list {
		s.paragraph([]letter.Span{{Text: e}}, regular, left+itemIndent, 0)
	}
	s.glue(begin+1, begin+2)
	if len(s.rows)-begin <= shortList {
		s.glue(begin+1, len(s.rows))
	}
}

// shortList is how many lines of enclosures are kept on one page.
const shortList = 6

// paginate gives each row its page and place. A page that is full ends at the
// last row before which it may end.
func paginate(head []row, start float64, rows []flow) []page {
	pages := []page{{rows: head}}
	y := start
	begin, first := 0, true // of the rows on this page
	place := func(end int) {
		p := &pages[len(pages)-1]
		for i := begin; i < end; i++ {
			p.rows = append(p.rows, rows[i].row)
		}
		begin = end
	}
	for i := 0; i < len(rows); i++ {
		if !first {
			y += rows[i].lead + rows[i].gap
		}
		if y > bottom && i > begin {
			end := i
			for end > begin && !rows[end].mayBreak {
				end--
			}
			if end == begin { // nothing on the page may be parted: it has to be
				end = i
			}
			place(end)
			pages = append(pages, page{})
			i, y, first = end, top, true
		}
		rows[i].y = y
		first = false
	}
	place(len(rows))
	return pages
}
