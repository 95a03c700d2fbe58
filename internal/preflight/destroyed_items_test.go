package preflight

import (
	"encoding/csv"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"foia/internal/agency"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/retention"
	"foia/internal/workday"
)

// written are the items of testdata/items.csv: those that name a series whose time has run, and those that
// only sound like it. The first were written down before the rule; the held ones after it and before they
// were tried, and nothing was changed for them. The later ones were written when it stood: one that it passed over and
// one that it warned of wrongly changed the lists, as cases of their kinds.
func written(t *testing.T) (rows []map[string]string) {
	t.Helper()
	raw, err := os.ReadFile("testdata/items.csv")
	if err != nil {
		t.Fatal(err)
	}
	all, err := csv.NewReader(strings.NewReader(string(raw))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[name] = r[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// asks is a draft that asks an office for one item; under a law, the office of that name there.
func asks(t *testing.T, to, name string, item letter.Record, on workday.Date) *letter.Draft {
	t.Helper()
	d := &letter.Draft{Records: []letter.Record{item}, Date: on}
	if name == "" {
		d.Office, d.Regime = office(t, to), regime(t, to)
		return d
	}
	d.Office, _ = agency.Described(agency.Office{Name: name, Law: to})
	d.Regime = stateLaw(t, to).Regime()
	return d
}

func ruleOf(t *testing.T, id string) *rule {
	t.Helper()
	for _, r := range rules().Rules {
		if r.ID == id {
			return r
		}
	}
	t.Fatalf("there is no rule %s", id)
	return nil
}

// Items that name a series warn, of that series; items that do not are left alone, though their words come
// near.
func TestDestroyedItems(t *testing.T) {
	on, rl := workday.MustDate("2026-11-29"), ruleOf(t, "F31")
	count := map[string]int{}
	for _, row := range written(t) {
		d := asks(t, row["to"], row["office"], letter.Record{Text: row["item"], From: row["from"], To: row["to_day"]}, on)
		got := ""
		if hits := destroyed(&reading{draft: d}, rl); len(hits) > 0 {
			got = hits[0].values["series"]
		}
		kind := row["part"] + " " + row["warns"]
		if count[kind]++; got != row["series"] {
			t.Errorf("%s: %s: %q names %q, and warns by %q", kind, row["to"], row["item"], row["series"], got)
		}
	}
	if count["first yes"] < 20 || count["first no"] < 20 || count["held yes"] < 10 || count["held no"] < 20 {
		t.Errorf("too few items: %v", count)
	}
}

// Of all the letters in the repository only these name a series, and rightly so but for the log of plate
// readers, which a federal office would keep by its mission's schedule if it has one.
func TestDestroyedLetters(t *testing.T) {
	book, err := law.LoadRecords()
	if err != nil {
		t.Fatal(err)
	}
	var named []string
	letters, items := 0, 0
	err = filepath.WalkDir("..", func(path string, e fs.DirEntry, err error) error {
		if err != nil || !strings.Contains(path, "testdata") || filepath.Ext(path) != ".md" {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		o, r := office(t, "doc"), regime(t, "doc")
		for part := range strings.SplitSeq(filepath.ToSlash(strings.TrimSuffix(path, ".md")), "/") {
			if p, ok := book.Law(part); ok {
				o, _ = agency.Described(agency.Office{Name: "City of Springfield Police Department", Law: part})
				r = p.Regime()
			}
		}
		letters++
		for _, item := range FromText(string(raw), o, r, agency.Mail, date).Records {
			items++
			for _, k := range retention.Named(retention.Asked{Title: item.Title, Text: item.Text, Law: lawOf(r),
				Offices: []string{o.ID}, Of: o.Name}) {
				named = append(named, filepath.Base(path)+" "+k.ID)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"alpr.md GRS 3.2.031", "alpr.md GRS 3.2.036", "lobbying-contacts.md GRS 2.8.030", "visitor-logs.md GRS 5.6.110",
		"visitor-logs.md GRS 5.6.111"}
	if !slices.Equal(named, want) {
		t.Errorf("named are %q", named)
	}
	if letters < 150 || items < 200 {
		t.Errorf("only %d letters with %d items", letters, items)
	}
}
