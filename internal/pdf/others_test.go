package pdf_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"foia/internal/letter"
	"foia/internal/longtest"
	"foia/internal/pdf"
	"foia/internal/pdf/pdftest"
	"foia/internal/workday"
)

// words of the generated letters: those of every script that the typeface sets,
// with all that has ever been set wrong.
var vocabulary = strings.Fields(`the of records Act agency request and to “withheld” § 552(a)(6)(A)(i) U.S.C. ` +
	`26 6103(i)(2) No. 1:25-cv-00677 ` +
	`Łódź Őry Żółkiewski Ñuñoa Ærø Ελλάδα Παπαδόπουλος Київ Шевченко Ђорђевић ` +
	`naïve – — … fi ffl (parenthesis) \backslash {nb} $25.00 50% & <tag> ` +
	`"straight" 'single' O'Brien taxpayers' a--b -- [brackets] #hash *star* ½ € ° × ≤ communications interconnectedness AVATAR To. Ty`)

// generated makes a letter from a number: the same number, the same letter.
func generated(seed uint64) letter.Document {
	r := rand.New(rand.NewPCG(seed, 4))
	text := func(least, most int) string {
		var words []string
		for range least + r.IntN(most-least+1) {
			words = append(words, vocabulary[r.IntN(len(vocabulary))])
		}
		return strings.Join(words, " ")
	}
	spans := func() []letter.Span {
		out := []letter.Span{{Text: text(1, 60)}}
		if r.IntN(3) == 0 {
			out = append(out, letter.Span{Text: " see "},
				letter.Span{Text: "https://www.example.gov/" + strings.Repeat("records/", r.IntN(12)) + "?id=1",
					Link: "https://www.example.gov/"},
				letter.Span{Text: " and "}, letter.Span{Text: text(1, 5), Bold: r.IntN(2) == 0, Italic: r.IntN(2) == 0},
				letter.Span{Text: " " + text(1, 20)})
		}
		return out
	}
	paragraph := func() letter.Block { return letter.Block{Kind: letter.Paragraph, Text: spans()} }
	var list func(depth int) letter.Block
	list = func(depth int) letter.Block {
		b := letter.Block{Kind: letter.BulletList}
		if r.IntN(2) == 0 {
			b.Kind = letter.NumberedList
		}
		for i := range 1 + r.IntN(4) {
			item := letter.ListItem{Label: "•", Body: []letter.Block{paragraph()}}
			if b.Kind == letter.NumberedList {
				item.Label = fmt.Sprintf("%d.", i+1)
			}
			if depth < 2 && r.IntN(3) == 0 {
				item.Body = append(item.Body, list(depth+1))
			}
			b.Items = append(b.Items, item)
		}
		return b
	}
	doc := letter.Document{
		Meta: letter.Meta{Title: text(2, 8), Author: text(1, 3), Subject: text(0, 3), Keywords: []string{"FOIA", text(1, 1)},
			Language: "en-US", Date: workday.MustDate("2026-11-23")},
		Reference:  fmt.Sprintf("2026-%04d", seed),
		Letterhead: []string{text(1, 4), text(3, 8)}[:1+r.IntN(2)],
		Date:       "November 23, 2026", Addressee: []string{text(1, 4), text(1, 4), "Washington, DC 20224"},
		Subject: text(3, 20), Salutation: "Dear FOIA Officer:", Closing: "Sincerely,",
		Signature: []letter.Signer{{Name: text(1, 3), Lines: []string{text(1, 3)}}},
	}
	if r.IntN(4) == 0 {
		doc.Mark = letter.SampleMark
	}
	if r.IntN(2) == 0 {
		doc.Via, doc.Enclosures = "Via U.S. mail", []string{text(1, 9), text(1, 9)}
	}
	for range 1 + r.IntN(14) {
		switch r.IntN(6) {
		case 0:
			doc.Body = append(doc.Body, letter.Block{Kind: letter.Heading, Level: 2, Text: []letter.Span{{Text: text(1, 6)}}}, paragraph())
		case 1:
			doc.Body = append(doc.Body, list(0))
		case 2:
			doc.Body = append(doc.Body, letter.Block{Kind: letter.Quote, Body: []letter.Block{paragraph()}})
		default:
			doc.Body = append(doc.Body, paragraph())
		}
	}
	return doc
}

