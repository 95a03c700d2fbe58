package redact

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"foia/internal/longtest"
	"foia/internal/pdf/pdftest"
	"foia/internal/pdfium"
)

// sheet is a PDF of one page with such entries and content; F1 is Helvetica.
func sheet(entries, content string, more ...string) []byte {
	return pdftest.Made(append([]string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
		"<</Type/Page/Parent 2 0 R" + entries + "/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
		pdftest.Stream("", content), pdftest.Helvetica}, more...)...)
}

const usLetter = "/MediaBox[0 0 612 792]"

// However a page is turned and cropped, the word is found where one sees it, and covered there and nowhere else.
func TestPagesInEveryWay(t *testing.T) {
	text := "BT /F1 12 Tf 100 500 Td (We wrote to Quillfeather.) Tj 0 -20 Td (Plain words.) Tj ET"
	for name, data := range map[string][]byte{
		"upright":         sheet(usLetter, text),
		"turned by 90":    sheet(usLetter+"/Rotate 90", text),
		"turned by 180":   sheet(usLetter+"/Rotate 180", text),
		"turned by 270":   sheet(usLetter+"/Rotate 270", text),
		"from elsewhere":  sheet("/MediaBox[-50 -100 562 692]", text),
		"cropped":         sheet(usLetter+"/CropBox[60 300 500 600]", text),
		"both and turned": sheet("/MediaBox[-50 -100 562 692]/CropBox[10 200 501.5 602.25]/Rotate 90", text),
		"upside down box": sheet("/MediaBox[612 792 0 0]", text),
		"with a unit":     sheet(usLetter+"/UserUnit 2", text),
		"large":           sheet("/MediaBox[0 0 2592 3456]", text),
		"turned text": sheet(usLetter, "BT /F1 12 Tf 0 1 -1 0 300 200 Tm (We wrote to Quillfeather.) Tj ET "+
			"BT /F1 12 Tf 0 1 -1 0 330 200 Tm (Plain words.) Tj ET"),
		"slanted text": sheet(usLetter, "BT /F1 12 Tf 0.866 0.5 -0.5 0.866 200 300 Tm (We wrote to Quillfeather.) Tj ET "+
			"BT /F1 12 Tf 0.866 0.5 -0.5 0.866 260 240 Tm (Plain words.) Tj ET"),
	} {
		t.Run(name, func(t *testing.T) {
			l := list(t, "Quillfeather")
			p := propose(t, data, l)
			if len(p.Boxes) != 1 {
				t.Fatalf("%+v", p.Boxes)
			}
			path, made, err := copied(t, redactor(t), data, l, p.Boxes)
			if err != nil {
				t.Fatal(err)
			}
			text := pdftest.Output(t, "pdftotext", path, "-")
			text = strings.Join(strings.Fields(text), "") // pdftotext takes apart what is slanted
			if strings.Contains(text, "uill") || !strings.Contains(text, "Pl") || !strings.Contains(text, "We") || made.Unseen != 0 {
				t.Errorf("its text: %q, %+v", text, made.Unseen)
			}
		})
	}
}

// What cannot be redacted is refused, with what to do.
func TestWhatIsRefused(t *testing.T) {
	many := func(n int) []byte { return small(n) }
	form := strings.Replace(string(sheet(usLetter, "")), "/Type/Catalog", "/Type/Catalog/AcroForm<</XFA(x)/Fields[]>>", 1)
	owner, err := os.ReadFile("../pdftext/testdata/owner.pdf")
	if err != nil {
		t.Fatal(err)
	}
	locked, err := os.ReadFile("../pdftext/testdata/password.pdf")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"501 pages":           {many(501), ErrTooMany},
		"XFA":                 {[]byte(form), ErrForm},
		"encrypted, readable": {owner, ErrEncrypted},
		"with a password":     {locked, pdfium.ErrPassword},
		"nothing":             {nil, pdfium.ErrNotPDF},
		"a text":              {[]byte("Dear Ms. Sample:"), pdfium.ErrNotPDF},
		"half of a PDF":       {sheet(usLetter, "")[:100], pdfium.ErrNotPDF},
		"no pages":            {pdftest.Made("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 0/Kids[]>>"), ErrNoPages},
		"a note without a look": {sheet(usLetter+"/Annots[<</Subtype/Polygon/Vertices[9 9 99 9 99 99]/IC[0 0 0]/Rect[9 9 99 99]>>]", ""),
			pdfium.ErrLookless},
		"a page of 200 inches": {sheet("/MediaBox[0 0 14400 14400]", ""), ErrHuge},
		"too large":            {make([]byte, pdfium.MostBytes+1), pdfium.ErrTooLarge},
	} {
		_, err := redactor(t).Propose(context.Background(), c.data, list(t, "x1"), nil)
		if !errors.Is(err, c.want) {
			t.Errorf("%s, to propose: %v", name, err)
		}
		if _, err := redactor(t).Make(context.Background(), c.data, nil, io.Discard); !errors.Is(err, c.want) {
			t.Errorf("%s, to make: %v", name, err)
		}
		if c.want != ErrNoPages && Remedy(err) == "" {
			t.Errorf("%s: nobody says what to do about %v", name, err)
		}
	}
}

