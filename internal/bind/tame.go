package bind

import (
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// tame looks at the annotations of the pages: what acts by itself, or carries other files, is taken
// out, and the fields of a form become pictures, if they are: an entry that each program draws in its
// own way cannot be shown in a record.
func (g *guard) tame(t *taking, leaves []leaf) error {
	var all []types.Dict
	for _, l := range leaves {
		for _, o := range t.annotations(l.page) {
			all = append(all, t.dict(o))
		}
	}
	for _, d := range all {
		if t.isWidget(d) && t.hasEntry(d) && (g.drawn || !t.hasPicture(d)) {
			return &Unfit{"it is a form whose entries are drawn by whatever program opens it"}
		}
	}
	for _, d := range all {
		t.tame(d)
	}
	return nil
}

// carried are entries of an annotation that act, or hold what is no part of the page.
var carried = []string{"AA", "PA", "FS", "EF", "AF", "Movie", "Sound", "RichMediaContent", "RichMediaSettings", "3DD", "3DV", "3DA",
	"PieceInfo", "Metadata", "ExData"}

// tame takes out of an annotation all actions but those that only go somewhere (ISO 32000-1, 12.6.4).
func (t *taking) tame(d types.Dict) {
	for _, key := range carried {
		delete(d, key)
	}
	if d["A"] != nil {
		action := t.dict(d["A"])
		delete(d, "A")
		switch kind := t.name(action["S"]); kind {
		case "GoTo":
			if to := t.array(action["D"]); to != nil {
				d["A"] = types.Dict{"S": types.Name(kind), "D": to}
			}
		case "URI":
			d["A"] = types.Dict{"S": types.Name(kind), "URI": t.value(action["URI"])}
		}
	}
	if t.isWidget(d) {
		t.flatten(d)
	}
}

func (t *taking) isWidget(d types.Dict) bool { return t.name(d["Subtype"]) == "Widget" }

// hidden and its like are flags of an annotation (ISO 32000-1, 12.5.3).
const (
	hidden = 1 << 1
	noView = 1 << 5
)

// flatten makes a stamp of a field, which every program shows as it is drawn. One that
// is not drawn is hidden: of a stamp without picture, programs make one of their own.
func (t *taking) flatten(d types.Dict) {
	if !t.hasPicture(d) {
		d["F"] = types.Integer(hidden)
		delete(d, "AP")
	}
	for _, key := range []string{"A", "Parent", "Kids", "FT", "T", "TU", "TM", "Ff", "V", "DV", "MK", "DA", "Q", "MaxLen", "Opt", "Lock",
		"SV"} {
		delete(d, key)
	}
	d["Subtype"] = types.Name("Stamp")
}

// hasPicture tells whether a field is drawn, in the state in which it is.
func (t *taking) hasPicture(d types.Dict) bool {
	usual := t.value(t.dict(d["AP"])["N"])
	if states, ok := usual.(types.Dict); ok {
		usual = t.value(states[t.name(d["AS"])])
	}
	_, ok := usual.(types.StreamDict)
	return ok
}

// longestLine is how far up a field inherits from those above it.
const longestLine = 32

// hasEntry tells whether something was entered in a field that is shown: a text or a
// choice. Buttons are drawn, or empty.
func (t *taking) hasEntry(d types.Dict) bool {
	if t.integer(d["F"], 0)&(hidden|noView) != 0 {
		return false
	}
	kind, entered := "", false
	for range longestLine {
		if kind == "" {
			kind = t.name(d["FT"])
		}
		entered = entered || t.holds(d["V"])
		if d = t.dict(d["Parent"]); d == nil {
			break
		}
	}
	return entered && (kind == "Tx" || kind == "Ch")
}

func (t *taking) holds(o types.Object) bool {
	switch v := t.value(o).(type) {
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

// hiddenLayers tells whether some of the content does not show (ISO 32000-1, 8.11).
// Without its list of layers, it would.
func (t *taking) hiddenLayers(catalog types.Dict) bool {
	usual := t.dict(t.dict(catalog["OCProperties"])["D"])
	off := slices.ContainsFunc(t.array(usual["OFF"]), func(o types.Object) bool { return t.value(o) != nil })
	return off || t.name(usual["BaseState"]) == "OFF"
}

var errHidden = &Unfit{"it has layers that are hidden, which would show in a bound copy"}

// dict refuses a condition under which content shows only while a layer does not, or by a rule.
func (g *guard) dict(t *taking, d types.Dict) error {
	if t.name(d["Type"]) != "OCMD" {
		return nil
	}
	if rule := t.name(d["P"]); rule == "AllOff" || rule == "AnyOff" || t.value(d["VE"]) != nil {
		return errHidden
	}
	return nil
}

// pages looks at the pages before anything of them is taken.
func (g *guard) pages(t *taking, leaves []leaf) error {
	if err := g.tame(t, leaves); err != nil {
		return err
	}
	for _, l := range leaves {
		if err := t.stop.Err(); err != nil {
			return err
		}
		if err := g.content(t, l.page); err != nil {
			return err
		}
	}
	return nil
}
