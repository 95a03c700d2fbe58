package pdf

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"foia/internal/remedy"
)

// truetype is a font file taken apart into its tables (OpenType 1.9, "The
// OpenType Font File"; the tables that PDF needs of it: ISO 32000-1, 9.9).
type truetype struct {
	tables map[string][]byte
	glyphs int      // how many it has
	widths int      // how many of them have a width of their own
	starts []uint32 // where each glyph's outline begins in glyf, and one more
	perEm  int      // font units in an em
}

const useTrueType = "use a static TrueType font (.ttf) whose license lets it be embedded, such as one of the Noto family"

func badFont(format string, args ...any) error {
	return remedy.Cannot(fmt.Sprintf(format, args...), useTrueType)
}

// largestFont is what is read of a font file at most, in bytes.
const largestFont = 64 << 20

// needed are the tables without which nothing can be drawn.
var needed = []string{"head", "hhea", "hmtx", "maxp", "loca", "glyf", "cmap"}

// parseTrueType reads a font's tables and checks what the rest relies on. The
// error is a *remedy.Error.
func parseTrueType(raw []byte) (*truetype, error) {
	if len(raw) < 12 || len(raw) > largestFont {
		return nil, badFont("the file is not a font")
	}
	switch string(raw[:4]) {
	case "\x00\x01\x00\x00", "true":
	case "OTTO":
		return nil, badFont("the font has PostScript outlines, which this program cannot put in a PDF")
	case "ttcf":
		return nil, badFont("the file is a collection of fonts")
	case "wOFF", "wOF2":
		return nil, badFont("the file is a font for web pages")
	default:
		return nil, badFont("the file is not a TrueType font")
	}
	t := &truetype{tables: map[string][]byte{}}
	for i := range int(binary.BigEndian.Uint16(raw[4:])) {
		at := 12 + 16*i
		if at+16 > len(raw) {
			return nil, badFont("the font is cut off")
		}
		start, length := int64(binary.BigEndian.Uint32(raw[at+8:])), int64(binary.BigEndian.Uint32(raw[at+12:]))
		if start+length > int64(len(raw)) {
			return nil, badFont("the font is damaged: its table %q lies outside the file", raw[at:at+4])
		}
		t.tables[string(raw[at:at+4])] = raw[start : start+length]
	}
	return t, t.check()
}

// check looks at the tables once, so that nothing later reads past their ends.
func (t *truetype) check() error {
	for _, name := range needed {
		if t.tables[name] == nil {
			return badFont("the font has no table %q", name)
		}
	}
	if len(t.tables["head"]) < 54 || len(t.tables["hhea"]) < 36 || len(t.tables["maxp"]) < 6 {
		return badFont("the font is damaged: its header is cut off")
	}
	t.perEm = int(binary.BigEndian.Uint16(t.tables["head"][18:]))
	t.glyphs = int(binary.BigEndian.Uint16(t.tables["maxp"][4:]))
	t.widths = int(binary.BigEndian.Uint16(t.tables["hhea"][34:]))
	if t.perEm < 16 || t.perEm > 16384 || t.glyphs == 0 || t.widths == 0 || t.widths > t.glyphs ||
		len(t.tables["hmtx"]) < 4*t.widths+2*(t.glyphs-t.widths) {
		return badFont("the font is damaged: its numbers do not fit together")
	}
	if err := t.readStarts(); err != nil {
		return err
	}
	return t.licence()
}

func (t *truetype) readStarts() error {
	loca, long := t.tables["loca"], binary.BigEndian.Uint16(t.tables["head"][50:]) == 1
	size := 2
	if long {
		size = 4
	}
	if len(loca) < size*(t.glyphs+1) {
		return badFont("the font is damaged: its outlines are cut off")
	}
	t.starts = make([]uint32, t.glyphs+1)
	for i := range t.starts {
		if long {
			t.starts[i] = binary.BigEndian.Uint32(loca[4*i:])
		} else {
			t.starts[i] = 2 * uint32(binary.BigEndian.Uint16(loca[2*i:]))
		}
		if i > 0 && t.starts[i] < t.starts[i-1] || int64(t.starts[i]) > int64(len(t.tables["glyf"])) {
			return badFont("the font is damaged: its outlines are out of order")
		}
	}
	return nil
}

// Bits of fsType, by which the maker of a font says whether it may be embedded
// (OpenType 1.9, OS/2 table).
const (
	restricted   = 0x0002
	noSubsetting = 0x0100
	bitmapOnly   = 0x0200
)

// licence refuses a font that may not be put into a file, or not in part.
func (t *truetype) licence() error {
	os2 := t.tables["OS/2"]
	if len(os2) < 10 {
		return badFont("the font does not say whether it may be embedded (it has no table OS/2)")
	}
	bits := binary.BigEndian.Uint16(os2[8:])
	switch {
	case bits&0x000F == restricted:
		return badFont("the font's license forbids embedding it")
	case bits&noSubsetting != 0:
		return badFont("the font's license forbids embedding a part of it")
	case bits&bitmapOnly != 0:
		return badFont("the font's license forbids embedding its outlines")
	}
	return nil
}

// outline returns a glyph's description; it is empty for a space.
func (t *truetype) outline(glyph int) []byte {
	return t.tables["glyf"][t.starts[glyph]:t.starts[glyph+1]]
}

// advance returns a glyph's width in font units.
func (t *truetype) advance(glyph int) int {
	return int(binary.BigEndian.Uint16(t.tables["hmtx"][4*min(glyph, t.widths-1):]))
}

func (t *truetype) bearing(glyph int) []byte {
	hmtx := t.tables["hmtx"]
	if glyph < t.widths {
		return hmtx[4*glyph+2 : 4*glyph+4]
	}
	at := 4*t.widths + 2*(glyph-t.widths)
	return hmtx[at : at+2]
}

