package docket

import (
	"cmp"
	"slices"
	"strings"

	"foia/internal/workday"
)

// Item is one thing that is due, as foia due lists it.
type Item struct {
	ID       string       `json:"id"`
	What     string       `json:"what"`
	Who      Who          `json:"who"`
	Due      workday.Date `json:"due"`
	DaysLeft int          `json:"days_left"` // calendar days; negative: it is overdue by so many
	Rule     string       `json:"rule"`      // the citation
	Lenient  workday.Date `json:"lenient_due"`
	Of       string       `json:"of,omitempty"`
}

// AppealAhead is from how many days before its end an appeal is shown, however
// short the window that was asked for: 30, 14, 7, 3, 1 days are the usual stations.
const AppealAhead = 30

// Ahead is how far before its date a deadline is shown, within a window of days.
func (d Deadline) Ahead(within int) int {
	if d.appeals() {
		return max(within, AppealAhead)
	}
	return within
}

// appeals tells whether it is a day of an appeal that is still to be made; of one that comes
// from a list, What is as listed.
func (d Deadline) appeals() bool {
	return d.What == DueAppeal || strings.HasPrefix(d.What, DueAppealLast)
}

// Furthest is the widest that Ahead gives.
func Furthest(within int) int { return max(within, AppealAhead) }

// missedShown is for how long after its last day a missed appeal is still listed:
// long enough to be seen, and nothing can be done any more.
const missedShown = 30

// Title is what is due, with what an appeal is against.
func (i Item) Title() string { return Deadline{What: i.What, Of: i.Of}.Title() }

// Agenda lists what is open and due within so many days of today, or overdue. The
// safe day of an appeal that has passed gives way to its last day.
func Agenda(id string, deadlines []Deadline, today workday.Date, within int) []Item {
	var items []Item
	for _, d := range deadlines {
		items = AppendItem(items, id, d, today, within)
	}
	return items
}

// AppendItem adds a deadline to an agenda, if it belongs there.
func AppendItem(items []Item, id string, d Deadline, today workday.Date, within int) []Item {
	if !d.Open() || d.Due.IsZero() {
		return items
	}
	left := today.DaysUntil(d.Due)
	switch {
	case left > d.Ahead(within),
		d.What == DueAppeal && left < 0 && d.Last.After(d.Due),
		d.appeals() && left < -missedShown:
		return items
	}
	return append(items, Item{ID: id, What: d.Listed(), Who: d.Who, Due: d.Due, DaysLeft: left, Rule: d.Cite, Lenient: d.Lenient, Of: d.Of})
}

// SortItems puts what is overdue first, then what you owe before what they owe,
// then the nearest date.
func SortItems(items []Item) {
	slices.SortStableFunc(items, func(a, b Item) int {
		return cmp.Or(CompareUrgency(a, b), cmp.Compare(a.ID, b.ID), cmp.Compare(a.What, b.What))
	})
}

// CompareUrgency orders items as SortItems does, whichever request they belong to.
func CompareUrgency(a, b Item) int {
	return cmp.Or(boolFirst(a.DaysLeft < 0, b.DaysLeft < 0), boolFirst(a.Who == You, b.Who == You), cmp.Compare(a.DaysLeft, b.DaysLeft))
}

func boolFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// On is the state as it stands on a day: what the passing of time adds to it.
func (s State) On(today workday.Date) State {
	if d, ok := s.Deadline(DueExpedition); ok && s.Expedition.State == Asked && d.Open() && d.ForSure(today) {
		s.Expedition.State = Ignored
	}
	return s
}

// Overdue tells whether somebody has missed a date by today.
func (s State) Overdue(today workday.Date, who Who) bool {
	return slices.ContainsFunc(Agenda("", s.Deadlines, today, 0), func(i Item) bool { return i.Who == who && i.DaysLeft < 0 })
}
