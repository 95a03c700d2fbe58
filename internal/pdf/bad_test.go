package pdf

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-fonts/dejavu/dejavusans"
	"github.com/go-fonts/liberation/liberationserifregular"

	"foia/internal/letter"
	"foia/internal/longtest"
	"foia/internal/pdf/pdftest"
	"foia/internal/remedy"
)

// tableAt finds a table of a font file.
func tableAt(t testing.TB, raw []byte, name string) (start, entry int) {
	t.Helper()
	for i := range int(binary.BigEndian.Uint16(raw[4:])) {
		at := 12 + 16*i
		if string(raw[at:at+4]) == name {
			return int(binary.BigEndian.Uint32(raw[at+8:])), at
		}
	}
	t.Fatalf("the font has no %s", name)
	return 0, 0
}

// with returns a copy of the built-in font with something done to it.
func with(t testing.TB, change func(raw []byte) []byte) []byte {
	t.Helper()
	return change(slices.Clone(liberationserifregular.TTF))
}

// A font that cannot be used is refused when it is loaded, in words, and never
// panics.
func TestBadFonts(t *testing.T) {
	licensed := func(bits uint16) []byte {
		return with(t, func(raw []byte) []byte {
			at, _ := tableAt(t, raw, "OS/2")
			binary.BigEndian.PutUint16(raw[at+8:], bits)
			return raw
		})
	}
	for name, c := range map[string]struct {
		raw  []byte
		want string
	}{
		"nothing":      {nil, "not a font"},
		"a text":       {[]byte("this is no font, whatever it is called"), "not a TrueType font"},
		"PostScript":   {append([]byte("OTTO"), make([]byte, 40)...), "PostScript outlines"},
		"a collection": {append([]byte("ttcf"), make([]byte, 40)...), "collection"},
		"for the web":  {append([]byte("wOF2"), make([]byte, 40)...), "web pages"},
		"cut off":      {liberationserifregular.TTF[:5000], "outside the file"},
		"restricted":   {licensed(0x0002), "forbids embedding it"},
		"not in part":  {licensed(0x0100), "forbids embedding a part"},
		"bitmaps only": {licensed(0x0200), "forbids embedding its outlines"},
		"no outlines": {with(t, func(raw []byte) []byte { _, e := tableAt(t, raw, "glyf"); copy(raw[e:], "xxxx"); return raw }),
			`no table "glyf"`},
		"outlines unsorted": {with(t, func(raw []byte) []byte { at, _ := tableAt(t, raw, "loca"); raw[at+9] = 0xFF; return raw }),
			"out of order"},
		"no widths": {with(t, func(raw []byte) []byte {
			at, _ := tableAt(t, raw, "hhea")
			raw[at+34], raw[at+35] = 0xFF, 0xFF
			return raw
		}), "do not fit"},
		"no licence": {with(t, func(raw []byte) []byte { _, e := tableAt(t, raw, "OS/2"); copy(raw[e:], "xxxx"); return raw }),
			"does not say whether"},
	} {
		_, err := LoadFonts(UserFont{Name: "own.ttf", Raw: c.raw})
		var bad *remedy.Error
		if !errors.As(err, &bad) || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "own.ttf") ||
			bad.Hint() == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := LoadFonts(UserFont{Name: "own.ttf", Raw: licensed(0x0008)}); err != nil {
		t.Errorf("a font that may be embedded and edited: %v", err)
	}
}

// A font of the user's sets what the typeface lacks, in any style; what needs
// shaping stays refused, with its script and the reason.
func TestOwnFont(t *testing.T) {
	own, err := LoadFonts(UserFont{Name: "DejaVuSans.ttf", Raw: dejavusans.TTF})
	if err != nil {
		t.Fatal(err)
	}
	without := fonts(t)
	for _, s := range []string{"საქართველო", "Հայաստան", "𝔸"} {
		doc := sampleLetter()
		doc.Body = []letter.Block{{Kind: letter.Paragraph, Text: []letter.Span{{Text: s}, {Text: " bold " + s, Bold: true}}}}
		var glyph *GlyphError
		if _, err := without.Typeset(doc, Stationery{}); !errors.As(err, &glyph) || !strings.Contains(glyph.Hint(), "fonts") {
			t.Errorf("%s without a font: %v", s, err)
		}
		file, err := own.Typeset(doc, Stationery{})
		if err != nil {
			t.Fatal(err)
		}
		path := t.TempDir() + "/own.pdf"
		if err := os.WriteFile(path, file.Bytes, 0o600); err != nil {
			t.Fatal(err)
		}
		if got := pdftest.Output(t, "pdftotext", path, "-"); strings.Count(got, s) != 2 {
			t.Errorf("%s is not in the file twice: %s", s, got)
		}
	}
	for s, why := range map[string]string{"ש": "Hebrew runs from right to left", "م": "Arabic runs from right to left",
		"न": "Devanagari needs its letters joined or moved"} {
		doc := sampleLetter()
		doc.Subject = s
		if _, err := own.Typeset(doc, Stationery{}); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: %v", s, err)
		}
	}
}

