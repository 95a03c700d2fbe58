package store

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// postgresEngine is the engine of a log in PostgreSQL. Nothing outlives a transaction:
// neither prepared statements nor settings, so that a pooler may hand every
// transaction to another connection.
type postgresEngine struct {
	wait time.Duration // for an answer
	idle time.Duration // after which the server ends a transaction of which it hears nothing
}

// words numbers the values and keeps the full names of the tables.
func (postgresEngine) words(query string) string {
	if known, ok := numbered.Load(query); ok {
		return known.(string)
	}
	// Of how many rows a statement is for is another time another number.
	keep := len(query) < 1000
	parts := strings.Split(query, "?")
	var b strings.Builder
	for i, part := range parts {
		if i > 0 {
			b.WriteString("$" + strconv.Itoa(i))
		}
		b.WriteString(part)
	}
	if keep {
		numbered.Store(query, b.String())
	}
	return b.String()
}

// numbered are the queries in the words of PostgreSQL: there are some dozens.
var numbered sync.Map

func (postgresEngine) prepares() bool { return false }

// The settings of a transaction that writes. A machine that falls asleep in the middle
// must not keep the others out for long.
const beginWrite = `SET LOCAL lock_timeout = %d; SET LOCAL idle_in_transaction_session_timeout = %d;
	SET LOCAL search_path = pg_catalog, pg_temp; SET LOCAL synchronous_commit = on`

func (e postgresEngine) lock(ctx context.Context, q querier) (at end, err error) {
	setter, ok := q.(sqlTx)
	if !ok {
		return at, errors.New("the lock is taken within a transaction")
	}
	if _, err := setter.ExecContext(ctx, fmt.Sprintf(beginWrite, lockWait.Milliseconds(), e.idle.Milliseconds()),
		pgx.QueryExecModeSimpleProtocol); err != nil {
		return at, err
	}
	var standing int
	err = q.QueryRowContext(ctx, `SELECT written, last, (
		SELECT count(*) FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid JOIN pg_namespace s ON s.oid = c.relnamespace
		WHERE s.nspname = 'foia' AND NOT tgisinternal AND tgenabled = 'A') FROM foia.begin_write()`).Scan(&at.written, &at.last, &standing)
	if err == nil && standing != postgresGuards {
		err = errGuards
	}
	return at, err
}

// postgresGuards is the number of triggers that keep the log append-only, and private what is.
const postgresGuards = 18

func (postgresEngine) lastNumber(year int) (string, []any) {
	return "SELECT foia.last_number(?)", []any{year}
}

func (postgresEngine) eventsWritten(ctx context.Context, q querier) (int, error) {
	var n int
	err := q.QueryRowContext(ctx, "SELECT n FROM foia.written WHERE one = 1").Scan(&n)
	return n, err
}

func (postgresEngine) totals(ctx context.Context, q querier) (*totals, error) {
	var t totals
	err := q.QueryRowContext(ctx, "SELECT requests, numbers, events, last FROM foia.totals()").Scan(&t.requests, &t.numbers, &t.events,
		&t.last)
	return &t, err
}

// The database itself notes which requests have events that are not in the standings.
func (postgresEngine) behind(int, int) bool { return false }

func (postgresEngine) stale(ctx context.Context, q querier) ([]string, error) {
	return listedIDs(ctx, q, "SELECT request FROM foia.stale")
}

// What is private is not in the standings: EXPLAIN would tell of it.
func (postgresEngine) apart(ctx context.Context, q querier) ([]string, error) {
	return listedIDs(ctx, q, "SELECT foia.apart()")
}

func listedIDs(ctx context.Context, q querier, query string) (ids []string, err error) {
	var id string
	err = each(ctx, q, []any{&id}, func() error {
		ids = append(ids, id)
		return nil
	}, query)
	return ids, err
}

func (postgresEngine) caughtUp(ctx context.Context, q sqlTx) error {
	_, err := q.ExecContext(ctx, "DELETE FROM foia.stale")
	return err
}

func (postgresEngine) reading() *sql.TxOptions {
	return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
}

