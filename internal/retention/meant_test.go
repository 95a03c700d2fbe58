package retention

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// What an item names does not depend on what was read before it, nor on the office that was asked
// before; and no more items are remembered than may be.
func TestMeantRemembered(t *testing.T) {
	offices := []Asked{{Law: federal}, {Law: federal, Offices: []string{"dhs-ice", "dhs"}}, {Law: "us-tx", Of: "City of Springfield"},
		{Law: "us-tx", Of: "Texas Department of Health"}, {Law: "us-ny", Of: "City of Springfield"}}
	texts := []string{"Visitor logs of the headquarters", "E-mails of the manager", "Whatever GRS 5.6.111 covers",
		"Body camera video of the stop", ""}
	forget := func() { read.items = nil }
	for _, text := range texts {
		for _, o := range offices {
			o.Text = text
			forget()
			want := Named(o)
			for _, before := range offices {
				before.Text = text
				Named(before)
			}
			if got := Named(o); !slices.Equal(got, want) {
				t.Errorf("%q, asked of %q: %v, then %v", text, o.Of, want, got)
			}
		}
	}
	for i := range mostItems * 3 {
		Named(Asked{Law: federal, Text: fmt.Sprint("Item ", i)})
		Named(Asked{Law: federal, Text: strings.Repeat("x", longestItem) + fmt.Sprint(i)})
		if len(read.items) > mostItems {
			t.Fatalf("%d items are remembered", len(read.items))
		}
	}
}
