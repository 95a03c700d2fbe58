package redact

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"foia/internal/longtest"
	"foia/internal/pdf/pdftest"
)

// full is a PDF of pages full of text, some 3,000 characters each.
func full(pages int) []byte {
	var all [][]string
	for p := range pages {
		var lines []string
		for i := range 48 {
			lines = append(lines, fmt.Sprintf("Line %d of page %d tells what Quillfeather wrote to the office of that day.", i, p+1))
		}
		all = append(all, lines)
	}
	return pdftest.MadeLetter(all...)
}

// What a page takes: to find words, to make the copy, to prove it.
func BenchmarkPage(b *testing.B) {
	const pages = 5
	data := full(pages)
	l := list(b, "Quillfeather")
	r := redactor(b)
	ctx := context.Background()
	p, err := r.Propose(ctx, data, l, nil)
	if err != nil {
		b.Fatal(err)
	}
	var out bytes.Buffer
	made, err := r.Make(ctx, data, p.Boxes, &out)
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name string
		do   func() error
	}{
		{"propose", func() error { _, err := r.Propose(ctx, data, l, nil); return err }},
		{"make", func() error { out.Reset(); _, err := r.Make(ctx, data, p.Boxes, &out); return err }},
		{"prove", func() error {
			return r.Prove(ctx, made, bytes.NewReader(out.Bytes()), int64(out.Len()), Proof{Original: data, Boxes: p.Boxes, List: l})
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if err := c.do(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N*pages), "ms/page")
			b.ReportMetric(float64(out.Len())/pages, "bytes/page")
		})
	}
}

// FuzzMake mutates the bytes of PDFs that hide and show words: whatever comes of it, it ends with a reason, or with a
// copy that passes its check.
func FuzzMake(f *testing.F) {
	longtest.LargeInputs(f)
	picture := bytes.Replace(pdftest.MadePicture(), []byte("/MediaBox[0 0 612 792]"), []byte("/MediaBox[0 0 061 079]"), 1)
	for _, data := range [][]byte{small(1), sheet("/MediaBox[0 0 60 20]", "BT /F1 9 Tf 4 6 Td (secret) Tj ET"), picture} {
		f.Add(data, uint16(60), "9", uint16(90), "<<")
	}
	f.Add(small(2), uint16(200), "/Rotate 90", uint16(300), "/MediaBox[0 0 1 99999]")
	f.Fuzz(func(t *testing.T, data []byte, at uint16, put string, and uint16, also string) {
		if len(data) > 16<<10 || len(put)+len(also) > 1<<10 || len(data) == 0 {
			return
		}
		for _, one := range []struct {
			at  uint16
			put string
		}{{at, put}, {and, also}} {
			n := int(one.at) % len(data)
			data = append(append(append([]byte{}, data[:n]...), one.put...), data[min(len(data), n+len(one.put)):]...)
		}
		l := list(t, "secret")
		r := redactor(t)
		p, err := r.Propose(context.Background(), data, l, nil)
		if err != nil || p.Pages > 3 || len(p.Boxes) > 100 {
			return
		}
		_, made, err := copied(t, r, data, l, p.Boxes)
		if err != nil && made != nil {
			t.Errorf("a copy was made that does not pass: %v", err)
		}
	})
}

// FuzzReadCopy mutates a copy: whatever it is, it is read as what it is, or refused.
func FuzzReadCopy(f *testing.F) {
	r := redactor(f)
	var out bytes.Buffer
	made, err := r.Make(context.Background(), small(1), nil, &out)
	if err != nil {
		f.Fatal(err)
	}
	whole := out.Bytes()
	f.Add(uint16(30), "x")
	f.Add(uint16(100), "/AA<<>>")
	f.Fuzz(func(t *testing.T, at uint16, put string) {
		n := int(at) % len(whole)
		changed := append(append(append([]byte{}, whole[:n]...), put...), whole[min(len(whole), n+len(put)):]...)
		w, err := readCopy(bytes.NewReader(changed), int64(len(changed)))
		if err != nil || bytes.Equal(changed, whole) {
			return
		}
		if _, err := w.structure(made.drawn); err != nil {
			return
		}
		for _, o := range w.objects { // what is packed, and in its place, may be other dots or other words
			if int64(n) < o.streamAt+o.length && int64(n+len(put)) > o.streamAt && o.streamAt > 0 {
				return
			}
		}
		t.Errorf("%q at %d is taken", put, n)
	})
}
