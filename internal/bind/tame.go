package bind

import (
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// tame takes out of all objects what acts by itself or carries other files, and makes
// pictures of the fields of a form, if they are pictures: an entry that each program
// draws in its own way cannot be shown in a record.
func tame(ctx *model.Context, drawn bool) error {
	var err error
	each(ctx, func(d types.Dict) {
		if isWidget(d) && hasEntry(ctx, d) && (drawn || !hasPicture(ctx, d)) {
			err = &Unfit{"it is a form whose entries are drawn by whatever program opens it"}
		}
	})
	if err != nil {
		return err
	}
	each(ctx, func(d types.Dict) { tameDict(ctx, d) })
	return nil
}

// each visits every dictionary before those in it.
func each(ctx *model.Context, visit func(types.Dict)) {
	for _, entry := range ctx.Table {
		if entry != nil && !entry.Free {
			walk(entry.Object, visit)
		}
	}
}

func walk(o types.Object, visit func(types.Dict)) {
	switch o := o.(type) {
	case types.Dict:
		visit(o)
		for _, inside := range o {
			walk(inside, visit)
		}
	case types.StreamDict:
		walk(o.Dict, visit)
	case types.ObjectStreamDict:
		walk(o.Dict, visit)
	case types.XRefStreamDict:
		walk(o.Dict, visit)
	case types.Array:
		for _, inside := range o {
			walk(inside, visit)
		}
	}
}

// active are the actions that do more than to go somewhere (ISO 32000-1, 12.6.4).
var active = []string{"JavaScript", "Launch", "ImportData", "SubmitForm", "ResetForm", "GoToE", "GoToR", "Movie", "Sound", "Rendition", "RichMediaExecute", "GoTo3DView", "Trans", "Hide", "SetOCGState"}

func tameDict(ctx *model.Context, d types.Dict) {
	for _, key := range []string{"AA", "JS", "EF", "RichMediaContent", "OpenAction", "Metadata", "PieceInfo"} {
		delete(d, key)
	}
	if kind := d.NameEntry("S"); kind != nil && slices.Contains(active, *kind) {
		clear(d)
		d["S"], d["URI"] = types.Name("URI"), types.StringLiteral("about:blank")
		return
	}
	if isWidget(d) {
		flatten(ctx, d)
	}
}

func isWidget(d types.Dict) bool {
	kind := d.NameEntry("Subtype")
	return kind != nil && *kind == "Widget"
}

// hidden and its like are flags of an annotation (ISO 32000-1, 12.5.3).
const (
	hidden = 1 << 1
	noView = 1 << 5
)

// flatten makes a stamp of a field, which every program shows as it is drawn. One that
// is not drawn is hidden: of a stamp without picture, programs make one of their own.
func flatten(ctx *model.Context, d types.Dict) {
	if !hasPicture(ctx, d) {
		d["F"] = types.Integer(hidden)
		delete(d, "AP")
	}
	for _, key := range []string{"A", "Parent", "Kids", "FT", "T", "TU", "TM", "Ff", "V", "DV", "MK", "DA", "Q", "MaxLen", "Opt", "Lock", "SV"} {
		delete(d, key)
	}
	d["Subtype"] = types.Name("Stamp")
}

// hasPicture tells whether a field is drawn, in the state in which it is.
func hasPicture(ctx *model.Context, d types.Dict) bool {
	pictures, err := ctx.DereferenceDict(d["AP"])
	if err != nil || pictures == nil {
		return false
	}
	usual, err := ctx.Dereference(pictures["N"])
	if err != nil {
		return false
	}
	states, ok := usual.(types.Dict)
	if !ok {
		_, ok = usual.(types.StreamDict)
		return ok
	}
	state := d.NameEntry("AS")
	if state == nil {
		return false
	}
	picture, err := ctx.Dereference(states[*state])
	_, ok = picture.(types.StreamDict)
	return err == nil && ok
}

// longestLine is how far up a field inherits from those above it.
const longestLine = 32

// hasEntry tells whether something was entered in a field that is shown: a text or a
// choice. Buttons are drawn, or empty.
func hasEntry(ctx *model.Context, d types.Dict) bool {
	if flags := d.IntEntry("F"); flags != nil && *flags&(hidden|noView) != 0 {
		return false
	}
	var kind *string
	entered := false
	for range longestLine {
		if kind == nil {
			kind = d.NameEntry("FT")
		}
		entered = entered || holds(ctx, d["V"])
		above, err := ctx.DereferenceDict(d["Parent"])
		if err != nil || above == nil {
			break
		}
		d = above
	}
	return entered && kind != nil && (*kind == "Tx" || *kind == "Ch")
}

func holds(ctx *model.Context, o types.Object) bool {
	v, err := ctx.Dereference(o)
	if err != nil {
		return true
	}
	switch v := v.(type) {
	case nil:
		return false
	case types.StringLiteral:
		return len(v) > 0
	case types.HexLiteral:
		return len(v) > 0
	case types.Array:
		return len(v) > 0
	}
	return true
}
