package pdf

import "foia/internal/letter"

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

// shortList is how many lines of enclosures are kept on one page.
const shortList = 6
