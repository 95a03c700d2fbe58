package law

import (
	"slices"
	"testing"
)

// A letter states the rule on preservation only to the bodies that it binds, of the records that it is about,
// and under no law of which nobody read one.
func TestPreservation(t *testing.T) {
	book, err := LoadRecords()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		law, body, asked string
		says             bool
	}{
		{"us-il", "Springfield Police Department, ", "arrest reports", true},
		{"us-il", "Cook County Sheriff’s Office, ", "jail logs", true},
		{"us-il", "Illinois State Police, ", "arrest reports", false},
		{"us-il", "Illinois Department of Corrections, ", "death reports", false},
		{"us-oh", "Springfield Police Department, ", "arrest reports", true},
		{"us-oh", "Ohio Department of Health, ", "inspections", true},
		{"us-tx", "Texas Department of Public Safety, ", "dashcam video", true},
		{"us-tx", "City of Springfield Police Department, ", "dashcam video", false},
		{"us-tx", "Springfield Hospital District, ", "contracts", false},
		{"us-ca", "Springfield Police Department, ", "Complaints against the officers of the night shift", true},
		{"us-ca", "Springfield Police Department, ", "dashcam video", false},
		{"us-ca", "California Department of Public Health, ", "complaints about nursing homes", false},
		{"us-pa", "Springfield Borough, ", "patrol logs", false},
		{"us-wa", "Springfield Police Department, ", "patrol logs", false},
		{"us-ny", "Springfield Police Department, ", "patrol logs", false},
	} {
		p, _ := book.Law(row.law)
		r, says := p.Regime().Of(row.body, row.asked).Rule(TopicPreserve)
		if says != row.says || says && r.Value == "" {
			t.Errorf("%s, %s %s: %v %q", row.law, row.body, row.asked, says, r.Value)
		}
		if _, still := p.Regime().Rule(TopicDeadline); !still {
			t.Errorf("%s lost its time", row.law)
		}
	}
	var have []string
	for _, id := range book.IDs() {
		if p, _ := book.Law(id); p.Preservation != nil {
			have = append(have, id)
		}
	}
	if want := []string{"us-ca", "us-il", "us-oh", "us-tx"}; !slices.Equal(have, want) {
		t.Errorf("a rule was read for %v", have)
	}
}
