package bind

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"
	"testing"
)

// However strange a PDF was made, it is bound or has a reason; what is bound is sound for qpdf, and
// nothing of one shows in another.
func TestStrangePDFsBoundTogether(t *testing.T) {
	for _, name := range []string{"qpdf", "pdftotext"} {
		program(t, name)
	}
	all := strangePDFs(t)
	if len(all) < 200 {
		t.Errorf("only %d PDFs", len(all))
	}
	shown := 0 // pages that say whose they are
	own := letterOf(t, "own", 1)
	bound, reasons := 0, map[string]int{}
	v, pages := NewVolume("Strange", false), []string{}
	add := func(name string, p Part, n int) {
		if err := v.Add(p); err != nil {
			t.Fatal(err)
		}
		for range n {
			pages = append(pages, name)
		}
	}
	flush := func() {
		shown += together(t, v, pages)
		v, pages = NewVolume("Strange", false), nil
	}
	for _, s := range all {
		f, err := ReadForeign(s.raw)
		var unfit *Unfit
		if err != nil && !errors.As(err, &unfit) {
			t.Errorf("%s: not the file's fault: %v", s.name, err)
		}
		if got := fmt.Sprint(err); s.why != "?" && (s.why == "") != (err == nil) || err != nil && s.why != "?" &&
			!strings.Contains(got, s.why) {
			t.Errorf("%s: %v, want %q", s.name, err, s.why)
		}
		if err != nil {
			t.Logf("%s: %v", s.name, err)
			reasons[unfit.Why]++
			continue
		}
		bound++
		mark := s.mark
		if found := marked.FindAllSubmatch(s.raw, -1); found != nil {
			mark = string(found[len(found)-1][1]) // the last is that of an update
		}
		add("own", Part{"own", own}, 1)
		add(s.name+" "+mark, Part{s.name, f.PDF}, f.Pages)
		if len(pages) > 40 {
			flush()
		}
	}
	flush()
	t.Logf("%d PDFs: %d bound, on %d pages with their text; %d not, for %d reasons", len(all), bound, shown, len(all)-bound, len(reasons))
	if bound < 220 || shown < 210 {
		t.Errorf("only %d are bound, and %d pages have their text", bound, shown)
	}
}

var marked = regexp.MustCompile(`MARKED-(\d{4})`)

// together checks a volume: pages are whose pages are, in order, each with its mark behind a space. It
// returns how many of them show it.
func together(t *testing.T, v *Volume, pages []string) (shown int) {
	t.Helper()
	var out bytes.Buffer
	if n, err := v.Write(&out); err != nil || n != len(pages) {
		t.Fatalf("%d pages, not %d: %v", n, len(pages), err)
	}
	path := filepath.Join(t.TempDir(), "v.pdf")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := say(t, "qpdf", "--check", path); strings.Contains(got, "WARNING") {
		t.Errorf("qpdf: %s", got)
	}
	apart(t, path, pages)
	texts := strings.Split(say(t, "pdftotext", path, "-"), "\f")
	for i, name := range pages {
		text := texts[i]
		if name == "own" {
			if !strings.Contains(text, "The letter own") || strings.Contains(text, "MARKED") {
				t.Errorf("page %d of ours is not as it was: %s", i+1, text)
			}
			continue
		}
		mark := name[strings.LastIndex(name, " ")+1:]
		found := marked.FindAllStringSubmatch(text, -1)
		for _, f := range found {
			if f[1] != mark {
				t.Errorf("%s shows what is %s’s", name, f[1])
			}
		}
		if len(found) > 0 {
			shown++
		}
		if strings.Contains(text, "The letter") {
			t.Errorf("%s shows what is ours: %s", name, text)
		}
	}
	return shown
}

