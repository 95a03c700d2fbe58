package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"foia/internal/docket"
	"foia/internal/workday"
)

// The columns of a request and of an event, in the order of their rows.
const (
	requestColumns = "id, year, number, fingerprint, office_id, subject, created, frozen, sha256"
	eventColumns   = "n, request, seq, kind, on_day, recorded, by_whom, machine, data, prev, hash"
)

func (row *requestRow) columns() []any {
	return []any{&row.ID, &row.Year, &row.Number, &row.Fingerprint, &row.OfficeID, &row.Subject, &row.Created, &row.Frozen, &row.SHA256}
}

func (row *eventRow) columns() []any {
	return []any{&row.N, &row.Request, &row.Seq, &row.Kind, &row.On, &row.Recorded, &row.By, &row.Machine, &row.Data, &row.Prev, &row.Hash}
}

// querier is what a database and a transaction have in common.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// each calls f after each row of a query has been scanned into columns.
func each(ctx context.Context, q querier, columns []any, f func() error, query string, args ...any) (err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := rows.Scan(columns...); err != nil {
			return err
		}
		if err := f(); err != nil {
			return err
		}
	}
	return rows.Err()
}

func eachRequest(ctx context.Context, q querier, f func(requestRow) error, rest string, args ...any) error {
	var row requestRow
	return each(ctx, q, row.columns(), func() error { return f(row) }, "SELECT "+requestColumns+" FROM foia.requests "+rest, args...)
}

func eachEvent(ctx context.Context, q querier, f func(eventRow) error, rest string, args ...any) error {
	var row eventRow
	return each(ctx, q, row.columns(), func() error { return f(row) }, "SELECT "+eventColumns+" FROM foia.events "+rest, args...)
}

// Requests returns every request, in the order of their ids.
func (l *Log) Requests(ctx context.Context) ([]docket.Request, error) {
	var requests []docket.Request
	err := eachRequest(ctx, l.asked(), func(row requestRow) error {
		r, err := row.request()
		requests = append(requests, r)
		return err
	}, "ORDER BY year, number")
	return requests, explain(err, l.where)
}

// Fingerprints hands over the fingerprint of every request that has one and was not discarded, in no
// order: what a batch would make is compared with what is there.
func (l *Log) Fingerprints(ctx context.Context, f func(fingerprint string) error) error {
	var fingerprint string
	err := each(ctx, l.asked(), []any{&fingerprint}, func() error { return f(fingerprint) },
		`SELECT fingerprint FROM foia.requests WHERE fingerprint <> '' AND id NOT IN
			(SELECT request FROM foia.standings WHERE open = 0 AND state LIKE '%"status":"discarded"%')`)
	return explain(err, l.where)
}

// IDs returns the id of every request, in order.
func (l *Log) IDs(ctx context.Context) ([]string, error) {
	ids, err := allIDs(ctx, l.asked())
	return ids, explain(err, l.where)
}

func allIDs(ctx context.Context, q querier) ([]string, error) {
	var ids []string
	var id string
	err := each(ctx, q, []any{&id}, func() error {
		ids = append(ids, id)
		return nil
	}, "SELECT id FROM foia.requests ORDER BY year, number")
	return ids, err
}

// CreatedBetween returns the requests whose letters bore a date from first to last when they
// were made, as they stand now; without those that were discarded.
func (l *Log) CreatedBetween(ctx context.Context, first, last workday.Date) ([]docket.Request, error) {
	changes := map[string][]docket.Event{} // of the few drafts that were changed or discarded
	err := eachEvent(ctx, l.asked(), func(row eventRow) error {
		e, err := row.event()
		changes[e.Request] = append(changes[e.Request], e)
		return err
	}, `WHERE kind IN ('redrafted', 'discarded', 'correction') AND request IN
		(SELECT id FROM foia.requests WHERE created BETWEEN ? AND ?) ORDER BY n`, first.String(), last.String())
	if err != nil {
		return nil, explain(err, l.where)
	}
	var requests []docket.Request
	err = eachRequest(ctx, l.asked(), func(row requestRow) error {
		r, err := row.request()
		if err != nil || docket.IsGone(changes[r.ID]) {
			return err
		}
		r, err = docket.Current(r, changes[r.ID])
		requests = append(requests, r)
		return err
	}, "WHERE created BETWEEN ? AND ? ORDER BY year, number", first.String(), last.String())
	return requests, explain(err, l.where)
}

