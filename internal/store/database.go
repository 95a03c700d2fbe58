package store

import (
	"context"
	"database/sql"
	"io"
)

// Options say how a log is opened.
type Options struct {
	ReadOnly bool        // refuse every write
	Create   bool        // make the log if there is none; in a file only
	Project  *Projection // keeps the standings; without it they are not kept

	// Password is asked for if a server wants one and none is known. It may be nil.
	Password func(who, where string) (string, error)
	// Replay keeps the names of events as they are, to copy a log. A server takes
	// that from the log's owner only.
	Replay bool
}

// database is a log in a SQL database.
type database struct {
	db       *sql.DB
	engine   engine
	where    string // file, or server and name of the database
	readOnly bool
	replay   bool
	keeps    bool   // the caller may keep standings
	name     string // of the database, to whoever administers it
	who      string // the name by which the server knows the caller; empty for a file
	project  *Projection
	notices  []string
}

// asked is the database as read, outside of any transaction of Write.
func (l *database) asked() worded { return worded{l.db, l.engine} }

// Notices implements Log.
func (l *database) Notices() []string { return l.notices }

// Who implements Log.
func (l *database) Who() string { return l.who }

// Close lets go of the file or the server.
func (l *database) Close() error { return explain(l.db.Close(), l.where) }

// snapshot calls f within a transaction that sees the log as it is at one moment.
func (l *database) snapshot(ctx context.Context, f func(q querier) error) (err error) {
	tx, err := l.db.BeginTx(ctx, l.engine.reading())
	if err != nil {
		return err
	}
	defer func() {
		// Nothing was written: what the end of the transaction says adds nothing to an error.
		if ending := tx.Rollback(); err == nil {
			err = ending
		}
	}()
	return f(worded{tx, l.engine})
}

var _ io.Closer = (*database)(nil)

// KeepsPrivate implements Log.
func (l *database) KeepsPrivate() bool { return l.engine.keepsPrivate() }
