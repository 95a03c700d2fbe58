package workspace

import (
	"context"
	"errors"
	"slices"
	"time"

	"foia/internal/disk"
	"foia/internal/docket"
	"foia/internal/store"
)

// Examined is what is asked of a log to compare the documents with it.
type Examined interface {
	Documents
	Requests(ctx context.Context) ([]docket.Request, error)
	AllEvents(ctx context.Context) (map[string][]docket.Event, error)
}

// Checked is what a look at the documents of a log came to.
type Checked struct {
	Requests, Documents int
	Faults              []store.Fault
	Busy                []store.Fault // what another command may still have been writing when the time was up
	Left                []string      // what commands left that were interrupted
	Odd                 []string      // what is not as foia makes it, and damages nothing
}

// How long a look waits for a command that writes, and for how long it holds one up.
const (
	quietWait  = 30 * time.Second
	quietPause = 250 * time.Millisecond

	// Where the folder cannot be locked, nobody says when a command is done.
	quietGuess = 3 * time.Second
)

// CheckDocuments compares every frozen file, and every file that came with an event, with
// what the log says of it. The log is read first. Another command may be writing meanwhile,
// so that files are there which that reading did not have, or are not in place yet: what does
// not fit is looked at again, with the log read anew, until it fits or nobody writes in the
// folder, which its lock tells. What is still open after half a minute is no fault: Busy.
func (w *Workspace) CheckDocuments(ctx context.Context, log Examined) (c Checked, err error) {
	return w.checkWithin(ctx, log, quietWait)
}

func (w *Workspace) checkWithin(ctx context.Context, log Examined, wait time.Duration) (c Checked, err error) {
	first, err := w.lookAt(ctx, log, nil, false)
	if err != nil {
		return c, err
	}
	c.Requests, c.Documents, c.Odd = first.requests, first.checked, first.oddities.notes(w.Dir)
	last, unsure, err := w.again(ctx, log, first.look, wait)
	if err != nil {
		return c, err
	}
	for _, f := range last.found {
		if unsure && f.passing() {
			c.Busy = append(c.Busy, f.Fault)
		} else {
			c.Faults = append(c.Faults, f.Fault)
		}
	}
	if last.settled {
		c.Left = last.left
	}
	return c, nil
}

// again looks again at what did not fit, until it is known what is true of it; unsure tells
// that the time was up before that.
func (w *Workspace) again(ctx context.Context, log Examined, l look, wait time.Duration) (last look, unsure bool, err error) {
	start := time.Now()
	for {
		if len(l.found) == 0 && len(l.left) == 0 {
			return l, false, nil
		}
		unlock, locked := w.lockFor(ctx, quietPause)
		switch {
		case locked == nil:
			l, err = w.lookAgain(ctx, log, l, true)
			return l, false, errors.Join(err, unlock())
		case ctx.Err() != nil:
			return l, false, ctx.Err()
		case len(l.found) == 0: // what is being made is somebody's who is there
			return l, false, nil
		}
		busy := errors.Is(locked, context.DeadlineExceeded)
		waited := time.Since(start)
		if waited > wait || l.only != nil && !slices.ContainsFunc(l.found, finding.passing) {
			return l, busy, nil
		}
		if !busy {
			time.Sleep(quietPause)
		}
		if l, err = w.lookAgain(ctx, log, l, !busy && waited > min(wait, quietGuess)); err != nil || l.settled {
			return l, false, err
		}
	}
}

// lockFor is the folder's lock, if it is free within a time, for who only reads: nothing is
// made, and nothing cleared away.
func (w *Workspace) lockFor(ctx context.Context, wait time.Duration) (unlock func() error, err error) {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	return disk.Lock(ctx, w.Path(LockFile))
}

// lookAgain looks at what an earlier look found, and at nothing else.
func (w *Workspace) lookAgain(ctx context.Context, log Examined, before look, settled bool) (look, error) {
	only := map[string]bool{}
	for _, f := range before.found {
		only[f.place] = true
	}
	l, err := w.lookAt(ctx, log, only, settled)
	return l.look, err
}

// counted is a look with the number of requests that it was over.
type counted struct {
	look
	requests int
}

func (w *Workspace) lookAt(ctx context.Context, log Examined, only map[string]bool, settled bool) (c counted, err error) {
	requests, err := log.Requests(ctx)
	if err != nil {
		return c, err
	}
	var events map[string][]docket.Event
	if events, err = log.AllEvents(ctx); err != nil {
		return c, err
	}
	c.look = look{w: w, ctx: ctx, log: log, shared: w.documentsPlace() != "", only: only, settled: settled}
	c.documents(requests, events)
	c.requests = len(requests)
	return c, ctx.Err()
}

// WhenQuiet calls f while no other command writes in the folder, if there is such a moment
// within a second or so.
func (w *Workspace) WhenQuiet(ctx context.Context, f func() error) (quiet bool, err error) {
	unlock, err := w.lockFor(ctx, time.Second)
	if err != nil {
		return false, ctx.Err() // who may not lock knows nothing
	}
	return true, errors.Join(f(), unlock())
}
