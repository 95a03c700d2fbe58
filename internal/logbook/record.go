package logbook

import (
	"context"
	"errors"
	"slices"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/workspace"
)

// Entry is one event that somebody wants to record.
type Entry struct {
	Request string
	Event   docket.Event   // Kind, On, Data
	Attach  []string       // paths of files that came with it
	Again   bool           // it is meant, although the same is in the log
	To      *agency.Office // of a referral: the office that it went to
	After   int            // the last event that whoever records it has seen; 0: that does not matter
}

// Recorded is what came of an entry.
type Recorded struct {
	Event   docket.Event
	Request docket.Request
	State   docket.State
	Unusual []string
	Child   *docket.Request // the request that a referral opened
}

// Record checks an event, keeps the files that came with it, and writes it into the log: all
// of it or nothing. The files are copied before the log is locked.
func (b *Book) Record(ctx context.Context, entry Entry) (out Recorded, err error) {
	basis, err := b.Workspace.Basis()
	if err != nil {
		return out, err
	}
	files, err := b.takeIn(ctx, entry, basis)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, discard(files)) }()
	err = b.Holding(ctx, false, func() error {
		return b.Write(ctx, func(t *Turn) error {
			out, err = t.record(entry, files, b.proposed(entry, basis), basis)
			return err
		})
	})
	return out, err
}

// proposed is the event of an entry, to be checked against the log.
func (b *Book) proposed(entry Entry, basis docket.Basis) docket.Proposed {
	e := b.Enters(entry.Event)
	e.Request = entry.Request
	if len(entry.Attach) > 0 {
		e.Data = with(e.Data, "files", "pending")
	}
	return docket.Proposed{Event: e, Today: b.Today, Dates: b.Workspace.Config.Dates, Book: basis.Book, Again: entry.Again}
}

// check reads the request of a proposed event and its events, and checks the event against
// them.
func check(in Reader, p *docket.Proposed) (e docket.Event, unusual []string, err error) {
	if p.Request, p.Events, err = Request(in, p.Event.Request); err != nil {
		return e, nil, err
	}
	return p.Check()
}

// RecordIn records an event without files within a transaction that does more than that.
func (b *Book) RecordIn(t *Turn, entry Entry, basis docket.Basis) (Recorded, error) {
	return t.record(entry, nil, b.proposed(entry, basis), basis)
}

func (t *Turn) record(entry Entry, files []*workspace.Incoming, p docket.Proposed, basis docket.Basis) (out Recorded, err error) {
	e, unusual, err := check(t, &p)
	if moved := movedOn(p.Events, entry.After); moved != nil {
		return out, moved // before what is wrong with the event: it may be in the log by now
	}
	if err != nil {
		return out, err
	}
	if err := asMade(t.Workspace, p, e); err != nil {
		return out, err
	}
	if out, err = t.keep(entry, files, p, e, basis); err != nil {
		return out, err
	}
	out.Request, out.State, out.Unusual = p.Request, docket.Fold(p.Request, append(p.Events, out.Event), basis),
		slices.Concat(unusual, linked(entry.Attach))
	return out, nil
}

// keep writes an event that was checked, with the files that came with it and the request that it opens.
func (t *Turn) keep(entry Entry, files []*workspace.Incoming, p docket.Proposed, e docket.Event, basis docket.Basis) (out Recorded,
	err error) {
	if e.Kind == docket.Referred {
		if out.Child, err = t.openChild(entry.To, p, &e, basis); err != nil {
			return out, err
		}
	}
	seq := p.Events[len(p.Events)-1].Seq + 1
	received := receivedFiles(seq, files)
	if len(received) > 0 {
		if _, e.Data["files"], err = workspace.DocumentsOf(received); err != nil {
			return out, err
		}
		if err := t.StageFiles(p.Request, seq, received); err != nil {
			return out, err
		}
	}
	if out.Event, err = t.AddEvent(e); err != nil {
		return out, err
	}
	return out, t.KeepFiles(p.Request, received)
}

func with(data map[string]string, name, value string) map[string]string {
	out := map[string]string{name: value}
	for k, v := range data {
		out[k] = v
	}
	return out
}
