package agency

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"foia/internal/remedy"
)

// searches are queries as people type them, with the office that leads: none, where a
// wrong guess would be worse, or no agency.
func searches(t *testing.T) []map[string]string {
	t.Helper()
	raw, err := os.ReadFile("testdata/searches.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := readCSV(raw)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) < 120 {
		t.Fatalf("only %d searches", len(rows))
	}
	return rows
}

// What people type leads to the office that they mean, and what no office is called
// leads to none.
func TestSearches(t *testing.T) {
	d := embedded(t)
	for _, row := range searches(t) {
		found, err := d.Search(row["query"], 20)
		var leads string
		var none *NotFound
		var no *NotAnAgency
		switch {
		case errors.As(err, &no):
			leads = "no agency"
		case errors.As(err, &none):
			leads = "none"
		case err != nil || len(found.Offices) == 0:
			t.Fatalf("%q: %v, %v", row["query"], found, err)
		default:
			leads = found.Offices[0].ID
		}
		if leads != row["leads"] {
			t.Errorf("%q leads to %s, not to %s", row["query"], leads, row["leads"])
		}
	}
}

// Whoever names an office of the table to a command gets it, or is asked, but never
// gets another one.
func TestFindsNoOther(t *testing.T) {
	d := embedded(t)
	for _, row := range searches(t) {
		m, err := d.Find(row["query"])
		if err == nil && m.Asked.ID != row["leads"] {
			if o, ok := d.Get(row["leads"]); !ok || d.lead(o).Office.ID != m.Office.ID {
				t.Errorf("%q is taken for %s, not %s", row["query"], m.Asked.ID, row["leads"])
			}
		}
	}
}

// Letters within words are no hits: ICE is not in “office”, nor OIG in “foigras”.
func TestNoLettersWithinWords(t *testing.T) {
	d := embedded(t)
	for _, o := range d.All() {
		for _, name := range append([]string{o.Abbreviation}, o.Aliases...) {
			k := key(name)
			if len(k) < 3 || strings.Contains(k, " ") {
				continue
			}
			for _, within := range []string{"xq" + k, k + "xq", "zz" + k + "zz"} {
				if found, err := d.Search(within, 20); err == nil && !found.Near &&
					slices.ContainsFunc(found.Offices, func(x Office) bool { return x.ID == o.ID }) {
					t.Errorf("%q brings %s", within, o.ID)
				}
			}
		}
	}
}

// A hint names a command that can be run, and that leads further than the search that
// found nothing.
func TestHintsLeadOn(t *testing.T) {
	d := embedded(t)
	for _, row := range searches(t) {
		_, err := d.Search(row["query"], 20)
		if _, other := d.Find(row["query"]); err == nil {
			err = other
		}
		h, ok := err.(interface{ Hint() string })
		if err == nil || !ok {
			continue
		}
		if hint := h.Hint(); hint == "" || namesSearch(hint) {
			t.Errorf("%q: the hint is %q", row["query"], hint)
		}
	}
}

// The other names are none of the directory's own for another office, name offices that
// exist, and have a source; what is no agency says so and what may be asked.
func TestOtherNames(t *testing.T) {
	d := embedded(t)
	rows, err := readCSV(namesCSV)
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, r := range rows {
		for name := range strings.SplitSeq(r["names"], ";") {
			count++
			for _, o := range d.All() {
				if o.answersTo(key(name)) && o.ID != r["office"] && o.ID != d.lead(mustGet(t, d, r["office"])).Office.ID {
					t.Errorf("%q is a name of %s, not only of %s", name, o.ID, r["office"])
				}
			}
		}
		if r["source"] == "" {
			t.Errorf("%s has no source", r["names"])
		}
		if r["office"] == "" && (r["says"] == "" || r["instead"] == "") {
			t.Errorf("%s is no agency, and nothing says what to do", r["names"])
		}
		if r["office"] != "" {
			mustGet(t, d, r["office"])
		}
		for _, id := range strings.Fields(r["instead"]) {
			mustGet(t, d, id)
		}
	}
	if n := len(otherNames()); n == 0 || n > count {
		t.Errorf("%d names are known, the file has %d", n, count)
	}
}

func mustGet(t *testing.T, d *Directory, id string) Office {
	t.Helper()
	o, ok := d.Get(id)
	if id != "" && !ok {
		t.Fatalf("there is no office %s", id)
	}
	return o
}

// The limit holds, and one's own office is found by its words.
func TestSearchOwn(t *testing.T) {
	d := embedded(t)
	if found, err := d.Search("office", 7); err != nil || len(found.Offices) != 7 {
		t.Errorf("the limit does not hold: %d, %v", len(found.Offices), err)
	}
	d, err := d.WithUser([]byte(own), "agencies.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{"Albany police", "albany", "Albny police"} {
		if found, err := d.Search(query, 5); err != nil || found.Offices[0].ID != "albany-police" {
			t.Errorf("%q: %v, %v", query, found.Offices, err)
		}
	}
}

func FuzzSearch(f *testing.F) {
	for _, s := range []string{"irs", "the", "U.S.", "&", "\xff", "Dept. of Eduction"} {
		f.Add(s)
	}
	d := embedded(f)
	f.Fuzz(func(t *testing.T, q string) {
		found, err := d.Search(q, 3)
		if (err == nil) == (len(found.Offices) == 0) || len(found.Offices) > 3 {
			t.Errorf("%q: %+v, %v", q, found, err)
		}
	})
}

func BenchmarkSearch(b *testing.B) {
	d := embedded(b)
	for b.Loop() {
		if _, err := d.Search("Enviromental Protection Agency", 20); err != nil {
			b.Fatal(err)
		}
	}
}

// Each misspelled word may double the ways to read a query: a few are tried, and a long
// query is given up while it is still short.
func TestManySlips(t *testing.T) {
	all := entriesOf([]Office{{ID: "a", Name: "Harbors"}, {ID: "b", Name: "Harvors"}})
	if got := respelled(all, "hargors"); len(got) != 2 {
		t.Errorf("one word: %d offices", len(got))
	}
	long := strings.TrimSpace(strings.Repeat("hargors ", maxQuery/len("hargors ")))
	if got := respelled(all, long); got != nil {
		t.Errorf("%d words: %d offices", len(strings.Fields(long)), len(got))
	}
}

// namesSearch tells whether a hint sends the user back to the search that found none.
func namesSearch(hint string) bool {
	return slices.ContainsFunc(remedy.Acts(hint), func(a remedy.Act) bool { return a.Verb == remedy.FindOffice })
}
