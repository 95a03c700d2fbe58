package store

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The newest ids that begin so.
func testNewest(t *testing.T, log *Log) {
	mustAdd(t, log, 11)
	for _, row := range []struct {
		begins string
		most   int
		want   string
	}{{"", 3, "2026-0011 2026-0010 2026-0009"}, {"2026-001", 9, "2026-0011 2026-0010"}, {"2026-0002", 9, "2026-0002"}, {"2025", 9, ""},
		{"202", 1, "2026-0011"}, {"2026", 1, "2026-0011"}, {"é", 9, ""},
		{"%", 9, ""}, {"2026-____", 9, ""}} {
		requests, err := log.Newest(t.Context(), row.begins, row.most)
		var ids []string
		for _, r := range requests {
			ids = append(ids, r.ID)
		}
		if got := strings.Join(ids, " "); err != nil || got != row.want {
			t.Errorf("%q: %q, not %q (%v)", row.begins, got, row.want, err)
		}
	}
}

// Each campaign is named once, whether the standings are fresh or not.
func TestCampaigns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "foia.db")
	log := openStanding(t, path, "one", Options{Create: true})
	if names, err := log.Campaigns(t.Context()); err != nil || len(names) > 0 {
		t.Errorf("an empty log has the campaigns %q, %v", names, err)
	}
	addTo(t, log, "cameras", 2)
	addTo(t, log, "", 1)
	addTo(t, log, "budgets", 1)
	for _, l := range []*Log{log, openStanding(t, path, "two", Options{ReadOnly: true})} {
		if names, err := l.Campaigns(t.Context()); err != nil || !slices.Equal(names, []string{"budgets", "cameras"}) {
			t.Errorf("%q, %v", names, err)
		}
	}
}
