package agency

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
)

// What reporters type leads to the office that they want, among the first three; or, where the
// directory has none, the answer names the law. The table was written before the search was
// tried on it, and the half “held out” was not looked at while the search was tuned.
func TestReporters(t *testing.T) {
	raw, err := os.ReadFile("testdata/reporters.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := readCSV(raw)
	if err != nil || len(rows) < 40 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	d := embedded(t)
	hits, of := map[string]int{}, map[string]int{}
	for _, row := range rows {
		half := row["half"]
		of[half]++
		got := answers(d, row["query"])
		if slices.Contains(got, row["wants"]) {
			hits[half]++
			continue
		}
		t.Logf("%s: %q brings %v, not %s", half, row["query"], got, row["wants"])
	}
	for half, least := range map[string]int{"tuned": 27, "held out": 25} {
		t.Logf("%s: %d of %d", half, hits[half], of[half])
		if hits[half] < least {
			t.Errorf("%s: %d of %d, fewer than %d", half, hits[half], of[half], least)
		}
	}
}

// answers are the first three offices of a search, or the laws that it names.
func answers(d *Directory, query string) (out []string) {
	found, err := d.Search(query, 20)
	var none *NotFound
	if errors.As(err, &none) {
		found.Places = none.Places
		if hint := none.Hint(); len(none.Places) > 0 && !strings.Contains(hint, none.Places[0].Law) {
			return []string{"a hint without the law: " + hint}
		}
	}
	for _, o := range first(found.Offices, 3) {
		out = append(out, o.ID)
	}
	for _, p := range found.Places {
		out = append(out, "law "+p.Law)
	}
	return out
}
