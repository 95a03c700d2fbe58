package logbook

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"foia/internal/docket"
	"foia/internal/remedy"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// together is how many requests are written to in one transaction. Larger chunks
// keep others waiting, smaller ones wait for the disk more often.
const together = 256

// ForMany is one event that happened to several requests.
type ForMany struct {
	Requests []string
	Event    docket.Event   // Kind, On, Data
	DryRun   bool           // only say what would be recorded
	Progress func(done int) // called after each chunk; nil: nobody looks
}

// RecordedMany is what came of it.
type RecordedMany struct {
	Recorded int            `json:"recorded"`
	Before   int            `json:"recorded_before"` // the same is in the log already
	NoLetter int            `json:"no_letter"`       // the letter that was sent was never made for them
	Sent     int            `json:"sent_before"`     // their letter was sent on another day
	Refused  []RefusedOne   `json:"refused"`
	Unusual  map[string]int `json:"unusual"` // by what is said
}

// RefusedOne is a request for which something was not done, and why.
type RefusedOne struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
	Remedy string `json:"remedy,omitempty"`
	err    error
}

// Refuse says of a request why something was not done.
func Refuse(id string, err error) RefusedOne {
	return RefusedOne{ID: id, Reason: err.Error(), Remedy: remedy.Of(err), err: err}
}

// notForMany says why an event is recorded for one request at a time.
func notForMany(e docket.Event) error {
	k := e.Kind
	why := map[docket.Kind]string{
		docket.Referred:   "a referral opens its own request",
		docket.Correction: "the numbers of events differ from request to request",
		docket.FileAdded:  "a file belongs to one request",
	}[k]
	if _, err := strconv.Atoi(e.Data["letter"]); why == "" && err == nil {
		return remedy.Misuse(remedy.Name("letter")+": the numbers of letters differ from request to request",
			"name the letter by its kind, such as "+remedy.Give("letter", "status"))
	}
	if why == "" {
		return nil
	}
	return remedy.Misuse(fmt.Sprintf("“%s” cannot be recorded for many requests: %s", k, why),
		"record it one request at a time: "+remedy.To(remedy.Record, remedy.Open("ID"), string(k)).String())
}

// RecordMany records one event for many requests, in several transactions, each of
// which is whole: after a failure, the same command goes on. Those that have the
// event already, or have no letter of the kind that was sent, are left alone; those for which it cannot be are refused, and the
// others are recorded all the same.
func (b *Book) RecordMany(ctx context.Context, m ForMany) (*RecordedMany, error) {
	if err := notForMany(m.Event); err != nil {
		return nil, err
	}
	out := &RecordedMany{Refused: []RefusedOne{}, Unusual: map[string]int{}}
	basis, err := b.Workspace.Basis()
	if err != nil {
		return nil, err
	}
	proposed := docket.Proposed{Event: m.Event, Today: b.Today, Dates: b.Workspace.Config.Dates, Book: basis.Book}
	if m.DryRun {
		log, err := b.Log(ctx)
		if err != nil {
			return nil, err
		}
		if err := out.chunk(b.Workspace, Within(ctx, log), m.Requests, proposed, nil); err != nil {
			return nil, err
		}
		return out, out.allTheSame(m.Event, len(m.Requests))
	}
	err = b.Holding(ctx, false, func() error { return b.recordChunks(ctx, m, proposed, out) })
	if err != nil {
		return out, StoppedAfter(err, out.Recorded)
	}
	return out, out.allTheSame(m.Event, len(m.Requests))
}

func (b *Book) recordChunks(ctx context.Context, m ForMany, proposed docket.Proposed, out *RecordedMany) error {
	for done := 0; done < len(m.Requests); done += together {
		if err := ctx.Err(); err != nil {
			return err
		}
		ids := m.Requests[done:min(done+together, len(m.Requests))]
		part := &RecordedMany{Unusual: map[string]int{}}
		err := b.Write(ctx, func(t *Turn) error {
			return part.chunk(b.Workspace, t, ids, proposed, func(e docket.Event) error {
				_, err := t.AddEvent(e)
				return err
			})
		})
		if err != nil {
			return err
		}
		out.plus(part)
		if m.Progress != nil {
			m.Progress(done + len(ids))
		}
	}
	return nil
}

// Reader reads requests and their events, within a transaction or without.
type Reader interface {
	Request(id string) (docket.Request, error)
	Events(id string) ([]docket.Event, error)
}

