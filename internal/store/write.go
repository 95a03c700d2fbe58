package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"strings"

	"foia/internal/docket"
)

// Write runs f in one transaction that holds the log's write lock, and
// commits if f returns nil. On an error nothing of it remains.
func (l *Log) Write(ctx context.Context, f func(*Tx) error) (err error) {
	if l.readOnly {
		return &Failure{Kind: ErrReadOnly, Detail: "it was opened for reading", Where: l.where}
	}
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return explain(err, l.where)
	}
	done := false
	defer func() {
		if done {
			return
		}
		back := tx.Rollback()
		// A transaction that ended with its connection has nothing to take back, and
		// what went wrong is said already.
		if back != nil && !errors.Is(back, sql.ErrTxDone) && err == nil {
			err = explain(back, l.where)
		}
	}()
	w := newTransaction(ctx, l, tx)
	before, err := w.checkEnd()
	if err != nil {
		return l.engine.waitedFor(ctx, l.asked(), explain(err, l.where))
	}
	for _, step := range []func() error{func() error { return f(w) }, w.checkTaken, w.flush,
		func() error { return w.keepStandings(l.project, before) }, w.flush} {
		err := step()
		if w.half != nil {
			return w.half // whatever followed from it
		}
		if err != nil {
			return l.engine.waitedFor(ctx, l.asked(), err)
		}
	}
	done = true
	if err := l.engine.commit(ctx, l.db, tx, w.mark); err != nil {
		if ctx.Err() != nil && !errors.Is(err, ErrUnknown) {
			err = ctx.Err() // sql may say no more than that the transaction is over
		}
		return explain(err, l.where)
	}
	return nil
}

// transaction is one that holds the write lock.
type Tx struct {
	ctx   context.Context // of the Write that it belongs to
	tx    *sql.Tx
	log   *Log
	taken map[int]int // the last number that was handed out, by year
	half  error       // why something was written in part; it must not be kept
	queue queue
	mark  *eventRow // the last event that was written

	touched    map[string]bool         // requests that got an event
	statements map[string]*sql.Stmt    // prepared ones
	added      map[string]added        // requests that this transaction added
	ends       map[string]docket.Event // the last event of each request that this transaction wrote to
	numbers    map[int]int             // the last number of each year that this transaction knows
	documents  map[string]bool         // that are kept, by request and SHA-256
}

func newTransaction(ctx context.Context, l *Log, tx *sql.Tx) *Tx {
	return &Tx{ctx: ctx, tx: tx, log: l, taken: map[int]int{}, touched: map[string]bool{},
		statements: map[string]*sql.Stmt{}, added: map[string]added{}, ends: map[string]docket.Event{}, numbers: map[int]int{},
		documents: map[string]bool{}}
}

// asked is the log as this transaction sees it.
func (w *Tx) asked() worded { return worded{flushed{w}, w.log.engine} }

func (w *Tx) explain(err error) error { return explain(err, w.log.where) }

// added is a request that a transaction added, with its events, which need not be read
// back.
type added struct {
	request docket.Request
	events  []docket.Event
}

// checkEnd makes sure that what is written next goes onto a whole log: the
// guards stand, the last event is there and as it was written. It returns the
// number of events that were written so far.
func (w *Tx) checkEnd() (int, error) {
	at, err := w.log.engine.lock(w.ctx, w.asked())
	if err != nil {
		return 0, err
	}
	if at.last != at.written {
		return 0, &Failure{Kind: ErrDamaged,
			Detail: fmt.Sprintf("%d events were written; the last one left is number %d", at.written, at.last)}
	}
	// Where somebody else's last event is private, the last that can be seen.
	err = eachEvent(w.ctx, w.asked(), func(row eventRow) error {
		_, err := row.intact()
		return err
	}, "ORDER BY n DESC LIMIT 1")
	return at.written, err
}

// lastNumber is the number of the year's last request. Requests cannot be
// removed and the write lock is held, so that the next number is free and was
// never used; a counter beside the table could only disagree with it.
func (w *Tx) lastNumber(year int) (int, error) {
	if last, known := w.numbers[year]; known {
		return last, nil
	}
	var last int
	query, args := w.log.engine.lastNumber(year)
	err := w.one([]any{&last}, query, args...)
	if err == nil {
		w.numbers[year] = last // nobody else writes meanwhile
	}
	return last, err
}

// one reads one row.
func (w *Tx) one(columns []any, query string, args ...any) error {
	if !w.log.engine.prepares() {
		return w.explain(w.asked().QueryRowContext(w.ctx, query, args...).Scan(columns...))
	}
	s, err := w.prepared(query)
	if err != nil {
		return err
	}
	return w.explain(s.QueryRowContext(w.ctx, args...).Scan(columns...))
}

// NextID takes the next free id of a year, such as 2026-0007. An id is
// used up only if the transaction commits; ids have no gaps: a Write in
// which an id was taken and no request added under it fails.
func (w *Tx) NextID(year int) (string, error) {
	last, err := w.lastNumber(year)
	if err != nil {
		return "", err
	}
	w.taken[year] = max(last, w.taken[year]) + 1
	id := FormatID(year, w.taken[year])
	_, _, err = ParseID(id)
	return id, err
}

