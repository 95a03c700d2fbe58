package logbook

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"foia/internal/docket"
	"foia/internal/remedy"
)

// LastEntered is what the last command of this writer wrote into the log.
func (b *Book) LastEntered(ctx context.Context) ([]docket.Event, error) {
	log, err := b.Log(ctx)
	if err != nil {
		return nil, err
	}
	return log.LastEntered(ctx, b.By, b.Machine)
}

// Undo strikes out what the last command of this writer wrote: what happened is corrected, and
// what was made is discarded. All of it, or nothing. last is what the user agreed to; if there
// is something newer by now, that is an error.
func (b *Book) Undo(ctx context.Context, last []docket.Event, reason string) (done []docket.Event, err error) {
	err = b.Holding(ctx, false, func() error {
		now, err := b.LastEntered(ctx)
		if err != nil {
			return err
		}
		if len(now) != len(last) || len(now) > 0 && now[len(now)-1].Hash != last[len(last)-1].Hash {
			return remedy.Misuse("something was written into the log meanwhile", "look at it, and undo again")
		}
		return b.Write(ctx, func(t *Turn) error {
			for _, e := range slices.Backward(now) {
				undone, err := t.undo(e, reason)
				if err != nil {
					return err
				}
				done = append(done, undone)
			}
			return nil
		})
	})
	return done, err
}

func (t *Turn) undo(e docket.Event, reason string) (docket.Event, error) {
	r, events, err := Request(t, e.Request)
	if err != nil {
		return e, err
	}
	out := docket.Event{Request: e.Request, Kind: docket.Discarded, On: t.Today, Data: map[string]string{"reason": reason}}
	switch e.Kind {
	case docket.Drafted:
		err = docket.MayChange(r, events)
	case docket.LetterMade:
		_, err = docket.LetterToDiscard(r, events, strconv.Itoa(e.Seq))
		out.Data["of"] = strconv.Itoa(e.Seq)
	case docket.Redrafted:
		err = remedy.Misuse(fmt.Sprintf("event %d of %s made another version of its letter, which stays", e.Seq, e.Request),
			"change the letter again: "+remedy.To(remedy.Change, e.Request).String())
	default:
		out.Kind, out.Data["of"] = docket.Correction, strconv.Itoa(e.Seq)
		p := docket.Proposed{Request: r, Events: events, Event: out, Today: t.Today}
		out, _, err = p.Check()
	}
	if err != nil {
		return e, err
	}
	return t.AddEvent(out)
}