// commit ends the transaction. If the answer does not arrive, whether it was written
// is looked up over another connection: there the lock is free only when the first
// transaction is over, one way or the other.
func (e postgresEngine) commit(ctx context.Context, db *sql.DB, tx *sql.Tx, mark *eventRow) error {
	err := tx.Commit()
	if err == nil || refusedBy(err) {
		return err
	}
	if mark == nil {
		return &Failure{Kind: ErrUnreachable, Detail: "the connection was lost", Err: err}
	}
	// The command may be on its way out: the question is asked all the same.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), min(e.wait+e.idle, askedFor(ctx)))
	defer cancel()
	for pause := 50 * time.Millisecond; ; pause = min(2*pause, 2*time.Second) {
		written, asking := e.happened(ctx, db, mark)
		switch {
		case asking == nil && written:
			return nil
		case asking == nil:
			return &Failure{Kind: ErrUnreachable, Detail: "the connection was lost before it was written", Err: err}
		case ctx.Err() != nil:
			return &Failure{Kind: ErrUnknown, Detail: "the connection was lost while it was being written", Err: errors.Join(err, asking)}
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// idleLimit is how long a program may do something else within a transaction, such as
// setting letters.
const idleLimit = 60 * time.Second

// refusedBy tells whether the server said that it did not commit. What it says when
// it goes down is no answer.
func refusedBy(err error) bool {
	var said *pgconn.PgError
	return errors.Is(err, pgx.ErrTxCommitRollback) || errors.As(err, &said) && !strings.HasPrefix(said.Code, "57P") &&
		!strings.HasPrefix(said.Code, "08")
}

// happened tells whether an event was written.
func (e postgresEngine) happened(ctx context.Context, db *sql.DB, mark *eventRow) (written bool, err error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer func() {
		if ending := tx.Rollback(); err == nil {
			err = ending
		}
	}()
	q := worded{tx, e}
	if _, err := e.lock(ctx, q); err != nil {
		return false, err
	}
	err = q.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM foia.events WHERE request = ? AND seq = ? AND hash = ?)", mark.Request,
		mark.Seq, mark.Hash).Scan(&written)
	return written, err
}

func (postgresEngine) inspect(v *verification) []look {
	return []look{{"its schema", func() error { return postgresSchema(v) }}, {"who may see it", func() error { return postgresPrivate(v) }},
		{"who may change it", func() error { return postgresRights(v) }}}
}

// postgresPrivate compares who may see what with what the events say of it.
func postgresPrivate(v *verification) error {
	var n int
	err := v.q.QueryRowContext(v.ctx, "SELECT foia.amiss()").Scan(&n)
	if err == nil && n > 0 {
		v.fault("", 0, "who may see a request does not match its events (%d found)", n)
	}
	return err
}

// expectedPostgres is the schema as the migrations make it, by name.
//
//go:embed migrations/postgres.json
var expectedPostgres []byte

// postgresSchema compares tables, functions, guards and policies with those that foia
// made.
func postgresSchema(v *verification) error {
	expected := map[string]string{}
	if err := json.Unmarshal(expectedPostgres, &expected); err != nil {
		return fmt.Errorf("the expected schema cannot be read: %w", err)
	}
	found, err := postgresSchemaOf(v.ctx, v.q)
	if err != nil {
		return err
	}
	v.compareSchema(expected, found)
	return nil
}

// postgresSchemaOf returns what is in the schema of the log. Of each thing it has
// what PostgreSQL keeps as it was written, since how it words the rest differs from
// version to version.
func postgresSchemaOf(ctx context.Context, q querier) (map[string]string, error) {
	found := map[string]string{}
	var name, text string
	err := each(ctx, q, []any{&name, &text}, func() error {
		found[name] = text
		return nil
	}, `WITH tables AS (SELECT c.oid, c.relname::text, c.relrowsecurity FROM pg_catalog.pg_class c
			JOIN pg_catalog.pg_namespace s ON s.oid = c.relnamespace WHERE s.nspname = 'foia' AND c.relkind IN ('r', 'p', 'v', 'm', 'f'))
		SELECT 'table ' || relname, CASE WHEN relrowsecurity THEN 'by row: ' ELSE '' END || (SELECT
			string_agg(attname::text || ' ' || atttypid::regtype::text || CASE WHEN attnotnull THEN '!' ELSE '' END, ', ' ORDER BY attnum)
			FROM pg_catalog.pg_attribute WHERE attrelid = tables.oid AND attnum > 0 AND NOT attisdropped) FROM tables
		UNION ALL SELECT 'trigger ' || tgname::text, relname || ' ' || tgtype::text || ' ' || tgenabled::text || ' ' || proname::text ||
			coalesce(' ' || substring(pg_catalog.pg_get_triggerdef(t.oid) from 'WHEN (.*) EXECUTE'), '') FROM pg_catalog.pg_trigger t
			JOIN tables ON tables.oid = tgrelid JOIN pg_catalog.pg_proc p ON p.oid = tgfoid WHERE NOT tgisinternal
		UNION ALL SELECT 'function ' || proname::text, prosecdef::text || ' ' || coalesce(array_to_string(proconfig, ';'), '') || ' ' ||
			prosrc FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace s ON s.oid = p.pronamespace WHERE s.nspname = 'foia'
		UNION ALL SELECT 'policy ' || polname::text || ' on ' || relname, polcmd::text || ' ' || polpermissive::text || ' ' ||
			pg_catalog.pg_get_expr(polqual, polrelid) || coalesce(' ' || pg_catalog.pg_get_expr(polwithcheck, polrelid), '')
			FROM pg_catalog.pg_policy JOIN tables ON tables.oid = polrelid
		UNION ALL SELECT 'constraint ' || conname::text, relname || ' ' || contype::text || ' ' || convalidated::text
			FROM pg_catalog.pg_constraint JOIN tables ON tables.oid = conrelid WHERE contype <> 'n'
		UNION ALL SELECT 'index ' || i.relname::text, tables.relname || ' ' || indkey::text || ' ' || indisunique::text || ' ' ||
			indisvalid::text FROM pg_catalog.pg_index JOIN tables ON tables.oid = indrelid
			JOIN pg_catalog.pg_class i ON i.oid = indexrelid`)
	return found, err
}

func (postgresEngine) keepsPrivate() bool { return true }
