package pdf

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"foia/internal/letter"
	"foia/internal/pdf/pdftest"
)

func written(t testing.TB, doc letter.Document) string {
	t.Helper()
	file, err := fonts(t).Typeset(doc, Stationery{})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "letter.pdf")
	if err := os.WriteFile(path, file.Bytes, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Other programs read the file: sound, fonts embedded, description set, every
// word there and apart from the next, {nb} as it was typed.
func TestReadByOthers(t *testing.T) {
	doc := sampleLetter()
	path := written(t, doc)
	pdftest.Output(t, "qpdf", "--check", path)
	if fonts := pdftest.Output(t, "pdffonts", path); strings.Count(fonts, " yes ") < 3 || strings.Contains(fonts, "Type 3") {
		t.Errorf("fonts:\n%s", fonts)
	}
	info := pdftest.Output(t, "pdfinfo", path)
	for _, want := range []string{"Request – ñ ő ż Ł", "Ana Ruiz", "FOIA, test", "Nov 23 00:00:00 2026", "612 x 792 pts (letter)"} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo does not say %q:\n%s", want, info)
		}
	}
	got := strings.Join(strings.Fields(pdftest.Output(t, "pdftotext", "-raw", path, "-")), " ")
	at := 0
	for _, piece := range doc.Pieces() {
		for word := range strings.FieldsSeq(piece) {
			i := strings.Index(got[at:], word)
			if i < 0 && !strings.Contains(word, "/") {
				t.Fatalf("the word %q of %q is not in the PDF in its order", word, piece)
			}
			if i >= 0 {
				at += i + len(word)
			}
		}
	}
	if !strings.Contains(got, "{nb} pages") || !strings.Contains(got, "Page 1 of 3") || !strings.Contains(got, "2026-0001") {
		t.Errorf("footer or {nb}: %.300s", got)
	}
}

// poppler finds the address where the window is.
func TestWindowByOthers(t *testing.T) {
	box := regexp.MustCompile(`<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>`)
	first, _, _ := strings.Cut(pdftest.Output(t, "pdftotext", "-bbox", written(t, sampleLetter()), "-"), "</page>")
	var inside []string
	for _, m := range box.FindAllStringSubmatch(first, -1) {
		x0, y0, y1 := number(t, m[1]), number(t, m[2]), number(t, m[4])
		if y1 > USLetter.windowTop+2 && y0 < USLetter.windowBottom-2 && x0 < USLetter.windowRight {
			inside = append(inside, m[5])
		}
	}
	if want := strings.Join(sampleLetter().Addressee, " "); strings.Join(inside, " ") != want {
		t.Errorf("the window shows %q, not %q", inside, want)
	}
}

func number(t testing.TB, s string) float64 {
	t.Helper()
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
