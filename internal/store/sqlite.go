package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver

	"foia/internal/disk"
)

// busyWait is how long a command waits for another one that writes.
const busyWait = 10 * time.Second

// OpenSQLite opens the tracking log in a SQLite file. If there is none, it is
// made if the options say so; else the error is ErrNoLog. A file of another
// program, a damaged one or one of a newer foia is refused and not touched.
func OpenSQLite(ctx context.Context, path string, o Options) (*Log, error) {
	err := checkFile(path)
	if errors.Is(err, ErrNoLog) && o.Create && !o.ReadOnly {
		if err = create(path); err == nil {
			err = checkFile(path)
		}
	}
	if err != nil {
		return nil, err
	}
	if o.ReadOnly {
		return openReadOnly(ctx, path, o)
	}
	l, err := connect(ctx, path, "mode=rw")
	if err != nil {
		return nil, err
	}
	l.project, l.replay = o.Project, o.Replay
	if _, err := l.db.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil {
		return nil, errors.Join(explain(err, path), l.Close())
	}
	return l, nil
}

// openReadOnly opens the log so that no statement can change it. The file
// itself is opened for writing where that is possible: only then can the last
// one to close it clear away the write-ahead log.
func openReadOnly(ctx context.Context, path string, o Options) (*Log, error) {
	l, err := connect(ctx, path, "mode=rw", "query_only(1)")
	if errors.Is(err, ErrReadOnly) {
		// A folder that may not be written, such as an archive: nobody can change
		// the file meanwhile. What is in a write-ahead log would be missed.
		if size, statErr := sizeOf(path + "-wal"); statErr == nil && size == 0 {
			l, err = connect(ctx, path, "mode=ro&immutable=1", "query_only(1)")
		}
	}
	if err != nil {
		return nil, err
	}
	l.readOnly, l.project = true, o.Project
	return l, nil
}

// connect opens the file and makes sure that it is a log of this schema.
func connect(ctx context.Context, path, mode string, pragmas ...string) (*Log, error) {
	db, err := openDB(path, mode, append([]string{"synchronous(FULL)"}, pragmas...)...)
	if err != nil {
		return nil, explain(err, path)
	}
	l := &Log{db: db, engine: sqliteEngine{}, keeps: true, where: path, notices: onShare(path)}
	if err := l.checkSchema(ctx, len(pragmas) == 0); err != nil {
		return nil, errors.Join(explain(err, path), db.Close())
	}
	return l, nil
}

// networkShare is disk.Share, except in tests.
var networkShare = disk.Share

// onShare warns of a file on another machine: there the locks that SQLite relies on do
// not always hold, and the memory that its write-ahead log shares is not shared at all.
// https://www.sqlite.org/useovernet.html
func onShare(path string) []string {
	share := networkShare(path)
	if share == "" {
		return nil
	}
	return []string{"the tracking log is on a network share (" + share +
		"): if two machines write to it, it can be damaged; keep it on a local disk, or in PostgreSQL to share it"}
}

// openDB opens a SQLite file with what foia wants of every connection.
func openDB(path, mode string, pragmas ...string) (*sql.DB, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	full = filepath.ToSlash(full)
	if !strings.HasPrefix(full, "/") { // a drive letter
		full = "/" + full
	}
	return sql.Open("sqlite", (&url.URL{Scheme: "file", Path: full}).String()+"?"+mode+connectionOptions(pragmas))
}

func connectionOptions(pragmas []string) string {
	o := fmt.Sprintf("&_txlock=immediate&_defensive=1&_dqs=0&_error_rc=1&_busy_timeout=%d", busyWait.Milliseconds())
	// cell_size_check finds damage before it spreads; the others keep the
	// schema of a foreign or tampered file from doing anything of its own.
	for _, p := range append([]string{"foreign_keys(1)", "recursive_triggers(1)", "trusted_schema(0)", "cell_size_check(1)"}, pragmas...) {
		o += "&_pragma=" + p
	}
	return o
}

// checkSchema compares the file's schema with this program's, by one query. An
// older one is brought up to date if the log may be written.
func (l *Log) checkSchema(ctx context.Context, mayWrite bool) error {
	var version int
	if err := l.db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	behind, err := compareSchema(version, schemaVersion)
	switch {
	case err != nil || !behind:
		return err
	case !mayWrite:
		return &Failure{Kind: ErrOlder, Detail: fmt.Sprintf("it has schema %d; this foia needs %d", version, schemaVersion)}
	}
	return migrate(ctx, l.db)
}

// compareSchema tells whether a log of that version is behind the one that
// this program knows.
func compareSchema(version, known int) (behind bool, err error) {
	switch {
	case version < 1:
		return false, &Failure{Kind: ErrDamaged, Detail: fmt.Sprintf("it does not have a foia schema: version %d", version)}
	case version > known:
		return false, &Failure{Kind: ErrNewer, Detail: fmt.Sprintf("it needs schema %d; this foia knows %d", version, known)}
	}
	return version < known, nil
}
