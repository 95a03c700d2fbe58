package pdf

import (
	"fmt"
	"strings"
	"unicode"

	"foia/internal/letter"
)

// Sheet is a paper of a packet: a list of what stands on it, set over as many pages
// as it takes. What it says is printed letter by letter as it is given, since it may
// be evidence; run it through Printable first.
type Sheet struct {
	Meta      letter.Meta
	Reference string
	Mark      string
	Title     string
	Large     bool // the title stands large in the upper third, as on a sheet between exhibits
	First, Of int  // the number of its first page in the packet, and the packet's pages
	Parts     []SheetPart
}

// SheetPart is one thing on a sheet: a heading, a paragraph, a fact or an entry.
type SheetPart struct {
	Heading string
	Text    string
	Lines   []string  // a paragraph whose lines stay as they are
	Fact    [2]string // name and value
	Entry   *Entry
}

// Entry is one of a list, with what it is known by in the margin.
type Entry struct {
	Margin []string
	Head   string
	Struck string // why it does not count; its head and lines are then struck through
	Lines  []string
	Fine   []string // in small type
}

// Sizes of a sheet, in points.
const (
	fineSize    = 8.0
	largeSize   = 34.0
	largeAt     = 230.0 // baseline of a large title
	marginWidth = 96.0
	factWidth   = 118.0
)

// recorded is how a sheet is set.
var recorded = spacing{leading: 12.2, gaps: [gaps]float64{paragraphGap: 5, headingGap: 11, bulletGap: 8, insideGap: 1, signingGap: 26}}

// Printable is a text with what cannot be printed named by its number. White space
// becomes a single space.
func (f *Fonts) Printable(s string) string {
	m := f.measurer()
	defer f.measurers.Put(m)
	var b strings.Builder
	for _, r := range composed(strings.Join(strings.Fields(strings.ToValidUTF8(s, "\ufffd")), " ")) {
		if r == ' ' || m.supports(r) {
			b.WriteRune(r)
			continue
		}
		fmt.Fprintf(&b, "[U+%04X]", r)
	}
	return strings.TrimFunc(b.String(), unicode.IsSpace)
}

// Sheet prints a sheet.
func (f *Fonts) Sheet(s Sheet, on Stationery) (*File, error) {
	doc := letter.Document{Meta: s.Meta, Reference: s.Reference, Mark: s.Mark}
	if err := f.checkSheet(s, doc); err != nil {
		return nil, err
	}
	return f.draw("sheet", doc, func(m *measurer, doc letter.Document) layout { return m.composeSheet(s, doc, on) })
}

func (f *Fonts) checkSheet(s Sheet, doc letter.Document) error {
	doc.Letterhead = append(doc.Letterhead, s.Title)
	for _, p := range s.Parts {
		doc.Enclosures = append(doc.Enclosures, p.Heading, p.Text, p.Fact[0], p.Fact[1])
		doc.Enclosures = append(doc.Enclosures, p.Lines...)
		if e := p.Entry; e != nil {
			doc.Enclosures = append(append(append(append(doc.Enclosures, e.Margin...), e.Lines...), e.Fine...), e.Head, e.Struck)
		}
	}
	return f.Check(doc)
}

func (m *measurer) composeSheet(sheet Sheet, doc letter.Document, on Stationery) layout {
	s := &setter{measurer: m, paper: on.paper(), tree: m.newTree(), level: 1}
	if doc.Mark != "" {
		s.tree.mark = s.tree.add(paraRole, 0)
	}
	size, start := nameSize+2, s.paper.top
	if sheet.Large {
		size, start = largeSize, largeAt
	}
	s.text(sheet.Title, s.tree.add(titleRole, 0), lineStyle{face: bold, size: size, x: s.paper.left, gap: noGap})
	for i, p := range sheet.Parts {
		begin := len(s.rows)
		switch {
		case p.Heading != "":
			s.text(p.Heading, s.tree.add(headingRole(2), 0), lineStyle{face: bold, size: headSize, x: s.paper.left, gap: headingGap})
		case p.Entry != nil:
			s.entry(p.Entry)
		case p.Lines != nil:
			s.asTheyAre(p.Lines)
		case p.Text != "":
			s.text(p.Text, s.tree.add(paraRole, 0), lineStyle{size: smallSize + 0.5, x: s.paper.left, gap: paragraphGap})
		default:
			s.told(p.Fact)
		}
		if i == 0 && begin < len(s.rows) {
			s.rows[begin].gap = bulletGap
			if sheet.Large {
				s.rows[begin].gap = signingGap
			}
		}
		if i > 0 && sheet.Parts[i-1].Heading != "" {
			s.glue(begin, begin+1)
		}
	}
	return layout{paper: s.paper, pages: s.paginate(page{}, start, s.paper, recorded, s.rows), tree: s.tree, before: sheet.First - 1,
		of: sheet.Of}
}

