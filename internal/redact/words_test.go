package redact

import (
	"context"
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"

	"foia/internal/pdf/pdftest"
	"foia/internal/pdfium"
	"foia/internal/pdftext"
)

// typed are the characters of a text, each in a place of its own, as PDFium would tell them of a page.
func typed(text string) (out []pdfium.Glyph) {
	x, y := 0.0, 0.0
	for _, r := range text {
		g := pdfium.Glyph{Rune: r, Made: r == '\n'}
		if r == '\n' {
			x, y = 0, y+14
		} else {
			g.Box = pdfium.Rect{X0: x, Y0: y, X1: x + 5, Y1: y + 8}
			g.Line = pdfium.Rect{X0: x, Y0: y - 2, X1: x + 6, Y1: y + 10}
			x += 6
		}
		out = append(out, g)
	}
	return out
}

// covers is what of a text lies below boxes: the words, in their order, with | between boxes.
func covers(t testing.TB, text string, words ...string) string {
	l := list(t, words...)
	glyphs := typed(text)
	p := newPage(1, 2000, 2000, glyphs)
	var all []string
	for _, h := range l.find(glyphs) {
		slices.Sort(h.glyphs)
		var b strings.Builder
		for _, i := range h.glyphs {
			b.WriteRune(glyphs[i].Rune)
		}
		all = append(all, b.String())
		if len(p.covering(h.glyphs, Found, "")) == 0 {
			t.Errorf("no box over %q", b.String())
		}
	}
	slices.Sort(all)
	return strings.Join(slices.Compact(all), "|")
}

func TestWordsAreFound(t *testing.T) {
	for _, c := range []struct{ text, word, want string }{
		{"We wrote to Smith.", "Smith", "Smith"},
		{"we wrote to SMITH, and", "smith", "SMITH"},
		{"Smithson and Goldsmith", "Smith", ""},
		{"Smithson and Goldsmith", "Smith*", "Smithson"},
		{"Smithson and Goldsmith", "*smith", "Goldsmith"},
		{"Goldsmiths and Smith", "*smith*", "Goldsmiths|Smith"},
		{"Smith’s house, Smith's dog", "Smith", "Smith"},
		{"of O’Brien and O'BRIEN and OBrien", "O'Brien", "OBRIEN|OBrien"},
		{"of O’Brien", "OBrien", "OBrien"},
		{"José and Jose\u0301 and Jose", "Jose", "Jose|José"},
		{"Jose", "José", "Jose"},
		{"Müller, Straße, Łódź, Ångström", "Muller", "Müller"},
		{"Straße", "STRASSE", "Straße"},
		{"an oﬃcer named Fiﬁeld", "Fifield", "Fiﬁeld"},
		{"Ｓｍｉｔｈ", "Smith", "Ｓｍｉｔｈ"},
		{"of Example-\nville, Ohio", "Exampleville", "Exampleville"},
		{"of Example-\nville, Ohio", "Example-ville", "Exampleville"},
		{"of Ex\u00ad\nample\u0002\nville", "Exampleville", "Exampleville"},
		{"of Ex\u00adample", "Example", "Example"},
		{"wrote to Jane\nSmith of", "Jane Smith", "JaneSmith"},
		{"Jane  Q. Smith", "Jane Smith", ""},
		{"J A N E", "Jane", "JANE"},
		{"call (202) 555-0142 now", "202-555-0142", "2025550142"},
		{"SSN 123-45-6789", "123 45 6789", "123456789"},
		{"1234-45-6789", "123 45 6789", ""},
		{"write to jane.smith@example.gov", "smith", "smith"},
		{"שלום כהן לוי", "כהן", "כהן"},
		{"יול ןהכ םולש", "כהן", "ןהכ"},
		{"محمد علي كتب", "علي", "علي"},
		{"ﻣﺤﻤﺪ ﻋﻠﻲ", "علي", "ﻋﻠﻲ"},
		{"记者王小明报道", "王小明", "王小明"},
		{"Αλέξανδρος", "ΑΛΕΞΑΝΔΡΟΣ", "Αλέξανδρος"},
		{"Иванов", "ИВАНОВ", "Иванов"},
		{"nothing", "absent", ""},
	} {
		if got := covers(t, c.text, c.word); got != c.want {
			t.Errorf("%q in %q: %q, want %q", c.word, c.text, got, c.want)
		}
	}
}

