package store

import (
	"context"
	"database/sql"
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

// Log is the tracking log: requests as they were frozen, and their events, in a SQL
// database. A request or event, once written, is never changed or removed.
type Log struct {
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
func (l *Log) asked() worded { return worded{l.db, l.engine} }

// Notices are what the user should know of the log, such as a clock that is off.
func (l *Log) Notices() []string { return l.notices }

// Who is the name by which the database knows the caller, and which events bear;
// empty where everybody who can open the log is trusted to say who they are.
func (l *Log) Who() string { return l.who }

// Close lets go of the file or the server.
func (l *Log) Close() error { return explain(l.db.Close(), l.where) }

// snapshot calls f within a transaction that sees the log as it is at one moment.
func (l *Log) snapshot(ctx context.Context, f func(q querier) error) (err error) {
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

// KeepsPrivate tells whether the database itself shows a private request to nobody
// but its people.
func (l *Log) KeepsPrivate() bool { return l.engine.keepsPrivate() }
