package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
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

// Verify looks for anything in the log that is not as it was written.
// It reads everything and writes nothing. What cannot
// be read is a fault; an error is returned only if the look itself ended early.
func (l *Log) Verify(ctx context.Context) (faults []Fault, err error) {
	// One transaction, so that a command that writes meanwhile is seen whole or not at all.
	err = l.snapshot(ctx, func(q querier) error {
		v := &verification{ctx: ctx, q: q, engine: l.engine, audit: newAudit()}
		steps := append(l.engine.inspect(v), look{"its requests", v.requests}, look{"its events", v.events}, look{"its last event", v.end},
			look{"the status of its requests", func() error { return v.standings(l.project) }})
		for _, step := range steps {
			err := step.do()
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil {
				v.fault("", 0, "%s cannot be read to the end: %s", step.what, detail(explain(err, l.where)))
			}
		}
		faults = v.faults
		return nil
	})
	if ctx.Err() != nil {
		return nil, explain(ctx.Err(), l.where)
	}
	return faults, explain(err, l.where)
}

// verification is one look through a log.
type verification struct {
	*audit
	ctx    context.Context
	q      querier
	engine engine
}

func (v *verification) requests() error {
	err := eachRequest(v.ctx, v.q, func(row requestRow) error {
		v.request(row)
		return nil
	}, "ORDER BY year, number")
	v.partial = err != nil
	return err
}

func (v *verification) events() error {
	err := eachEvent(v.ctx, v.q, func(row eventRow) error {
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
	written, err := v.engine.eventsWritten(v.ctx, v.q)
	if err != nil {
		return err
	}
	all, err := v.engine.totals(v.ctx, v.q)
	if err != nil {
		return err
	}
	v.finish(written, all)
	return nil
}

// standings compares what is kept of each request with what its events give. What
// rests on another basis is not compared: it will be folded anew.
func (v *verification) standings(p *Projection) error {
	if p == nil || v.partial || len(v.faults) > 0 {
		return nil
	}
	right, stale, err := keptOf(v.ctx, v.q, v.engine, p)
	if err != nil || !right {
		return err
	}
	ids, err := allIDs(v.ctx, v.q)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if stale[id] {
			continue
		}
		if err := v.standing(p, id); err != nil {
			return err
		}
	}
	return nil
}

func (v *verification) standing(p *Projection, id string) error {
	r, err := requestOf(v.ctx, v.q, "", id)
	if err != nil {
		return err
	}
	events, err := eventsOf(v.ctx, v.q, "", id)
	if err != nil {
		return err
	}
	want, err := p.row(r, events)
	if err != nil {
		return err
	}
	got, err := standingOf(v.ctx, v.q, id)
	if err != nil {
		return err
	}
	if !got.same(want) {
		v.faults = append(v.faults, Fault{Request: id, Kind: InDates, What: "its stored dates do not match its events"})
	}
	return nil
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
