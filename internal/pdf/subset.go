package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"
	"sync"
	"unicode/utf16"

	"golang.org/x/image/font/sfnt"
)

// A PDF's simple font calls its characters by one byte each (ISO 32000-1,
// 9.6.6). Each face is therefore cut into subsets that do not depend on any
// letter: number 0 has the characters of Windows-1252 up to 0xBF (ASCII and the
// marks of print), under the bytes that they have there; number n has the 32
// characters from (n-1)·32 on. A subset is
// cut, written and compressed when a letter first needs it, and the same bytes
// then go into every letter: that is what makes the second letter fast, and the
// same letter the same bytes whatever was made before it.

// firstPart are the characters of Windows-1252 from 0x80 to 0x9F; the others have
// the byte of their Unicode number.
var firstPart = [32]rune{0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
	0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178}

// partSize is how many characters a subset other than the first has, and where
// their codes begin.
const (
	partSize  = 32
	firstCode = 0x20
)

// place returns the subset that holds a character, and its byte there.
func place(r rune) (part int32, code byte) {
	if r >= 0x20 && r < 0x7F || r >= 0xA0 && r < 0xC0 {
		return 0, byte(r)
	}
	for i, c := range firstPart {
		if c == r {
			return 0, byte(0x80 + i)
		}
	}
	return 1 + r/partSize, byte(firstCode + r%partSize)
}

// characters lists what a subset holds, by code; 0 where there is nothing.
func characters(part int32) (out [256]rune) {
	if part > 0 {
		for i := range partSize {
			if r := (part-1)*partSize + rune(i); r > 0 {
				if p, _ := place(r); p == part {
					out[firstCode+i] = r
				}
			}
		}
		return out
	}
	for code := 0x20; code < 0xC0; code++ {
		switch {
		case code >= 0x80 && code < 0xA0:
			out[code] = firstPart[code-0x80]
		case code != 0x7F:
			out[code] = rune(code)
		}
	}
	return out
}

// subset is a part of a face as it appears in a PDF: four objects, of which the
// later ones refer to the earlier.
type subset struct {
	once       sync.Once
	err        error
	key        string // sorts and names it: F0, F0p3
	program    []byte // FontFile2
	toUnicode  []byte
	descriptor string // up to the number of program
	font       string // up to the numbers of descriptor and toUnicode
}

// subset returns a part of the face, made when first asked for.
func (f *face) subset(part int32) (*subset, error) {
	known, ok := f.parts.Load(part)
	if !ok {
		known, _ = f.parts.LoadOrStore(part, &subset{})
	}
	s := known.(*subset)
	s.once.Do(func() { s.err = f.make(s, part) })
	return s, s.err
}

// prepare makes the subsets that no letter has needed before, beside each other.
func (f *Fonts) prepare(refs []subRef) {
	var all sync.WaitGroup
	for _, ref := range refs {
		if _, ok := f.faces[ref.face].parts.Load(ref.part); !ok {
			all.Go(func() { _, _ = f.faces[ref.face].subset(ref.part) }) // the error is kept with it
		}
	}
	all.Wait()
}

func (f *face) make(s *subset, part int32) error {
	var buffer sfnt.Buffer
	var want []coded
	var widths [256]int
	first, last := 256, 0
	chars := characters(part)
	for code, r := range chars {
		glyph := 0
		if r != 0 {
			glyph = f.glyph(r, &buffer)
		}
		if glyph == 0 {
			chars[code] = 0
			continue
		}
		want = append(want, coded{glyph: glyph, code: byte(code)})
		widths[code] = f.width(glyph)
		first, last = min(first, code), code
	}
	program, err := f.file.cut(want)
	if err != nil {
		return err
	}
	s.key = resourceName(f.number, part)
	s.program = deflated(fmt.Sprintf("/Length1 %d", len(program)), program)
	s.toUnicode = deflated("", unicodeMap(chars))
	name := tag(program) + "+" + f.name
	s.descriptor = f.descriptor(name)
	s.font = fmt.Sprintf("<</Type/Font/Subtype/TrueType/BaseFont/%s/FirstChar %d/LastChar %d/Widths[", name, first, last)
	for code := first; code <= last; code++ {
		s.font += strconv.Itoa(widths[code]) + " "
	}
	s.font += "]"
	return nil
}

