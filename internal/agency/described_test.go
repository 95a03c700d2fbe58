package agency

import (
	"fmt"
	"testing"
)

// Offices whose names begin alike are told apart, however many there are.
func TestDescribedID(t *testing.T) {
	seen := map[string]int{}
	for i := range 200_000 {
		o, _ := Described(Office{Name: fmt.Sprintf("Disclosure Office, Centralized Processing Unit %d", i), Email: "foia@example.gov",
			Law: "us-wy"})
		if before, there := seen[o.ID]; there {
			t.Fatalf("offices %d and %d are both %s", before, i, o.ID)
		}
		seen[o.ID] = i
	}
}

// An office takes requests by the ways that are given, those that leave a proof first.
func TestDescribedWays(t *testing.T) {
	for _, row := range []struct {
		office Office
		want   string
	}{
		{Office{Name: "x", Address: []string{"1 Main"}, City: "Reno", Email: "a@b.gov", PortalURL: "https://x.gov"}, "[portal email mail]"},
		{Office{Name: "x", Fax: "202-555-0100"}, "[fax]"},
		{Office{Name: "x", City: "Reno"}, "[]"},
	} {
		if _, ways := Described(row.office); fmt.Sprint(ways) != row.want {
			t.Errorf("%+v: %v", row.office, ways)
		}
	}
}
