package pdf

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"foia/internal/letter"
)

// canvas writes what is drawn on the pages: the operators of ISO 32000-1, annex
// A. Everything on a page is either the marked content of an element of the
// structure or an artifact (14.8.2.2).
type canvas struct {
	*measurer
	paper  Paper
	tree   *tree
	page   int
	out    []byte // the content of the pages
	starts []int  // of each in it

	open        int    // the element whose content is being written, or one of the below
	font        subRef // set on this page
	size        float64
	marks       [][]int // by page: the element of each piece of marked content
	links       []area
	bookmarks   []bookmark
	lastHeading int      // the element of the last of them
	used        []subRef // subsets, in the order of their first use
	images      []*Image
}

// What may be open other than an element.
const (
	nothing  = -1
	artifact = -2
)

// subRef names a subset of a face.
type subRef struct {
	face uint16
	part int32
}

// area is where a link can be clicked.
type area struct {
	page       int
	x, y, w, h float64 // from the lower left corner of the page
	target     string
	element    int
}

// bookmark is a heading with its place, from the lower edge of its page.
type bookmark struct {
	title string
	page  int
	y     float64
}

// drawPage writes the content of one page, behind what it begins with.
func (c *canvas) drawPage(laid layout, number int, doc letter.Document, begin []byte) {
	c.page, c.open, c.font = number, nothing, subRef{part: -1}
	c.marks = append(c.marks, nil)
	c.starts = append(c.starts, len(c.out))
	c.out = append(c.out, begin...)
	p := laid.pages[number]
	c.warning(doc.Mark, c.paper.topMark, number == 0)
	for _, im := range p.images {
		c.figure(im)
	}
	for i := range p.rows {
		c.row(&p.rows[i])
	}
	c.begin(artifact)
	if number == 0 && laid.rule > 0 {
		c.rule(laid.rule)
	}
	c.plain(doc.Reference, c.paper.left, c.paper.footer, regular, smallSize)
	label := doc.PageLabel(laid.before+number+1, cmp.Or(laid.of, len(laid.pages)))
	if laid.unnumbered {
		label = ""
	}
	c.plain(label, c.paper.right-c.width(label, regular, smallSize), c.paper.footer, regular, smallSize)
	c.warning(doc.Mark, c.paper.endMark, false)
	c.begin(nothing)
	c.out = append(c.out, '\n')
}

// content is that of one page.
func (c *canvas) content(number int) []byte {
	if number+1 < len(c.starts) {
		return c.out[c.starts[number]:c.starts[number+1]]
	}
	return c.out[c.starts[number]:]
}

// warning writes the mark over or under a page. Over the first it is read out.
func (c *canvas) warning(mark string, y float64, spoken bool) {
	if mark == "" {
		return
	}
	if spoken {
		c.begin(c.tree.mark)
	} else {
		c.begin(artifact)
	}
	c.out = append(c.out, "0.69 0 0.125 rg\n"...)
	c.plain(mark, (c.paper.width-c.width(mark, bold, headSize))/2, y, bold, headSize)
	c.out = append(c.out, "0 g\n"...)
}

// begin opens the content of an element, an artifact or nothing, and ends what
// was open before.
func (c *canvas) begin(what int) {
	if what == c.open {
		return
	}
	if c.open != nothing {
		c.out = append(c.out, "EMC\n"...)
	}
	c.open = what
	switch what {
	case nothing:
	case artifact:
		c.out = append(c.out, "/Artifact <</Type/Pagination>> BDC\n"...)
	default:
		number := len(c.marks[c.page])
		c.marks[c.page] = append(c.marks[c.page], what)
		c.tree.draw(what, kid{kind: contentKid, number: number, page: c.page})
		c.out = append(c.out, c.tree.elements[what].role.tag()...)
		c.out = append(c.out, " <</MCID "...)
		c.out = strconv.AppendInt(c.out, int64(number), 10)
		c.out = append(c.out, ">> BDC\n"...)
	}
}

func (c *canvas) row(r *row) {
	if r.above != nil {
		c.figure(r.above.over(r))
	}
	for _, p := range r.pieces {
		c.begin(p.part)
		size := cmp.Or(p.size, r.size)
		if p.shown != nil {
			c.again(p.shown, r.x+p.x, r.y, size)
		} else {
			c.plain(p.text, r.x+p.x, r.y, p.face, size)
		}
		if p.struck {
			c.strike(r.x+p.x, r.y-size*0.28, c.width(strings.TrimRight(p.text, " "), p.face, size))
		}
		if p.part == artifact {
			continue
		}
		switch role := c.tree.elements[p.part].role; {
		case p.link != "":
			c.link(p, r)
		case role[1] == 'H':
			c.remember(p, r)
		}
	}
}

// link makes a piece of text active. A link that runs over two lines has an area
// on each.
func (c *canvas) link(p piece, r *row) {
	c.links = append(c.links, area{page: c.page, x: r.x + p.x, y: c.paper.height - r.y - r.size*0.25, h: r.size * 1.1,
		w: c.width(strings.TrimRight(p.text, " "), p.face, r.size), target: p.link, element: p.part})
	c.tree.draw(p.part, kid{kind: linkKid, number: len(c.links) - 1, page: c.page})
}

