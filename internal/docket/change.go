package docket

import (
	"cmp"
	"slices"

	"foia/internal/workday"
)

// How a date changes when something more is known.
const (
	DateAppears = "new"
	DateMoves   = "moved"
	DateMet     = "done"
	DateOver    = "over" // nobody needs to do it any more
	DateGoes    = "gone"
)

// DateChange is a deadline that another event changes.
type DateChange struct {
	How    string       `json:"how"`
	Before workday.Date `json:"before,omitzero"` // of one that moves; unknown, if it was
	Deadline
}

// Words says how the date changes, whose it is, when it is and by which rule.
func (c DateChange) Words() string {
	what := "you: " + c.Listed()
	if c.Who == Agency {
		what = "the agency: " + c.Listed()
	}
	if c.Of != "" && c.Of != "determination" {
		what += " (" + c.Of + ")"
	}
	day := "on a day that is not known"
	if !c.Due.IsZero() {
		day = c.Due.Long()
	}
	switch c.How {
	case DateAppears:
		return "new: " + what + ", " + day + ", " + c.Cite
	case DateMoves:
		return "moves: " + what + ", to " + day + ", " + c.Cite
	case DateMet:
		return "done: " + what
	}
	return "no longer due: " + what
}

// DateChanges are the deadlines that differ between two states of a request, in the order of the
// later one; those that are gone come last.
func DateChanges(before, after State) (out []DateChange) {
	old := slices.Clone(before.Deadlines)
	take := func(same func(Deadline) bool) (Deadline, bool) {
		i := slices.IndexFunc(old, same)
		if i < 0 {
			return Deadline{}, false
		}
		d := old[i]
		old = slices.Delete(old, i, i+1)
		return d, true
	}
	pairs := make([]*Deadline, len(after.Deadlines))
	for _, alike := range []func(a, b Deadline) bool{
		func(a, b Deadline) bool { return a.Event == b.Event },
		func(Deadline, Deadline) bool { return true }, // it starts from another event now
	} {
		for i, now := range after.Deadlines {
			if pairs[i] != nil {
				continue
			}
			d, ok := take(func(x Deadline) bool {
				return x.What == now.What && x.Of == now.Of && x.Who == now.Who && alike(x, now)
			})
			if ok {
				pairs[i] = &d
			}
		}
	}
	for i, now := range after.Deadlines {
		if how := changed(pairs[i], now); how != "" {
			c := DateChange{How: how, Deadline: now}
			if pairs[i] != nil {
				c.Before = pairs[i].Due
			}
			out = append(out, c)
		}
	}
	for _, d := range old {
		if d.Open() {
			out = append(out, DateChange{How: DateGoes, Before: d.Due, Deadline: d})
		}
	}
	return out
}

// changed says how a deadline differs from what it was; empty if it does not, or if it was never open.
func changed(was *Deadline, now Deadline) string {
	switch {
	case was == nil && now.Open():
		return DateAppears
	case was == nil:
		return ""
	case was.Open() && !now.Met.IsZero():
		return DateMet
	case was.Open() && now.Over != "":
		return DateOver
	case now.Open() && (!was.Open() || was.Due != now.Due):
		return cmp.Or(map[bool]string{false: DateAppears}[was.Open()], DateMoves)
	}
	return ""
}
