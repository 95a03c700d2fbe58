package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/sqlite/*.sql
var migrations embed.FS

//go:embed migrations/postgres/*.sql
var postgresMigrations embed.FS

// The newest migration, and the mark that foia puts into the head of its
// files. Both are set by the migrations themselves; a test compares.
const (
	schemaVersion = 6
	applicationID = 0x464F4941 // FOIA
)

// guards are the triggers that keep the log append-only.
var guards = []string{
	"requests_no_update", "requests_no_delete", "requests_in_order",
	"events_no_update", "events_no_delete", "events_in_order",
	"documents_no_update", "documents_no_delete", "documents_in_order",
}

// migrate brings the schema of a log up to date.
func migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations/sqlite")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("the migrations cannot be read: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("the tracking log cannot be brought up to date: %w", err)
	}
	return nil
}
