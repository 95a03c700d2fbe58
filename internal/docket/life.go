package docket

import (
	"cmp"
	"slices"
	"strconv"

	"foia/internal/workday"
)

// life is the events of a request that count, in the order in which they
// happened, without those that only concern the desk or have no known day. Letters are
// entered as they are found in a pile: the day of the event decides, then the order of entry.
type life []Event

// lifeOf leaves out what was corrected, and sorts.
func lifeOf(events []Event) life { return ordered(events).delivered() }

// ordered is a life with the sendings that came back.
func ordered(events []Event) life {
	struck := struckOut(events)
	l := slices.DeleteFunc(everything(events), func(e Event) bool {
		return struck[e.Seq] || e.Undated() || e.Kind == Correction || e.Kind == Imported || e.Kind.aside()
	})
	slices.SortStableFunc(l, func(a, b Event) int {
		switch {
		case a.On.Before(b.On):
			return -1
		case b.On.Before(a.On):
			return 1
		}
		return cmp.Compare(a.place(), b.place())
	})
	return l
}

// place is where an event stands among others of its day: one that gives another its day stands where that one does.
func (e Event) place() int {
	if of, err := strconv.Atoi(e.Data[Dates]); err == nil && of < e.Seq {
		return of
	}
	return e.Seq
}

// everything is what was ever recorded, also what was struck out.
func everything(events []Event) life {
	l := make(life, len(events))
	for i, e := range events {
		if e.Kind == Sent && e.Data["letter"] != "" {
			e.Kind = LetterSent
		}
		l[i] = e
	}
	return l
}

// delivered leaves out what came back: the sending before a notice that it could not be
// delivered counts for nothing.
func (l life) delivered() life {
	back := map[int]bool{}
	for i, e := range l {
		if e.Kind != Undelivered {
			continue
		}
		for _, sent := range slices.Backward(l[:i]) {
			if !back[sent.Seq] && sent.carries(e.Data["letter"]) {
				back[sent.Seq] = true
				break
			}
		}
	}
	if len(back) == 0 {
		return l
	}
	return slices.DeleteFunc(l, func(e Event) bool { return back[e.Seq] })
}

// carries tells whether the event is the sending of a letter; of the request, if the
// number is empty.
func (e Event) carries(letter string) bool {
	if letter == "" {
		return e.Kind == Sent && e.Data["letter"] == ""
	}
	return e.sends() && e.Data["letter"] == letter
}

// Corrected tells which events do not count, by number.
func Corrected(events []Event) map[int]bool { return struckOut(bySeq(events)) }

// struckOut tells which events do not count, by number: what was corrected, letters that
// were thrown away, and events without a day that were given one. A correction that is itself corrected strikes nothing out.
func struckOut(events []Event) map[int]bool {
	struck := map[int]bool{}
	for i := len(events) - 1; i >= 0; i-- {
		e := events[i]
		if struck[e.Seq] {
			continue
		}
		if of, err := strconv.Atoi(e.Data[Dates]); err == nil && of < e.Seq {
			struck[of] = true
		}
		if e.Kind != Correction && e.Kind != Discarded {
			continue
		}
		if of, err := strconv.Atoi(e.Data["of"]); err == nil && of < e.Seq {
			struck[of] = true
		}
	}
	return struck
}

// all returns the events of the kinds.
func (l life) all(kinds ...Kind) life {
	var out life
	for _, e := range l {
		if slices.Contains(kinds, e.Kind) {
			out = append(out, e)
		}
	}
	return out
}

// first returns the first event of the kinds, or nil.
func (l life) first(kinds ...Kind) *Event {
	for i := range l {
		if slices.Contains(kinds, l[i].Kind) {
			return &l[i]
		}
	}
	return nil
}

// last returns the last event of the kinds, or nil.
func (l life) last(kinds ...Kind) *Event {
	for i := len(l) - 1; i >= 0; i-- {
		if slices.Contains(kinds, l[i].Kind) {
			return &l[i]
		}
	}
	return nil
}

// after returns the events after another: of the same day, those that were entered
// later.
func (l life) after(e Event) life { return l[l.index(e)+1:] }

// before returns the events before another; all, if that is not among them.
func (l life) before(e Event) life {
	if i := l.index(e); i >= 0 {
		return l[:i]
	}
	return l
}

// until returns the events up to a day.
func (l life) until(d workday.Date) life {
	i := slices.IndexFunc(l, func(e Event) bool { return e.On.After(d) })
	if i < 0 {
		return l
	}
	return l[:i]
}

// Known returns the events that were known on a day: what happened later is left
// out, and what has no day if it was entered later, so that a log can be asked how things stood.
func Known(events []Event, on workday.Date) []Event {
	return slices.DeleteFunc(slices.Clone(events), func(e Event) bool {
		if e.Undated() {
			return e.Entered().After(on)
		}
		return e.On.After(on)
	})
}
