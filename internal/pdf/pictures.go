package pdf

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"strconv"
)

// Pictures writes a PDF whose pages are pictures, with their text beside them, which is searched and copied and not
// seen. It has nothing else: no description, no notes, no layers, no scripts, no names of people or programs. Pages
// are written as they come, so that no memory holds the whole.
type Pictures struct {
	objects
	to       io.Writer
	written  int64
	at       []int64 // where objects begin, by number
	pages    []int
	fonts    []*unseenFont
	codes    map[rune]unseen
	shuffled *rand.Rand
	err      error
}

// Picture is what one sees on a page.
type Picture struct {
	Width, Height int // in pixels
	Colors        int // 1 for gray, 3 for red, green and blue
	DPI           int
	Packed        []byte // see PackPicture
}

// UnseenWord is a word of the text of a page, and where it stands: in points from the upper left corner, with the middle
// of its line there, along an angle in degrees, against the clock.
type UnseenWord struct {
	Text       string
	X, Y       float64
	Long, High float64
	Angle      float64
}

// unseen is how a character is written: which font has it, under which byte.
type unseen struct {
	font int
	code byte
}

// unseenFont is a font in which nothing is drawn, so that it tells nothing of the one that was there. A simple font has
// one byte for each character (ISO 32000-1, 9.6.5).
type unseenFont struct {
	object int
	codes  []byte // those that are free, shuffled
	chars  [256]rune
}

// Objects that every such file has.
const (
	treeObject = 1 + iota
	sharedObject
	catalogObject
	blankObject
	fixedObjects = blankObject
)

// NewPictures begins a file. seed shuffles the numbers that characters get: two copies have no bytes in common by
// chance, which a comparison of their bytes would take for a trace.
func NewPictures(out io.Writer, seed [32]byte) (*Pictures, error) {
	p := &Pictures{to: out, codes: map[rune]unseen{}, shuffled: rand.New(rand.NewChaCha8(seed))}
	p.numbers, p.at = fixedObjects, make([]int64, fixedObjects+1)
	p.raw(header)
	p.put(blankObject, func() { // a character, half as wide as its line is high, as large as a small letter, of which nothing is drawn
		const glyph = "500 0 0 0 500 500 d1"
		p.entry("<</Length", len(glyph))
		p.raw(">>stream\n" + glyph + "\nendstream")
	})
	return p, p.flush()
}

// PackPicture compresses the pixels of a picture, row by row, each told by what it differs in from the one above it
// (how 2), or by the pixel to the left (how 1), or as it is (how 0); ISO 32000-1, 7.4.4.4.
func PackPicture(pixels []byte, width, colors, how int) ([]byte, error) {
	row := width * colors
	if row == 0 || len(pixels)%row != 0 || how < 0 || how > 2 {
		return nil, fmt.Errorf("%d bytes are no picture of %d pixels in width", len(pixels), width)
	}
	rows := make([]byte, 0, len(pixels)+len(pixels)/row)
	above := make([]byte, row)
	for at := 0; at < len(pixels); at += row {
		line := pixels[at : at+row]
		rows = append(rows, byte(how))
		for i, b := range line {
			switch {
			case how == 2:
				b -= above[i]
			case how == 1 && i >= colors:
				b -= line[i-colors]
			}
			rows = append(rows, b)
		}
		above = line
	}
	z := better.Get().(*compressor)
	defer better.Put(z)
	packed, err := z.pack(rows)
	if err != nil {
		return nil, err
	}
	return append([]byte(nil), packed...), nil
}

// Add writes a page.
func (p *Pictures) Add(picture Picture, words []UnseenWord) error {
	page, content, image := p.new(), p.new(), p.new()
	p.pages = append(p.pages, page)
	wide, high := points(picture.Width, picture.DPI), points(picture.Height, picture.DPI)
	p.put(page, func() {
		p.refEntry("<</Type/Page/Parent", treeObject)
		p.raw("/MediaBox[0 0 " + wide + " " + high + "]/Resources<</ProcSet[/PDF/Text/ImageB/ImageC]")
		p.refEntry("/Font", sharedObject)
		p.refEntry("/XObject<</I", image)
		p.refEntry(">>>>/Contents", content)
		p.raw(">>")
	})
	drawn := p.content("q "+wide+" 0 0 "+high+" 0 0 cm /I Do Q\n", float64(picture.Height)*72/float64(picture.DPI), words)
	z := better.Get().(*compressor)
	defer better.Put(z)
	packed, err := z.pack(drawn)
	if err != nil {
		return err
	}
	p.put(content, func() { p.stream("", packed) })
	p.put(image, func() {
		space := "/DeviceGray"
		if picture.Colors == 3 {
			space = "/DeviceRGB"
		}
		p.stream(fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace%s/BitsPerComponent 8"+
			"/DecodeParms<</Predictor 15/Colors %d/BitsPerComponent 8/Columns %d>>", picture.Width, picture.Height, space, picture.Colors,
			picture.Width), picture.Packed)
	})
	return p.flush()
}

// points is a length as a page has it, with as many places as it needs: a page is as large as its dots, or programs
// draw them blurred. With 192 dots to an inch, or a half of that, there are three at most.
func points(pixels, dpi int) string {
	return strconv.FormatFloat(float64(pixels)*72/float64(dpi), 'f', -1, 64)
}

