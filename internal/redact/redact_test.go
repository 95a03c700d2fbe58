package redact

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"foia/internal/pdf/pdftest"
	"foia/internal/pdfium"
)

// compiled is the reader of all tests of this process: compiling takes many seconds.
var compiled = sync.OnceValues(func() (*pdfium.Reader, error) {
	user, err := os.UserCacheDir()
	if err != nil {
		return nil, err
	}
	folder := filepath.Join(user, "foia-test-pdfium")
	return pdfium.New(folder), os.MkdirAll(folder, 0o700)
})

func redactor(t testing.TB) *Redactor {
	t.Helper()
	r, err := compiled()
	if err != nil {
		t.Fatal(err)
	}
	return &Redactor{PDF: r}
}

func list(t testing.TB, words ...string) *List {
	t.Helper()
	l, err := NewList(words)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func propose(t testing.TB, data []byte, l *List, given ...Place) *Proposal {
	t.Helper()
	p, err := redactor(t).Propose(context.Background(), data, l, given)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// copied makes a copy, and proves it.
func copied(t testing.TB, r *Redactor, data []byte, l *List, boxes []Box) (path string, made *Made, err error) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "copy.pdf")
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	ctx := context.Background()
	if made, err = r.Make(ctx, data, boxes, out); err != nil {
		return path, nil, err
	}
	info, err := out.Stat()
	if err != nil {
		t.Fatal(err)
	}
	return path, made, r.Prove(ctx, made, out, info.Size(), Proof{Original: data, Boxes: boxes, List: l})
}

// withoutText is a copy of which only the picture is left, as a scanner would make it.
func withoutText(t testing.TB, path string) []byte {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	w, err := readCopy(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>",
		pdftest.Stream("", "q 612 0 0 792 0 0 cm /I Do Q")}
	for _, o := range w.objects {
		if o.dict["Type"].name == "XObject" {
			object := string(raw[o.from:o.to])
			objects = append(objects, strings.TrimSuffix(object[strings.Index(object, "<<"):], "\nendobj\n"))
		}
	}
	return pdftest.Made(objects...)
}
