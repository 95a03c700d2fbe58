package redact

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"foia/internal/pdf/pdftest"
)

// places are those in which a PDF may hide a word, each with the word that it hides here.
var places = map[string]string{
	"annotation": "canaryannot", "form field": "canaryfield", "attachment": "canaryattached", "XMP": "canaryxmp", "Info": "canaryinfo",
	"ActualText": "canaryactual", "white text": "canarywhite", "text under a picture": "canaryunder", "hidden layer": "canarylayer",
	"earlier revision": "canaryearlier", "bookmark": "canarybookmark", "alternate text": "canaryalt",
}

// hiding is a PDF of one page that hides a word in each of these places, and shows some.
func hiding() []byte {
	content := "BT /F1 12 Tf 72 720 Td (Plain words stay readable.) Tj ET\n" +
		"BT /F1 12 Tf 72 700 Td (We wrote to Quillfeather about it.) Tj ET\n" +
		"/Span<</ActualText(canaryactual)>>BDC BT /F1 12 Tf 72 680 Td (shown) Tj ET EMC\n" +
		"1 g BT /F1 12 Tf 72 660 Td (canarywhite) Tj ET 0 g\n" +
		"BT /F1 12 Tf 72 640 Td (canaryunder) Tj ET q 200 0 0 24 70 632 cm /I Do Q\n" +
		"/OC /L BDC BT /F1 12 Tf 72 600 Td (canarylayer) Tj ET EMC\n"
	earlier := "BT /F1 12 Tf 72 720 Td (canaryearlier) Tj ET\n"
	raw := pdftest.Made(
		"<</Type/Catalog/Pages 2 0 R/Metadata 7 0 R/AcroForm<</Fields[8 0 R]>>/Names<</EmbeddedFiles<</Names[(a.txt)9 0 R]>>>>"+
			"/Outlines 11 0 R/StructTreeRoot 13 0 R/MarkInfo<</Marked true>>/OCProperties<</OCGs[15 0 R]/D<</OFF[15 0 R]>>>>>>",
		"<</Type/Pages/Count 1/Kids[3 0 R]>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Annots[6 0 R 8 0 R]/StructParents 0/Contents 4 0 R"+
			"/Resources<</Font<</F1 5 0 R>>/XObject<</I 16 0 R>>/Properties<</L 15 0 R>>>>>>",
		pdftest.Stream("", earlier),
		pdftest.Helvetica,
		"<</Type/Annot/Subtype/Text/Rect[500 700 520 720]/Contents(canaryannot)/F 2>>",
		pdftest.Stream("/Type/Metadata/Subtype/XML", "<x:xmpmeta xmlns:x='adobe:ns:meta/'>canaryxmp</x:xmpmeta>"),
		"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(canaryfield)/Rect[72 560 200 580]/F 2>>",
		"<</Type/Filespec/F(a.txt)/EF<</F 10 0 R>>>>",
		pdftest.Stream("/Type/EmbeddedFile/Filter/FlateDecode", pdftest.Packed([]byte("canaryattached"))),
		"<</Type/Outlines/First 12 0 R/Last 12 0 R/Count 1>>",
		"<</Title(canarybookmark)/Parent 11 0 R/Dest[3 0 R/Fit]>>",
		"<</Type/StructTreeRoot/K 14 0 R>>",
		"<</Type/StructElem/S/Figure/P 13 0 R/Pg 3 0 R/Alt(canaryalt)>>",
		"<</Type/OCG/Name(layer)>>",
		pdftest.Stream("/Type/XObject/Subtype/Image/Width 2/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", "\xc0\xd0"),
		"<</Title(canaryinfo)>>",
	)
	raw = []byte(strings.Replace(string(raw), "/Root 1 0 R", "/Root 1 0 R/Info 17 0 R", 1))
	return revised(raw, 4, pdftest.Stream("/Filter/FlateDecode", pdftest.Packed([]byte(content))))
}