// apart makes sure that no object of a volume belongs to the pages of two parts, and that none is
// lacking.
func apart(t *testing.T, path string, pages []string) {
	t.Helper()
	var read struct {
		Pages []struct{ Object string }
		QPDF  []map[string]any
	}
	if err := json.Unmarshal([]byte(say(t, "qpdf", "--json=2", "--json-key=qpdf", "--json-key=pages", "--json-stream-data=none", path)),
		&read); err != nil {
		t.Fatal(err)
	}
	objects, isPage, whose := read.QPDF[1], map[string]bool{}, map[string]int{}
	for _, p := range read.Pages {
		isPage[p.Object] = true
	}
	part := 0
	for i, p := range read.Pages {
		if i > 0 && pages[i] != pages[i-1] {
			part++
		}
		seen := map[string]bool{}
		var walk func(o any)
		walk = func(o any) {
			switch o := o.(type) {
			case map[string]any:
				for key, inside := range o {
					if key != "/Parent" {
						walk(inside)
					}
				}
			case []any:
				for _, inside := range o {
					walk(inside)
				}
			case string:
				if !reference.MatchString(o) || seen[o] || isPage[o] && o != p.Object {
					return
				}
				seen[o] = true
				if of, ok := whose[o]; ok && of != part {
					t.Errorf("%s and another part share object %s", pages[i], o)
				}
				if whose[o] = part; objects["obj:"+o] == nil {
					t.Errorf("%s lacks object %s", pages[i], o)
				}
				walk(objects["obj:"+o])
			}
		}
		walk(p.Object)
	}
}

var reference = regexp.MustCompile(`^\d+ 0 R$`)

// A chain of references as long as a file can hold is bound, or has a reason: it must not go as deep
// as it is long, since a stack that is exhausted ends the program.
func TestLongChain(t *testing.T) {
	links := 20_000
	var objects []string
	for i := range links {
		objects = append(objects, fmt.Sprintf("<</A %d 0 R>>", i+7))
	}
	raw := plainPage("0001", "", "", "/ExtGState<</G 6 0 R>>", "/G gs", append(objects, "<<>>")...)
	before := debug.SetMaxStack(2 << 20)
	defer debug.SetMaxStack(before)
	f, err := ReadForeign(raw)
	if err != nil {
		t.Fatal(err)
	}
	if err := NewVolume("x", false).Add(Part{"x", f.PDF}); err != nil {
		t.Error(err)
	}
}

// What pdfcpu would lose on the way is there: a crop that is inherited, and dashes.
func TestCropAndDashesAreKept(t *testing.T) {
	program(t, "qpdf")
	raw := strangeOf("0001", "<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1/CropBox[50 600 400 750]/MediaBox[0 0 612 792]>>",
		"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/ExtGState<</G<</D[6 0 R 0]>>>>>>>>", says("/G gs"),
		helvetica, "[31 17]")
	f, err := ReadForeign(raw)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "f.pdf")
	if err := os.WriteFile(path, f.PDF, 0o600); err != nil {
		t.Fatal(err)
	}
	all := strings.Join(strings.Fields(say(t, "qpdf", "--qdf", "--object-streams=disable", path, "-")), " ")
	for _, want := range []string{"/CropBox [ 50 600 400 750 ]", "[ 31 17 ]"} {
		if !strings.Contains(all, want) {
			t.Errorf("%s is gone:\n%s", want, all)
		}
	}
}

// A file says how many objects its pages lack, and whether it was encrypted.
func TestForeignSaysWhatItLacks(t *testing.T) {
	f, err := ReadForeign(plainPage("0001", "", "/Annots[40 0 R 41 0 R]", "/XObject<</X 42 0 R/Y 42 0 R>>", "/X Do"))
	if err != nil || f.Lacks != 3 || f.Empty != 0 || f.Open {
		t.Errorf("%d lack, %d empty, %v", f.Lacks, f.Empty, err)
	}
	for contents, want := range map[string]int{"40 0 R": 1, "[40 0 R 41 0 R]": 1, "[40 0 R 4 0 R]": 0, "[]": 0, "5 0 R": 0, "null": 0,
		"4 0 R": 0} {
		f, err = ReadForeign(strangeOf("0001", "<</Type/Catalog/Pages 2 0 R>>", pagesOf1,
			"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents "+contents+">>", says(""), "[]"))
		if err != nil || f.Empty != want {
			t.Errorf("content %s: %v, %d empty", contents, err, f.Empty)
		}
	}
	f, err = ReadForeign(encrypted(t, letterOf(t, "one", 1), ""))
	if err != nil || f.Lacks != 0 || !f.Open {
		t.Errorf("%d lack, %v, %v", f.Lacks, f.Open, err)
	}
}
