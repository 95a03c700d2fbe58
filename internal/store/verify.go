package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// detail is an error without the place, which a Fault has in its own fields.
func detail(err error) string {
	var f *Failure
	if errors.As(err, &f) && f.Detail != "" {
		return f.Detail
	}
	return err.Error()
}

// Verify implements Log. It reads everything and writes nothing. What cannot
// be read is a fault; an error is returned only if the look itself ended early.
func (l *sqliteLog) Verify(ctx context.Context) (faults []Fault, err error) {
	expected, err := expectedSchema()
	if err != nil {
		return nil, err
	}
	// One transaction, so that a command that writes meanwhile is seen whole or not at all.
	tx, err := l.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, explain(err, l.path)
	}
	defer func() { err = errors.Join(err, tx.Rollback()) }()
	v := verification{ctx: ctx, tx: tx, audit: newAudit()}
	for _, step := range []struct {
		what string
		look func() error
	}{
		{"the database file", v.file},
		{"its schema", func() error { return v.schema(expected) }},
		{"its requests", v.requests},
		{"its events", v.events},
		{"its last event", v.end},
		{"where its requests stand", func() error { return v.standings(l.project) }},
	} {
		err := step.look()
		if ctx.Err() != nil {
			return nil, explain(ctx.Err(), l.path)
		}
		if err != nil {
			v.fault("", 0, "%s cannot be read to the end: %s", step.what, detail(explain(err, l.path)))
		}
	}
	return v.faults, nil
}

// verification is one look through a log in SQLite.
type verification struct {
	*audit
	ctx context.Context
	tx  *sql.Tx
}

// file asks SQLite whether pages, indexes and constraints are sound.
func (v *verification) file() error {
	var said string
	return each(v.ctx, v.tx, []any{&said}, func() error {
		if said != "ok" {
			v.fault("", 0, "the database file is damaged: %s", said)
		}
		return nil
	}, "PRAGMA integrity_check(20)")
}

// schema compares tables, indexes and guards with those that foia made.
func (v *verification) schema(expected map[string]string) error {
	found, err := schemaOf(v.ctx, v.tx)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(expected)) {
		switch text, there := found[name]; {
		case !there && strings.HasPrefix(name, "trigger "):
			v.fault("", 0, "the %s is missing: the log is no longer guarded against change", name)
		case !there:
			v.fault("", 0, "the %s is missing", name)
		case text != expected[name]:
			v.fault("", 0, "the %s is not as foia made it", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(found)) {
		if _, ours := expected[name]; !ours {
			v.fault("", 0, "the %s was not made by foia", name)
		}
	}
	return nil
}

func (v *verification) requests() error {
	err := eachRequest(v.ctx, v.tx, func(row requestRow) error {
		v.request(row)
		return nil
	}, "ORDER BY year, number")
	v.partial = err != nil
	return err
}

func (v *verification) events() error {
	err := eachEvent(v.ctx, v.tx, func(row eventRow) error {
		v.event(row)
		return nil
	}, "ORDER BY n")
	v.partial = v.partial || err != nil
	return err
}

func (v *verification) end() error {
	if v.partial {
		return nil
	}
	written, err := eventsWritten(v.ctx, v.tx)
	if err != nil {
		return err
	}
	v.finish(written)
	return nil
}

// standings compares what is kept of each request with what its events give. What
// rests on another basis is not compared: it will be folded anew.
func (v *verification) standings(p *Projection) error {
	if p == nil || v.partial || len(v.faults) > 0 {
		return nil
	}
	basis, n, err := basisOf(v.ctx, v.tx)
	if err != nil {
		return err
	}
	written, err := eventsWritten(v.ctx, v.tx)
	if err != nil || basis != p.Basis || n != written {
		return err
	}
	ids, err := allIDs(v.ctx, v.tx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := v.standing(p, id); err != nil {
			return err
		}
	}
	return nil
}

func (v *verification) standing(p *Projection, id string) error {
	r, err := requestOf(v.ctx, v.tx, "", id)
	if err != nil {
		return err
	}
	events, err := eventsOf(v.ctx, v.tx, "", id)
	if err != nil {
		return err
	}
	want, err := p.row(r, events)
	if err != nil {
		return err
	}
	got, err := standingOf(v.ctx, v.tx, id)
	if err != nil {
		return err
	}
	if !got.same(want) {
		v.fault(id, 0, "what is kept of its dates is not what its events give")
	}
	return nil
}

// eventsWritten is the number of events that were ever written, which SQLite
// keeps apart from the events themselves.
func eventsWritten(ctx context.Context, q querier) (int, error) {
	var n int
	err := q.QueryRowContext(ctx, "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'events'), 0)").Scan(&n)
	return n, err
}

// expectedSchema is the schema of a log that was just made. It lives in memory
// and in this program alone, so that nobody's context can end the making.
var expectedSchema = sync.OnceValues(func() (schema map[string]string, err error) {
	ctx := context.Background()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, fmt.Errorf("the schema of the tracking log cannot be laid out: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1) // each connection would have a memory of its own
	if err := migrate(ctx, db); err != nil {
		return nil, err
	}
	return schemaOf(ctx, db)
})

// schemaOf returns the text of each table, index and trigger by its name, such
// as "trigger events_no_update". What SQLite makes on its own is left out.
func schemaOf(ctx context.Context, q querier) (map[string]string, error) {
	found := map[string]string{}
	var kind, name, text string
	err := each(ctx, q, []any{&kind, &name, &text}, func() error {
		found[kind+" "+name] = text
		return nil
	}, "SELECT type, name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
	return found, err
}