// checkTaken makes sure that every id that was handed out was used, for else
// the ids would get a gap or the same id would be handed out again.
func (w *Tx) checkTaken() error {
	for year, number := range w.taken {
		last, err := w.lastNumber(year)
		if err != nil {
			return err
		}
		if last < number {
			return w.refused("id %s was taken but no request was added under it", FormatID(year, number))
		}
	}
	return nil
}

func (w *Tx) refused(format string, args ...any) error {
	return &Failure{Kind: ErrRefused, Detail: fmt.Sprintf(format, args...), Where: w.log.where}
}

// ByFingerprint returns the id of the request with that fingerprint, or
// "" if there is none. If there are several, the latest: the one added last, whatever its
// year. One that was discarded does not count; one that was changed since does.
func (w *Tx) ByFingerprint(fingerprint string) (string, error) {
	if fingerprint == "" {
		return "", nil
	}
	var ids []string
	var id string
	err := each(w.ctx, w.asked(), []any{&id}, func() error {
		ids = append(ids, id)
		return nil
	}, `SELECT id FROM foia.requests JOIN foia.events ON request = id AND seq = 1 WHERE fingerprint = ? ORDER BY n DESC`, fingerprint)
	if err != nil {
		return "", explain(err, w.log.where)
	}
	for _, id := range ids {
		events, err := w.Events(id)
		if err != nil || !docket.IsGone(events) {
			return id, err
		}
	}
	return "", nil
}

// Add writes a new request and its first event, whose Data gets the
// request's digest under "request_sha256". Seq, Prev and Hash are set here.
// The id must be the next one of its year. Text that is not UTF-8 is refused.
// The id must be the next one of its year.
func (w *Tx) Add(r docket.Request, first docket.Event) error {
	row, err := rowOfRequest(r)
	if err != nil {
		return err
	}
	last, err := w.lastNumber(row.Year)
	switch {
	case err != nil:
		return err
	case row.Number <= last:
		return w.refused("request %s is in the log already", r.ID)
	case row.Number > last+1:
		return w.refused("request %s leaves a gap: the next id is %s", r.ID, FormatID(row.Year, last+1))
	case first.Request != r.ID:
		return w.refused("the first event of request %s belongs to %q", r.ID, first.Request)
	}
	first.Data = maps.Clone(first.Data)
	if first.Data == nil {
		first.Data = map[string]string{}
	}
	first.Data[digestKey] = row.SHA256
	if err := w.insert(requestsTable, requestColumns, "", row.ID, row.Year, row.Number, row.Fingerprint, row.OfficeID,
		row.Subject, row.Created, row.Frozen, row.SHA256); err != nil {
		return err
	}
	w.numbers[row.Year] = row.Number
	w.added[r.ID] = added{request: r}
	if _, err = w.insertChained(first, nil); err != nil {
		w.half = err // the request stands without its event
	}
	return err
}

// Request returns one request, as the transaction sees it. The error is ErrNotFound if
// there is none.
func (w *Tx) Request(id string) (docket.Request, error) {
	return requestOf(w.ctx, w.asked(), w.log.where, id)
}

// Events returns the events of a request, as the transaction sees them, in the order of
// their entry. The error is ErrNotFound if there is no such request.
func (w *Tx) Events(id string) ([]docket.Event, error) {
	return eventsOf(w.ctx, w.asked(), w.log.where, id)
}

// Append writes a further event of a request and returns it chained.
// It refuses to go on from an event that is not as it was written.
func (w *Tx) Append(e docket.Event) (docket.Event, error) {
	last, err := w.lastEvent(e.Request)
	if err != nil {
		return docket.Event{}, err
	}
	return w.insertChained(e, last)
}

// lastEvent is the last event of a request, which must be as it was written.
func (w *Tx) lastEvent(id string) (*docket.Event, error) {
	if e, known := w.ends[id]; known {
		return &e, nil
	}
	var last *docket.Event
	err := eachEvent(w.ctx, w.asked(), func(row eventRow) error {
		before, err := row.intact()
		last = &before
		return err
	}, "WHERE request = ? ORDER BY seq DESC LIMIT 1", id)
	if err == nil && last == nil {
		return nil, notFound(id)
	}
	return last, w.explain(err)
}

// insertChained writes an event after the one before it; nil for the first.
func (w *Tx) insertChained(e docket.Event, prev *docket.Event) (docket.Event, error) {
	if w.log.who != "" && !w.log.replay {
		e.By = w.log.who
	}
	e, err := e.Chain(prev)
	if err != nil {
		return docket.Event{}, err
	}
	row, err := rowOfEvent(e)
	if err != nil {
		return docket.Event{}, err
	}
	w.touched[e.Request] = true
	w.mark = &row
	// The number n is left to the database.
	err = w.insert("foia.events", strings.TrimPrefix(eventColumns, "n, "), "", row.Request, row.Seq, row.Kind, row.On, row.Recorded,
		row.By, row.Machine, row.Data, row.Prev, row.Hash)
	if err == nil {
		w.ends[e.Request] = e
		if a, ok := w.added[e.Request]; ok {
			w.added[e.Request] = added{a.request, append(a.events, e)}
		}
	}
	return e, err
}
