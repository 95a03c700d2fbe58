package redact

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"foia/internal/lazy"
)

// picture is one of a copy.
type picture struct {
	object                int
	width, height, colors int
}

// structure makes sure that a copy has nothing but a catalog, pages, one picture each, fonts without drawings, and what
// these need: each object has one use, and each of its entries is one that such an object has. So there are no notes,
// fields, files, layers, scripts, descriptions, bookmarks, earlier versions.
func (w *written) structure(pages []drawn) ([]picture, error) {
	u := &uses{written: w, used: map[int]string{}}
	catalog := u.use(w.root, "catalog")
	if err := catalog.only("Type=Catalog", "Pages"); err != nil {
		return nil, err
	}
	tree := u.use(catalog.dict["Pages"].ref, "pages")
	if err := tree.only("Type=Pages", "Count", "Kids"); err != nil {
		return nil, err
	}
	kids := tree.dict["Kids"].array
	if len(kids) != len(pages) || tree.dict["Count"].num != strconv.Itoa(len(pages)) {
		return nil, fmt.Errorf("it has %d pages and should have %d", len(kids), len(pages))
	}
	var out []picture
	list := ""
	for _, kid := range kids {
		list += fmt.Sprintf("%d 0 R ", kid.ref)
	}
	u.exactly(w.root, "<</Type/Catalog/Pages %d 0 R >>", catalog.dict["Pages"].ref)
	u.exactly(catalog.dict["Pages"].ref, "<</Type/Pages/Count %d/Kids[%s]>>", len(kids), list)
	fonts := 0
	for i, kid := range kids {
		p, shared, err := u.page(kid.ref, catalog.dict["Pages"].ref, pages[i])
		if err != nil {
			return nil, fmt.Errorf("page %d: %w", i+1, err)
		}
		if fonts != 0 && shared != fonts {
			return nil, fmt.Errorf("page %d has fonts of its own", i+1)
		}
		fonts = shared
		out = append(out, p)
	}
	if err := u.fonts(fonts); err != nil {
		return nil, err
	}
	for n := 1; n < len(w.objects); n++ {
		if u.used[n] == "" {
			return nil, fmt.Errorf("object %d belongs to nothing", n)
		}
	}
	return out, u.err
}

// uses notes what each object is for.
type uses struct {
	*written
	used map[int]string
	err  error
}

func (u *uses) use(n int, what string) object {
	if n < 1 || n >= len(u.objects) || u.used[n] != "" && u.used[n] != what {
		u.err = errors.Join(u.err, fmt.Errorf("object %d is no %s, or something else too", n, what))
		return object{}
	}
	u.used[n] = what
	return u.objects[n]
}

// exactly makes sure that an object is written so, but for its stream.
func (u *uses) exactly(n int, format string, args ...any) {
	want := fmt.Sprintf("%d 0 obj\n"+format, append([]any{n}, args...)...)
	if n < 1 || n >= len(u.objects) {
		u.err = errors.Join(u.err, errForm)
		return
	}
	o := u.objects[n]
	if o.streamAt != 0 {
		want += "stream\n"
	}
	have := make([]byte, len(want)+1)
	got, err := u.in.ReadAt(have, o.from)
	if got < len(have) && !errors.Is(err, io.EOF) {
		u.err = errors.Join(u.err, err)
		return
	}
	if !strings.HasPrefix(string(have[:got]), want) || o.streamAt == 0 && have[got-1] != '\n' ||
		o.streamAt != 0 && o.streamAt != o.from+int64(len(want)) {
		u.err = errors.Join(u.err, fmt.Errorf("object %d is not as it is written", n))
	}
}

// only makes sure that a dictionary has these entries and no others; Type=Page: with that name as its value.
func (v value) only(keys ...string) error {
	var want []string
	for _, k := range keys {
		name, is, fixed := strings.Cut(k, "=")
		want = append(want, name)
		if fixed && v.dict[name].name != is && v.dict[name].num != is {
			return fmt.Errorf("its %s is not %s", name, is)
		}
	}
	slices.Sort(want)
	if have := slices.Sorted(maps.Keys(v.dict)); !slices.Equal(have, want) {
		return fmt.Errorf("an object has %s and should have %s", strings.Join(have, " "), strings.Join(want, " "))
	}
	return nil
}

