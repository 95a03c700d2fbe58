package bind

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// taking takes the pages of a PDF into a volume, with the objects that they need and no others. A
// reference to an object that the PDF lacks becomes null, as ISO 32000-1, 7.3.10 has it, before
// objects get their numbers in the volume: it cannot lead to another part.
//
// pdfcpu (0.15.0) has two ways of doing this, and neither can be used for what strangers send. Its
// MergeXRefTables leaves a reference to what is lacking at its old number, which then is another
// part's. Its ExtractPages loses a CropBox that pages inherit, so that what was cropped shows, takes
// the whole page tree along wherever a link leads to a page, and goes as deep as references do.
type taking struct {
	stop    context.Context
	ctx     *model.Context
	to      *Volume
	guard   *guard       // of a PDF of unknown making
	numbers map[int]int  // of its objects, in the volume
	apart   map[int]bool // objects that are not taken, whatever refers to them: its page tree
	lacking map[int]bool // objects that it refers to and lacks
	waiting []int        // its objects that have a number, and are still to be taken
	emptied int          // pages of which all content is lacking
}

// leaf is a page with what it inherits.
type leaf struct {
	of     int // its number, if it has one
	page   types.Dict
	above  types.Dict
	number int // in the volume
}

// take appends the pages and returns the object that the first of them is.
func (t *taking) take() (first int, err error) {
	t.numbers, t.apart, t.lacking = map[int]int{}, map[int]bool{}, map[int]bool{}
	leaves, err := t.leaves()
	if err != nil {
		return 0, err
	}
	if t.guard != nil {
		if err := t.guard.pages(t, leaves); err != nil {
			return 0, err
		}
	}
	tree := t.to.number()
	var kids []byte
	for i := range leaves {
		l := &leaves[i]
		l.number = t.to.number()
		if _, again := t.numbers[l.of]; l.of != 0 && !again {
			t.numbers[l.of] = l.number
		}
		kids = fmt.Appendf(kids, "%d 0 R ", l.number)
	}
	for _, l := range leaves {
		if err := t.page(l, tree); err != nil {
			return 0, err
		}
	}
	if err := t.rest(); err != nil {
		return 0, err
	}
	t.to.set(tree, fmt.Appendf(nil, "<</Type/Pages/Parent %d 0 R/Kids[%s]/Count %d>>", treeNumber, kids, len(leaves)), nil)
	t.to.trees = append(t.to.trees, tree)
	t.to.pages += len(leaves)
	return leaves[0].number, nil
}

// rest takes the objects that those taken refer to, until there are no more.
func (t *taking) rest() error {
	for len(t.waiting) > 0 {
		if err := t.stop.Err(); err != nil {
			return err
		}
		of := t.waiting[len(t.waiting)-1]
		t.waiting = t.waiting[:len(t.waiting)-1]
		o := t.object(of)
		if s, ok := o.(types.StreamDict); ok {
			if err := t.stream(t.numbers[of], s); err != nil {
				return err
			}
			continue
		}
		text, err := t.write(nil, o, 0)
		if err != nil {
			return err
		}
		t.to.set(t.numbers[of], text, nil)
	}
	return nil
}

// object is an object of the PDF by its number; nil, if it is lacking or cannot be read.
func (t *taking) object(number int) types.Object {
	entry := t.ctx.Table[number]
	if entry == nil || entry.Free {
		return nil
	}
	if packed, ok := entry.Object.(types.LazyObjectStreamObject); ok {
		read, err := packed.DecodedObject(t.stop)
		if err != nil {
			read = nil
		}
		entry.Object = read
	}
	switch entry.Object.(type) {
	case types.ObjectStreamDict, types.XRefStreamDict:
		return nil // how the file is written, and not what it says
	}
	if t.guard != nil {
		t.guard.found(number, entry)
	}
	return entry.Object
}

// longestChain is how many references may lead to each other.
const longestChain = 32

// follow goes where references lead, and returns also the number of the last.
func (t *taking) follow(o types.Object) (types.Object, int) {
	number := 0
	for range longestChain {
		ref, ok := o.(types.IndirectRef)
		if !ok {
			return o, number
		}
		number = int(ref.ObjectNumber)
		if o = t.object(number); o == nil {
			t.lacking[number] = true
		}
	}
	return nil, 0
}

func (t *taking) value(o types.Object) types.Object {
	o, _ = t.follow(o)
	return o
}

func (t *taking) dict(o types.Object) types.Dict {
	switch o := t.value(o).(type) {
	case types.Dict:
		return o
	case types.StreamDict:
		return o.Dict
	}
	return nil
}

func (t *taking) array(o types.Object) types.Array {
	a, _ := t.value(o).(types.Array)
	return a
}

func (t *taking) name(o types.Object) string {
	n, _ := t.value(o).(types.Name)
	return string(n)
}

func (t *taking) integer(o types.Object, otherwise int) int {
	switch o := t.value(o).(type) {
	case types.Integer:
		return int(o)
	case types.Float:
		return int(o)
	}
	return otherwise
}

// inherited are the entries of a page that may stand above it (ISO 32000-1, 7.7.3.4).
var inherited = []string{"Resources", "MediaBox", "CropBox", "Rotate"}

// deepestTree is how deep a page tree may be.
const deepestTree = 500

// errLost is a page that is not there, or is none.
var errLost = errors.New("a page of it cannot be read")

