package pdftext

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"foia/internal/longtest"
	"foia/internal/pdf/pdftest"
	"foia/internal/pdfium"
)

// compiled is the reader of all tests of this process: compiling takes many seconds.
var compiled = sync.OnceValues(func() (*Reader, error) {
	user, err := os.UserCacheDir()
	if err != nil {
		return nil, err
	}
	folder := filepath.Join(user, "foia-test-pdfium")
	return New(folder), os.MkdirAll(folder, 0o700)
})

func reader(t testing.TB) *Reader {
	t.Helper()
	r, err := compiled()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// PDFs made by hand.
var (
	file    = pdftest.Made
	stream  = pdftest.Stream
	letter  = pdftest.MadeLetter
	picture = pdftest.MadePicture
)

func read(t testing.TB, data []byte) (*Document, error) {
	t.Helper()
	return reader(t).Text(context.Background(), data)
}

// Lines stay lines, and pages pages.
func TestTextHasItsLines(t *testing.T) {
	d, err := read(t, letter([]string{"Re: 2026-ICFO-41877", "Dear Ms. Sample:", "We located 12 pages."}, []string{"Page two, \\247 552"}))
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Pages) != 2 || d.Count != 2 || d.Pages[0].Number != 1 || d.Pages[1].Number != 2 || len(d.Warnings) != 0 {
		t.Fatalf("%+v", d)
	}
	if want := "Re: 2026-ICFO-41877\nDear Ms. Sample:\nWe located 12 pages."; d.Pages[0].Text != want {
		t.Errorf("page 1: %q, want %q", d.Pages[0].Text, want)
	}
	if want := "Page two, § 552"; d.Pages[1].Text != want {
		t.Errorf("page 2: %q, want %q", d.Pages[1].Text, want)
	}
}

func TestDividedWordsAreWhole(t *testing.T) {
	d, err := read(t, letter([]string{"Of one hun-", "dred twenty pages, ninety-", "six are withheld un-", "der Exemption 6."}))
	if err != nil {
		t.Fatal(err)
	}
	if want := "Of one hundred\ntwenty pages, ninety-six\nare withheld under\nExemption 6."; d.Pages[0].Text != want {
		t.Errorf("%q, want %q", d.Pages[0].Text, want)
	}
}

func TestScanIsSaid(t *testing.T) {
	d, err := read(t, picture())
	if err != nil {
		t.Fatal(err)
	}
	if !d.Pages[0].Scan || d.Pages[0].Text != "" || len(d.Warnings) != 1 {
		t.Errorf("%+v", d)
	}
	d, err = read(t, letter([]string{}))
	if err != nil || d.Pages[0].Scan {
		t.Errorf("an empty page: %+v, %v", d, err)
	}
}

func TestWhatIsNoPDFIsRefused(t *testing.T) {
	whole := letter([]string{"x"})
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"nothing":      {nil, pdfium.ErrNotPDF},
		"a text":       {[]byte("Dear Ms. Sample:"), pdfium.ErrNotPDF},
		"only a head":  {whole[:20], pdfium.ErrNotPDF},
		"zeros":        {make([]byte, 1<<20), pdfium.ErrNotPDF},
		"too many":     {make([]byte, pdfium.MostBytes+1), pdfium.ErrTooLarge},
		"no such page": {file("<</Type/Catalog>>"), nil},
	} {
		d, err := read(t, c.data)
		if c.want == nil && err == nil && len(d.Pages) == 0 {
			continue
		}
		if c.want == nil {
			c.want = pdfium.ErrNotPDF
		}
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, %v", name, d, err)
		}
	}
	if d, err := read(t, whole); err != nil || d.Pages[0].Text != "x" {
		t.Errorf("after those, a good one: %v, %v", d, err)
	}
}

func TestLettersOfTheCorpus(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "fbi-ack.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := read(t, data)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"1688123-000", "\n"} {
		if !strings.Contains(d.Pages[0].Text, want) {
			t.Errorf("%q is not in %q", want, d.Pages[0].Text)
		}
	}
}

// A password that only its owner needs, to change it, keeps nobody from reading; one that readers need is said.
// The files were made by qpdf (AES-256).
func TestEncryptedPDFs(t *testing.T) {
	for name, want := range map[string]error{"owner.pdf": nil, "password.pdf": pdfium.ErrPassword} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		d, err := read(t, data)
		if !errors.Is(err, want) || err == nil && d.Pages[0].Text != "Dear Ms. Sample:" {
			t.Errorf("%s: %+v, %v", name, d, err)
		}
	}
}

