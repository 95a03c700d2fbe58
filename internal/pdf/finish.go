package pdf

import (
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"

	"foia/internal/letter"
)

// finisher goes over gofpdf's output.
type finisher struct {
	objects
	drawn *canvas
	meta  letter.Meta
	frame *frame
	subs  []*subset

	// numbers of the objects that are added
	xmp, intent, profile, outlines, structure    int
	elements, links, bookmarks, images, fontBase []int
}

// finish makes gofpdf's output and what was drawn into a tagged, archival file.
func finish(around *frame, c *canvas, meta letter.Meta) ([]byte, error) {
	f := &finisher{drawn: c, meta: meta, frame: around}
	c.fonts.prepare(c.used)
	for _, ref := range c.used {
		s, err := c.fonts.faces[ref.face].subset(ref.part)
		if err != nil {
			return nil, err
		}
		f.subs = append(f.subs, s)
	}
	f.plan()
	if err := f.write(); err != nil {
		return nil, err
	}
	return f.out, nil
}

// plan gives the added objects their numbers.
func (f *finisher) plan() {
	f.numbers = pageObject(len(f.drawn.marks)) + 1
	f.xmp, f.intent, f.profile, f.structure = f.number(), f.number(), f.number(), f.number()
	if len(f.drawn.bookmarks) > 0 {
		f.outlines = f.number()
	}
	many := func(n, each int) []int {
		out := make([]int, n)
		for i := range out {
			out[i] = f.numbers + 1
			f.numbers += each
		}
		return out
	}
	f.elements, f.links = many(len(f.drawn.tree.elements), 1), many(len(f.drawn.links), 1)
	f.bookmarks, f.images, f.fontBase = many(len(f.drawn.bookmarks), 1), many(len(f.drawn.images), 1), many(len(f.subs), fontObjects)
	f.offsets = make([]int, f.numbers+1)
}

// header names the version and shows that the file is not text (ISO 19005-1,
// 6.1.2).
const header = "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n"

func (f *finisher) write() error {
	size := 12<<10 + 150*f.numbers
	for _, s := range f.subs {
		size += len(s.program) + len(s.toUnicode) + len(s.font)
	}
	for _, im := range f.drawn.images {
		size += len(im.object)
	}
	f.out = make([]byte, 0, size)
	f.raw(header)
	f.object(pagesObject, func() { f.Write(f.frame.tree) })
	f.object(resourcesObject, f.resources)
	for n := range f.drawn.marks {
		if err := f.page(n); err != nil {
			return err
		}
	}
	infoObject := pageObject(len(f.drawn.marks))
	f.object(infoObject, func() { info(&f.objects, f.meta) })
	f.object(infoObject+1, f.catalog)
	f.describe()
	f.writeOutlines()
	f.writeStructure()
	f.writeLinks()
	id := f.identity()
	f.writeFonts()
	for i, im := range f.drawn.images {
		f.object(f.images[i], func() { f.Write(im.object) })
	}
	f.writeTable(infoObject, id)
	return nil
}

func (f *finisher) resources() {
	f.raw("<</ProcSet[/PDF/Text/ImageB/ImageC]/Font<<")
	for i, s := range f.subs {
		f.refEntry("/"+s.key, f.fontBase[i]+fontObjects-1)
	}
	f.raw(">>/XObject<<")
	for i, n := range f.images {
		f.refEntry("/I"+strconv.Itoa(i), n)
	}
	f.raw(">>>>")
}

// page writes a page, with what makes it tagged, and its content, compressed.
func (f *finisher) page(n int) error {
	f.object(pageObject(n), func() {
		f.Write(f.frame.pages[n].dictionary)
		f.entry("/StructParents", n)
		f.raw("/Tabs/S")
		begun := false
		for i, l := range f.drawn.links {
			if l.page == n {
				if !begun {
					f.raw("/Annots[")
					begun = true
				}
				f.ref(f.links[i])
			}
		}
		if begun {
			f.raw("]")
		}
		f.raw(">>")
	})
	z := quick.Get().(*compressor)
	defer quick.Put(z)
	packed, err := z.pack(f.drawn.content(n))
	if err != nil {
		return err
	}
	f.object(pageObject(n)+1, func() {
		f.entry("<</Filter/FlateDecode/Length", len(packed))
		f.raw(">>stream\n")
		f.Write(packed)
		f.raw("\nendstream")
	})
	return nil
}

func (f *finisher) catalog() {
	f.refEntry("<</Type/Catalog/Pages", pagesObject)
	f.refEntry("/Metadata", f.xmp)
	f.refEntry("/OutputIntents[", f.intent)
	f.refEntry("]/StructTreeRoot", f.structure)
	if f.outlines > 0 {
		f.refEntry("/Outlines", f.outlines)
	}
	f.raw("/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>/Lang")
	f.text(language(f.meta))
	f.raw(">>")
}

