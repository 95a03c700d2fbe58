package preflight

import (
	"slices"
	"testing"

	"foia/internal/law"
)

// Every field that a law leaves open has words, so that no finding names an empty one.
func TestFieldWords(t *testing.T) {
	book, err := law.LoadRecords()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range book.IDs() {
		p, ok := book.Law(id)
		if !ok {
			t.Fatal(id)
		}
		for _, f := range slices.Concat(p.Unverified, p.OneSource, p.Use.Doubted) {
			if fieldWords(f) == "" {
				t.Errorf("%s: %s has no words", id, f)
			}
		}
	}
}
