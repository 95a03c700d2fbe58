package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"path"

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
	before, err := l.setUp(ctx)
	if err != nil {
		return nil, nameHolders(ctx, l.asked(), explain(err, l.where), true)
	}
	report = append(report, l.notices...)
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

// setUp does it all in one transaction, which holds the lock: whoever else does the same waits
// until the server is done with this one, even if its program or its connection is gone, and
// then sees all of it or nothing.
func (l *Log) setUp(ctx context.Context) (before int, err error) {
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer func() {
		if err != nil {
			if ending := tx.Rollback(); !errors.Is(ending, sql.ErrTxDone) {
				err = errors.Join(err, ending)
			}
		}
	}()
	// Who waits for a table keeps everybody out of it who comes after: not for long.
	if err := run(ctx, tx, fmt.Sprintf("SET LOCAL lock_timeout = %d", lockWait.Milliseconds())); err != nil {
		return 0, err
	}
	var server int
	if err := tx.QueryRowContext(ctx, "SELECT current_setting('server_version_num')::int FROM pg_advisory_xact_lock($1)",
		setupLock).Scan(&server); err != nil {
		return 0, err
	}
	if server < oldestPostgres {
		return 0, &Failure{Kind: ErrForeign, Detail: fmt.Sprintf("PostgreSQL %d is too old", server/10000),
			Remedy: "use PostgreSQL 14 or newer"}
	}
	if before, err = schemaBefore(ctx, tx); err != nil {
		return 0, err
	}
	for _, step := range []func(context.Context, *sql.Tx) error{makeRoles, migratePostgres, grantRoles,
		func(ctx context.Context, tx *sql.Tx) error { return run(ctx, tx, revokeTooMuch) }} {
		if err := step(ctx, tx); err != nil {
			return 0, err
		}
	}
	return before, tx.Commit()
}

// setupLock is the number of the lock that whoever changes the schema holds: FOIA.
const setupLock = applicationID

// schemaBefore is the version of the schema that is there; 0 for none. A newer one is
// refused.
func schemaBefore(ctx context.Context, tx *sql.Tx) (version int, err error) {
	var there bool
	if err := tx.QueryRowContext(ctx, "SELECT to_regclass('foia.about') IS NOT NULL").Scan(&there); err != nil || !there {
		return 0, err
	}
	if err := tx.QueryRowContext(ctx, "SELECT version FROM foia.about WHERE one = 1").Scan(&version); err != nil {
		return 0, err
	}
	_, err = compareSchema(version, postgresVersion)
	return version, err
}

// makeRoles makes the schema, and the roles of this database. They are named after it,
// since a server has one list of roles for all its databases.
func makeRoles(ctx context.Context, tx *sql.Tx) error {
	return run(ctx, tx, `DO $$
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

// migratePostgres brings the schema up to date.
func migratePostgres(ctx context.Context, tx *sql.Tx) error {
	files, err := fs.Glob(postgresMigrations, "migrations/postgres/*.sql")
	if err != nil {
		return err
	}
	done, err := lastMigration(ctx, tx)
	if err != nil {
		return err
	}
	for _, name := range files { // in the order of their numbers
		version, err := goose.NumericComponent(name)
		if err != nil {
			return err
		}
		if version <= done {
			continue
		}
		text, err := postgresMigrations.ReadFile(name)
		if err == nil {
			err = run(ctx, tx, string(text))
		}
		if err == nil {
			err = noteMigration(ctx, tx, version)
		}
		if err != nil {
			return fmt.Errorf("the tracking log cannot be brought up to date (%s): %w", path.Base(name), err)
		}
	}
	return nil
}

// lastMigration is the newest migration that was run here, of which there is a list as goose keeps it.
func lastMigration(ctx context.Context, tx *sql.Tx) (version int64, err error) {
	list, err := goosedb.NewStore(goosedb.DialectPostgres, "foia.migrations")
	if err != nil {
		return 0, err
	}
	var there bool
	if err := tx.QueryRowContext(ctx, "SELECT to_regclass('foia.migrations') IS NOT NULL").Scan(&there); err != nil {
		return 0, err
	}
	if !there {
		return 0, errors.Join(list.CreateVersionTable(ctx, tx), noteMigration(ctx, tx, 0))
	}
	return list.GetLatestVersion(ctx, tx)
}

// noteMigration puts a migration on the list. Its number there is not taken from the sequence of the column: where the
// wal_level is minimal, a server that crashed may give the same number again, if the sequence was made after its last checkpoint.
func noteMigration(ctx context.Context, tx *sql.Tx, version int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO foia.migrations (id, version_id, is_applied)
		SELECT coalesce(max(id), 0) + 1, $1, true FROM foia.migrations`, version)
	return err
}

// grantRoles gives each role what it needs and takes away the rest, and everything to
// the owner's role, whoever ran the migrations.
func grantRoles(ctx context.Context, tx *sql.Tx) error {
	return run(ctx, tx, `DO $$
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
			EXECUTE format('GRANT EXECUTE ON FUNCTION foia.hidden(), foia.apart(), foia.totals(), foia.amiss() TO %I, %I', reader, writer);
			EXECUTE format('GRANT INSERT ON foia.requests, foia.events, foia.documents TO %I', writer);
			EXECUTE format('GRANT EXECUTE ON FUNCTION foia.begin_write(), foia.last_number(integer) TO %I', writer);
		END $$`)
}

// run executes text that has no values in it. Whoever runs it may be a superuser: of
// what others may have put into the schema public nothing is taken.
func run(ctx context.Context, tx *sql.Tx, text string) error {
	_, err := tx.ExecContext(ctx, "SET LOCAL search_path = pg_catalog, pg_temp; "+text, pgx.QueryExecModeSimpleProtocol)
	return err
}