// resourceName is what the pages call a subset.
func resourceName(face int, part int32) string {
	if part == 0 {
		return "F" + strconv.Itoa(face)
	}
	return "F" + strconv.Itoa(face) + "p" + strconv.Itoa(int(part))
}

// tag is the six capitals before the name of a font that is there in part (ISO
// 32000-1, 9.6.4), made from what is there.
func tag(program []byte) string {
	sum := sha256.Sum256(program)
	out := make([]byte, 6)
	for i := range out {
		out[i] = 'A' + sum[i]%26
	}
	return string(out)
}

// Flags of a font descriptor (ISO 32000-1, table 123).
const (
	serifFlag    = 1 << 1
	symbolicFlag = 1 << 2
	italicFlag   = 1 << 6
)

// descriptor describes the face. The subsets count as symbolic: their bytes
// mean what their own cmap says.
func (f *face) descriptor(name string) string {
	head, hhea := f.file.tables["head"], f.file.tables["hhea"]
	thousandths := func(b []byte, at int) int {
		return int(int16(binary.BigEndian.Uint16(b[at:]))) * 1000 / f.file.perEm
	}
	flags, angle, stem := symbolicFlag, 0, 80
	style := binary.BigEndian.Uint16(head[44:])
	if style&1 != 0 {
		stem = 140
	}
	if f.number < int(styles) {
		flags |= serifFlag
	}
	if post := f.file.tables["post"]; style&2 != 0 && len(post) >= 8 {
		flags |= italicFlag
		angle = int(int16(binary.BigEndian.Uint16(post[4:])))
	}
	ascent, descent := thousandths(hhea, 4), thousandths(hhea, 6)
	capital := ascent
	if os2 := f.file.tables["OS/2"]; len(os2) >= 90 {
		capital = thousandths(os2, 88)
	}
	return fmt.Sprintf("<</Type/FontDescriptor/FontName/%s/Flags %d/FontBBox[%d %d %d %d]/ItalicAngle %d/Ascent %d/Descent %d/CapHeight "+
		"%d/StemV %d/FontFile2 ",
		name, flags, thousandths(head, 36), thousandths(head, 38), thousandths(head, 40), thousandths(head, 42), angle, ascent, descent,
		capital, stem)
}

// unicodeMap says which character each byte means, for those who copy, search or
// hear the text (ISO 32000-1, 9.10.3).
func unicodeMap(chars [256]rune) []byte {
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) " +
		"/Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n")
	var lines []string
	for code, r := range chars {
		if r == 0 {
			continue
		}
		hex := ""
		for _, unit := range utf16.Encode([]rune{r}) {
			hex += fmt.Sprintf("%04X", unit)
		}
		lines = append(lines, fmt.Sprintf("<%02X> <%s>\n", code, hex))
	}
	for len(lines) > 0 { // at most 100 to a section
		n := min(len(lines), 100)
		fmt.Fprintf(&b, "%d beginbfchar\n", n)
		for _, l := range lines[:n] {
			b.WriteString(l)
		}
		b.WriteString("endbfchar\n")
		lines = lines[n:]
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.Bytes()
}

// deflated is the object of a compressed stream. It is made once for many
// letters, and therefore as small as can be.
func deflated(entries string, data []byte) []byte {
	z := thorough.Get().(*compressor)
	defer thorough.Put(z)
	packed, err := z.pack(data)
	if err != nil { // a buffer takes what it is given
		panic(err)
	}
	return fmt.Appendf(nil, "<</Filter/FlateDecode/Length %d%s>>stream\n%s\nendstream", len(packed), entries, packed)
}
