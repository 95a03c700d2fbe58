package bind

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// step is one of those by which a stream is unpacked.
type step struct {
	name  string
	parms types.Dict
}

// steps are those of a stream (ISO 32000-1, 7.4), with what they refer to.
func (t *taking) steps(d types.Dict) ([]step, error) {
	var out []step
	parms := t.value(d["DecodeParms"])
	switch f := t.value(d["Filter"]).(type) {
	case nil:
	case types.Name:
		if a, ok := parms.(types.Array); ok && len(a) > 0 {
			parms = a[0]
		}
		out = append(out, step{string(f), t.dict(parms)})
	case types.Array:
		for i, o := range f {
			s := step{name: t.name(o)}
			if a, ok := parms.(types.Array); ok && i < len(a) {
				s.parms = t.dict(a[i])
			} else if len(f) == 1 {
				s.parms = t.dict(parms)
			}
			out = append(out, s)
		}
	default:
		return nil, errPacked
	}
	for i, s := range out {
		if long, ok := short[s.name]; ok {
			out[i].name = long
		}
	}
	return slices.DeleteFunc(out, func(s step) bool { return s.name == "Crypt" }), nil // pdfcpu has decrypted it
}

// short are names that steps have within a page's content, and that some programs also use elsewhere.
var short = map[string]string{"AHx": "ASCIIHexDecode", "A85": "ASCII85Decode", "LZW": "LZWDecode", "Fl": "FlateDecode",
	"RL": "RunLengthDecode", "CCF": "CCITTFaxDecode", "DCT": "DCTDecode"}

var (
	errPacked = errors.New("a part of it is packed in a way that is unknown")
	general   = []string{"ASCIIHexDecode", "ASCII85Decode", "LZWDecode", "FlateDecode", "RunLengthDecode"}
	pictures  = []string{"DCTDecode", "CCITTFaxDecode", "JBIG2Decode", "JPXDecode"}
)

// external are entries of a stream that lead out of the page: to files, metadata, other editions.
var external = []string{"Length", "Filter", "DecodeParms", "F", "FFilter", "FDecodeParms", "DL", "Metadata", "PieceInfo", "OPI", "AF",
	"Alternates", "EF", "Ref", "AA"}

// stream takes a stream.
func (t *taking) stream(number int, s types.StreamDict) error {
	steps, err := t.steps(s.Dict)
	if err != nil {
		return err
	}
	data := s.Raw
	if t.guard != nil {
		if steps, data, err = t.guard.stream(t, steps, data); err != nil {
			return err
		}
	}
	d := types.Dict{}
	for key, v := range s.Dict {
		if !slices.Contains(external, key) {
			d[key] = v
		}
	}
	text, err := t.entries([]byte("<<"), d, 0)
	if err != nil {
		return err
	}
	if len(steps) > 0 {
		names, parms := types.Array{}, types.Array{}
		for _, s := range steps {
			names, parms = append(names, types.Name(s.name)), append(parms, asObject(s.parms))
		}
		if text, err = t.write(append(text, "/Filter"...), names, 0); err != nil {
			return err
		}
		if slices.ContainsFunc(parms, func(o types.Object) bool { return o != nil }) {
			if text, err = t.write(append(text, "/DecodeParms"...), parms, 0); err != nil {
				return err
			}
		}
	}
	if data == nil {
		data = []byte{}
	}
	t.to.set(number, fmt.Appendf(text, "/Length %d>>", len(data)), data)
	return nil
}

func asObject(d types.Dict) types.Object {
	if len(d) == 0 {
		return nil
	}
	return d
}