// A box is as wide as whole words, and to the next line of the grid, so that its width does not tell the word.
func TestBoxesAreWidened(t *testing.T) {
	p := newPage(1, 2000, 2000, typed("We wrote to Smith."))
	got := p.covering([]int{13, 14}, Found, "mi")
	if len(got) != 1 || got[0].Place != (pdfium.Rect{X0: 60, Y0: 0, X1: 120, Y1: 11}) {
		t.Errorf("%+v", got)
	}
	for _, words := range [][2]string{{"ill", "mmm"}, {"Li", "Wo"}} {
		one, two := newPage(1, 999, 999, typed("to "+words[0]+" x")), newPage(1, 999, 999, typed("to "+words[1]+" x"))
		a, b := one.covering([]int{3}, Found, ""), two.covering([]int{3}, Found, "")
		if a[0].Place != b[0].Place {
			t.Errorf("%q has %v, %q %v", words[0], a, words[1], b)
		}
	}
	hand := p.over(pdfium.Rect{X0: 80, Y0: 1, X1: 81, Y1: 2})
	if hand.Place != (pdfium.Rect{X0: 60, Y0: 0, X1: 120, Y1: 12}) {
		t.Errorf("by hand: %v", hand)
	}
}

func TestBadListsAreRefused(t *testing.T) {
	for _, words := range [][]string{{"—"}, {"*"}, {strings.Repeat("x", 401)}, make([]string, 0)} {
		l, err := NewList(words)
		if len(words) == 0 && (err != nil || len(l.Words) != 0) || len(words) > 0 && err == nil {
			t.Errorf("%q: %v", words, err)
		}
	}
	var many []string
	for i := range MostWords + 1 {
		many = append(many, fmt.Sprint(i))
	}
	if _, err := NewList(many); err == nil {
		t.Error("any number of words is taken")
	}
}

// Of a list of 5,000 names, those that are there are found, and the others are named.
func TestLongList(t *testing.T) {
	var words []string
	for i := range 5000 {
		words = append(words, fmt.Sprintf("Given%d Family%d", i, i))
	}
	p := propose(t, pdftest.MadeLetter([]string{"Given7 Family7 wrote to Given4999", "Family4999 of it."}), list(t, words...))
	if len(p.Unfound) != 4998 || len(p.Boxes) != 3 {
		t.Errorf("%d not found, %d boxes", len(p.Unfound), len(p.Boxes))
	}
}

// A long list is as quick to look for as a short one: each word of a page is looked up.
func BenchmarkFind(b *testing.B) {
	for _, n := range []int{5, 5000} {
		var words []string
		for i := range n {
			words = append(words, fmt.Sprintf("Name%d Family%d", i, i), fmt.Sprintf("Prefix%d*", i))
		}
		glyphs := typed(strings.Repeat("We wrote to Name4 Family4 and others in Exampleville. ", 60))
		b.Run(fmt.Sprint(2*n, " words"), func(b *testing.B) {
			l := list(b, words...)
			for b.Loop() {
				l.find(glyphs)
			}
		})
	}
}

