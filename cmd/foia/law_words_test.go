package main

import (
	"bytes"
	"regexp"
	"testing"
	"time"

	"foia/internal/law"
)

// A term that the page has no words for leaves a hole before what follows it: “against ,”.
var holed = regexp.MustCompile(`(?:against|after|from|what|\() +(?:[,;:)]|does to|is needed)|\(\)|: *[,;]`)

// The page of each law has words for each term that the law uses.
func TestLawShowHasWords(t *testing.T) {
	var out bytes.Buffer
	a := &app{out: &out, err: &out, dir: t.TempDir(), now: time.Now}
	records, err := law.LoadRecords()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range records.IDs() {
		p, _ := records.Law(id)
		out.Reset()
		if err := a.showRecordsLaw(p, false); err != nil {
			t.Fatal(id, err)
		}
		text := regexp.MustCompile(`\s+`).ReplaceAllString(out.String(), " ")
		for _, at := range holed.FindAllStringIndex(text, -1) {
			t.Errorf("%s: “%s”", id, text[max(0, at[0]-60):min(len(text), at[1]+20)])
		}
		for _, r := range p.Appeals {
			named(t, id, kindNames, r.Kind)
			named(t, id, routeStarts, r.From)
			for _, m := range r.Matters() {
				named(t, id, matterNames, m)
			}
			for _, w := range r.Windows {
				named(t, id, routeStarts, w.From)
			}
		}
		for _, s := range p.Stops {
			named(t, id, occasionNames, s.By)
		}
		for _, d := range p.Duties {
			named(t, id, occasionNames, d.On)
		}
	}
}

func named(t *testing.T, id string, words map[string]string, term string) {
	t.Helper()
	if words[term] == "" {
		t.Errorf("%s: law show has no words for “%s”", id, term)
	}
}
