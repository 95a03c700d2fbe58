package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// The list of laws keeps to 80 columns and breaks no word of them; each law has something
// in each cell.
func TestLawListKeepsWords(t *testing.T) {
	var out bytes.Buffer
	a := &app{out: &out, err: &out, dir: t.TempDir(), now: time.Now}
	cmd := a.lawList()
	cmd.SetArgs(nil)
	if err := cmd.Execute(); err != nil {
		t.Fatal(err, out.String())
	}
	w, err := a.workspace()
	if err != nil {
		t.Fatal(err)
	}
	book, err := w.Laws()
	if err != nil {
		t.Fatal(err)
	}
	printed := map[string]bool{}
	for line := range strings.SplitSeq(out.String(), "\n") {
		if n := len([]rune(line)); n > 80 {
			t.Errorf("%d columns: %s", n, line)
		}
		for _, word := range strings.Fields(line) {
			printed[word] = true
		}
	}
	for _, id := range book.Records().IDs() {
		p, _ := book.Records().Law(id)
		for _, text := range []string{p.Place, a.words(p.InShort()), whoWords(p)} {
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s has an empty cell", id)
			}
			for _, word := range strings.Fields(text) {
				if !printed[word] {
					t.Errorf("%s: “%s” is not printed whole", id, word)
				}
			}
		}
	}
}
