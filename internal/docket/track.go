package docket

import (
	"slices"

	"foia/internal/workday"
)

// Tracked is a deadline from the event that first gave it to the last one that changed it, for whoever
// keeps a copy of it elsewhere, such as a calendar.
type Tracked struct {
	Deadline              // as it stands; of one that is gone, as it last stood
	Day      workday.Date // the last that was known
	Nth      int          // which of those with the same What and Of, from 1
	Changed  Event        // the entry that last changed it
	Live     bool         // it is to be met: request and deadline are open, and the day is known
	Was      bool         // it was so once
}

// Track follows the deadlines of a request from entry to entry, in the order in which they were
// entered. What a further entry adds changes neither the place nor the number of those before it.
func Track(r Request, events []Event, b Basis) []Tracked {
	events = bySeq(events)
	var tracked []Tracked
	for n, e := range events {
		if n > 0 && slices.Contains(idle, e.Kind) {
			continue
		}
		tracked = follow(tracked, Fold(r, events[:n+1], b), e)
	}
	return tracked
}

// idle are the events by which no deadline changes.
var idle = []Kind{Assigned, Tagged, Untagged, MadePrivate, MadePublic, Note, FileAdded, Redacted}

// follow finds again, in the state after an event, the deadlines that were there before it.
func follow(tracked []Tracked, after State, e Event) []Tracked {
	places := found(tracked, after.Deadlines)
	for k := range tracked {
		if tracked[k].Live && !slices.Contains(places, k) {
			tracked[k].Live, tracked[k].Changed = false, e
		}
	}
	for i, d := range after.Deadlines {
		live := after.Open() && d.Open() && !d.Due.IsZero()
		if places[i] < 0 {
			tracked = append(tracked, Tracked{Deadline: d, Day: d.Due, Nth: nth(tracked, d), Changed: e, Live: live, Was: live})
			continue
		}
		t := &tracked[places[i]]
		if t.Live != live || !t.sameDay(d) {
			t.Changed = e
		}
		t.Deadline, t.Live, t.Was = d, live, t.Was || live
		if !d.Due.IsZero() {
			t.Day = d.Due
		}
	}
	return tracked
}

// found are the places, among the deadlines that are tracked, of those of a later state; -1 of one
// that is new.
func found(tracked []Tracked, now []Deadline) []int {
	places := make([]int, len(now))
	for i := range places {
		places[i] = -1
	}
	for _, alike := range []func(was, now Deadline) bool{
		func(was, now Deadline) bool { return was.Event == now.Event && was.To == now.To },
		func(was, now Deadline) bool { return was.To == now.To },
		func(Deadline, Deadline) bool { return true }, // it starts from another event now
	} {
		for i, d := range now {
			if places[i] >= 0 {
				continue
			}
			for k, t := range tracked {
				if t.What == d.What && t.Of == d.Of && t.Who == d.Who && alike(t.Deadline, d) && !slices.Contains(places, k) {
					places[i] = k
					break
				}
			}
		}
	}
	return places
}

func nth(tracked []Tracked, d Deadline) int {
	n := 1
	for _, t := range tracked {
		if t.What == d.What && t.Of == d.Of {
			n++
		}
	}
	return n
}

// sameDay tells whether two deadlines say the same of when and why.
func (d Deadline) sameDay(other Deadline) bool {
	return d.Due == other.Due && d.Lenient == other.Lenient && d.Last == other.Last && d.Cite == other.Cite && d.If == other.If &&
		d.Met == other.Met && d.Over == other.Over && d.Start == other.Start && d.Added == other.Added && d.Caution == other.Caution
}