// Request returns one request. The error is ErrNotFound if there is none.
func (l *Log) Request(ctx context.Context, id string) (docket.Request, error) {
	return requestOf(ctx, l.asked(), l.where, id)
}

func requestOf(ctx context.Context, q querier, path, id string) (docket.Request, error) {
	var row requestRow
	err := q.QueryRowContext(ctx, "SELECT "+requestColumns+" FROM foia.requests WHERE id = ?", id).Scan(row.columns()...)
	if errors.Is(err, sql.ErrNoRows) {
		return docket.Request{}, notFound(id)
	}
	if err != nil {
		return docket.Request{}, explain(err, path)
	}
	return row.request()
}

// Events returns the events of a request in the order of their entry. The
// error is ErrNotFound if there is no such request.
func (l *Log) Events(ctx context.Context, id string) ([]docket.Event, error) {
	return eventsOf(ctx, l.asked(), l.where, id)
}

func eventsOf(ctx context.Context, q querier, path, id string) ([]docket.Event, error) {
	var events []docket.Event
	err := eachEvent(ctx, q, func(row eventRow) error {
		e, err := row.event()
		events = append(events, e)
		return err
	}, "WHERE request = ? ORDER BY seq", id)
	if err == nil && len(events) == 0 {
		return nil, notFound(id) // every request has a first event
	}
	return events, explain(err, path)
}

// LastEntered returns the events that somebody entered on a machine with the last command there,
// in the order of their entry: those of one time of entry, which a command has for itself; before November 29, 2026 it was
// that of a second.
func (l *Log) LastEntered(ctx context.Context, by, machine string) ([]docket.Event, error) {
	var events []docket.Event
	enough := errors.New("enough")
	err := eachEvent(ctx, l.asked(), func(row eventRow) error {
		if row.By != by || row.Machine != machine {
			return nil
		}
		if len(events) > 0 && row.Recorded != events[0].Recorded {
			return enough
		}
		e, err := row.event()
		events = append(events, e)
		return err
	}, "ORDER BY n DESC")
	if err != nil && !errors.Is(err, enough) {
		return nil, explain(err, l.where)
	}
	slices.Reverse(events)
	return events, nil
}

// History hands over the events of the whole log in the order of their entry,
// from the one after the given number. n is the number of an event in the whole
// log: 1 for the first, without a gap.
func (l *Log) History(ctx context.Context, after int, f func(n int, e docket.Event) error) error {
	return explain(eachEvent(ctx, l.asked(), func(row eventRow) error {
		e, err := row.event()
		if err != nil {
			return err
		}
		return f(row.N, e)
	}, "WHERE n > ? ORDER BY n", after), l.where)
}

// Written is how many events were ever written, also those that the caller may not see: whoever keeps
// something of the log in memory asks it whether there are new ones.
func (l *Log) Written(ctx context.Context) (int, error) {
	n, err := l.engine.eventsWritten(ctx, l.asked())
	return n, explain(err, l.where)
}

// LastEntry is when the last event that the caller may see was entered, in RFC 3339 and
// by the clock of the machine that it was entered on; empty if there is none.
func (l *Log) LastEntry(ctx context.Context) (recorded string, err error) {
	err = l.asked().QueryRowContext(ctx, "SELECT recorded FROM foia.events ORDER BY n DESC LIMIT 1").Scan(&recorded)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return recorded, explain(err, l.where)
}

// AllEvents returns the events of every request, by request id.
func (l *Log) AllEvents(ctx context.Context) (map[string][]docket.Event, error) {
	events := map[string][]docket.Event{}
	err := eachEvent(ctx, l.asked(), func(row eventRow) error {
		e, err := row.event()
		events[e.Request] = append(events[e.Request], e)
		return err
	}, "ORDER BY request, seq")
	return events, explain(err, l.where)
}
