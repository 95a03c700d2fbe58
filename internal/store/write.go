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

// Write implements Log.
func (l *sqliteLog) Write(ctx context.Context, f func(Tx) error) (err error) {
	if l.readOnly {
		return &Failure{Kind: ErrReadOnly, Detail: "it was opened for reading", Where: l.path}
	}
	tx, err := l.db.BeginTx(ctx, nil) // takes the write lock at once: see _txlock
	if err != nil {
		return explain(err, l.path)
	}
	done := false
	defer func() {
		if done {
			return
		}
		if back := tx.Rollback(); back != nil && !errors.Is(back, sql.ErrTxDone) {
			err = errors.Join(err, explain(back, l.path))
		}
	}()
	w := &sqliteTx{ctx: ctx, tx: tx, path: l.path, taken: map[int]int{}, touched: map[string]bool{}, statements: map[string]*sql.Stmt{}, added: map[string]added{}}
	before, err := w.checkEnd()
	if err != nil {
		return explain(err, l.path)
	}
	if err := f(w); err != nil {
		return err
	}
	if err := w.checkTaken(); err != nil {
		return err
	}
	if err := w.keepStandings(l.project, before); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		if ctx.Err() != nil {
			err = ctx.Err() // sql may say no more than that the transaction is over
		}
		return explain(err, l.path)
	}
	done = true
	return nil
}

// sqliteTx is a transaction that holds the write lock.
type sqliteTx struct {
	ctx   context.Context // of the Write that it belongs to
	tx    *sql.Tx
	path  string
	taken map[int]int // the last number that was handed out, by year
	half  error       // why something was written in part; it must not be kept

	touched    map[string]bool      // requests that got an event
	statements map[string]*sql.Stmt // prepared ones
	added      map[string]added     // requests that this transaction added
}

// added is a request that a transaction added, with its first event: its standing
// need not be read back, as long as nothing else was entered.
type added struct {
	request docket.Request
	first   docket.Event
}

// checkEnd makes sure that what is written next goes onto a whole log: the
// guards stand, the last event is there and as it was written. It returns the
// number of events that were written so far.
func (w *sqliteTx) checkEnd() (int, error) {
	var standing int
	names := "'" + strings.Join(guards, "', '") + "'"
	err := w.tx.QueryRowContext(w.ctx, "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN ("+names+")").Scan(&standing)
	if err != nil {
		return 0, err
	}
	if standing != len(guards) {
		return 0, &Failure{Kind: ErrDamaged, Detail: "the guards that keep it append-only were taken away", Where: w.path}
	}
	written, err := eventsWritten(w.ctx, w.tx)
	if err != nil {
		return 0, err
	}
	last := 0
	err = eachEvent(w.ctx, w.tx, func(row eventRow) error {
		last = row.N
		_, err := row.intact()
		return err
	}, "ORDER BY n DESC LIMIT 1")
	if err == nil && last != written {
		err = &Failure{Kind: ErrDamaged, Detail: fmt.Sprintf("%d events were written, the last that is left is number %d", written, last), Where: w.path}
	}
	return written, err
}

// lastNumber is the number of the year's last request. Requests cannot be
// removed and the write lock is held, so that the next number is free and was
// never used; a counter beside the table could only disagree with it.
func (w *sqliteTx) lastNumber(year int) (int, error) {
	var last int
	s, err := w.prepared("SELECT coalesce(max(number), 0) FROM requests WHERE year = ?")
	if err == nil {
		err = s.QueryRowContext(w.ctx, year).Scan(&last)
	}
	return last, explain(err, w.path)
}

// NextID implements Tx.
func (w *sqliteTx) NextID(year int) (string, error) {
	last, err := w.lastNumber(year)
	if err != nil {
		return "", err
	}
	w.taken[year] = max(last, w.taken[year]) + 1
	id := formatID(year, w.taken[year])
	_, _, err = parseID(id)
	return id, err
}

