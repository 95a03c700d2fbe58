package correspondence

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"foia/internal/docket"
	"foia/internal/workday"
)

// view is a request as it stands on the day of a letter: the events that count, in the
// order in which they happened.
type view struct {
	request docket.Request
	day     workday.Date
	events  []happening
}

// happening is an event with its place in that order.
type happening struct {
	docket.Event
	at int
}

// viewOf leaves out what happened after the day and what was corrected, and puts the
// rest in order: by day, then by number.
func viewOf(r docket.Request, events []docket.Event, day workday.Date) view {
	var known []docket.Event
	for _, e := range events {
		if !e.On.After(day) {
			known = append(known, e)
		}
	}
	struck := struckOutBy(known)
	known = slices.DeleteFunc(known, func(e docket.Event) bool { return e.Kind == "correction" || struck[e.Seq] })
	slices.SortFunc(known, func(a, b docket.Event) int {
		if a.On != b.On {
			return cmp.Compare(0, a.On.DaysUntil(b.On))
		}
		return cmp.Compare(a.Seq, b.Seq)
	})
	v := view{request: r, day: day}
	for i, e := range delivered(known) {
		v.events = append(v.events, happening{e, i})
	}
	return v
}

// struckOutBy tells by number which events do not count: those that a correction names,
// unless a later correction names that one.
func struckOutBy(events []docket.Event) map[int]bool {
	corrections := slices.DeleteFunc(slices.Clone(events), func(e docket.Event) bool { return e.Kind != "correction" })
	slices.SortFunc(corrections, func(a, b docket.Event) int { return cmp.Compare(b.Seq, a.Seq) }) // the last first
	struck := map[int]bool{}
	for _, c := range corrections {
		if of, err := strconv.Atoi(c.Data["of"]); err == nil && of < c.Seq && !struck[c.Seq] {
			struck[of] = true
		}
	}
	return struck
}

// delivered leaves out what came back: a sending that could not be delivered is as if it
// had not been. A notice without the number of a letter is of the request.
func delivered(events []docket.Event) []docket.Event {
	back := map[int]bool{}
	for i, notice := range events {
		if notice.Kind != "undelivered" {
			continue
		}
		for _, e := range slices.Backward(events[:i]) {
			if isSending(e, notice.Data["letter"]) && !back[e.Seq] {
				back[e.Seq] = true
				break
			}
		}
	}
	return slices.DeleteFunc(events, func(e docket.Event) bool { return back[e.Seq] })
}

// isSending tells whether a letter went out by an event; the request, if no number is
// given.
func isSending(e docket.Event, letter string) bool {
	if letter == "" {
		return e.Kind == "sent" && e.Data["letter"] == ""
	}
	return e.Data["letter"] == letter && !slices.Contains([]docket.Kind{"letter-made", "letter-received", "undelivered"}, e.Kind)
}

// all are the events of these kinds, in order.
func (v view) all(kinds ...docket.Kind) []happening {
	return v.where(func(h happening) bool { return slices.Contains(kinds, h.Kind) })
}

// where are the events for which something is so, in order.
func (v view) where(is func(happening) bool) []happening {
	var out []happening
	for _, h := range v.events {
		if is(h) {
			out = append(out, h)
		}
	}
	return out
}

// after are those that come after a place in the order.
func after(at int, list []happening) []happening {
	return slices.DeleteFunc(slices.Clone(list), func(h happening) bool { return h.at <= at })
}

// before are those that come before a place in the order.
func before(at int, list []happening) []happening {
	return slices.DeleteFunc(slices.Clone(list), func(h happening) bool { return h.at >= at })
}

// last is the last of a list; ok is false if it is empty.
func last(list []happening) (h happening, ok bool) {
	if len(list) == 0 {
		return h, false
	}
	return list[len(list)-1], true
}

// first is the first of a list; ok is false if it is empty.
func first(list []happening) (h happening, ok bool) {
	if len(list) == 0 {
		return h, false
	}
	return list[0], true
}

// date is a detail that is a day.
func (h happening) date(name string) workday.Date { return dayOf(h.Event, name) }

// has tells whether a detail was given.
func (h happening) has(name string) bool { return h.Data[name] != "" }

// number is a detail that is a number; 0 if it was not given.
func (h happening) number(name string) int {
	n, err := strconv.Atoi(h.Data[name])
	if err != nil {
		return 0
	}
	return n
}

// dollars is a detail that is an amount; 0 if it was not given.
func (h happening) dollars(name string) float64 {
	x, err := strconv.ParseFloat(h.Data[name], 64)
	if err != nil {
		return 0
	}
	return x
}

// list is a detail of several words with commas between them.
func (h happening) list(name string) []string {
	return strings.FieldsFunc(h.Data[name], func(r rune) bool { return r == ',' || r == ' ' })
}

// way is how something travels: as the event says, else as the request does.
func (v view) way(h happening) string { return cmp.Or(h.Data["by"], v.request.Via) }

// atOnce tells whether what travels so is there on the day it is sent.
func atOnce(way string) bool { return way == "portal" || way == "email" || way == "fax" }
