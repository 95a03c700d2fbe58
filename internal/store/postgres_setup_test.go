//go:build unix

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"foia/internal/store/pgtest"
)

// bareDatabase is one without a log.
func bareDatabase(t *testing.T) (s *pgtest.Server, name string) {
	t.Helper()
	s, name = pgtest.Shared(t), fmt.Sprintf("bare%d", databases.Add(1))
	if err := s.SQL("postgres", "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	return s, name
}

// mustWork makes sure that a database was set up whole.
func mustWork(t *testing.T, address string) {
	t.Helper()
	log := openPostgres(t, address, Options{})
	mustAdd(t, log, 1)
	mustBeClean(t, log)
}

// A setup that is interrupted at any moment leaves what the next one goes on from.
func TestSetupInterrupted(t *testing.T) {
	s, name := bareDatabase(t)
	slowSchema(t, s, name)
	address := s.URL(name, pgtest.Superuser)
	interrupted := 0
	for range 8 {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(rand.IntN(400))*time.Millisecond)
		if _, err := SetupPostgres(ctx, address, Options{}); err != nil {
			interrupted++
		}
		cancel()
		log, err := OpenPostgres(t.Context(), address, Options{ReadOnly: true})
		if err == nil {
			mustClose(t, log)
		} else if !errors.Is(err, ErrNoLog) {
			t.Fatal("half a setup is taken for a log:", err)
		}
	}
	if interrupted == 0 {
		t.Error("no setup was interrupted")
	}
	if err := s.SQL(name, "DROP EVENT TRIGGER slow"); err != nil {
		t.Fatal(err)
	}
	if _, err := SetupPostgres(t.Context(), address, Options{}); err != nil {
		t.Fatal(err)
	}
	mustWork(t, address)
}

// Of several that set up the same database at once, one does it; nobody fails.
func TestSetupsAtOnce(t *testing.T) {
	s, name := bareDatabase(t)
	address := s.URL(name, pgtest.Superuser)
	var all sync.WaitGroup
	made := make([]bool, 3)
	for i := range made {
		all.Go(func() {
			report, err := SetupPostgres(context.Background(), address, Options{})
			if err != nil {
				t.Error(err)
			}
			made[i] = strings.Contains(strings.Join(report, "\n"), "the log was created")
		})
	}
	all.Wait()
	if fmt.Sprint(made) != "[true false false]" && fmt.Sprint(made) != "[false true false]" && fmt.Sprint(made) != "[false false true]" {
		t.Error("who made it:", made)
	}
	mustWork(t, address)
}

// A setup of which the server ends a connection, as one that idles for too long, does not go on over another one beside
// the next setup.
func TestSetupLosesConnection(t *testing.T) {
	s, name := bareDatabase(t)
	address := s.URL(name, pgtest.Superuser)
	test, err := dial(t.Context(), address, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer mustClose(t, test)
	holding, err := test.db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SQL(name, "CREATE FUNCTION public.hold() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN PERFORM "+
		"pg_advisory_xact_lock_shared(1); END'",
		"CREATE EVENT TRIGGER held ON ddl_command_end WHEN TAG IN ('CREATE POLICY') EXECUTE FUNCTION public.hold()"); err != nil {
		t.Fatal(err)
	}
	if _, err := holding.ExecContext(t.Context(), "SELECT pg_advisory_xact_lock(1)"); err != nil {
		t.Fatal(err)
	}
	setUp := func(as string) <-chan error {
		ended := make(chan error, 1)
		go func() {
			_, err := SetupPostgres(context.Background(), address+"?application_name="+as, Options{})
			ended <- err
		}()
		mustWaitInLine(t, test.db, as)
		return ended
	}
	first := setUp("first")
	if _, err := test.db.ExecContext(t.Context(), "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND "+
		"objid = $1", setupLock); err != nil {
		t.Fatal(err)
	}
	second := setUp("second")
	if err := holding.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := <-second; err != nil {
		t.Error("the second:", err)
	}
	if err := <-first; err == nil {
		t.Error("the first did not hear that its connection was ended")
	}
	mustWork(t, address)
}

// mustWaitInLine waits until the server has that program wait for a lock.
func mustWaitInLine(t *testing.T, db *sql.DB, program string) {
	t.Helper()
	for range 1000 {
		var waits bool
		if err := db.QueryRowContext(t.Context(), "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE application_name = $1 AND "+
			"wait_event_type = 'Lock')", program).Scan(&waits); err != nil {
			t.Fatal(err)
		}
		if waits {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("%s does not wait for a lock", program)
}

// A server that crashed takes the next migration, even if its wal_level is minimal.
func TestMigrationAfterCrash(t *testing.T) {
	s := pgtest.New(t, "wal_level = minimal", "max_wal_senders = 0")
	address := s.URL("postgres", pgtest.Superuser)
	if _, err := SetupPostgres(t.Context(), address, Options{}); err != nil {
		t.Fatal(err)
	}
	for version := range int64(3) {
		log := openPostgres(t, address, Options{})
		tx, err := log.db.BeginTx(t.Context(), nil)
		if err == nil {
			err = errors.Join(noteMigration(t.Context(), tx, postgresVersion+1+version), tx.Commit())
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(s.Kill(), s.Start()); err != nil {
			t.Fatal(err)
		}
	}
}

// A migration runs as one text: what goose does with other annotations, nobody does here.
func TestMigrationsOfPostgres(t *testing.T) {
	files, err := fs.Glob(postgresMigrations, "migrations/postgres/*.sql")
	if err != nil || len(files) != postgresVersion {
		t.Fatal(files, err)
	}
	for _, name := range files {
		text, err := postgresMigrations.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			said, ok := strings.CutPrefix(strings.TrimSpace(line), "-- +goose ")
			if ok && said != "Up" && !strings.HasPrefix(said, "Statement") {
				t.Errorf("%s: +goose %s", name, said)
			}
		}
	}
}

// An older program leaves a newer log alone; one that nobody finished is none; what is
// behind is told from what is right.
func TestVersionsMeet(t *testing.T) {
	s, name := newDatabase(t)
	newer := postgresVersion + 98
	address := s.URL(name, pgtest.Superuser)
	set := func(version int) {
		t.Helper()
		if err := s.SQL(name, fmt.Sprintf("UPDATE foia.about SET version = %d", version)); err != nil {
			t.Fatal(err)
		}
	}
	set(newer)
	says := fmt.Sprintf("it needs schema %d; this foia knows %d", newer, postgresVersion)
	for what, f := range map[string]func() error{
		"open":   func() error { _, err := OpenPostgres(t.Context(), address, Options{}); return err },
		"read":   func() error { _, err := OpenPostgres(t.Context(), address, Options{ReadOnly: true}); return err },
		"setup":  func() error { _, err := SetupPostgres(t.Context(), address, Options{}); return err },
		"people": func() error { _, err := People(t.Context(), address, Options{}); return err },
		"admit":  func() error { _, err := Admit(t.Context(), address, Options{}, "ben", "reader", ""); return err },
	} {
		t.Run(what, func(t *testing.T) { mustHint(t, f(), ErrNewer, says) })
	}
	set(0)
	_, err := OpenPostgres(t.Context(), address, Options{})
	mustHint(t, err, ErrDamaged, "it does not have a foia schema: version 0")
	set(postgresVersion)
	mustWork(t, address)
	if behind, err := compareSchema(postgresVersion, postgresVersion+1); !behind || err != nil {
		t.Error("a log of today, opened by the foia of tomorrow:", behind, err)
	}
}