func (u *uses) page(n, tree int, d drawn) (p picture, fonts int, err error) {
	page := u.use(n, "page")
	resources := page.dict["Resources"]
	err = errors.Join(page.only("Type=Page", "Parent", "MediaBox", "Resources", "Contents"), resources.only("ProcSet", "Font", "XObject"),
		resources.dict["XObject"].only("I"))
	if err != nil || page.dict["Parent"].ref != tree || page.streamAt != 0 {
		return p, 0, errors.Join(errors.New("the page is not as it is written"), err)
	}
	picture := resources.dict["XObject"].dict["I"].ref
	u.exactly(n, "<</Type/Page/Parent %d 0 R /MediaBox[0 0 %s %s]/Resources<</ProcSet[/PDF/Text/ImageB/ImageC]/Font %d 0 R "+
		"/XObject<</I %d 0 R >>>>/Contents %d 0 R >>", tree, inPoints(d.width, d.dpi), inPoints(d.height, d.dpi),
		resources.dict["Font"].ref, picture, page.dict["Contents"].ref)
	content := u.use(page.dict["Contents"].ref, "content")
	if err := content.only("Filter=FlateDecode", "Length"); err != nil {
		return p, 0, err
	}
	u.exactly(page.dict["Contents"].ref, "<</Filter/FlateDecode/Length %d>>", content.length)
	text, err := u.unpacked(content, 64<<20)
	if err != nil {
		return p, 0, err
	}
	if !asWritten.RE().Match(text) {
		return p, 0, errors.New("its content is more than a picture and words")
	}
	p, err = u.picture(picture, d)
	return p, resources.dict["Font"].ref, err
}

// asWritten is the content of a page: its picture, and words.
const asWritten = lazy.Pattern(`^q [0-9.]+ 0 0 [0-9.]+ 0 0 cm /I Do Q\n` +
	`(?:BT 3 Tr (?:-?[0-9.]+ ){6}Tm (?:/U[0-9]+ 1 Tf <[0-9A-F]*>Tj )+ET\n)*$`)

// inPoints is a length as a page has it.
func inPoints(dots, dpi int) string {
	return strconv.FormatFloat(float64(dots)*72/float64(dpi), 'f', -1, 64)
}

func (u *uses) picture(n int, d drawn) (p picture, err error) {
	image := u.use(n, "picture of one page")
	u.used[n] += "." // of no other
	p = picture{object: n, width: d.width, height: d.height, colors: 1}
	space := "DeviceGray"
	if image.dict["ColorSpace"].name == "DeviceRGB" {
		p.colors, space = 3, "DeviceRGB"
	}
	size := func(name string, v int) string { return name + "=" + strconv.Itoa(v) }
	err = errors.Join(image.only("Type=XObject", "Subtype=Image", size("Width", d.width), size("Height", d.height), "ColorSpace="+space,
		"BitsPerComponent=8", "DecodeParms", "Filter=FlateDecode", "Length"),
		image.dict["DecodeParms"].only("Predictor=15", size("Colors", p.colors), "BitsPerComponent=8", size("Columns", d.width)))
	if err != nil {
		return p, err
	}
	u.exactly(n, "<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/%s/BitsPerComponent 8/DecodeParms<</Predictor 15"+
		"/Colors %d/BitsPerComponent 8/Columns %d>>/Filter/FlateDecode/Length %d>>", d.width, d.height, space, p.colors, d.width,
		image.length)
	return p, u.whole(image, int64(d.height)*int64(1+d.width*p.colors))
}

// whole makes sure that a packed stream has as many bytes as it should, and that nothing follows them.
func (u *uses) whole(o object, want int64) error {
	in := &counting{in: io.NewSectionReader(u.in, o.streamAt, o.length)}
	z, err := zlib.NewReader(in)
	if err != nil {
		return err
	}
	n, err := io.Copy(io.Discard, io.LimitReader(z, want+1))
	if err != nil || n != want || in.n != o.length {
		return errors.Join(fmt.Errorf("its picture has %d bytes and should have %d, or something follows it", n, want), err)
	}
	return nil
}

