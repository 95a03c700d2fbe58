// Package bind puts many PDFs into one, for the printer or a record: page after page
// as they are, with a bookmark for each. It is the only room that knows pdfcpu, which
// reads them; what is written is written here, object by object, so that a part brings
// along nothing but its pages and what they need.
//
// What comes out is bound for paper. It claims neither to be archival nor to be tagged,
// as the letters that it was made from do.
package bind

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"sync"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
)

// Part is one PDF.
type Part struct {
	Title string // of its bookmark
	PDF   []byte // read, and not changed
}

// Volume is a PDF that grows part by part.
type Volume struct {
	title    string
	twoSided bool
	objects  []object // the number of the first is 1
	trees    []int    // the page tree of each part
	pages    int
	marks    []mark
	box      string // of the last page
	info     []byte // entries on how the first part was made
}

// mark is a bookmark.
type mark struct {
	title string
	page  int // its number as an object
}

// The first objects of every volume, whose content is known last.
const (
	catalogNumber = iota + 1
	treeNumber
	infoNumber
)

// NewVolume begins a volume with its title. If it is printed on both sides, a part of an odd number
// of pages is followed by an empty one, so that each part begins on a sheet of its own.
func NewVolume(title string, twoSided bool) *Volume {
	return &Volume{title: title, twoSided: twoSided, objects: make([]object, infoNumber)}
}

// alone keeps pdfcpu from making a folder for settings in the user's home.
var alone = sync.OnceFunc(api.DisableConfigDir)

// settings are those with which a PDF is read. No password is given, which opens files that
// are encrypted without one.
func settings() *model.Configuration {
	alone()
	c := model.NewDefaultConfiguration()
	c.Cmd = model.EXTRACTCONTENT // read, decrypted
	c.Offline = true             // it would ask the network about links and signatures
	c.Optimize, c.OptimizeBeforeWriting, c.OptimizeResourceDicts = false, false, false
	return c
}

// Add appends a part, with a bookmark.
func (v *Volume) Add(p Part) error {
	first, err := v.add(p)
	if err == nil {
		v.marks = append(v.marks, mark{p.Title, first})
	}
	return err
}

// Continue appends pages that belong to the part before. The title is for errors.
func (v *Volume) Continue(p Part) error {
	_, err := v.add(p)
	return err
}

// add appends pages and returns the object that the first of them is. If it cannot, the volume is
// as it was.
func (v *Volume) add(p Part) (first int, err error) {
	before := *v
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
		if err != nil {
			*v, err = before, fmt.Errorf("%s cannot be bound: %w", p.Title, err)
		}
	}()
	ctx, err := pdfcpu.Read(bytes.NewReader(p.PDF), settings())
	if err != nil {
		return 0, err
	}
	if v.twoSided && v.pages%2 == 1 {
		v.blank()
	}
	if v.info == nil {
		v.info = madeBy(ctx)
	}
	t := &taking{stop: context.Background(), ctx: ctx, to: v}
	return t.take()
}

// blank appends an empty page, of the size of the one before.
func (v *Volume) blank() {
	tree, page := v.number(), v.number()
	v.set(tree, fmt.Appendf(nil, "<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>", treeNumber, page), nil)
	v.set(page, fmt.Appendf(nil, "<</Type/Page/Parent %d 0 R/MediaBox%s/Resources<<>>>>", tree, v.box), nil)
	v.trees = append(v.trees, tree)
	v.pages++
}

// number is that of a new object.
func (v *Volume) number() int {
	v.objects = append(v.objects, object{})
	return len(v.objects)
}

// set gives an object its content; data is nil if it is no stream.
func (v *Volume) set(number int, text, data []byte) { v.objects[number-1] = object{text, data} }

// Write finishes the volume and returns the number of its pages.
func (v *Volume) Write(out io.Writer) (pages int, err error) {
	if v.pages == 0 {
		return 0, fmt.Errorf("there is nothing to bind")
	}
	if err := writeFile(out, v.finished()); err != nil {
		return 0, err // of out, such as that the disk is full
	}
	return v.pages, nil
}

// finished are the objects with those that know all of them: catalog, page tree, description and
// bookmarks.
func (v *Volume) finished() []object {
	all := *v
	all.objects = append(make([]object, 0, len(v.objects)+len(v.marks)+1), v.objects...)
	catalog := fmt.Appendf(nil, "<</Type/Catalog/Pages %d 0 R", treeNumber)
	if len(all.marks) > 0 {
		catalog = fmt.Appendf(catalog, "/Outlines %d 0 R", all.outlines())
	}
	all.set(catalogNumber, append(catalog, ">>"...), nil)
	var kids []byte
	for _, tree := range all.trees {
		kids = fmt.Appendf(kids, "%d 0 R ", tree)
	}
	all.set(treeNumber, fmt.Appendf(nil, "<</Type/Pages/Kids[%s]/Count %d>>", kids, all.pages), nil)
	info := append([]byte("<</Title"), textString(all.title)...)
	all.set(infoNumber, append(append(info, all.info...), ">>"...), nil)
	return all.objects
}

// outlines adds the bookmarks and returns the number of their root.
func (v *Volume) outlines() int {
	root := v.number()
	first := root + 1
	for i, m := range v.marks {
		item := append([]byte("<</Title"), textString(m.title)...)
		item = fmt.Appendf(item, "/Parent %d 0 R/Dest[%d 0 R/Fit]", root, m.page)
		number := v.number()
		if i > 0 {
			item = fmt.Appendf(item, "/Prev %d 0 R", number-1)
		}
		if i < len(v.marks)-1 {
			item = fmt.Appendf(item, "/Next %d 0 R", number+1)
		}
		v.set(number, append(item, ">>"...), nil)
	}
	v.set(root, fmt.Appendf(nil, "<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>", first, first+len(v.marks)-1, len(v.marks)), nil)
	return root
}