func encoded(t testing.TB, kind string, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	var err error
	im := image.NewRGBA(image.Rect(0, 0, w, h))
	im.Set(0, 0, color.RGBA{R: 200, A: 255})
	switch kind {
	case "png":
		err = png.Encode(&b, im)
	case "jpeg":
		err = jpeg.Encode(&b, im, nil)
	case "gif":
		err = gif.Encode(&b, im, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// exif gives a JPEG the tag by which a camera says how it was held.
func exif(raw []byte, orientation byte) []byte {
	tag := append([]byte("\xFF\xE1\x00\x22Exif\x00\x00MM\x00\x2A\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"), orientation,
		0, 0, 0, 0, 0, 0)
	return slices.Concat(raw[:2], tag, raw[2:])
}

// A picture is judged by what it is, not by its name; one that is none, or too
// large, is refused before it is unpacked.
func TestPictures(t *testing.T) {
	bomb := encoded(t, "png", 8, 8)
	binary.BigEndian.PutUint32(bomb[16:], 60_000) // the header promises 60,000 by 60,000 pixels
	binary.BigEndian.PutUint32(bomb[20:], 60_000)
	binary.BigEndian.PutUint32(bomb[29:], crcOf(bomb[12:29]))
	for name, c := range map[string]struct {
		raw       []byte
		alt, want string
	}{
		"nothing":      {nil, "x", "not a PNG or JPEG"},
		"a text":       {[]byte("<svg></svg>"), "x", "not a PNG or JPEG"},
		"a GIF":        {encoded(t, "gif", 4, 4), "x", "not a PNG or JPEG"},
		"a bomb":       {bomb, "x", "60000 by 60000 pixels"},
		"cut off":      {encoded(t, "png", 90, 90)[:60], "x", "damaged"},
		"without text": {encoded(t, "png", 4, 4), "", "no text for people who cannot see it"},
		"huge file":    {make([]byte, largestImage+1), "x", "MB"},
	} {
		_, err := LoadImage(c.raw, c.alt)
		var bad *remedy.Error
		if !errors.As(err, &bad) || !strings.Contains(err.Error(), c.want) || bad.Hint() == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, c := range map[string]struct {
		raw           []byte
		width, height int
		contains      string
	}{
		"png":               {encoded(t, "png", 40, 20), 40, 20, "/FlateDecode"},
		"jpeg as it is":     {encoded(t, "jpeg", 40, 20), 40, 20, "/DCTDecode"},
		"jpeg on its side":  {exif(encoded(t, "jpeg", 40, 20), 6), 20, 40, "/FlateDecode"},
		"jpeg on its head":  {exif(encoded(t, "jpeg", 40, 20), 3), 40, 20, "/FlateDecode"},
		"larger than shown": {encoded(t, "png", 6000, 3000), 1500, 750, "/FlateDecode"},
	} {
		im, err := LoadImage(c.raw, "what it shows")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if im.width != c.width || im.height != c.height || !bytes.Contains(im.object, []byte(c.contains)) {
			t.Errorf("%s: %d by %d, %.150s", name, im.width, im.height, im.object)
		}
	}
}

// crcOf is the checksum of a PNG chunk.
func crcOf(b []byte) uint32 {
	crc := ^uint32(0)
	for _, c := range b {
		crc ^= uint32(c)
		for range 8 {
			if crc&1 != 0 {
				crc = crc>>1 ^ 0xEDB88320
			} else {
				crc >>= 1
			}
		}
	}
	return ^crc
}

// The right corner, dashes and quotation marks of print; addresses and what was
// typed as code stay.
// A German letter has German marks, whatever the typewriter had (DIN 5008).
func TestPrintedInGerman(t *testing.T) {
	p := printer{german, newMeasurer(fonts(t))}
	doc := p.prepared(letter.Document{Meta: letter.Meta{Language: "de-DE"}, Subject: `Verträge über "Körperkameras" ('Bodycams')`})
	if want := "Verträge über „Körperkameras“ (‚Bodycams’)"; doc.Subject != want {
		t.Errorf("%s, want %s", doc.Subject, want)
	}
}

func TestPrinted(t *testing.T) {
	for typed, want := range map[string]string{
		`"IRS" and 'DHS'`:                   `“IRS” and ‘DHS’`,
		`taxpayers' O'Brien`:                `taxpayers’ O’Brien`,
		`("in brackets") the '90s`:          `(“in brackets”) the ’90s`,
		`one--two -- three`:                 `one—two – three`,
		`--flag ---- a---b`:                 `--flag ---- a---b`,
		`https://x.gov/?a="b"--c o'x@y.org`: `https://x.gov/?a="b"--c o'x@y.org`,
		`“already” right’s`:                 `“already” right’s`,
		`"'nested' quotes"`:                 `“‘nested’ quotes”`,
		`2025-2026 552(a)(4)`:               `2025-2026 552(a)(4)`,
		`cafe` + "\u0301":                   `café`,
	} {
		if got := Printed(typed); got != want {
			t.Errorf("%s: got %s, want %s", typed, got, want)
		}
	}
}

// A letter that would have a few lines on its last page is set closer; one that
// would not is not.
func TestTakenIn(t *testing.T) {
	f := fonts(t)
	saved := 0
	for n := range 40 {
		doc := sampleLetter()
		doc.Body = []letter.Block{paragraph(strings.Repeat("word ", 250+n*10))}
		m := newMeasurer(f)
		laid := m.compose(doc, Stationery{})
		checkLayout(t, f, laid)
		s := &setter{measurer: m, paper: USLetter, tree: m.newTree(), level: 1}
		head, _, start := s.head(doc, nil)
		s.subject(doc.SubjectLabel(), doc.Subject)
		s.paragraph(text(doc.Salutation), regular, s.paper.left, greetGap)
		s.blocks(doc.Body, s.paper.left)
		s.signature(doc, nil)
		s.enclosures(doc.EnclosuresLabel(), doc.Enclosures)
		if apart := s.paginate(head, start, USLetter, usual, s.rows); len(apart) > len(laid.pages) {
			saved++
		}
	}
	if saved < 3 || saved > 20 {
		t.Errorf("%d of 40 letters were taken in by a page", saved)
	}
}

// A heading of 3,000 characters is set over lines; its bookmark is cut.
func TestLongHeading(t *testing.T) {
	f := fonts(t)
	doc := sampleLetter()
	doc.Body = []letter.Block{{Kind: letter.Heading, Level: 2, Text: text(strings.TrimSpace(strings.Repeat("heading ", 375)))},
		paragraph("After it.")}
	laid := newMeasurer(f).compose(doc, Stationery{})
	checkLayout(t, f, laid)
	if file, err := f.Typeset(doc, Stationery{}); err != nil || !bytes.Contains(file.Bytes, []byte("/Title<FEFF00680065")) {
		t.Errorf("%v", err)
	}
}

// Fonts and pictures are foreign bytes: an error or a result, never a panic.
func FuzzFont(f *testing.F) {
	longtest.LargeInputs(f)
	f.Add(liberationserifregular.TTF[:4000])
	f.Add([]byte("\x00\x01\x00\x00\x00\x01"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		file, err := parseTrueType(raw)
		if err != nil {
			return
		}
		if _, err := file.cut([]coded{{glyph: 0, code: 32}, {glyph: file.glyphs - 1, code: 33}}); err != nil {
			var bad *remedy.Error
			if !errors.As(err, &bad) {
				t.Error(err)
			}
		}
	})
}

func FuzzImage(f *testing.F) {
	fuzzImage(f, LoadImage)
}

// A picture that was received fills a page.
func FuzzPlate(f *testing.F) {
	fuzzImage(f, LoadPlate)
}

func fuzzImage(f *testing.F, load func([]byte, string) (*Image, error)) {
	longtest.LargeInputs(f)
	f.Add(encoded(f, "png", 3, 3))
	f.Add(encoded(f, "jpeg", 9, 3))
	f.Add(exif(encoded(f, "jpeg", 3, 3), 8))
	f.Fuzz(func(t *testing.T, raw []byte) {
		// A few bytes can ask for 40 million pixels: TestPlateAtItsBound has those, and here they would
		// only take time.
		if config, _, err := image.DecodeConfig(bytes.NewReader(raw)); err == nil && (config.Width > 500 || config.Height > 500) {
			return
		}
		im, err := load(raw, "x")
		if (err == nil) == (im == nil) {
			t.Error("neither a picture nor an error")
		}
	})
}

// The largest picture, of a few bytes, takes what the table of bounds in ARCHITECTURE.md says. The short
// form has one of a tenth.
func TestPlateAtItsBound(t *testing.T) {
	raw := encoded(t, "png", longtest.Count(2500, 8000), longtest.Count(1600, 5000))
	heap, took := longtest.Cost(func() {
		if _, err := LoadPlate(raw, "x"); err != nil {
			t.Error(err)
		}
	})
	t.Logf("40 million pixels in %d KB: %d MB, %s", len(raw)>>10, heap>>20, took.Round(10*time.Millisecond))
	if heap > int64(longtest.Count(250, 900))<<20 {
		t.Errorf("%d MB", heap>>20)
	}
}
