package logbook

import (
	"context"
	"strconv"

	"foia/internal/docket"
)

// Discarding is something that was not sent and is to be thrown away: a request, or one of its
// further letters by number or kind.
type Discarding struct {
	Request string
	Letter  string // empty: the request
	After   int    // the last event that whoever discards it has seen; 0: that does not matter
}

// DiscardedDraft is what came of it.
type DiscardedDraft struct {
	Request docket.Request
	Event   docket.Event
	Made    docket.Event // of a further letter: the event that made it
}

// Discard throws drafts away, all of them or none. Nothing is removed: the log says what was
// made, and that it was not sent.
func (b *Book) Discard(ctx context.Context, what []Discarding, reason string) (out []DiscardedDraft, err error) {
	err = b.Holding(ctx, false, func() error {
		return b.Write(ctx, func(t *Turn) error {
			for _, w := range what {
				one, err := t.Discard(w, reason)
				if err != nil {
					return err
				}
				out = append(out, one)
			}
			return nil
		})
	})
	return out, err
}

// Discard throws one draft away.
func (t *Turn) Discard(w Discarding, reason string) (out DiscardedDraft, err error) {
	r, events, err := Request(t, w.Request)
	if err != nil {
		return out, err
	}
	if err := movedOn(events, w.After); err != nil {
		return out, err
	}
	e := docket.Event{Request: r.ID, Kind: docket.Discarded, On: t.Today, Data: map[string]string{}}
	if reason != "" {
		e.Data["reason"] = reason
	}
	if w.Letter == "" {
		err = docket.MayChange(r, events)
	} else if out.Made, err = docket.LetterToDiscard(r, events, w.Letter); err == nil {
		e.Data["of"] = strconv.Itoa(out.Made.Seq)
	}
	if err != nil {
		return out, err
	}
	out.Request = r
	out.Event, err = t.AddEvent(e)
	return out, err
}
