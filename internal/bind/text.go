package bind

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// deepest is how deep arrays and dictionaries may be nested.
const deepest = 100

// beside are entries, of whatever dictionary, that lead to what is not taken over: the structure
// tree.
var beside = []string{"StructParent", "StructParents"}

// write appends an object as it is written in the volume.
func (t *taking) write(to []byte, o types.Object, depth int) (_ []byte, err error) {
	if depth > deepest {
		return nil, errors.New("it is nested too deep")
	}
	switch o := o.(type) {
	case nil:
		return append(to, " null"...), nil
	case types.IndirectRef:
		return t.reference(to, o), nil
	case types.Dict:
		to, err = t.entries(append(to, "<<"...), o, depth)
		return append(to, ">>"...), err
	case types.Array:
		to = append(to, '[')
		for _, inside := range o {
			if to, err = t.write(to, inside, depth+1); err != nil {
				return nil, err
			}
		}
		return append(to, ']'), nil
	case types.Boolean:
		return strconv.AppendBool(append(to, ' '), bool(o)), nil
	case types.Integer:
		return strconv.AppendInt(append(to, ' '), int64(o), 10), nil
	case types.Float:
		return append(append(to, ' '), number(float64(o))...), nil
	case types.Name:
		return appendName(to, string(o)), nil
	case types.StringLiteral:
		return appendLiteral(to, string(o))
	case types.HexLiteral:
		return append(append(append(to, '<'), o...), '>'), nil
	}
	return nil, fmt.Errorf("it holds a %T where none can be", o)
}

// entries appends those of a dictionary, without those that are null.
func (t *taking) entries(to []byte, d types.Dict, depth int) (_ []byte, err error) {
	if t.guard != nil {
		if err := t.guard.dict(t, d); err != nil {
			return nil, err
		}
	}
	for _, key := range slices.Sorted(maps.Keys(d)) {
		if slices.Contains(beside, key) || t.value(d[key]) == nil {
			continue
		}
		if to, err = t.write(appendName(to, key), d[key], depth+1); err != nil {
			return nil, err
		}
	}
	return to, nil
}

// reference appends a reference to what will have a number of its own in the volume; null, if it
// leads nowhere, to the page tree, or to a page that is none of those taken.
func (t *taking) reference(to []byte, ref types.IndirectRef) []byte {
	o, of := t.follow(ref)
	if o == nil || t.apart[of] {
		return append(to, " null"...)
	}
	number, ok := t.numbers[of]
	if !ok {
		if d, is := o.(types.Dict); is && slices.Contains([]string{"Page", "Pages", "Catalog"}, t.name(d["Type"])) {
			return append(to, " null"...)
		}
		number = t.to.number()
		t.numbers[of] = number
		t.waiting = append(t.waiting, of)
	}
	return fmt.Appendf(to, " %d 0 R", number)
}

func number(f float64) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return "0"
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// appendName appends a name (ISO 32000-1, 7.3.5).
func appendName(to []byte, name string) []byte {
	return append(append(to, '/'), types.EncodeName(name)...)
}

// ends of lines within a literal string are one character, however they are written (ISO 32000-1,
// 7.3.4.2); pdfcpu leaves them.
var ends = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// appendLiteral appends a literal string by its digits: where it ends, no two programs can differ on.
func appendLiteral(to []byte, s string) ([]byte, error) {
	raw, err := types.Unescape(ends.Replace(s))
	return append(to, hexString(raw)...), err
}
