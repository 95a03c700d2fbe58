package law

import (
	"fmt"
	"maps"
	"slices"
)

// Decision is a decision of a court, with what it says, what it does not say, and how
// it was read.
type Decision struct {
	ID    string `yaml:"-" json:"id,omitempty"`
	Name  string `yaml:"name" json:"name"`   // Wolf v. CIA
	At    string `yaml:"at" json:"at"`       // 473 F.3d 370, or the number of the case
	Court string `yaml:"court" json:"court"` // D.C. Cir.; U.S. for the Supreme Court
	Date  string `yaml:"date" json:"date"`   // the year; the day too, if the case has only a number
	Held  string `yaml:"held" json:"held"`   // in our words; a letter says no more
	Limit string `yaml:"limit" json:"limit"` // what it must not be read to say
	Mark  Mark   `yaml:"mark" json:"mark"`   // how what is under Held was read
	Read  string `yaml:"read" json:"read"`   // where, and on which day
}

// Mark says how a decision was read.
type Mark string

// The marks, the strongest first.
const (
	ReadPages     Mark = "pages"     // the passage itself
	ReadDigest    Mark = "digest"    // an official digest
	ReadOpening   Mark = "opening"   // the court's own statement of question and result
	ReadSecondary Mark = "secondary" // what others say of it
)

var marks = []Mark{ReadPages, ReadDigest, ReadOpening, ReadSecondary}

// Supports tells whether an argument may rest on a decision that was read so.
func (m Mark) Supports() bool { return m != ReadSecondary && slices.Contains(marks, m) }

// supreme is the court whose reports name it.
const supreme = "U.S."

// Cite is the citation as a letter prints it after the name.
func (d Decision) Cite() string {
	if d.Court == supreme {
		return fmt.Sprintf("%s (%s)", d.At, d.Date)
	}
	return fmt.Sprintf("%s (%s %s)", d.At, d.Court, d.Date)
}

func (b *Book) nameDecisions() {
	for id, d := range b.Decisions {
		d.ID = id
		b.Decisions[id] = d
	}
}

// checkDecisions refuses a decision that lacks a part, or that is of a court whose name
// is not known.
func (b *Book) checkDecisions() error {
	for _, id := range slices.Sorted(maps.Keys(b.Decisions)) {
		d := b.Decisions[id]
		for _, part := range []string{d.Name, d.At, d.Court, d.Date, d.Held, d.Limit, d.Read} {
			if part == "" {
				return fmt.Errorf("the law's data: the decision %q lacks its name, place, court, date, what it held, its limit or where "+
					"it was read", id)
			}
		}
		if !slices.Contains(marks, d.Mark) {
			return fmt.Errorf("the law's data: the decision %q was read in the unknown way %q; use one of %v", id, d.Mark, marks)
		}
		if b.Courts[d.Court] == "" {
			return fmt.Errorf("the law's data: the court of the decision %q, %s, is not in the list of courts", id, d.Court)
		}
	}
	return nil
}
