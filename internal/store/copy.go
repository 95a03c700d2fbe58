package store

import (
	"context"
	"errors"
	"fmt"

	"foia/internal/docket"
)

// Source is what a log is copied from: another log, or a backup of one. Request is
// asked for a request only while History hands over its events.
type Source interface {
	History(ctx context.Context, after int, f func(n int, e docket.Event) error) error
	Request(ctx context.Context, id string) (docket.Request, error)
}

// Placed is a document of a request, or of one of its events.
type Placed struct {
	Request  docket.Request
	Document docket.Document
}

// CopyOptions say what goes along with a log that is copied.
type CopyOptions struct {
	// Documents is called with the documents of some hundreds of events before these
	// are written: what the target knows must be there. After a stop it is called for
	// the same ones again. Without it, documents are left to the caller.
	Documents func(ctx context.Context, documents []Placed) error
	// Keep is called within the transaction with each document of the events that it
	// writes, for a target that keeps documents itself.
	Keep func(tx *Tx, d Placed) error
	// Progress is told how many events the target has.
	Progress func(events int)
}

// CopyReport says what a copy did, and what both sides hold.
type CopyReport struct {
	Before int  `json:"before"` // events that were in the target already
	Copied int  `json:"copied"`
	Sum    Sum  `json:"sum"`   // of both sides, each counted by itself
	Grown  bool `json:"grown"` // the source has got further events meanwhile
}

// Different says that two logs do not hold the same.
type Different struct{ What string }

func (d *Different) Error() string { return d.What }

// Hint says what to do.
func (d *Different) Hint() string {
	return "copy into an empty log; a log in which others have written since is not overwritten"
}

// How much of a log is written in one transaction.
const (
	chunkEvents = 500
	chunkBytes  = 8 << 20
)

var errEnough = errors.New("enough was read")

// Copy replays the events of a log in another one, in the order of their entry. What
// the target has already must be the beginning of the same log, so that a copy that
// was stopped goes on where it was. At the end both sides are read again: the copy
// is good only if they give the same sum.
func Copy(ctx context.Context, from Source, to *Log, o CopyOptions) (CopyReport, error) {
	before, err := common(ctx, from, to)
	if err != nil {
		return CopyReport{}, err
	}
	c := &copying{ctx: ctx, from: from, to: to, o: o, done: before}
	err = Walk(ctx, from, before, c.take)
	if err == nil {
		err = c.write()
	}
	report := CopyReport{Before: before, Copied: c.done - before}
	if err != nil {
		return report, err
	}
	if report.Sum, err = sameSum(ctx, from, to, c.done); err != nil {
		return report, err
	}
	err = Walk(ctx, from, c.done, func(int, docket.Event) error { return errEnough })
	if report.Grown = errors.Is(err, errEnough); report.Grown {
		err = nil
	}
	return report, err
}

// Walk is the History of a source, with the error of f as it is: not as one of the
// source, and without its place.
func Walk(ctx context.Context, from Source, after int, f func(n int, e docket.Event) error) error {
	var own error
	err := from.History(ctx, after, func(n int, e docket.Event) error {
		own = f(n, e)
		return own
	})
	if own != nil {
		return own
	}
	return err
}

// copying is one copy on its way.
type copying struct {
	ctx  context.Context // of the Copy that it belongs to
	from Source
	to   *Log
	o    CopyOptions
	done int // events in the target

	chunk []entry
	bytes int // what the chunk takes, about
}

// entry is an event with, if it is the first one, its request.
type entry struct {
	event   docket.Event
	request *docket.Request
}

func (c *copying) take(_ int, e docket.Event) error {
	en := entry{event: e}
	if e.Seq == 1 {
		r, err := firstOf(c.ctx, c.from, e)
		if err != nil {
			return err
		}
		en.request = &r
		c.bytes += len(r.Office) + len(r.Requester) + len(r.Answers)
	}
	for _, v := range e.Data {
		c.bytes += len(v)
	}
	c.chunk = append(c.chunk, en)
	if len(c.chunk) < chunkEvents && c.bytes < chunkBytes {
		return nil
	}
	return c.write()
}

// firstOf reads the request of a first event, which must be the one that was frozen.
func firstOf(ctx context.Context, from Source, first docket.Event) (docket.Request, error) {
	r, err := from.Request(ctx, first.Request)
	if err != nil {
		return r, err
	}
	sum, err := r.Digest()
	if err == nil && sum != first.Data[digestKey] {
		err = &Failure{Kind: ErrDamaged, Detail: "request " + first.Request + " was changed after it was frozen"}
	}
	return r, err
}

// write puts the chunk into the target, whole or not at all.
func (c *copying) write() error {
	if len(c.chunk) == 0 {
		return nil
	}
	documents, err := c.documents()
	if err != nil {
		return err
	}
	err = c.to.Write(c.ctx, func(tx *Tx) error {
		for _, en := range c.chunk {
			if err := en.write(tx); err != nil {
				return err
			}
		}
		if c.o.Keep == nil {
			return nil
		}
		for _, d := range documents {
			if err := c.o.Keep(tx, d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	c.done += len(c.chunk)
	clear(c.chunk)
	c.chunk, c.bytes = c.chunk[:0], 0
	if c.o.Progress != nil {
		c.o.Progress(c.done)
	}
	return nil
}

func (en entry) write(tx *Tx) error {
	want := en.event
	var got docket.Event
	var err error
	if en.request == nil {
		got, err = tx.Append(want)
	} else if got, err = want.Chain(nil); err == nil { // what Add makes of it
		err = tx.Add(*en.request, want)
	}
	if err != nil {
		return err
	}
	if got.Hash != want.Hash {
		return &Different{fmt.Sprintf("event %d of request %s would change: its hash is %s, but %s in the copy", want.Seq, want.Request,
			want.Hash, got.Hash)}
	}
	return nil
}

// documents are those that belong to the chunk. They are handed over to whoever puts
// them somewhere before the log knows them.
func (c *copying) documents() (placed []Placed, err error) {
	if c.o.Documents == nil && c.o.Keep == nil {
		return nil, nil
	}
	for _, en := range c.chunk {
		more, err := DocumentsOf(c.ctx, c.from, en.event)
		if err != nil {
			return nil, err
		}
		placed = append(placed, more...)
	}
	if len(placed) == 0 || c.o.Documents == nil {
		return placed, nil
	}
	return placed, c.o.Documents(c.ctx, placed)
}

// DocumentsOf returns the documents that came with an event; with the first one,
// those of the request.
func DocumentsOf(ctx context.Context, from Source, e docket.Event) ([]Placed, error) {
	files, err := e.Files()
	if err != nil || e.Seq > 1 && len(files) == 0 {
		return nil, err
	}
	r, err := from.Request(ctx, e.Request)
	if err != nil {
		return nil, err
	}
	if e.Seq == 1 {
		files = append(files, r.Documents...)
	}
	var placed []Placed
	for _, d := range files {
		placed = append(placed, Placed{r, d})
	}
	return placed, nil
}
