package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// The list of laws is whole where it goes to another program; each law has something in each cell.
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
	for _, id := range book.Records().IDs() {
		p, _ := book.Records().Law(id)
		for _, text := range []string{p.Place, a.words(p.InShort()), whoWords(p)} {
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s has an empty cell", id)
			}
		}
		line := strings.Join([]string{id, p.Place, a.words(p.InShort()), whoWords(p)}, "\t") + "\n"
		if !strings.Contains(out.String(), line) {
			t.Errorf("not printed whole: %q", line)
		}
	}
}