// content draws the picture, and sets the words where nobody sees them.
func (p *Pictures) content(draw string, high float64, words []UnseenWord) []byte {
	var c objects
	c.raw(draw)
	for _, w := range words {
		p.word(&c, w, high)
	}
	return c.out
}

// word sets one word, stretched over its place: as high as that, and as wide together.
func (p *Pictures) word(c *objects, w UnseenWord, high float64) {
	count := len([]rune(w.Text))
	if count == 0 || w.Long <= 0 || w.High <= 0 {
		return
	}
	sin, cos := math.Sincos(w.Angle * math.Pi / 180)
	along := w.Long / (0.5 * float64(count))
	// The line begins in the middle of one side of the place; the foot of the letters is a quarter below it.
	x := w.X - cos*w.Long/2 + sin*w.High/4
	y := high - w.Y - sin*w.Long/2 - cos*w.High/4
	c.raw("BT 3 Tr ")
	for _, v := range []float64{along * cos, along * sin, -w.High * sin, w.High * cos, x, y} {
		c.float(v)
	}
	c.raw("Tm ")
	font, open := -1, false
	for _, r := range w.Text {
		u := p.code(r)
		if u.font != font {
			if open {
				c.raw(">Tj ")
			}
			c.raw("/U" + strconv.Itoa(u.font) + " 1 Tf <")
			font, open = u.font, true
		}
		const digits = "0123456789ABCDEF"
		c.out = append(c.out, digits[u.code>>4], digits[u.code&15])
	}
	if open {
		c.raw(">Tj ")
	}
	c.raw("ET\n")
}

// code is how a character is written, from now on.
func (p *Pictures) code(r rune) unseen {
	if u, ok := p.codes[r]; ok {
		return u
	}
	if len(p.fonts) == 0 || len(p.fonts[len(p.fonts)-1].codes) == 0 {
		f := &unseenFont{object: p.new()}
		for _, n := range p.shuffled.Perm(255) {
			f.codes = append(f.codes, byte(n+1))
		}
		p.fonts = append(p.fonts, f)
	}
	f := p.fonts[len(p.fonts)-1]
	u := unseen{font: len(p.fonts) - 1, code: f.codes[0]}
	f.codes, f.chars[u.code] = f.codes[1:], r
	p.codes[r] = u
	return u
}

// Close writes what all pages share, and ends the file.
func (p *Pictures) Close() error {
	var maps []int
	for range p.fonts {
		maps = append(maps, p.new())
	}
	p.put(treeObject, func() {
		p.entry("<</Type/Pages/Count", len(p.pages))
		p.raw("/Kids[")
		for _, n := range p.pages {
			p.ref(n)
		}
		p.raw("]>>")
	})
	p.put(sharedObject, func() {
		p.raw("<<")
		for i, f := range p.fonts {
			p.refEntry("/U"+strconv.Itoa(i), f.object)
		}
		p.raw(">>")
	})
	for i, f := range p.fonts {
		p.font(f, maps[i])
	}
	p.put(catalogObject, func() { p.refEntry("<</Type/Catalog/Pages", treeObject); p.raw(">>") })
	start := p.written + int64(len(p.out))
	p.entry("xref\n0", len(p.at))
	p.raw("\n0000000000 65535 f \n")
	for _, at := range p.at[1:] {
		p.raw(fmt.Sprintf("%010d 00000 n \n", at))
	}
	p.entry("trailer\n<</Size", len(p.at))
	p.refEntry("/Root", catalogObject)
	p.raw(fmt.Sprintf(">>\nstartxref\n%d\n%%%%EOF\n", start))
	return p.flush()
}

// font writes a font: which byte means which character, and that all are drawn as nothing.
func (p *Pictures) font(f *unseenFont, unicode int) {
	p.put(f.object, func() {
		p.refEntry("<</Type/Font/Subtype/Type3/FontBBox[0 -250 500 750]/FontMatrix[0.001 0 0 0.001 0 0]/CharProcs<</n", blankObject)
		p.raw(">>/Encoding<</Type/Encoding/Differences[1")
		for range 255 {
			p.raw("/n")
		}
		p.raw("]>>/FirstChar 1/LastChar 255/Widths[")
		for range 255 {
			p.raw("500 ")
		}
		p.refEntry("]/Resources<<>>/ToUnicode", unicode)
		p.raw(">>")
	})
	p.put(unicode, func() { p.Write(deflated("", unicodeMap(f.chars))) })
}

func (p *Pictures) stream(entries string, packed []byte) {
	p.raw("<<" + entries + "/Filter/FlateDecode")
	p.entry("/Length", len(packed))
	p.raw(">>stream\n")
	p.Write(packed)
	p.raw("\nendstream")
}

// new is the number of a further object.
func (p *Pictures) new() int {
	p.at = append(p.at, 0)
	return p.number()
}

// put writes an object, and notes where it begins.
func (p *Pictures) put(n int, write func()) {
	p.at[n] = p.written + int64(len(p.out))
	p.int(n)
	p.raw(" 0 obj\n")
	write()
	p.raw("\nendobj\n")
}

func (p *Pictures) flush() error {
	if p.err == nil {
		var n int
		n, p.err = p.to.Write(p.out)
		p.written += int64(n)
		p.out = p.out[:0]
	}
	return p.err
}
