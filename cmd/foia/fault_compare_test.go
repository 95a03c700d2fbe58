//go:build unix

package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"foia/internal/docket"
	"foia/internal/store"
	"foia/internal/workspace"
)

// compare holds the log against what the commands reported.
func (st *storm) compare() {
	t := st.t
	t.Helper()
	log, err := store.OpenPostgres(t.Context(), st.direct, store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	requests, err := log.Requests(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	events, err := log.AllEvents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range requests {
		if want := fmt.Sprintf("2026-%04d", i+1); r.ID != want {
			t.Errorf("a gap: %s is where %s should be", r.ID, want)
		}
	}
	found := marks(requests, events)
	for _, o := range st.orders {
		where := found[o.mark]
		delete(found, o.mark)
		if want := []string{o.id}; o.done && !slices.Equal(where, want) || !o.done && len(where) > 0 {
			t.Errorf("%v reported %v, and is at %v", o.args, o.done, where)
		}
	}
	if len(found) > 0 {
		t.Error("nobody asked for", found)
	}
	if faults, err := log.Verify(t.Context()); err != nil || len(faults) > 0 {
		t.Error("the chain is not whole:", faults, err)
	}
	st.compareFolder()
}

// marks are the marks of all that was written, each with the requests in whose entries
// it stands, once for each entry.
func marks(requests []docket.Request, events map[string][]docket.Event) map[string][]string {
	found := map[string][]string{}
	for _, r := range requests {
		found[r.Subject] = append(found[r.Subject], r.ID)
		for _, e := range events[r.ID] {
			for _, value := range slices.Sorted(maps.Values(e.Data)) {
				if strings.HasPrefix(value, "mark-") {
					found[value] = append(found[value], r.ID)
				}
			}
		}
	}
	return found
}

// compareFolder makes sure that every document is there, and nothing half-made.
func (st *storm) compareFolder() {
	t := st.t
	t.Helper()
	entries, err := os.ReadDir(st.dir + "/" + workspace.RequestsDir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			t.Error("left behind:", e.Name())
		}
	}
	for _, id := range st.ids {
		if !slices.ContainsFunc(entries, func(e os.DirEntry) bool { return strings.HasPrefix(e.Name(), id) }) {
			t.Error("there is no folder of", id)
		}
	}
	if code, out, said := st.foiaHere([]string{"verify"}); code != exitDone || said != "" {
		t.Errorf("verify: %d\n%s%s", code, out, said)
	}
}
