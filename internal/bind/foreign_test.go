package bind

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"foia/internal/longtest"
	"foia/internal/pdf/pdftest"
)

// PDFs made by hand.
var (
	pdfOf  = pdftest.Made
	stream = pdftest.Stream
	packed = pdftest.Packed
)

const (
	pagesOf1 = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
	emptyOne = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<<>>/Contents 4 0 R>>"
	drawn    = "<</Length 3>>stream\nq Q\nendstream"
)

func encrypted(t *testing.T, raw []byte, user string) []byte {
	t.Helper()
	conf := model.NewAESConfiguration(user, "owner", 256)
	var out bytes.Buffer
	if err := api.Encrypt(bytes.NewReader(raw), &out, conf); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// What cannot be bound says why, takes little, and harms nothing.
func TestUnfit(t *testing.T) {
	alone()
	good := letterOf(t, "one", 2)
	spaces := bytes.Repeat([]byte(" "), mostStream+1)
	deep := strings.Repeat("[", 200_000) + strings.Repeat("]", 200_000)
	objects := stream("/Type/ObjStm/N 100000/First 10/Filter/FlateDecode", packed(spaces))
	cases := map[string]struct {
		raw []byte
		why string
	}{
		"empty":     {nil, "damaged or not a PDF"},
		"text":      {[]byte("no PDF"), "damaged or not a PDF"},
		"truncated": {good[:len(good)/2], "damaged or not a PDF"},
		"password":  {encrypted(t, good, "user"), "it is encrypted and needs a password"},
		"encrypted in place": {bytes.Replace(pdfOf("<</Type/Catalog/Pages 2 0 R>>", pagesOf1, emptyOne, drawn), []byte("/Root"),
			[]byte("/Encrypt<</Filter/Standard>>/Root"), 1), "encrypted in a way"},
		"pages in a circle": {pdfOf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>", emptyOne,
			drawn), ""},
		"pages that are none": {pdfOf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>"), ""},
		"a wrong count": {pdfOf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 2000000000>>", emptyOne, drawn),
			""},
		"nested too deep": {pdfOf("<</Type/Catalog/Pages 2 0 R>>", pagesOf1, "<</Type/Page/Parent 2 0 R/MediaBox "+deep+">>"),
			"a page of it cannot be read"},
		"a page that is lost": {pdfOf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>", emptyOne, drawn), ""},
		"a number too high": {[]byte("%PDF-1.5\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 " +
			"obj\n<</Type/Pages/Kids[30000000081 0 R]/Count 1>>\nendobj\n30000000081 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 " +
			"9]>>\nendobj\ntrailer\n<</Size 6/Root 1 0 R>>\nstartxref\n32\n%%EOF\n"), ""},
		"a bomb": {pdfOf("<</Type/Catalog/Pages 2 0 R>>", pagesOf1, emptyOne, stream("/Filter/FlateDecode", packed(spaces))),
			"unpacks to more"},
		"a bomb of objects": {pdfOf("<</Type/Catalog/Pages 2 0 R>>", pagesOf1, emptyOne, drawn, objects), ""},
		"packed and cut": {pdfOf("<</Type/Catalog/Pages 2 0 R>>", pagesOf1, emptyOne,
			stream("/Filter/FlateDecode", packed([]byte(strings.Repeat("q Q ", 9999)))[:20])), "cannot be unpacked"},
		"hidden layers": {pdfOf("<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[5 0 R]/D<</OFF[5 0 R]>>>>>>", pagesOf1, emptyOne,
			drawn, "<</Type/OCG/Name(x)>>"), "layers that are hidden"},
		"a table in a circle": {[]byte("%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\nxref\n0 1\n0000000000 65535 f " +
			"\ntrailer\n<</Size 3/Root 1 0 R/Prev 57>>\nstartxref\n57\n%%EOF\n"), ""},
		"a table without end": {[]byte("%PDF-1.4\nxref\n0 2000000000\ntrailer\n<</Size 2000000000/Root 1 0 R>>\nstartxref\n9\n%%EOF\n"),
			""},
		"parents in a circle": {pdfOf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1/Parent 3 0 R>>",
			"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>", drawn), ""},
		"content in a circle": {pdfOf("<</Type/Catalog/Pages 2 0 R>>", pagesOf1,
			"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>/Contents 5 0 R>>", drawn, "[5 0 R]"), ""},
		"a catalog in pages":   {pdfOf("<</Type/Catalog/Pages 1 0 R>>", pagesOf1), ""},
		"a length in a circle": {pdfOf("<</Type/Catalog/Pages 2 0 R>>", pagesOf1, emptyOne, "<</Length 4 0 R>>stream\nq Q\nendstream"), ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := ReadForeign(c.raw)
			runtime.ReadMemStats(&after)
			var unfit *Unfit
			if err != nil && !errors.As(err, &unfit) {
				t.Errorf("not the file's fault: %v", err)
			}
			if c.why != "" && (err == nil || !strings.Contains(err.Error(), c.why)) {
				t.Errorf("%v, want %q", err, c.why)
			}
			if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 400 {
				t.Errorf("it took %d MB", took)
			}
			t.Log(err)
		})
	}
}