// counting reads byte by byte, so that what was not read is known.
type counting struct {
	in  *io.SectionReader
	n   int64
	one [4096]byte
	has []byte
}

func (c *counting) Read(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	one, err := c.ReadByte()
	if err != nil {
		return 0, err
	}
	b[0] = one
	return 1, nil
}

// ReadByte makes flate read no further than it must.
func (c *counting) ReadByte() (byte, error) {
	if len(c.has) == 0 {
		n, err := c.in.Read(c.one[:])
		if n == 0 {
			return 0, err
		}
		c.has = c.one[:n]
	}
	b := c.has[0]
	c.has = c.has[1:]
	c.n++
	return b, nil
}

func (w *written) unpacked(o object, most int64) ([]byte, error) {
	in := &counting{in: io.NewSectionReader(w.in, o.streamAt, o.length)}
	z, err := zlib.NewReader(in)
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(z, most+1))
	if err != nil || int64(len(out)) > most || in.n != o.length {
		return nil, errors.Join(errors.New("a stream is too long, or something follows it"), err)
	}
	return out, nil
}

// blankObject is the number of the character on which nothing is drawn.
const blankObject = 4

// fonts makes sure that the fonts draw nothing, and name characters alone.
func (u *uses) fonts(n int) error {
	shared := u.use(n, "fonts")
	blank, list := 0, "<<"
	for i := range len(shared.dict) {
		name := "U" + strconv.Itoa(i)
		v := shared.dict[name]
		list += fmt.Sprintf("/%s %d 0 R ", name, v.ref)
		font := u.use(v.ref, "font")
		procs := font.dict["CharProcs"]
		err := errors.Join(font.only("Type=Font", "Subtype=Type3", "FontBBox", "FontMatrix", "CharProcs", "Encoding", "FirstChar=1",
			"LastChar=255", "Widths", "Resources", "ToUnicode"), procs.only("n"),
			font.dict["Encoding"].only("Type=Encoding", "Differences"), font.dict["Resources"].only())
		if err != nil {
			return errors.Join(errors.New("a font is not as it is written"), err)
		}
		blank = procs.dict["n"].ref
		u.exactly(v.ref, "<</Type/Font/Subtype/Type3/FontBBox[0 -250 500 750]/FontMatrix[0.001 0 0 0.001 0 0]/CharProcs<</n %d 0 R >>"+
			"/Encoding<</Type/Encoding/Differences[1%s]>>/FirstChar 1/LastChar 255/Widths[%s]/Resources<<>>/ToUnicode %d 0 R >>",
			blank, strings.Repeat("/n", 255), strings.Repeat("500 ", 255), font.dict["ToUnicode"].ref)
		unicode := u.use(font.dict["ToUnicode"].ref, "characters of "+name)
		if err := unicode.only("Filter=FlateDecode", "Length"); err != nil {
			return err
		}
		u.exactly(font.dict["ToUnicode"].ref, "<</Filter/FlateDecode/Length %d>>", unicode.length)
		text, err := u.unpacked(unicode, 1<<20)
		if err != nil {
			return err
		}
		if !mapWritten.RE().Match(text) {
			return errors.New("the characters of a font are not as they are written")
		}
	}
	u.exactly(n, "%s>>", list)
	if blank == 0 { // there is no font
		blank = blankObject
	}
	glyph := u.use(blank, "blank")
	drawn := make([]byte, min(glyph.length, 64))
	if _, err := u.in.ReadAt(drawn, glyph.streamAt); err != nil {
		return err
	}
	if err := glyph.only("Length"); err != nil || !bytes.Equal(drawn, []byte("500 0 0 0 500 500 d1")) {
		return errors.Join(errors.New("a font draws something"), err)
	}
	return nil
}

// mapWritten is a map of bytes to characters.
const mapWritten = lazy.Pattern(`^/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n` +
	`/CIDSystemInfo <</Registry \(Adobe\) /Ordering \(UCS\) /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n` +
	`1 begincodespacerange\n<00> <FF>\nendcodespacerange\n(?:[0-9]+ beginbfchar\n(?:<[0-9A-F]{2}> <[0-9A-F]{4,8}>\n)+endbfchar\n)*` +
	`endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n$`)
