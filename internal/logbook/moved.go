package logbook

import (
	"fmt"

	"foia/internal/docket"
)

// MovedOn says that a request has gone on since somebody looked at it, so that what they would
// write may be there already, or no longer fit.
type MovedOn struct {
	Request string
	Since   []docket.Event // what they have not seen
}

func (m *MovedOn) Error() string {
	last := m.Since[len(m.Since)-1]
	by := ""
	if last.By != "" {
		by = " by " + last.By
	}
	return fmt.Sprintf("%s has gone on since you looked: %s, the last%s (%s, %s)", m.Request,
		eventsRecorded(len(m.Since)), by, last.Kind, last.On)
}

func eventsRecorded(n int) string {
	if n == 1 {
		return "1 event was recorded"
	}
	return fmt.Sprintf("%d events were recorded", n)
}

// Hint says what to do.
func (m *MovedOn) Hint() string {
	return "nothing was written: look at what happened, then record it anew if it is still true"
}

// Seen is nil if somebody has seen the last of some events, or if it does not matter; else *MovedOn.
func Seen(events []docket.Event, last int) error { return movedOn(events, last) }

// movedOn is the error that there are events after the one that somebody has seen; nil if there are
// none, or if it does not matter.
func movedOn(events []docket.Event, seen int) error {
	if seen == 0 || len(events) == 0 || events[len(events)-1].Seq <= seen {
		return nil
	}
	moved := &MovedOn{Request: events[0].Request}
	for _, e := range events {
		if e.Seq > seen {
			moved.Since = append(moved.Since, e)
		}
	}
	return moved
}
