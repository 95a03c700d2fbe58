package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"
)

// sqliteEngine is the engine of a log in a file.
type sqliteEngine struct{}

// words leaves out the name of the schema, which a file does not have.
func (sqliteEngine) words(query string) string { return strings.ReplaceAll(query, "foia.", "") }

func (sqliteEngine) prepares() bool { return true }

// lock looks at the guards; the transaction holds the write lock since it began: see
// _txlock.
func (e sqliteEngine) lock(ctx context.Context, q querier) (at end, err error) {
	var standing int
	names := "'" + strings.Join(guards, "', '") + "'"
	err = q.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN ("+names+")").Scan(&standing)
	if err != nil {
		return at, err
	}
	if standing != len(guards) {
		return at, errGuards
	}
	if at.written, err = e.eventsWritten(ctx, q); err != nil {
		return at, err
	}
	err = q.QueryRowContext(ctx, "SELECT coalesce(max(n), 0) FROM events").Scan(&at.last)
	return at, err
}

// errGuards says that anybody could change the log.
var errGuards = &Failure{Kind: ErrDamaged, Detail: "the guards that keep it append-only were removed"}

func (sqliteEngine) lastNumber(year int) (string, []any) {
	return "SELECT coalesce(max(number), 0) FROM foia.requests WHERE year = ?", []any{year}
}

func (sqliteEngine) eventsWritten(ctx context.Context, q querier) (int, error) {
	var n int
	err := q.QueryRowContext(ctx, "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'events'), 0)").Scan(&n)
	return n, err
}

// A file does not know who has it open.
func (sqliteEngine) waitedFor(_ context.Context, _ querier, err error) error { return err }

// Whoever can open the file sees everything in it.
func (sqliteEngine) totals(context.Context, querier) (*totals, error) { return nil, nil }
func (sqliteEngine) behind(kept, written int) bool                    { return kept != written }
func (sqliteEngine) stale(context.Context, querier) ([]string, error) { return nil, nil }
func (sqliteEngine) apart(context.Context, querier) ([]string, error) { return nil, nil }
func (sqliteEngine) caughtUp(context.Context, sqlTx) error            { return nil }
func (sqliteEngine) reading() *sql.TxOptions                          { return &sql.TxOptions{ReadOnly: true} }
func (sqliteEngine) commit(_ context.Context, _ *sql.DB, tx *sql.Tx, _ *eventRow) error {
	return tx.Commit()
}

func (sqliteEngine) inspect(v *verification) []look {
	return []look{
		{"the database file", func() error { return sqliteFile(v) }},
		{"its schema", func() error { return sqliteSchema(v) }},
	}
}

// sqliteFile asks SQLite whether pages, indexes and constraints are sound.
func sqliteFile(v *verification) error {
	var said string
	return each(v.ctx, v.q, []any{&said}, func() error {
		if said != "ok" {
			v.fault("", 0, "the database file is damaged: %s", said)
		}
		return nil
	}, "PRAGMA integrity_check(20)")
}

// sqliteSchema compares tables, indexes and guards with those that foia made.
func sqliteSchema(v *verification) error {
	expected, err := expectedSchema()
	if err != nil {
		return err
	}
	found, err := schemaOf(v.ctx, v.q)
	if err != nil {
		return err
	}
	v.compareSchema(expected, found)
	return nil
}

// compareSchema names what is missing from a schema, what was changed and what foia
// did not make. The names begin with the kind of thing: "trigger events_no_update".
func (a *audit) compareSchema(expected, found map[string]string) {
	for _, name := range slices.Sorted(maps.Keys(expected)) {
		switch text, there := found[name]; {
		case !there && strings.HasPrefix(name, "trigger "):
			a.fault("", 0, "the %s is missing: the log is no longer guarded against change", name)
		case !there:
			a.fault("", 0, "the %s is missing", name)
		case text != expected[name]:
			a.fault("", 0, "the %s is not the way foia made it", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(found)) {
		if _, ours := expected[name]; !ours {
			a.fault("", 0, "the %s was not made by foia", name)
		}
	}
}

func (sqliteEngine) keepsPrivate() bool { return false }