// lineStyle is how lines are set.
type lineStyle struct {
	face   style
	size   float64
	x      float64
	gap    gap
	struck bool
}

// text sets a text as lines of one block, and returns the number of its first row.
func (s *setter) text(text string, part int, l lineStyle) int {
	begin := len(s.rows)
	lines := s.breakLines([]letter.Span{{Text: text}}, l.face, l.size, s.paper.right-l.x)
	for i, pieces := range lines {
		s.belong(pieces, part)
		for j := range pieces {
			pieces[j].struck = l.struck
		}
		f := flow{row: row{pieces: pieces, size: l.size, x: l.x, block: s.block}, mayBreak: i == 0 || i >= 2 && len(lines)-i >= 2}
		if i == 0 {
			f.gap = l.gap
		}
		s.rows = append(s.rows, f)
	}
	s.block++
	return begin
}

// asTheyAre sets a paragraph line by line.
func (s *setter) asTheyAre(lines []string) {
	part, gap := s.tree.add(paraRole, 0), paragraphGap
	for _, line := range lines {
		s.text(line+" ", part, lineStyle{size: smallSize + 0.5, x: s.paper.left, gap: gap})
		gap = noGap
	}
}

// told sets a fact, its name beside it.
func (s *setter) told(fact [2]string) {
	part := s.tree.add(paraRole, 0)
	begin := s.text(fact[1], part, lineStyle{size: smallSize + 0.5, x: s.paper.left + factWidth, gap: bulletGap})
	if begin == len(s.rows) {
		return
	}
	s.rows[begin].gap = paragraphGap
	s.rows[begin].hang(piece{text: fact[0] + " ", face: bold, part: part}, s.paper.left)
}

// entry sets an entry: its margin beside its head and lines, which a page does not
// part from the head.
func (s *setter) entry(e *Entry) {
	part := s.tree.add(paraRole, 0)
	x, begin := s.paper.left+marginWidth, len(s.rows)
	line := func(text string, face style, size float64, struck bool) {
		if text == "" {
			return
		}
		gap := noGap
		if len(s.rows) == begin {
			gap = bulletGap
		}
		s.text(text+" ", part, lineStyle{face: face, size: size, x: x, gap: gap, struck: struck})
	}
	struck := e.Struck != ""
	line(e.Head, bold, smallSize+0.5, struck)
	line(e.Struck, italic, smallSize, false)
	for _, l := range e.Lines {
		line(l, regular, smallSize, struck)
	}
	for _, l := range e.Fine {
		line(l, regular, fineSize, false)
	}
	for i, text := range e.Margin {
		if begin+i == len(s.rows) {
			s.rows = append(s.rows, flow{row: row{size: smallSize, x: x, block: s.block}})
		}
		size := s.rows[begin+i].size
		s.rows[begin+i].size = smallSize
		for j := range s.rows[begin+i].pieces {
			s.rows[begin+i].pieces[j].size = size
		}
		s.rows[begin+i].hang(piece{text: text + " ", part: part}, s.paper.left)
	}
	s.rows[begin].mayBreak = true
	s.glue(begin+1, min(begin+keptTogether, len(s.rows)))
}

// keptTogether is how many lines of an entry are kept on one page.
const keptTogether = 10

// Plate prints a picture on a page of its own, as large as the page allows. Of the
// sheet, only what says whose it is counts.
func (f *Fonts) Plate(s Sheet, im *Image, on Stationery) (*File, error) {
	doc := letter.Document{Meta: s.Meta, Reference: s.Reference, Mark: s.Mark}
	if err := f.Check(doc); err != nil {
		return nil, err
	}
	return f.draw("picture", doc, func(m *measurer, doc letter.Document) layout {
		paper, tree := on.paper(), m.newTree()
		if doc.Mark != "" {
			tree.mark = tree.add(paraRole, 0)
		}
		w, h := im.fit(paper.right-paper.left, paper.bottom-paper.top)
		at := placed{image: im, x: paper.left + (paper.right-paper.left-w)/2, y: paper.top, w: w, h: h, part: tree.add(figureRole, 0)}
		return layout{paper: paper, tree: tree, pages: []page{{images: []placed{at}}}, before: s.First - 1, of: s.Of}
	})
}