// remember keeps a heading for the bookmarks.
func (c *canvas) remember(p piece, r *row) {
	if n := len(c.bookmarks); n > 0 && c.lastHeading == p.part {
		c.bookmarks[n-1].title += p.text
		return
	}
	c.lastHeading = p.part
	c.bookmarks = append(c.bookmarks, bookmark{title: p.text, page: c.page, y: c.paper.height - r.y + r.size*1.5})
}

func (c *canvas) figure(p placed) {
	c.begin(p.part)
	c.tree.elements[p.part].image = &p
	i := slices.Index(c.images, p.image)
	if i < 0 {
		i = len(c.images)
		c.images = append(c.images, p.image)
	}
	c.out = append(c.out, "q "...)
	for _, v := range []float64{p.w, 0, 0, p.h, p.x, c.paper.height - p.y - p.h} {
		c.number(v)
	}
	c.out = append(c.out, "cm /I"...)
	c.out = strconv.AppendInt(c.out, int64(i), 10)
	c.out = append(c.out, " Do Q\n"...)
}

// rule draws the line under the letterhead.
func (c *canvas) rule(y float64) { c.strike(c.paper.left, y, c.paper.right-c.paper.left) }

// strike draws a line of a length to the right.
func (c *canvas) strike(x, y, length float64) {
	c.out = append(c.out, "0.5 w "...)
	c.number(x)
	c.number(c.paper.height - y)
	c.out = append(c.out, "m "...)
	c.number(x + length)
	c.number(c.paper.height - y)
	c.out = append(c.out, "l S\n"...)
}

// plain writes text with its baseline at y from the upper edge of the page.
func (c *canvas) plain(text string, x, y float64, face style, size float64) {
	if text == "" {
		return
	}
	c.out = append(c.out, "BT\n"...)
	in := false // between the brackets of a string
	before := &none
	for i, r := range text {
		g := c.set(r, face)
		if ref := (subRef{g.face, g.part}); ref != c.font || size != c.size {
			if in {
				c.out = append(c.out, ")]TJ\n"...)
				in = false
			}
			c.useFont(ref, size)
		}
		if i == 0 {
			c.number(x)
			c.number(c.paper.height - y)
			c.out = append(c.out, "Td\n"...)
		}
		if !in {
			c.out = append(c.out, "[("...)
			in = true
		}
		c.out = c.appendGlyph(c.out, before, g)
		before = g
	}
	c.out = append(c.out, ")]TJ\nET\n"...)
}

// again writes what was worked out for another letter, as plain would.
func (c *canvas) again(s *shown, x, y, size float64) {
	c.out = append(c.out, "BT\n"...)
	if s.font != c.font || size != c.size {
		c.useFont(s.font, size)
	}
	c.number(x)
	c.number(c.paper.height - y)
	c.out = append(c.out, "Td\n"...)
	c.out = append(c.out, s.operators...)
}

// show works out how a text is shown; nil if it is not of one subset.
func (m *measurer) show(text string, face style) *shown {
	s := &shown{}
	before := &none
	s.operators = append(s.operators, "[("...)
	for i, r := range text {
		g := m.set(r, face)
		if i == 0 {
			s.font = subRef{g.face, g.part}
		} else if s.font != (subRef{g.face, g.part}) {
			return nil
		}
		s.operators = m.appendGlyph(s.operators, before, g)
		before = g
	}
	if text == "" {
		return nil
	}
	s.operators = append(s.operators, ")]TJ\nET\n"...)
	return s
}

// appendGlyph writes a character of a string that is shown, moved if it is kerned.
func (m *measurer) appendGlyph(b []byte, before, g *set) []byte {
	if k := m.kern(before, g); k != 0 {
		b = append(b, ')')
		b = strconv.AppendInt(b, int64(-k), 10)
		b = append(b, '(')
	}
	if g.code == '(' || g.code == ')' || g.code == '\\' {
		b = append(b, '\\')
	}
	return append(b, g.code)
}

func (c *canvas) useFont(ref subRef, size float64) {
	c.font, c.size = ref, size
	if !slices.Contains(c.used, ref) {
		c.used = append(c.used, ref)
	}
	c.out = append(c.out, '/')
	c.out = append(c.out, resourceName(int(ref.face), ref.part)...)
	c.out = append(c.out, ' ')
	c.number(size)
	c.out = append(c.out, "Tf\n"...)
}

// number writes a number with at most two places, and a space.
func (c *canvas) number(v float64) { c.out = append(appendNumber(c.out, v), ' ') }

func appendNumber(b []byte, v float64) []byte {
	n := int64(math.Round(v * 100))
	if n < 0 {
		b, n = append(b, '-'), -n
	}
	b = strconv.AppendInt(b, n/100, 10)
	if n%100 == 0 {
		return b
	}
	b = append(b, '.', byte('0'+n/10%10))
	if n%10 != 0 {
		b = append(b, byte('0'+n%10))
	}
	return b
}
