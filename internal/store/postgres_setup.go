package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/pressly/goose/v3"
	goosedb "github.com/pressly/goose/v3/database"
)

// Roles are what somebody may do with a shared log: read it, write into it, or own it.
var Roles = []string{"reader", "writer", "owner"}

// SetupPostgres prepares a database for a log, or brings it up to date: schema, roles
// and what each of them may do. It changes nothing that is as it should be. The caller
// must own the database, and may need the right to make roles.
func SetupPostgres(ctx context.Context, address string, o Options) (report []string, err error) {
	l, err := dial(ctx, address, o)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	report = append(report, l.notices...)
	// Whoever else does the same waits here. The lock is that of a transaction, since
	// a pooler may give the migrations another connection.
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, explain(err, l.where)
	}
	defer func() { err = errors.Join(err, tx.Rollback()) }()
	var server int
	err = tx.QueryRowContext(ctx, "SELECT current_setting('server_version_num')::int FROM pg_advisory_xact_lock($1)",
		setupLock).Scan(&server)
	if err == nil && server < oldestPostgres {
		err = &Failure{Kind: ErrForeign, Detail: fmt.Sprintf("PostgreSQL %d is too old", server/10000),
			Remedy: "use PostgreSQL 14 or newer"}
	}
	if err != nil {
		return nil, explain(err, l.where)
	}
	before, err := l.schemaBefore(ctx)
	if err != nil {
		return nil, explain(err, l.where)
	}
	for _, step := range []func(context.Context, *sql.DB) error{makeRoles, migratePostgres, grantRoles} {
		if err := step(ctx, l.db); err != nil {
			return nil, explain(err, l.where)
		}
	}
	switch {
	case before == 0:
		report = append(report, "the log was created in "+l.where)
	case before < postgresVersion:
		report = append(report, fmt.Sprintf("the log was upgraded from schema %d to %d", before, postgresVersion))
	default:
		report = append(report, "the log is up to date")
	}
	return report, nil
}

// setupLock is the number of the lock that whoever changes the schema holds: FOIA.
const setupLock = applicationID

// schemaBefore is the version of the schema that is there; 0 for none. A newer one is
// refused.
func (l *Log) schemaBefore(ctx context.Context) (version int, err error) {
	var there bool
	if err := l.db.QueryRowContext(ctx, "SELECT to_regclass('foia.about') IS NOT NULL").Scan(&there); err != nil || !there {
		return 0, err
	}
	if err := l.db.QueryRowContext(ctx, "SELECT version FROM foia.about WHERE one = 1").Scan(&version); err != nil {
		return 0, err
	}
	_, err = compareSchema(version, postgresVersion)
	return version, err
}

// makeRoles makes the schema, and the roles of this database. They are named after it,
// since a server has one list of roles for all its databases.
func makeRoles(ctx context.Context, db *sql.DB) error {
	return run(ctx, db, `DO $$
		DECLARE
			base text := current_database();
			kind text;
		BEGIN
			FOREACH kind IN ARRAY ARRAY['reader', 'writer', 'owner'] LOOP
				IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = base || '_' || kind) THEN
					EXECUTE format('CREATE ROLE %I NOLOGIN', base || '_' || kind);
				END IF;
			END LOOP;
			IF NOT pg_has_role(current_user, base || '_owner', 'USAGE') THEN
				EXECUTE format('GRANT %I TO %I', base || '_owner', current_user);
			END IF;
			IF to_regnamespace('foia') IS NULL THEN
				EXECUTE format('CREATE SCHEMA foia AUTHORIZATION %I', base || '_owner');
			END IF;
		END $$`)
}

// migratePostgres brings the schema up to date, as its owner. Each migration is one
// transaction, so that one that is killed has not happened.
func migratePostgres(ctx context.Context, db *sql.DB) error {
	files, err := fs.Sub(postgresMigrations, "migrations/postgres")
	if err != nil {
		return err
	}
	versions, err := goosedb.NewStore(goosedb.DialectPostgres, "foia.migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectCustom, db, files, goose.WithDisableGlobalRegistry(true), goose.WithStore(versions))
	if err != nil {
		return fmt.Errorf("the migrations cannot be read: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("the tracking log cannot be brought up to date: %w", err)
	}
	return nil
}

// grantRoles gives each role what it needs and takes away the rest, and everything to
// the owner's role, whoever ran the migrations.
func grantRoles(ctx context.Context, db *sql.DB) error {
	return run(ctx, db, `DO $$
		DECLARE
			reader text := current_database() || '_reader';
			writer text := current_database() || '_writer';
			owner text := current_database() || '_owner';
			thing record;
		BEGIN
			FOR thing IN SELECT relname FROM pg_class
				WHERE relnamespace = 'foia'::regnamespace AND relkind = 'r' AND relowner <> owner::regrole LOOP
				EXECUTE format('ALTER TABLE foia.%I OWNER TO %I', thing.relname, owner);
			END LOOP;
			FOR thing IN SELECT oid::regprocedure::text AS name FROM pg_proc
				WHERE pronamespace = 'foia'::regnamespace AND proowner <> owner::regrole LOOP
				EXECUTE format('ALTER FUNCTION %s OWNER TO %I', thing.name, owner);
			END LOOP;
			EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
			EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I, %I, %I', current_database(), reader, writer, owner);
			-- A machine that falls asleep in the middle of anything lets the others go on.
			EXECUTE format('ALTER DATABASE %I SET idle_in_transaction_session_timeout = %L', current_database(), '5min');
			EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA foia FROM %I, %I', reader, writer);
			EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA foia FROM %I, %I', reader, writer);
			EXECUTE format('GRANT USAGE ON SCHEMA foia TO %I, %I', reader, writer);
			EXECUTE format('GRANT SELECT ON foia.about, foia.written, foia.requests, foia.events, foia.documents, '
				'foia.standings, foia.deadlines, foia.standing_basis, foia.stale TO %I, %I', reader, writer);
			EXECUTE format('GRANT EXECUTE ON FUNCTION foia.hidden(), foia.totals(), foia.amiss() TO %I, %I', reader, writer);
			EXECUTE format('GRANT INSERT ON foia.requests, foia.events, foia.documents TO %I', writer);
			EXECUTE format('GRANT EXECUTE ON FUNCTION foia.begin_write(), foia.last_number(integer) TO %I', writer);
		END $$`)
}

// run executes text that has no values in it. Whoever runs it may be a superuser: of
// what others may have put into the schema public nothing is taken.
func run(ctx context.Context, db *sql.DB, text string) error {
	_, err := db.ExecContext(ctx, "SET LOCAL search_path = pg_catalog, pg_temp; "+text, pgx.QueryExecModeSimpleProtocol)
	return err
}