// stream makes sure that a stream can be unpacked, to a size that is not meant to do harm, and
// returns it with the steps that are left: rare ones are taken by us, since programs differ in
// what they make of them.
func (g *guard) stream(t *taking, steps []step, data []byte) ([]step, []byte, error) {
	n := 0
	for n < len(steps) && slices.Contains(general, steps[n].name) {
		n++
	}
	last := steps[n:]
	if len(last) > 1 || len(last) == 1 && !slices.Contains(pictures, last[0].name) {
		return nil, nil, errPacked
	}
	switch {
	case n > 0 && len(data) == 0:
		steps = last
	case n == 1 && len(last) == 0 && steps[0].name == "FlateDecode":
		if err := g.rows(t, steps[0].parms); err != nil {
			return nil, nil, err
		}
		whole, err := g.inflated(data, io.Discard)
		if err != nil {
			return nil, nil, err
		}
		if !whole {
			var out bytes.Buffer
			if _, err := g.inflated(data, &out); err != nil {
				return nil, nil, err
			}
			data, err = deflate(out.Bytes())
			return steps, data, err
		}
	case n > 0:
		plain, err := g.unpacked(t, steps[:n], data)
		if err != nil {
			return nil, nil, err
		}
		if steps, data = last, plain; len(last) == 0 {
			data, err = deflate(plain)
			return []step{{name: "FlateDecode"}}, data, err
		}
	}
	if len(last) == 1 && last[0].name == "DCTDecode" {
		whole, err := wholeJPEG(data)
		return steps, whole, err
	}
	return steps, data, nil
}

// inflated unpacks the most usual kind, without keeping it, as pdfcpu would, and tells whether it was whole. What only lacks its checksum,
// or has a wrong one, is not, and yet all there (RFC 1950, 2.2).
func (g *guard) inflated(data []byte, to io.Writer) (whole bool, err error) {
	most := min(g.left, mostStream)
	z, err := zlib.NewReader(bytes.NewReader(data))
	if err == nil {
		var n int64
		n, err = io.Copy(to, io.LimitReader(z, most))
		g.left -= n
		if n == most {
			return false, errBomb
		}
		if err == nil {
			return true, nil
		}
		if out, ok := to.(*bytes.Buffer); ok {
			out.Reset()
		}
	}
	if len(data) > 2 {
		n, bare := io.Copy(to, io.LimitReader(flate.NewReader(bytes.NewReader(data[2:])), most))
		if g.left -= n; bare == nil && n > 0 && n < most {
			return false, nil
		}
	}
	return false, fmt.Errorf("a part of it cannot be unpacked: %w", err)
}

var errBomb = &Unfit{"it unpacks to more than a letter can hold"}

// rows makes sure that the rows of a picture have a shape, if the step before it differs by rows
// (ISO 32000-1, 7.4.4.4).
func (g *guard) rows(t *taking, parms types.Dict) error {
	kind := t.integer(parms["Predictor"], 1)
	colors, bits, columns := t.integer(parms["Colors"], 1), t.integer(parms["BitsPerComponent"], 8), t.integer(parms["Columns"], 1)
	if kind == 1 {
		return nil
	}
	if kind != 2 && (kind < 10 || kind > 15) || colors < 1 || colors > 32 || columns < 1 || columns > 1<<20 ||
		!slices.Contains([]int{1, 2, 4, 8, 16}, bits) {
		return errPacked
	}
	return nil
}

// unpacked takes general steps by means of pdfcpu.
func (g *guard) unpacked(t *taking, steps []step, data []byte) ([]byte, error) {
	s := types.StreamDict{Dict: types.Dict{}, Raw: data}
	for _, step := range steps {
		if err := g.rows(t, step.parms); err != nil {
			return nil, err
		}
		parms := types.Dict{}
		for key, v := range step.parms {
			parms[key] = t.value(v)
		}
		s.FilterPipeline = append(s.FilterPipeline, types.PDFFilter{Name: step.name, DecodeParms: parms})
	}
	most := min(g.left, mostStream/4)
	if err := s.DecodeWithLimit(most); err != nil {
		return nil, fmt.Errorf("a part of it cannot be unpacked: %w", err)
	}
	if g.left -= int64(len(s.Content)); g.left <= 0 {
		return nil, errBomb
	}
	return s.Content, nil
}