// small is a PDF of many small pages, each with a word.
func small(n int) []byte {
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "", pdftest.Helvetica}
	var kids strings.Builder
	for i := range n {
		fmt.Fprintf(&kids, "%d 0 R ", len(objects)+1)
		page := "<</Type/Page/Parent 2 0 R/MediaBox[0 0 90 20]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
		objects = append(objects, fmt.Sprintf(page, len(objects)+2),
			pdftest.Stream("", fmt.Sprintf("BT /F1 8 Tf 4 6 Td (page %d secret) Tj ET", i+1)))
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", n, kids.String())
	return pdftest.Made(objects...)
}

// A PDF of as many pages as there may be is made whole, and proved in parts.
func TestManyPages(t *testing.T) {
	n := longtest.Count(45, MostPages)
	data := small(n)
	l := list(t, "secret")
	p := propose(t, data, l)
	if len(p.Boxes) != n {
		t.Fatalf("%d boxes", len(p.Boxes))
	}
	path, made, err := copied(t, redactor(t), data, l, p.Boxes)
	if err != nil {
		t.Fatal(err)
	}
	text := pdftest.Output(t, "pdftotext", path, "-")
	if made.Pages != n || strings.Contains(text, "secret") || strings.Count(text, "page") != n {
		t.Errorf("%d pages, %d of them with their text", made.Pages, strings.Count(text, "page"))
	}
	pdftest.Output(t, "qpdf", "--check", path)
}

// What lies over a page, a filled field or a note, is seen, found and covered as the page is. What a black square hides,
// which does not say how it looks, stays hidden.
func TestWhatLiesOverThePage(t *testing.T) {
	look := func(text string) string {
		return pdftest.Stream("/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F1 5 0 R>>>>",
			"BT /F1 12 Tf 2 5 Td ("+text+") Tj ET")
	}
	data := pdftest.Made("<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]/DR<</Font<</F1 5 0 R>>>>>>>>",
		"<</Type/Pages/Count 1/Kids[3 0 R]>>",
		"<</Type/Page/Parent 2 0 R"+usLetter+"/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R/Annots[6 0 R 8 0 R 10 0 R]>>",
		pdftest.Stream("", "BT /F1 12 Tf 100 500 Td (Hidden Marmalade) Tj ET"), pdftest.Helvetica,
		"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(Quillfeather was here yesterday)/DA(/F1 12 Tf)"+
			"/Rect[100 600 300 620]/F 4/AP<</N 7 0 R>>>>", look("Quillfeather was here yesterday"),
		"<</Type/Annot/Subtype/FreeText/Contents(Quillfeather was there too)/DA(/F1 12 Tf)/Rect[100 650 300 670]"+
			"/F 4/AP<</N 9 0 R>>>>", look("Quillfeather was there too"),
		"<</Type/Annot/Subtype/Square/Rect[90 490 260 520]/C[0 0 0]/IC[0 0 0]/F 4>>")
	l := list(t, "Quillfeather")
	p := propose(t, data, l)
	if len(p.Boxes) != 2 {
		t.Fatalf("%+v", p.Boxes)
	}
	path, _, err := copied(t, redactor(t), data, l, p.Boxes)
	if err != nil {
		t.Fatal(err)
	}
	text := pdftest.Output(t, "pdftotext", path, "-")
	if strings.Contains(text, "Quill") || strings.Contains(text, "Marm") || !strings.Contains(text, "here yesterday") {
		t.Errorf("its text: %q", text)
	}
	seen := seenBy(t, path, "pdfimages", "-png")
	if strings.Contains(seen, "Quill") || strings.Contains(seen, "Marm") || !strings.Contains(seen, "here") {
		t.Errorf("one sees: %q", seen)
	}
}

// A copy of a copy is made, though the one is drawn as the other was.
func TestCopyOfCopy(t *testing.T) {
	l := list(t, "Quillfeather")
	data := hiding()
	path, _, err := copied(t, redactor(t), data, l, propose(t, data, l).Boxes)
	if err != nil {
		t.Fatal(err)
	}
	first, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if again := propose(t, first, l); len(again.Boxes) != 0 || len(again.Unfound) != 1 {
		t.Errorf("it finds %+v", again.Boxes)
	}
	readable := list(t, "readable")
	if _, _, err := copied(t, redactor(t), first, readable, propose(t, first, readable).Boxes); err != nil {
		t.Error(err)
	}
}

// Whatever the size of a page, its picture is drawn dot for dot: nothing of what lies beside a box is lost, and nothing
// of what lies below it shines through.
func TestPagesOfEverySize(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		wide, high := rapid.Float64Range(1, 900).Draw(rt, "wide"), rapid.Float64Range(1, 900).Draw(rt, "high")
		data := sheet(fmt.Sprintf("/MediaBox[0 0 %.3f %.3f]", wide, high),
			fmt.Sprintf("BT /F1 %.2f Tf 1 2 Td (secret word) Tj ET", high/2))
		l := list(t, "secret")
		if _, _, err := copied(t, redactor(t), data, l, propose(t, data, l).Boxes); err != nil {
			rt.Fatal(err)
		}
	})
}