// What is beside the pages does not come along, and is no reason to leave them out:
// scripts, a form, an outline that leads in a circle.
func TestForeignIsTamed(t *testing.T) {
	for _, name := range []string{"qpdf", "pdftotext", "pdfinfo"} {
		program(t, name)
	}
	raw := pdfOf("<</Type/Catalog/Pages 2 0 R/Outlines 5 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/AcroForm<</SigFlags "+
		"1/Fields[7 0 R]/XFA(x)>>/Names<</EmbeddedFiles 9 0 R/JavaScript 9 0 R>>>>",
		pagesOf1, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<<>>/Contents 4 0 R/Annots[7 0 R 10 0 "+
			"R]/AA<</O<</S/JavaScript/JS(x)>>>>>>", drawn,
		"<</Type/Outlines/First 6 0 R/Last 6 0 R/Count 1>>", "<</Title(x)/Parent 5 0 R/Next 6 0 R/First 6 0 R/Last 6 0 R>>",
		"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/Rect[100 100 300 130]/Kids[7 0 R]/Parent 7 0 R/AP<</N 8 0 "+
			"R>>/V(value)/A<</S/Launch/F(cmd.exe)>>>>",
		stream("/Type/XObject/Subtype/Form/BBox[0 0 200 30]/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>",
			"BT /F1 12 Tf 2 10 Td (field shown) Tj ET"),
		"<</Names[(x)<</Type/Filespec/F(x.exe)/EF<</F 4 0 R>>>>]/Kids[9 0 R]>>",
		"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(cmd.exe)>>>>")
	t.Run("as objects", func(t *testing.T) { tamed(t, raw) })
	// Objects that are packed are read by pdfcpu only when they are asked for.
	dir := t.TempDir()
	loose, tight := filepath.Join(dir, "loose.pdf"), filepath.Join(dir, "tight.pdf")
	if err := os.WriteFile(loose, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	say(t, "qpdf", "--object-streams=generate", loose, tight)
	packed, err := os.ReadFile(tight)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("packed", func(t *testing.T) { tamed(t, packed) })
}

func tamed(t *testing.T, raw []byte) {
	t.Helper()
	f, err := ReadForeign(raw)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(f.Left, "; "); !strings.Contains(got, "attached") || !strings.Contains(got, "form that only") ||
		!strings.Contains(got, "signature") {
		t.Errorf("left: %s", got)
	}
	v := NewVolume("x", false)
	if err := errors.Join(v.Add(Part{"Exhibit 1 — α", letterOf(t, "one", 1)}), v.Continue(Part{"Exhibit 1", f.PDF}),
		v.Add(Part{"Exhibit 2", letterOf(t, "two", 1)})); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "v.pdf")
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if pages, err := v.Write(out); err != nil || pages != 3 || out.Close() != nil {
		t.Fatal(pages, err)
	}
	say(t, "qpdf", "--check", path)
	if got := bookmarks(t, path); got != "Exhibit 1 — α 1; Exhibit 2 3" {
		t.Errorf("bookmarks: %s", got)
	}
	if got := say(t, "pdftotext", path, "-"); !strings.Contains(got, "field shown") {
		t.Errorf("the look of the field is gone: %s", got)
	}
	all := say(t, "qpdf", "--qdf", "--object-streams=disable", path, "-")
	for _, bad := range []string{"JavaScript", "Launch", "cmd.exe", "x.exe", "AcroForm", "Widget", "EmbeddedFile"} {
		if strings.Contains(all, bad) {
			t.Errorf("%s came along", bad)
		}
	}
}

// What a viewer draws by itself is not what was sent: such a form is not bound. An
// empty field, and one that is drawn, are no obstacle.
func TestForms(t *testing.T) {
	alone()
	form := func(catalog, field string) []byte {
		return pdfOf("<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]"+catalog+">>>>", pagesOf1,
			"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<<>>/Contents 4 0 R/Annots[5 0 R]>>", drawn,
			"<</Type/Annot/Subtype/Widget/Rect[100 100 300 130]"+field+">>", stream("/Type/XObject/Subtype/Form/BBox[0 0 200 30]", "q Q"),
			"<</FT/Tx/V(above)/T(x)/Kids[5 0 R]>>")
	}
	for name, c := range map[string]struct {
		raw []byte
		fit bool
	}{
		"drawn":              {form("", "/FT/Tx/T(a)/V(x)/AP<</N 6 0 R>>"), true},
		"not drawn":          {form("", "/FT/Tx/T(a)/V(x)"), false},
		"entered above":      {form("", "/Parent 7 0 R"), false},
		"drawn anew":         {form("/NeedAppearances true", "/FT/Tx/T(a)/V(x)/AP<</N 6 0 R>>"), false},
		"empty":              {form("/NeedAppearances true", "/FT/Tx/T(a)/V()"), true},
		"hidden":             {form("", "/FT/Tx/T(a)/V(x)/F 2"), true},
		"box ticked":         {form("", "/FT/Btn/T(a)/V/Yes/AS/Yes/AP<</N<</Yes 6 0 R>>>>"), true},
		"box without a tick": {form("", "/FT/Btn/T(a)/V/Off/AS/Off/AP<</N<</Yes 6 0 R>>>>"), true},
	} {
		f, err := ReadForeign(c.raw)
		if fit := err == nil; fit != c.fit || !fit && !strings.Contains(err.Error(), "entries are drawn by whatever program") {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil && bytes.Contains(f.PDF, []byte("Widget")) {
			t.Errorf("%s: it is still a field", name)
		}
	}
}

// However a PDF is damaged, reading it ends with pages or with a reason.
func FuzzReadForeign(f *testing.F) {
	longtest.LargeInputs(f)
	alone()
	f.Add(pdfOf("<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]>>>>", pagesOf1, emptyOne, drawn, "<</Kids[5 0 R]/Parent 5 0 R>>"))
	f.Add(pdfOf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>", emptyOne,
		stream("/Filter/FlateDecode", packed([]byte("q Q")))))
	f.Add(pdfOf("<</Type/Catalog/Pages 2 0 R/OCProperties<</D<</BaseState/OFF>>>>>>", pagesOf1, emptyOne,
		stream("/Filter[/ASCII85Decode/LZWDecode]", "xx~>")))
	next := func() string { return "0001" }
	for _, some := range [][]strange{lackingPDFs(next), oddTrees(next), oddContents(next)} {
		for _, s := range some {
			f.Add(s.raw)
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		read, err := ReadForeign(raw)
		if err == nil && read.Pages < 1 {
			t.Error("no pages, and no reason")
		}
		if err == nil {
			v := NewVolume("x", false)
			if err := v.Add(Part{Title: "x", PDF: read.PDF}); err != nil {
				t.Errorf("read, and not bound: %v", err)
			}
		}
	})
}
