package docket

import (
	"cmp"
	"fmt"
	"slices"

	"foia/internal/workday"
)

// Kept is until when records that an item asks for must still be there, by a schedule that counts from the
// making of a record. It is frozen when the letter is made, so that a list reads no schedules.
type Kept struct {
	Item   int          `json:"item"`            // of the letter, from 1
	Time   string       `json:"time"`            // 30 days
	Oldest workday.Date `json:"oldest,omitzero"` // the last day of the oldest; unknown: they may be gone
	Newest workday.Date `json:"newest"`
	Ahead  int          `json:"ahead"` // from so many days before the end it presses
}

// Vanishing is an item whose records may soon be gone.
type Vanishing struct {
	Kept
	Last workday.Date // on which they must be there: all of them, or, if the oldest may be gone, the newest
	Left int          // days from today to that one
}

// Going is the item of a letter that has not gone out whose records may be gone first; false if there is
// none, or that is not soon.
func (s State) Going(today workday.Date) (Vanishing, bool) {
	var all []Vanishing
	for _, k := range s.Kept {
		last := k.Oldest
		if last.Before(today) {
			last = k.Newest
		}
		if left := today.DaysUntil(last); !last.Before(today) && left <= k.Ahead {
			all = append(all, Vanishing{k, last, left})
		}
	}
	if len(all) == 0 {
		return Vanishing{}, false
	}
	return slices.MinFunc(all, func(a, b Vanishing) int { return cmp.Or(cmp.Compare(a.Left, b.Left), cmp.Compare(a.Item, b.Item)) }), true
}

// Says tells how many days are left, as the preflight does.
func (v Vanishing) Says() string {
	if v.Last == v.Oldest {
		return fmt.Sprintf("item %d: kept %s: %d left", v.Item, v.Time, v.Left)
	}
	return fmt.Sprintf("item %d: kept %s, so the oldest may be gone: %d left for the newest", v.Item, v.Time, v.Left)
}