// Files that are made to do harm end with a reason, and the reader goes on with the next one.
func TestPDFIsBounded(t *testing.T) {
	line := []byte("BT /F1 11 Tf 72 700 Td (x) Tj ET\n")
	bomb := file("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
		stream("/Filter/FlateDecode",
			pdftest.Packed(bytes.Repeat(line, 8<<20/len(line)))), "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
	r := reader(t)
	if _, err := read(t, letter([]string{"x"})); err != nil { // it is started
		t.Fatal(err)
	}
	r.Longest = 50 * time.Millisecond
	defer func() { r.Longest = pdfium.Longest }()
	if _, err := r.Text(context.Background(), bomb); !errors.Is(err, pdfium.ErrTooLong) {
		t.Errorf("8 MB in a page: %v", err)
	}
	r.Longest = pdfium.Longest
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := r.Text(ctx, bomb); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	if d, err := read(t, letter([]string{"x"})); err != nil || d.Pages[0].Text != "x" {
		t.Errorf("after those, a good one: %v, %v", d, err)
	}
	pages := make([][]string, MostPages+3)
	d, err := read(t, letter(pages...))
	if err != nil || len(d.Pages) != MostPages || d.Count != MostPages+3 || len(d.Warnings) != 1 {
		t.Errorf("many pages: %d, %v", len(d.Pages), err)
	}
}

// TestMain is the program that recognizes text, where it is called so: that is a stand-in, which tells what it got.
func TestMain(m *testing.M) {
	if strings.HasPrefix(filepath.Base(os.Args[0]), "tesseract") {
		drawn, err := png.DecodeConfig(os.Stdin)
		if err != nil || drawn.Width/10 != 255 || drawn.Height/10 != 330 || strings.Join(os.Args[1:], " ") != "stdin stdout -l eng" {
			fmt.Fprintln(os.Stderr, "not a page at 300 dpi:", drawn.Width, drawn.Height, os.Args, err)
			os.Exit(1)
		}
		fmt.Print("We located 12 pages.\n\f")
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// Text that was recognized in a picture is marked.
func TestRecognizedTextIsMarked(t *testing.T) {
	d, err := read(t, picture())
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	t.Setenv("PATH", folder)
	if err := reader(t).Recognize(context.Background(), picture(), d, "eng"); !errors.Is(err, ErrNoOCR) || HasOCR() {
		t.Errorf("without the program: %v", err)
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	itself, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	ending := ""
	if runtime.GOOS == "windows" {
		ending = ".exe"
	}
	if err := os.WriteFile(filepath.Join(folder, "tesseract"+ending), itself, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := reader(t).Recognize(context.Background(), picture(), d, "--help"); err == nil {
		t.Error("a language that is an option was taken")
	}
	if err := reader(t).Recognize(context.Background(), picture(), d, "eng"); err != nil || !HasOCR() {
		t.Fatal(err)
	}
	if p := d.Pages[0]; !p.OCR || !p.Scan || p.Text != "We located 12 pages." {
		t.Errorf("%+v", p)
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"the ﬁnal oﬃce":                          "the final office",
		"Au\u00adgust 4,\u00a02026":              "August 4, 2026",
		"2026\u2011CRFO\u201101188":              "2026-CRFO-01188",
		"ninety\u00ad-six":                       "ninety-six",
		"of one hun-\ndred twenty":               "of one hundred\ntwenty",
		"2026-CRFO-\n01188 is":                   "2026-CRFO-01188\nis",
		"still-\ninterested letter":              "still-interested\nletter",
		"a decision-maker, the decision-\nmaker": "a decision-maker, the decision-maker\n",
		"hun\u0002\r\ndred pages":                "hundred\npages",
		"hun\u00ad\ndred pages":                  "hundred\npages",
		"items -\nfirst":                         "items -\nfirst",
		"90 days¹ and ½":                         "90 days¹ and ½",
		"a \r\nb\fc":                             "a\nb\nc",
		"x\x00y\x07\ufdd0":                       "xy",
	} {
		if got := Clean(in); got != strings.TrimRight(want, "\n") {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// Whatever bytes a PDF is made of, it ends with text or a reason.
func FuzzText(f *testing.F) {
	longtest.LargeInputs(f)
	f.Add(letter([]string{"Dear Ms. Sample:"}))
	f.Add(picture())
	f.Add(file("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 9/Kids[2 0 R]>>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			return
		}
		d, err := read(t, data)
		if err != nil {
			return
		}
		for _, p := range d.Pages {
			if strings.ContainsRune(p.Text, 0) || strings.Contains(p.Text, "\r") {
				t.Errorf("not text: %q", p.Text)
			}
		}
	})
}
