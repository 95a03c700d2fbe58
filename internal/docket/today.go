package docket

import (
	"cmp"
	"slices"
	"strings"

	"foia/internal/remedy"
	"foia/internal/workday"
)

// Place is where a request stands on the list of a day, by what is next.
type Place int

// The places, in the order in which they are looked at.
const (
	MayBeSent   Place = iota // a letter went to the mail server, and nobody knows whether it went out
	Going                    // a letter was made and not sent, and what it asks for may soon be gone
	YouAreLate               // the day by which you had to do something has passed
	DueSoon                  // you have to do something within a week
	TheyAreLate              // by every calendar, and there is something that you can do
	ToSend                   // a letter was made and not sent
	ToDo                     // anything else that is yours
	Waits                    // nothing is yours
)

// soonDays is how far a day looks ahead.
const soonDays = 7

// owedByYou is what you have to do by a day; whoever does not, may lose the request.
var owedByYou = []string{DuePerfection, DueClarification, DueFees, DueInterest, DueMessage}

// PlaceOf tells where a request stands on the list of a day. step is what is next for it.
func PlaceOf(s State, step Step, today workday.Date) Place {
	switch {
	case step.Act.Verb == remedy.Send:
		return MayBeSent
	case step.Left != nil:
		return Going
	}
	s = s.On(today)
	for _, d := range s.Deadlines {
		if d.Who == You && d.Open() && !d.Due.IsZero() && d.Due.Before(today) && slices.Contains(owedByYou, d.What) {
			return YouAreLate
		}
	}
	waits := step.Act.Verb == "" && strings.HasPrefix(step.What, "wait")
	sends := step.Act.Verb == remedy.Record && slices.Contains(step.Act.Words, string(Sent))
	switch {
	case waits:
		return Waits
	case !step.By.IsZero() && today.DaysUntil(step.By) <= soonDays:
		return DueSoon
	case sends:
		return ToSend
	case slices.ContainsFunc(s.Deadlines, func(d Deadline) bool { return d.Who == Agency && d.Open() && d.ForSure(today) }):
		return TheyAreLate
	}
	return ToDo
}

// ComparePressing orders steps by the day by which they are to be done; those without a day come
// last, in the order of the ids.
func ComparePressing(a, b Step) int {
	return cmp.Or(boolFirst(!a.By.IsZero(), !b.By.IsZero()), cmp.Compare(a.By.String(), b.By.String()), cmp.Compare(a.ID, b.ID))
}