func fonts(t testing.TB) *pdf.Fonts {
	t.Helper()
	f, err := pdf.LoadFonts()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func write(t testing.TB, doc letter.Document, raw []byte) pdftest.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), doc.Reference+".pdf")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return pdftest.File{Path: path, Letter: doc, Printed: pdf.Printed}
}

func typeset(t testing.TB, f *pdf.Fonts, doc letter.Document, on pdf.Stationery) []byte {
	t.Helper()
	file, err := f.Typeset(doc, on)
	if err != nil {
		t.Fatal(err)
	}
	return file.Bytes
}

// Letters made at random are sound, archival, read out in their order,
// copied without loss, their fonts embedded and cut.
func TestGenerated(t *testing.T) {
	f := fonts(t)
	var files []pdftest.File
	for seed := range uint64(longtest.Count(6, 200)) {
		on := pdf.Stationery{}
		if seed%2 == 1 {
			on.Paper = pdf.A4
		}
		doc := generated(seed)
		files = append(files, write(t, doc, typeset(t, f, doc, on)))
	}
	pdftest.Check(t, files)
}

// Each program finds the fault that is its own: the tests above can fail.
func TestPlantedFaults(t *testing.T) {
	f := fonts(t)
	doc := generated(7)
	good := typeset(t, f, doc, pdf.Stationery{})
	var files []pdftest.File
	var programs []string // that should find the fault of the file in the same place
	for _, c := range []struct{ program, old, new string }{
		{pdftest.Sound, "startxref\n", "startxerf\n"},
		{pdftest.Archival, "/OutputIntents[", "/OutputXntents["},
		{pdftest.Archival, "<pdfaid:part>1", "<pdfaid:part>3"},
		{pdftest.Structure, "/S/H1", "/S/H4"},
		{pdftest.Structure, "/Marked true", "/Marker true"},
		{pdftest.Fonts, "/FontFile2 ", "/FontFile9 "},
		{pdftest.Fonts, "/ToUnicode ", "/ToUnicorn "},
	} {
		if !bytes.Contains(good, []byte(c.old)) {
			t.Fatalf("%q is not in the file", c.old)
		}
		bad := bytes.ReplaceAll(good, []byte(c.old), []byte(c.new))
		files, programs = append(files, write(t, doc, bad)), append(programs, c.program)
	}
	// A word that the letter has and the file has not.
	missing := doc
	missing.Salutation = "Dear FOIA Public Officer:"
	for _, program := range []string{pdftest.Text, pdftest.Structure} {
		files, programs = append(files, write(t, missing, good)), append(programs, program)
	}
	faults := pdftest.Faults(t, files)
	for i, program := range programs {
		if !slices.ContainsFunc(faults, func(f pdftest.Fault) bool { return f.Program == program && f.Path == files[i].Path }) {
			t.Errorf("%s does not find the fault of file %d", program, i+1)
		}
	}
}

// picture is a PNG with a hole that can be seen through.
func picture(t testing.TB, w, h int) []byte {
	t.Helper()
	im := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			im.SetNRGBA(x, y, color.NRGBA{R: uint8(x), G: uint8(y), B: 90, A: uint8(x * 255 / w)})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, im); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A letter with pictures is archival and reads them out.
func TestPictures(t *testing.T) {
	f := fonts(t)
	logo, err := pdf.LoadImage(picture(t, 400, 120), "The sign of The Courier")
	if err != nil {
		t.Fatal(err)
	}
	hand, err := pdf.LoadImage(picture(t, 300, 80), "Signature of Ana Ruiz")
	if err != nil {
		t.Fatal(err)
	}
	doc := generated(3)
	plain, pictured := typeset(t, f, doc, pdf.Stationery{}), typeset(t, f, doc, pdf.Stationery{Letterhead: logo, Signature: hand})
	if bytes.Equal(plain, pictured) || bytes.Contains(pictured, []byte("/SMask")) {
		t.Error("the pictures are not there, or can be seen through")
	}
	var faults []pdftest.Fault
	for _, fault := range pdftest.Faults(t, []pdftest.File{write(t, doc, pictured)}) {
		if fault.Program != pdftest.Structure { // which has two figures more
			faults = append(faults, fault)
		}
	}
	if len(faults) > 0 {
		t.Error(faults)
	}
	for _, alt := range []string{"The sign of The Courier", "Signature of Ana Ruiz"} {
		if !bytes.Contains(pictured, []byte("/Alt("+alt+")")) {
			t.Errorf("no text for %q", alt)
		}
	}
}