// leaves are the pages, in order. How many the tree says there are does not matter.
func (t *taking) leaves() ([]leaf, error) {
	catalog, err := t.ctx.Catalog()
	if err != nil || catalog == nil {
		return nil, errors.Join(errors.New("it has no catalog"), err)
	}
	t.apart[int(t.ctx.Root.ObjectNumber)] = true
	most := 1 << 20
	if t.guard != nil {
		most = mostForeignPages
	}
	var out []leaf
	var walk func(o types.Object, above types.Dict, depth int) error
	walk = func(o types.Object, above types.Dict, depth int) error {
		found, number := t.follow(o)
		node, ok := found.(types.Dict)
		switch kind := t.name(node["Type"]); {
		case !ok || depth > deepestTree || kind != "" && kind != "Page" && kind != "Pages":
			return errLost
		case node["Kids"] == nil && kind != "Pages":
			if out = append(out, leaf{of: number, page: node, above: above}); len(out) > most {
				return &Unfit{fmt.Sprintf("it has more than %d pages", most)}
			}
			return t.stop.Err()
		}
		if t.apart[number] && number != 0 {
			return errors.New("its pages lead in a circle")
		}
		t.apart[number] = true
		below := maps.Clone(above)
		for _, key := range inherited {
			if v := node[key]; v != nil {
				below[key] = v
			}
		}
		for _, kid := range t.array(node["Kids"]) {
			if err := walk(kid, below, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	if err := walk(catalog["Pages"], types.Dict{}, 0); err != nil {
		return nil, err
	}
	if len(out) == 0 {
		return nil, &Unfit{"it has no pages"}
	}
	return out, nil
}

// shown are the entries of a page that bear on how it looks, besides those that need care.
var shown = []string{"Resources", "Group", "UserUnit"}

func (t *taking) page(l leaf, tree int) (err error) {
	entry := func(key string) types.Object {
		if v := l.page[key]; t.value(v) != nil {
			return v
		}
		return l.above[key]
	}
	box, ok := t.rectangle(entry("MediaBox"))
	if !ok {
		box = "[0 0 612 792]" // what viewers take if there is none
	}
	t.to.box = box
	text := fmt.Appendf(nil, "<</Type/Page/Parent %d 0 R/MediaBox%s", tree, box)
	if crop, ok := t.rectangle(entry("CropBox")); ok {
		text = fmt.Appendf(text, "/CropBox%s", crop)
	}
	if turned := t.integer(entry("Rotate"), 0); turned%360 != 0 && turned%90 == 0 {
		text = fmt.Appendf(text, "/Rotate %d", turned%360)
	}
	for _, key := range shown {
		v := entry(key)
		if key == "Resources" && t.dict(v) == nil {
			v = types.Dict{}
		}
		if t.value(v) == nil {
			continue
		}
		if text, err = t.write(append(append(text, '/'), key...), v, 1); err != nil {
			return err
		}
	}
	contents := t.contents(l.page)
	if len(contents) == 0 && t.lost(l.page["Contents"]) {
		t.emptied++
	}
	for _, list := range []struct {
		key  string
		refs types.Array
	}{{"Annots", t.annotations(l.page)}, {"Contents", contents}} {
		if len(list.refs) == 0 {
			continue
		}
		if text, err = t.write(append(append(text, '/'), list.key...), list.refs, 1); err != nil {
			return err
		}
	}
	t.to.set(l.number, append(text, ">>"...), nil)
	return nil
}

// rectangle is one with its corners, if it is one that has an area.
func (t *taking) rectangle(o types.Object) (string, bool) {
	a := t.array(o)
	if len(a) != 4 {
		return "", false
	}
	var c [4]float64
	for i, o := range a {
		switch n := t.value(o).(type) {
		case types.Integer:
			c[i] = float64(n)
		case types.Float:
			c[i] = float64(n)
		default:
			return "", false
		}
		if !(c[i] > -1e6 && c[i] < 1e6) {
			return "", false
		}
	}
	left, right, low, high := min(c[0], c[2]), max(c[0], c[2]), min(c[1], c[3]), max(c[1], c[3])
	if right-left < 1 || high-low < 1 {
		return "", false
	}
	return fmt.Sprintf("[%s %s %s %s]", number(left), number(low), number(right), number(high)), true
}

// annotations are those of a page that are there.
func (t *taking) annotations(page types.Dict) types.Array {
	return slices.DeleteFunc(slices.Clone(t.array(page["Annots"])), func(o types.Object) bool {
		_, ok := t.value(o).(types.Dict)
		return !ok
	})
}

// contents are the streams of a page's content that are there. What is there and is none is for the
// guard.
func (t *taking) contents(page types.Dict) types.Array {
	all := types.Array{page["Contents"]}
	if a := t.array(page["Contents"]); a != nil {
		all = slices.Clone(a)
	}
	return slices.DeleteFunc(all, func(o types.Object) bool {
		_, ok := t.value(o).(types.StreamDict)
		return !ok
	})
}

// lost tells whether content is said to be where it is not.
func (t *taking) lost(o types.Object) bool {
	_, refers := o.(types.IndirectRef)
	if o = t.value(o); o == nil {
		return refers
	}
	a, _ := o.(types.Array)
	return slices.ContainsFunc(a, func(o types.Object) bool {
		_, refers := o.(types.IndirectRef)
		return refers && t.value(o) == nil
	})
}
