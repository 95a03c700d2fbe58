package pdf

import (
	"strconv"
	"strings"
	"unicode"

	"foia/internal/letter"
)

// role is what a part of the letter is to a reader who does not see the page: the
// standard structure types of ISO 32000-1, 14.8.4. For a list it also says how
// the items are numbered (14.8.5.5), as ISO 14289-1, 7.6, asks.
type role string

const (
	documentRole role = "/Document"
	paraRole     role = "/P"
	titleRole    role = "/H1"
	itemRole     role = "/LI"
	labelRole    role = "/Lbl"
	bodyRole     role = "/LBody"
	quoteRole    role = "/BlockQuote"
	linkRole     role = "/Link"
	figureRole   role = "/Figure"
)

// headingRole is that of a heading in the text, which is below the subject.
func headingRole(level int) role { return role("/H" + strconv.Itoa(min(max(level, 2), 6))) }

func listRole(b letter.Block) role {
	numbering := "Disc"
	if b.Kind == letter.NumberedList {
		numbering = "Decimal"
		if len(b.Items) > 0 && strings.ContainsFunc(b.Items[0].Label, unicode.IsLetter) {
			numbering = "LowerAlpha"
		}
	}
	return role("/L/A<</O/List/ListNumbering/" + numbering + ">>")
}

// tag is the name by which the content of a page calls the role.
func (r role) tag() string {
	if i := strings.IndexByte(string(r[1:]), '/'); i >= 0 {
		return string(r[:i+1])
	}
	return string(r)
}

// kid is a part of an element: another element, a piece of marked content or the
// active area of a link.
type kid struct {
	kind   kidKind
	number int // of the element, of the content on its page, of the link
	page   int
}

type kidKind byte

const (
	elementKid kidKind = iota
	contentKid
	linkKid
)

// element is one node of the letter's structure. The first is the document.
type element struct {
	role   role
	parent int
	kids   []kid // in the order in which they are drawn, which is that of reading
	image  *placed
	drawn  bool
}

// tree is the structure of a letter.
type tree struct {
	elements []element
	mark     int // the warning over the first page; 0 if there is none
}

// newTree is the tree of the next letter, in the room of the last one's.
func (m *measurer) newTree() *tree {
	t := &m.room.tree
	if t.elements == nil {
		t.elements = make([]element, 0, 128)
	}
	t.elements, t.mark = t.elements[:0], 0
	t.elements[t.add(documentRole, -1)].drawn = true
	return t
}

// add makes an element under another and returns its number. It is part of the
// structure once something of it is drawn.
func (t *tree) add(r role, parent int) int {
	n := len(t.elements)
	if n < cap(t.elements) { // the room of an element of the last letter, and of its kids
		t.elements = t.elements[:n+1]
		t.elements[n] = element{role: r, parent: parent, kids: t.elements[n].kids[:0]}
		return n
	}
	t.elements = append(t.elements, element{role: r, parent: parent})
	return n
}

// draw notes that a kid of an element stands on a page.
func (t *tree) draw(e int, k kid) {
	if el := &t.elements[e]; !el.drawn {
		el.drawn = true
		t.draw(el.parent, kid{kind: elementKid, number: e, page: k.page})
	}
	t.elements[e].kids = append(t.elements[e].kids, k)
}

// writeStructure writes the elements that were drawn, and the way back from each
// piece of content to its element (ISO 32000-1, 14.7).
func (f *finisher) writeStructure() {
	pages := len(f.drawn.marks)
	f.object(f.structure, func() {
		f.refEntry("<</Type/StructTreeRoot/K", f.elements[0])
		f.entry("/ParentTreeNextKey", pages+len(f.drawn.links))
		f.raw("/ParentTree<</Nums[")
		for n, marks := range f.drawn.marks {
			f.int(n)
			f.raw("[")
			for _, e := range marks {
				f.ref(f.elements[e])
			}
			f.raw("]")
		}
		for i, l := range f.drawn.links {
			f.int(pages + i)
			f.raw(" ")
			f.ref(f.elements[l.element])
		}
		f.raw("]>>>>")
	})
	for i := range f.drawn.tree.elements {
		if e := &f.drawn.tree.elements[i]; e.drawn {
			f.object(f.elements[i], func() { f.element(e) })
		}
	}
}

func (f *finisher) element(e *element) {
	f.raw("<</S")
	f.raw(string(e.role))
	parent := f.structure
	if e.parent >= 0 {
		parent = f.elements[e.parent]
	}
	f.refEntry("/P", parent)
	home := -1 // the page that content is on if nothing else is said
	for _, k := range e.kids {
		if k.kind == contentKid {
			home = k.page
			f.refEntry("/Pg", pageObject(home))
			break
		}
	}
	if e.image != nil {
		f.figure(e)
	}
	f.raw("/K[")
	for _, k := range e.kids {
		switch {
		case k.kind == elementKid:
			f.ref(f.elements[k.number])
		case k.kind == linkKid:
			f.refEntry("<</Type/OBJR/Obj", f.links[k.number])
			f.refEntry("/Pg", pageObject(k.page))
			f.raw(">>")
		case k.page == home:
			f.int(k.number)
			f.raw(" ")
		default:
			f.refEntry("<</Type/MCR/Pg", pageObject(k.page))
			f.entry("/MCID", k.number)
			f.raw(">>")
		}
	}
	f.raw("]>>")
}

// figure says in words what an image shows, and where it is (ISO 14289-1, 7.3).
func (f *finisher) figure(e *element) {
	f.raw("/Alt")
	f.text(e.image.image.alt)
	f.raw("/A<</O/Layout/Placement/Block/BBox[")
	y := f.drawn.paper.height - e.image.y
	for _, v := range []float64{e.image.x, y - e.image.h, e.image.x + e.image.w, y} {
		f.float(v)
	}
	f.raw("]>>")
}
