package store

import (
	"context"
	"database/sql"
)

// engine is what one database does in its own way. All else is SQL that each of them
// understands, in which tables go by their full names (foia.events) and values are
// question marks.
type engine interface {
	// words turns a query into the database's own words.
	words(query string) string
	// prepares tells whether a statement that is run often is worth preparing. It is
	// not where a pooler may hand every transaction to another connection.
	prepares() bool
	// lock begins to write: it waits for whoever writes, makes sure that the guards
	// against change stand, and says where the log ends.
	lock(ctx context.Context, q querier) (end, error)
	// lastNumber is the number of the year's last request, whoever may see it.
	lastNumber(year int) (query string, args []any)
	// waitedFor adds to an error that says that others hold the log who they are, if the
	// database knows.
	waitedFor(ctx context.Context, q querier, err error) error
	// eventsWritten is the number of events that were ever written, which the
	// database keeps apart from the events themselves.
	eventsWritten(ctx context.Context, q querier) (int, error)
	// keepsPrivate tells whether the database hides what is private to others.
	keepsPrivate() bool
	// totals count everything, also what the caller may not see; nil, if everybody sees
	// everything.
	totals(ctx context.Context, q querier) (*totals, error)
	// behind tells whether standings up to one event lack others that were written, where
	// the database does not note them one by one.
	behind(kept, written int) bool
	// stale are the requests that have events which the standings do not have; caughtUp
	// says that they are folded.
	stale(ctx context.Context, q querier) ([]string, error)
	caughtUp(ctx context.Context, q sqlTx) error
	// apart are the requests that standings never have, of those that the caller may see.
	apart(ctx context.Context, q querier) ([]string, error)
	// reading are the options of a transaction that sees the log at one moment.
	reading() *sql.TxOptions
	// inspect are the looks at the database itself, apart from what is in it.
	inspect(v *verification) []look
	// commit ends a transaction. If the answer was lost it finds out what became of
	// it; mark is the transaction's last event, nil if it wrote none.
	commit(ctx context.Context, db *sql.DB, tx *sql.Tx, mark *eventRow) error
}

// end is where a log ends.
type end struct {
	written int // events ever written
	last    int // number of the last event that is left
}

// totals count what is in a log, whoever may see it.
type totals struct {
	requests int
	numbers  int // the last numbers of all years together: as many as requests, if none is missing
	events   int
	last     int // number of the last event
}

// look is one step of a verification.
type look struct {
	what string
	do   func() error
}

// sqlTx is what a transaction can do beside reading.
type sqlTx interface {
	querier
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// worded asks a database, or within a transaction, in the database's own words.
type worded struct {
	asked interface {
		querier
		ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	}
	engine engine
}

func (w worded) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return w.asked.QueryContext(ctx, w.engine.words(query), args...)
}

func (w worded) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return w.asked.QueryRowContext(ctx, w.engine.words(query), args...)
}

func (w worded) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return w.asked.ExecContext(ctx, w.engine.words(query), args...)
}
