package store

import (
	"context"
	_ "embed" // of the empty log
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"foia/internal/disk"
)

//go:generate go run foia/internal/quick store

// emptyLog is a log of the newest schema without a request, made by the migrations: a new log
// is a copy of it, since to run them takes several times as long as everything else that a new
// log needs.
//
//go:embed empty.db
var emptyLog []byte

// Quick makes the empty log.
func Quick(fs.FS) (files map[string][]byte, err error) {
	dir, err := os.MkdirTemp("", "foia-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, disk.RemoveAll(dir)) }()
	raw, err := migrated(context.Background(), filepath.Join(dir, "empty.db"))
	return map[string][]byte{"empty.db": raw}, err
}

// migrated makes an empty log by the migrations. Its bytes do not depend on when.
func migrated(ctx context.Context, path string) ([]byte, error) {
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		return nil, err
	}
	db, err := openDB(path, "mode=rw", "synchronous(OFF)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	err = migrate(ctx, db)
	for _, statement := range []string{"UPDATE goose_db_version SET tstamp = '2026-01-01 00:00:00'", "VACUUM",
		"PRAGMA journal_mode = WAL"} {
		if err == nil {
			_, err = db.ExecContext(ctx, statement)
		}
	}
	if err := errors.Join(err, db.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}