// describe writes the description in XML, which PDF/A-1 wants uncompressed (ISO
// 19005-1, 6.7.2), and what the colours mean.
func (f *finisher) describe() {
	x := objects{out: f.drawn.room.xml[:0]}
	xmp(&x, f.meta)
	f.drawn.room.xml = x.out
	f.object(f.xmp, func() {
		f.entry("<</Type/Metadata/Subtype/XML/Length", len(x.out))
		f.raw(">>stream\n")
		f.Write(x.out)
		f.raw("\nendstream")
	})
	f.object(f.intent, func() {
		f.raw("<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)")
		f.refEntry("/DestOutputProfile", f.profile)
		f.raw(">>")
	})
	f.object(f.profile, func() { f.Write(colours()) })
}

// longestBookmark is how many characters of a heading the bookmarks show.
const longestBookmark = 120

func (f *finisher) writeOutlines() {
	n := len(f.bookmarks)
	if n == 0 {
		return
	}
	f.object(f.outlines, func() {
		f.refEntry("<</Type/Outlines/First", f.bookmarks[0])
		f.refEntry("/Last", f.bookmarks[n-1])
		f.entry("/Count", n)
		f.raw(">>")
	})
	for i, b := range f.drawn.bookmarks {
		f.object(f.bookmarks[i], func() {
			title := []rune(strings.TrimSpace(b.title))
			if len(title) > longestBookmark {
				title = append(title[:longestBookmark], '…')
			}
			f.raw("<</Title")
			f.text(string(title))
			f.refEntry("/Parent", f.outlines)
			if i > 0 {
				f.refEntry("/Prev", f.bookmarks[i-1])
			}
			if i < n-1 {
				f.refEntry("/Next", f.bookmarks[i+1])
			}
			f.refEntry("/Dest[", pageObject(b.page))
			f.raw("/XYZ 0 ")
			f.float(b.y)
			f.raw("null]>>")
		})
	}
}

// writeLinks writes the active areas (ISO 14289-1, 7.18.5: each with a text for
// those who do not see it; ISO 19005-1, 6.5.3: each printed).
func (f *finisher) writeLinks() {
	for i, l := range f.drawn.links {
		f.object(f.links[i], func() {
			f.raw("<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[")
			for _, v := range []float64{l.x, l.y, l.x + l.w, l.y + l.h} {
				f.float(v)
			}
			f.entry("]/StructParent", len(f.drawn.marks)+i)
			f.raw("/Contents")
			f.text("Link to " + strings.TrimPrefix(l.target, "mailto:"))
			f.raw("/A<</S/URI/URI")
			f.text(l.target)
			f.raw(">>>>")
		})
	}
}

// fontObjects is how many objects a subset is: the font and what it refers to,
// the font last.
const fontObjects = 4

func (f *finisher) writeFonts() {
	for i, s := range f.subs {
		n := f.fontBase[i]
		f.object(n, func() { f.Write(s.program) })
		f.object(n+1, func() { f.Write(s.toUnicode) })
		f.object(n+2, func() { f.refEntry(s.descriptor, n); f.raw(">>") })
		f.object(n+3, func() {
			f.raw(s.font)
			f.refEntry("/FontDescriptor", n+2)
			f.refEntry("/ToUnicode", n+1)
			f.raw(">>")
		})
	}
}

// identity is made from the content of the file (ISO 32000-1, 14.4): the same
// letter has the same. Fonts are in it with their
// names, which are made from what they hold, and images with their digests.
func (f *finisher) identity() [sha256.Size]byte {
	end := len(f.out)
	for _, s := range f.subs {
		f.raw(s.font)
	}
	for _, im := range f.drawn.images {
		f.Write(im.digest[:])
	}
	id := sha256.Sum256(f.out)
	f.out = f.out[:end]
	return id
}

// writeTable writes the table of the objects and the trailer.
func (f *finisher) writeTable(infoObject int, id [sha256.Size]byte) {
	start := len(f.out)
	f.entry("xref\n0", f.numbers+1)
	f.raw("\n0000000000 65535 f \n")
	for n := 1; n <= f.numbers; n++ {
		if f.offsets[n] == 0 {
			f.raw("0000000000 00001 f \n")
			continue
		}
		var digits [10]byte
		for i, v := len(digits)-1, f.offsets[n]; i >= 0; i, v = i-1, v/10 {
			digits[i] = byte('0' + v%10)
		}
		f.Write(digits[:])
		f.raw(" 00000 n \n")
	}
	f.entry("trailer\n<</Size", f.numbers+1)
	f.refEntry("/Root", infoObject+1)
	f.refEntry("/Info", infoObject)
	f.out = fmt.Appendf(f.out, "/ID[<%X><%X>]>>\nstartxref\n%d\n%%%%EOF\n", id[:16], id[:16], start)
}