// revised is a PDF of which an object was replaced, with the old one still in the file.
func revised(raw []byte, number int, object string) []byte {
	text := string(raw)
	before := text[strings.LastIndex(text, "startxref\n")+len("startxref\n"):]
	before = before[:strings.Index(before, "\n")]
	trailer := text[strings.LastIndex(text, "trailer\n<<")+len("trailer\n<<") : strings.LastIndex(text, ">>\nstartxref")]
	at := len(text)
	text += fmt.Sprintf("%d 0 obj\n%s\nendobj\n", number, object)
	start := len(text)
	text += fmt.Sprintf("xref\n%d 1\n%010d 00000 n \ntrailer\n<<%s/Prev %s>>\nstartxref\n%d\n%%%%EOF\n", number, at, trailer, before, start)
	return []byte(text)
}

// read is what other programs find in a PDF.
func read(t *testing.T, path string) map[string]string {
	t.Helper()
	out := map[string]string{"pdftotext": pdftest.Output(t, "pdftotext", path, "-")}
	plain := filepath.Join(t.TempDir(), "plain.pdf")
	pdftest.Output(t, "qpdf", "--qdf", "--object-streams=disable", path, plain)
	text, err := os.ReadFile(plain)
	if err != nil {
		t.Fatal(err)
	}
	out["qpdf --qdf"] = string(text)
	out["strings"] = pdftest.Output(t, "strings", "-n", "4", path)
	files := t.TempDir()
	pdftest.Output(t, "pdfdetach", "-saveall", "-o", files, path)
	list, err := os.ReadDir(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		text, err := os.ReadFile(filepath.Join(files, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		out["pdfdetach"] += string(text)
	}
	return out
}

// seenBy is what tesseract reads on the pages of a PDF: drawn, or the pictures that are in it.
func seenBy(t *testing.T, path string, program ...string) string {
	t.Helper()
	folder := t.TempDir()
	pdftest.Output(t, program[0], append(program[1:], path, filepath.Join(folder, "p"))...)
	pictures, err := filepath.Glob(filepath.Join(folder, "p*"))
	if err != nil || len(pictures) == 0 {
		t.Fatal("no pictures", err)
	}
	out := ""
	for _, p := range pictures {
		out += pdftest.Output(t, "tesseract", p, "stdout", "--dpi", "200")
	}
	return out
}

// A word that is hidden in any of twelve places is gone, without anybody having named it. Each of them is found in the
// original by one of four programs, in the copy by none. A word that is covered is gone from text and picture.
func TestHiddenWordsAreGone(t *testing.T) {
	data := hiding()
	original := filepath.Join(t.TempDir(), "original.pdf")
	if err := os.WriteFile(original, data, 0o600); err != nil {
		t.Fatal(err)
	}
	l := list(t, "quillfeather")
	p := propose(t, data, l)
	path, made, err := copied(t, redactor(t), data, l, p.Boxes)
	if err != nil {
		t.Fatal(err)
	}
	before, after := read(t, original), read(t, path)
	for place, word := range places {
		found := ""
		for program, text := range before {
			if strings.Contains(text, word) {
				found = program
			}
		}
		if found == "" {
			t.Errorf("%s: nobody finds %s in the original, so that the test shows nothing", place, word)
		}
		for program, text := range after {
			if strings.Contains(strings.ToLower(text), word) {
				t.Errorf("%s: %s finds %s in the copy", place, program, word)
			}
		}
	}
	if len(p.Boxes) != 1 || made.Unseen != 3 {
		t.Errorf("%d boxes, %d words that nobody sees", len(p.Boxes), made.Unseen)
	}
	for program, text := range after {
		if strings.Contains(text, "Quillfeather") {
			t.Errorf("%s finds the covered word", program)
		}
	}
	if !strings.Contains(after["pdftotext"], "Plain words stay readable.") || !strings.Contains(after["pdftotext"], "shown") {
		t.Errorf("what is not covered cannot be read: %q", after["pdftotext"])
	}
	if text := seenBy(t, original, "pdftoppm", "-r", "200", "-png"); !strings.Contains(text, "Quillfeather") {
		t.Errorf("tesseract does not see the word in the original: %q", text)
	}
	text := seenBy(t, path, "pdfimages", "-png")
	if strings.Contains(text, "uill") || strings.Contains(text, "feather") || !strings.Contains(text, "Plain words stay readable.") {
		t.Errorf("tesseract sees in the copy: %q", text)
	}
}

// Each step of making a copy is needed: left out, the copy does not pass. And each step of its check: left out, such a
// copy passes.
func TestEachStepIsNeeded(t *testing.T) {
	data := hiding()
	l := list(t, "quillfeather")
	p := propose(t, data, l)
	for making, check := range map[step]step{paintBoxes: checkPixels, dropCovered: checkText} {
		r := redactor(t)
		r.without = map[step]bool{making: true}
		if _, _, err := copied(t, r, data, l, p.Boxes); err == nil || !strings.Contains(err.Error(), string(check)) {
			t.Errorf("without “%s”: %v", making, err)
		}
		r.without[check] = true
		if _, _, err := copied(t, r, data, l, p.Boxes); err != nil {
			t.Errorf("without “%s” and “%s”: %v", making, check, err)
		}
	}
	r := redactor(t)
	r.without = map[step]bool{dropUnseen: true}
	path, _, err := copied(t, r, data, l, p.Boxes)
	if err != nil {
		t.Fatal(err)
	}
	text := pdftest.Output(t, "pdftotext", path, "-")
	if !strings.Contains(text, "canarywhite") || !strings.Contains(text, "canaryunder") {
		t.Errorf("what nobody sees is left out by something else: %q", text)
	}
	r.without[dropUnseen] = false
	path, made, err := copied(t, r, data, l, p.Boxes)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	proof := Proof{Original: data, Boxes: p.Boxes, List: l}
	for _, c := range []struct {
		what   string
		change func(string) string
		check  step
	}{
		{"something after the end", func(s string) string { return s + "Quillfeather" }, checkStructure},
		{"another entry", func(s string) string { return strings.Replace(s, "/Type/Catalog", "/Kind/Catalog", 1) }, checkStructure},
		{"a comment", func(s string) string { return strings.Replace(s, "endobj\n", "endobj\n%x\n", 1) }, checkStructure},
		{"an object of the original", func(s string) string { return s + string(data[len(data)-700:]) }, checkTraces},
		{"a later version", func(s string) string { return string(revised([]byte(s), 3, "<</Type/Catalog/Pages 1 0 R>>")) },
			checkStructure},
	} {
		changed := c.change(string(whole))
		if changed == string(whole) {
			t.Fatalf("%s: nothing was changed", c.what)
		}
		err := redactor(t).Prove(context.Background(), made, strings.NewReader(changed), int64(len(changed)), proof)
		if err == nil || !strings.Contains(err.Error(), string(c.check)) {
			t.Errorf("%s: %v", c.what, err)
		}
	}
	r.without = map[step]bool{checkStructure: true}
	other := strings.Replace(string(whole), "/Type/Catalog", "/Kind/Catalog", 1)
	if err := r.Prove(context.Background(), made, strings.NewReader(other), int64(len(other)), proof); err != nil {
		t.Errorf("another entry is found by something else, too: %v", err)
	}
}

// A run of the original's bytes is found wherever it begins, also where a file repeats itself, and not where it is a part
// of what every file has.
func TestTraces(t *testing.T) {
	noise := make([]byte, 5000)
	for i := range noise {
		noise[i] = byte(i*i>>3 ^ i*7)
	}
	data := append(append([]byte("1 0 obj<</Length 5000>>stream\n"), noise...),
		"\nendstream endobj trailer of many words that are no stream"...)
	traces := newTraces(data)
	for _, at := range []int{0, 1, 15, 16, 17, 1000, 4968} {
		for _, before := range []string{"", "x", "some bytes before it"} {
			run := before + string(noise[at:at+runLength]) + "after"
			if !traces.in([]byte(run)) {
				t.Errorf("a run from %d is not found after %q", at, before)
			}
		}
	}
	for name, text := range map[string]string{"a short one": string(noise[100 : 100+runLength-1]),
		"the frame": "trailer of many words that are no stream", "white": strings.Repeat("\xff\x00", 400)} {
		if traces.in([]byte(text)) {
			t.Errorf("%s is taken for a trace", name)
		}
	}
	if err := traces.search(strings.NewReader(strings.Repeat("-", 4<<20-10) + string(noise[40:90]))); err == nil {
		t.Error("a run between two pieces of a file is not found")
	}
}