// Request reads a request as it stands, with its events.
func Request(in Reader, id string) (docket.Request, []docket.Event, error) {
	return RequestAsOf(in, id, workday.Date{})
}

// RequestAsOf reads a request as it stood on a day, with what had happened by then; without events if
// it was not there yet. Without a day it is Request.
func RequestAsOf(in Reader, id string, day workday.Date) (docket.Request, []docket.Event, error) {
	r, err := in.Request(id)
	if err != nil {
		return r, nil, err
	}
	events, err := in.Events(id)
	if err != nil {
		return r, nil, err
	}
	if !day.IsZero() {
		events = docket.Known(events, day)
	}
	r, err = docket.Current(r, events)
	return r, events, err
}

// Life is what is asked of a log to read single requests.
type Life interface {
	Request(ctx context.Context, id string) (docket.Request, error)
	Events(ctx context.Context, id string) ([]docket.Event, error)
}

// Within reads a log for as long as a context lasts.
func Within(ctx context.Context, log Life) Reader { return reader{ctx, log} }

type reader struct {
	ctx context.Context // of the call that it was made for
	log Life
}

func (r reader) Request(id string) (docket.Request, error) { return r.log.Request(r.ctx, id) }
func (r reader) Events(id string) ([]docket.Event, error)  { return r.log.Events(r.ctx, id) }

// chunk checks the event against each request and keeps those that can be; without
// keep it only counts.
func (out *RecordedMany) chunk(w *workspace.Workspace, in Reader, ids []string, proposed docket.Proposed,
	keep func(docket.Event) error) error {
	for _, id := range ids {
		var err error
		if proposed.Request, proposed.Events, err = Request(in, id); err != nil {
			return err
		}
		proposed.Event.Request = id
		e, unusual, err := proposed.Check()
		if err == nil {
			err = sentBefore(e, proposed.Events)
		}
		if err == nil {
			err = asMade(w, proposed, e)
		}
		var repeated *docket.Repeated
		var none *docket.NoneToSend
		switch {
		case errors.As(err, &repeated):
			out.Before++
			continue
		case errors.As(err, &none) && none.Sent != nil:
			out.Sent++
			continue
		case errors.As(err, &none):
			out.NoLetter++
			continue
		case err != nil:
			out.Refused = append(out.Refused, Refuse(id, err))
			continue
		}
		for _, u := range unusual {
			out.Unusual[u]++
		}
		out.Recorded++
		if keep == nil {
			continue
		}
		if err := keep(e); err != nil {
			return err
		}
	}
	return nil
}

// sentBefore refuses to send a request a second time among many: the command that
// was killed yesterday, and is run again today, does not mean a second mailing.
func sentBefore(e docket.Event, events []docket.Event) error {
	if e.Kind != docket.Sent {
		return nil
	}
	struck := docket.Corrected(events)
	for _, old := range events {
		if old.Kind == docket.Sent && !struck[old.Seq] {
			return remedy.Misuse("it was already sent, on "+old.On.Letter(),
				"if it was sent twice, record that separately: "+
					remedy.To(remedy.Record, remedy.Open("ID"), string(docket.Sent)).String())
		}
	}
	return nil
}

func (out *RecordedMany) plus(part *RecordedMany) {
	out.Recorded += part.Recorded
	out.Before += part.Before
	out.NoLetter += part.NoLetter
	out.Sent += part.Sent
	out.Refused = append(out.Refused, part.Refused...)
	for u, n := range part.Unusual {
		out.Unusual[u] += n
	}
}

// allTheSame is the reason for which every request was refused, if it is one and
// the same: then the event is wrong, and not the requests.
func (out *RecordedMany) allTheSame(e docket.Event, n int) error {
	if n > 0 && out.NoLetter == n {
		return remedy.Misuse(fmt.Sprintf("%s: none of the %d requests has a letter “%s”", remedy.Name("letter"), n, e.Data["letter"]),
			"name a letter that was made for them; the record of each request lists its letters: "+
				remedy.To(remedy.Show, remedy.Open("ID")).String())
	}
	if n == 0 || len(out.Refused) < n {
		return nil
	}
	for _, r := range out.Refused {
		if r.Reason != out.Refused[0].Reason || r.Remedy != out.Refused[0].Remedy {
			return nil
		}
	}
	return out.Refused[0].err
}