// checkTaken makes sure that every id that was handed out was used, for else
// the ids would get a gap or the same id would be handed out again.
func (w *sqliteTx) checkTaken() error {
	if w.half != nil {
		return w.half
	}
	for year, number := range w.taken {
		last, err := w.lastNumber(year)
		if err != nil {
			return err
		}
		if last < number {
			return w.refused("id %s was taken but no request was added under it", formatID(year, number))
		}
	}
	return nil
}

func (w *sqliteTx) refused(format string, args ...any) error {
	return &Failure{Kind: ErrRefused, Detail: fmt.Sprintf(format, args...), Where: w.path}
}

// ByFingerprint implements Tx. The latest is the one added last, whatever its
// year.
func (w *sqliteTx) ByFingerprint(fingerprint string) (string, error) {
	if fingerprint == "" {
		return "", nil
	}
	var id string
	s, err := w.prepared(`SELECT id FROM requests JOIN events ON request = id AND seq = 1
		WHERE fingerprint = ? ORDER BY n DESC LIMIT 1`)
	if err == nil {
		err = s.QueryRowContext(w.ctx, fingerprint).Scan(&id)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, explain(err, w.path)
}

// Add implements Tx. The id must be the next one of its year.
func (w *sqliteTx) Add(r docket.Request, first docket.Event) error {
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
		return w.refused("request %s leaves a gap: the next id is %s", r.ID, formatID(row.Year, last+1))
	case first.Request != r.ID:
		return w.refused("the first event of request %s belongs to %q", r.ID, first.Request)
	}
	first.Data = maps.Clone(first.Data)
	if first.Data == nil {
		first.Data = map[string]string{}
	}
	first.Data[digestKey] = row.SHA256
	if err := w.insert("requests", requestColumns, row.ID, row.Year, row.Number, row.Fingerprint, row.OfficeID,
		row.Subject, row.Created, row.Frozen, row.SHA256); err != nil {
		return err
	}
	first, err = w.insertChained(first, nil)
	if err != nil {
		w.half = err // the request stands without its event
		return err
	}
	w.added[r.ID] = added{r, first}
	return nil
}

// Request implements Tx.
func (w *sqliteTx) Request(id string) (docket.Request, error) {
	return requestOf(w.ctx, w.tx, w.path, id)
}

// Events implements Tx.
func (w *sqliteTx) Events(id string) ([]docket.Event, error) {
	return eventsOf(w.ctx, w.tx, w.path, id)
}

// Append implements Tx. It refuses to go on from an event that is not as it
// was written.
func (w *sqliteTx) Append(e docket.Event) (docket.Event, error) {
	var last *docket.Event
	err := eachEvent(w.ctx, w.tx, func(row eventRow) error {
		before, err := row.intact()
		last = &before
		return err
	}, "WHERE request = ? ORDER BY seq DESC LIMIT 1", e.Request)
	if err != nil {
		return docket.Event{}, explain(err, w.path)
	}
	if last == nil {
		return docket.Event{}, notFound(e.Request)
	}
	delete(w.added, e.Request)
	return w.insertChained(e, last)
}

// insertChained writes an event after the one before it; nil for the first.
func (w *sqliteTx) insertChained(e docket.Event, prev *docket.Event) (docket.Event, error) {
	e, err := e.Chain(prev)
	if err != nil {
		return docket.Event{}, err
	}
	row, err := rowOfEvent(e)
	if err != nil {
		return docket.Event{}, err
	}
	w.touched[e.Request] = true
	// The number n is left to the database.
	return e, w.insert("events", strings.TrimPrefix(eventColumns, "n, "), row.Request, row.Seq, row.Kind, row.On, row.Recorded,
		row.By, row.Machine, row.Data, row.Prev, row.Hash)
}

func (w *sqliteTx) insert(table, columns string, values ...any) error {
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(values)), ", ")
	_, err := w.exec("INSERT INTO "+table+" ("+columns+") VALUES ("+marks+")", values...)
	if err != nil {
		err = explain(err, w.path)
		w.half = err
	}
	return err
}
