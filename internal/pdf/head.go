package pdf

import "foia/internal/letter"

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

// subjectIndent is how far the subject line stands in, at least.
const subjectIndent = 28