// coded is a glyph and the byte by which the text of the PDF calls it.
type coded struct {
	glyph int
	code  byte
}

// cut returns a font file with nothing but the given glyphs, those that they are
// made of and .notdef. It has no hinting: a letter is printed, or shown with
// smooth edges, and hints are more than half of the file. Its cmap has the one
// table that PDF/A-1 asks of a symbolic font (ISO 19005-1, 6.3.7).
func (t *truetype) cut(want []coded) ([]byte, error) {
	order := []int{0} // old numbers by new ones
	place := map[int]int{0: 0}
	for _, w := range want {
		if _, ok := place[w.glyph]; !ok {
			place[w.glyph] = len(order)
			order = append(order, w.glyph)
		}
	}
	var glyf []byte
	loca := make([]byte, 0, 4*len(order)+4)
	for i := 0; i < len(order); i++ { // order grows by the parts of composed glyphs
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		shape, err := unhinted(t.outline(order[i]), func(part int) (int, error) {
			if part >= t.glyphs {
				return 0, errShape
			}
			if _, ok := place[part]; !ok {
				place[part] = len(order)
				order = append(order, part)
			}
			return place[part], nil
		})
		if err != nil {
			return nil, badFont("the font is damaged: an outline cannot be read")
		}
		glyf = append(glyf, shape...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	var hmtx []byte
	for _, old := range order {
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(t.advance(old)))
		hmtx = append(hmtx, t.bearing(old)...)
	}
	head, hhea, maxp := slices.Clone(t.tables["head"][:54]), slices.Clone(t.tables["hhea"][:36]), slices.Clone(t.tables["maxp"])
	binary.BigEndian.PutUint32(head[8:], 0)  // the checksum, set below
	binary.BigEndian.PutUint16(head[50:], 1) // long offsets
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(order)))
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(order)))
	return assembled([]table{{"cmap", byteMap(want, place)}, {"glyf", glyf}, {"head", head}, {"hhea", hhea}, {"hmtx", hmtx}, {"loca", loca},
		{"maxp", maxp}}), nil
}

var errShape = errors.New("outline cut off")

// Flags of the parts of a composed glyph (OpenType 1.9, glyf table).
const (
	wordArguments = 0x0001
	oneScale      = 0x0008
	moreParts     = 0x0020
	twoScales     = 0x0040
	fourScales    = 0x0080
	instructed    = 0x0100
)

// unhinted copies an outline without its instructions; the parts of a composed
// glyph get the numbers that renumber gives.
func unhinted(shape []byte, renumber func(int) (int, error)) ([]byte, error) {
	if len(shape) == 0 {
		return nil, nil
	}
	if len(shape) < 10 {
		return nil, errShape
	}
	contours := int(int16(binary.BigEndian.Uint16(shape)))
	if contours >= 0 {
		at := 10 + 2*contours
		if len(shape) < at+2 {
			return nil, errShape
		}
		after := at + 2 + int(binary.BigEndian.Uint16(shape[at:]))
		if len(shape) < after {
			return nil, errShape
		}
		return slices.Concat(shape[:at], []byte{0, 0}, shape[after:]), nil
	}
	out := slices.Clone(shape)
	for at := 10; ; {
		if len(out) < at+4 {
			return nil, errShape
		}
		flags := binary.BigEndian.Uint16(out[at:])
		number, err := renumber(int(binary.BigEndian.Uint16(out[at+2:])))
		if err != nil {
			return nil, err
		}
		binary.BigEndian.PutUint16(out[at:], flags&^instructed)
		binary.BigEndian.PutUint16(out[at+2:], uint16(number))
		at += 6
		if flags&wordArguments != 0 {
			at += 2
		}
		switch {
		case flags&oneScale != 0:
			at += 2
		case flags&twoScales != 0:
			at += 4
		case flags&fourScales != 0:
			at += 8
		}
		if len(out) < at {
			return nil, errShape
		}
		if flags&moreParts == 0 {
			return out[:at], nil
		}
	}
}

// byteMap is a cmap with one table: Macintosh, format 0, a glyph for each byte.
func byteMap(want []coded, place map[int]int) []byte {
	b := []byte{0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 12, 0, 0, 1, 6, 0, 0}
	start := len(b)
	b = append(b, make([]byte, 256)...)
	for _, w := range want {
		b[start+int(w.code)] = byte(place[w.glyph]) // the wanted glyphs come first, and are fewer than 256
	}
	return b
}

type table struct {
	name string
	data []byte
}

// assembled puts tables together into a font file, with its checksums.
func assembled(tables []table) []byte {
	n := len(tables)
	power, log := 1, 0
	for power*2 <= n {
		power, log = power*2, log+1
	}
	out := []byte{0, 1, 0, 0}
	for _, v := range []int{n, power * 16, log, n*16 - power*16} {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	at := len(out) + 16*n
	headAt := 0
	for _, t := range tables {
		out = append(out, t.name...)
		out = binary.BigEndian.AppendUint32(out, checksum(t.data))
		out = binary.BigEndian.AppendUint32(out, uint32(at))
		out = binary.BigEndian.AppendUint32(out, uint32(len(t.data)))
		if t.name == "head" {
			headAt = at
		}
		at += (len(t.data) + 3) &^ 3
	}
	for _, t := range tables {
		out = append(out, t.data...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	binary.BigEndian.PutUint32(out[headAt+8:], 0xB1B0AFBA-checksum(out))
	return out
}

func checksum(b []byte) uint32 {
	var sum uint32
	for i := 0; i < len(b); i += 4 {
		var word [4]byte
		copy(word[:], b[i:])
		sum += binary.BigEndian.Uint32(word[:])
	}
	return sum
}
