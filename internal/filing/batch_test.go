package filing

import (
	"strings"
	"testing"

	"foia/internal/agency"
	"foia/internal/letter"
	"foia/internal/press/presstest"
	"foia/internal/workday"
)

// A letter of a later chunk is set ahead. If that fails, it is an error, and neither
// a request without its letter nor a part of the chunk is left.
func TestBatchSetsAheadOrFails(t *testing.T) {
	d := desk(t)
	d.Today = workday.MustDate("2026-11-24")
	good := letter.Requester{ID: "good", Name: "Ana Ruiz", Organization: "The Courier", Street: []string{"1 Main St"}, City: "Albany",
		State: "NY", ZIP: "12207", Email: "ana@example.org"}
	plan := func(name string) []Planned {
		t.Helper()
		p, err := d.Plan(Ask{Name: "public-records", Offices: []string{name}, Law: "us-tx",
			At: &agency.Office{Email: "records@example.gov", Law: "us-tx"}, Requester: good, Date: d.Today,
			Given: []letter.Layer{{File: "test", Answers: letter.Answers{"subject": "Cameras", "records": []any{"The camera contracts in " +
				"force on January 20, 2025"}}}}})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	b, err := d.StartBatch(t.Context(), "test", Options{})
	if err != nil {
		t.Fatal(err)
	}
	first, second, third := plan("One"), plan("Two"), plan("Three")
	third[0].Order.Answers["odd"] = func() {} // no file can hold it
	for _, chunk := range [][2][]Planned{{first, second}, {second, third}} {
		out, err := b.Make(t.Context(), chunk[0], chunk[1])
		if err != nil || len(out) != 1 || out[0].ID == "" || out[0].Pages == 0 {
			t.Fatalf("%d outcomes, %v", len(out), err)
		}
	}
	if out, err := b.Make(t.Context(), third, nil); err == nil || !strings.Contains(err.Error(), "the answers cannot be written") {
		t.Errorf("%d outcomes, %v", len(out), err)
	}
	if err := b.Finish(); err != nil {
		t.Fatal(err)
	}
	presstest.Sound(t, d.Workspace)
	log, err := d.Workspace.ReadLog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close() // read only
	if ids, err := log.IDs(t.Context()); err != nil || len(ids) != 2 {
		t.Errorf("%v, %v", ids, err)
	}
}
