package pdf

import (
	"bytes"
	"testing"

	"foia/internal/letter"
	"foia/internal/longtest"
)

// The parts of a letter may come from others, with a backup: an error or a letter, never a
// panic; and what was read is written as it was, but for its order and spaces.
func FuzzParts(f *testing.F) {
	longtest.LargeInputs(f)
	doc := sampleLetter()
	doc.Body = doc.Body[:min(2, len(doc.Body))]
	whole, err := doc.JSON()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	for _, s := range []string{`{}`, `{"body":[{"kind":"quote","body":[{"kind":"heading","level":-1,"text":[{"text":"x"}]}]}]}`,
		`{"body":[{"kind":"numbered-list","items":[{"label":"1.","body":[{"kind":"bullet-list","items":[{}]}]}]}]}`} {
		f.Add([]byte(s))
	}
	set := fonts(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		doc, err := letter.ReadDocument(raw)
		if err != nil {
			return
		}
		first, err := doc.JSON()
		if err != nil {
			t.Fatal(err)
		}
		again, err := letter.ReadDocument(first)
		if err != nil {
			t.Fatalf("%v: %s", err, first)
		}
		if second, err := again.JSON(); err != nil || !bytes.Equal(first, second) {
			t.Fatalf("%v: %s\n%s", err, first, second)
		}
		file, err := set.Typeset(doc, Stationery{Paper: USLetter})
		if err == nil && (file.Pages == 0 || !bytes.HasPrefix(file.Bytes, []byte("%PDF-"))) {
			t.Error("no PDF")
		}
	})
}