// Of scans, nothing is text: it is said that words cannot be found there. Where a program reads pictures, what it finds
// is marked as unsure.
func TestScans(t *testing.T) {
	data := pdftest.MadePicture()
	l := list(t, "Quillfeather")
	p := propose(t, data, l)
	if !slices.Equal(p.Unread, []int{1}) || !slices.Equal(p.Textless, []int{1}) || len(p.Unsure) != 0 {
		t.Errorf("%+v", p)
	}
	r := redactor(t)
	r.Pictures = func(_ context.Context, picture image.Image, dpi int) ([]pdftext.Word, error) {
		return []pdftext.Word{{Text: "to", Line: 1, Place: image.Rect(dpi, dpi, 2*dpi, dpi+20)},
			{Text: "Quill-", Line: 1, Place: image.Rect(2*dpi, dpi, 3*dpi, dpi+20)},
			{Text: "feather,", Line: 2, Place: image.Rect(dpi, dpi+40, 2*dpi, dpi+60)}}, nil
	}
	p, err := r.Propose(context.Background(), data, l, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(p.Unsure, []int{1}) || len(p.Unread) != 0 || len(p.Boxes) != 2 || p.Boxes[0].How != Recognized {
		t.Errorf("%+v", p)
	}
	if b := p.Boxes[0].Place; b.X0 != 132 || b.X1 != 228 {
		t.Errorf("%+v", b)
	}
}

// What tesseract reads on a page that is a picture is found where it stands.
func TestScansByTesseract(t *testing.T) {
	pdftest.Program(t, "tesseract")
	text := sheet(usLetter, "BT /F1 14 Tf 72 700 Td (We wrote to Quillfeather about it.) Tj 0 -24 Td (Plain words stay readable.) Tj ET")
	path, _, err := copied(t, redactor(t), text, list(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	scan := withoutText(t, path)
	r := redactor(t)
	r.Pictures = pdftext.Words
	l := list(t, "Quillfeather")
	p, err := r.Propose(context.Background(), scan, l, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Boxes) != 1 || p.Boxes[0].How != Recognized {
		t.Fatalf("%+v", p)
	}
	path, _, err = copied(t, redactor(t), scan, l, p.Boxes)
	if err != nil {
		t.Fatal(err)
	}
	if seen := seenBy(t, path, "pdfimages", "-png"); strings.Contains(seen, "uill") || !strings.Contains(seen, "Plain words") {
		t.Errorf("one sees: %q", seen)
	}
}

// Of the hidden text of a scan, that is copied which a program reads in the picture, at the same place: not what is
// below a box, nor what the picture does not show.
func TestHiddenTextOfScans(t *testing.T) {
	pdftest.Program(t, "tesseract")
	text := sheet(usLetter, "BT /F1 14 Tf 72 700 Td (We wrote to Quillfeather about it.) Tj 0 -24 Td (Plain words stay readable.) Tj ET")
	path, _, err := copied(t, redactor(t), text, list(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	scan := strings.Replace(string(withoutText(t, path)), "q 612 0 0 792 0 0 cm /I Do Q", "q 612 0 0 792 0 0 cm /I Do Q "+
		"BT 3 Tr /F1 14 Tf 72 700 Td (We wrote to Quillfeather about it.) Tj 0 -24 Td (Plain words stay secret.) Tj ET", 1)
	scan = strings.Replace(scan, "/XObject<</I 5 0 R>>",
		"/XObject<</I 5 0 R>>/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>", 1)
	scan = strings.Replace(scan, "/Length 28>>", "/Length 153>>", 1)
	l := list(t, "Quillfeather")
	p := propose(t, []byte(scan), l)
	if len(p.Boxes) != 1 || p.Boxes[0].How != Found {
		t.Fatalf("%+v", p.Boxes)
	}
	for _, c := range []struct {
		read bool
		want string
	}{{false, ""}, {true, "Plain words stay"}} {
		r := redactor(t)
		if c.read {
			r.Pictures = pdftext.Words
		}
		path, _, err := copied(t, r, []byte(scan), l, p.Boxes)
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(strings.Fields(pdftest.Output(t, "pdftotext", path, "-")), " ")
		if strings.Contains(got, "uill") || strings.Contains(got, "secret") || !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("read %t: %q", c.read, got)
		}
	}
}
