//go:build unix

package store

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	"foia/internal/longtest"
	"foia/internal/store/pgtest"
)

// writerName is a member of the newsroom. Events bear the name by which one comes in,
// and those of the suite bear this one.
const writerName = "Zoë Ámbar"

// model is the database that the others are copied from, made once.
var model = sync.OnceValue(func() error {
	s := pgtest.Shared(modelTest)
	if err := s.SQL("postgres", "CREATE DATABASE model"); err != nil {
		return err
	}
	if _, err := SetupPostgres(context.Background(), s.URL("model", pgtest.Superuser), Options{}); err != nil {
		return err
	}
	return s.SQL("model", fmt.Sprintf("CREATE ROLE %q LOGIN IN ROLE model_writer", writerName),
		"CREATE ROLE ben LOGIN IN ROLE model_writer",
		"CREATE ROLE cora LOGIN IN ROLE model_reader", "CREATE ROLE dora LOGIN IN ROLE model_owner", "CREATE ROLE eve LOGIN")
})

var (
	modelTest testing.TB
	databases atomic.Int64
)

// newDatabase makes an empty log and returns its name.
func newDatabase(t testing.TB) (s *pgtest.Server, name string) {
	t.Helper()
	pgtest.Need(t)
	modelTest = t
	if err := model(); err != nil {
		t.Fatal(err)
	}
	s, name = pgtest.Shared(t), fmt.Sprintf("log%d", databases.Add(1))
	if err := s.SQL("postgres", "CREATE DATABASE "+name+" TEMPLATE model"); err != nil {
		t.Fatal(err)
	}
	return s, name
}

func openPostgres(t testing.TB, address string, o Options) *Log {
	t.Helper()
	log, err := OpenPostgres(context.Background(), address, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { mustClose(t, log) })
	return log
}

func newPostgres(t testing.TB) *Log {
	t.Helper()
	s, name := newDatabase(t)
	return openPostgres(t, s.URL(name, writerName), Options{})
}

// emptied makes a new log of one that was used: faster than another database.
const emptied = `ALTER TABLE foia.requests DISABLE TRIGGER USER; ALTER TABLE foia.events DISABLE TRIGGER USER;
	ALTER TABLE foia.documents DISABLE TRIGGER USER; ALTER TABLE foia.written DISABLE TRIGGER USER;
	TRUNCATE foia.requests CASCADE; UPDATE foia.written SET n = 0; UPDATE foia.standing_basis SET basis = '', n = 0;
	DO $$ DECLARE x record; BEGIN FOR x IN SELECT tgrelid::regclass AS t, tgname FROM pg_trigger WHERE NOT tgisinternal LOOP
		EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', x.t, x.tgname); END LOOP; END $$`

func TestPostgres(t *testing.T) {
	fewHistories(t, longtest.Count(5, 30))
	again := oneAfterAnother(t, func(t *testing.T, s *pgtest.Server, name string) *Log {
		return openPostgres(t, s.URL(name, writerName), Options{})
	})
	if longtest.On() {
		testLog(t, func(t *testing.T) *Log { return newPostgres(t) }, again)
	} else {
		testLog(t, again, again)
	}
}

// oneAfterAnother opens new logs that are one database, emptied each time.
func oneAfterAnother(t *testing.T, open func(t *testing.T, s *pgtest.Server, name string) *Log) func(t *testing.T) *Log {
	t.Helper()
	s, name := newDatabase(t)
	admin := rawPostgres(t, s.URL(name, pgtest.Superuser))
	return func(t *testing.T) *Log {
		t.Helper()
		if _, err := admin.ExecContext(t.Context(), emptied); err != nil {
			t.Fatal(err)
		}
		return open(t, s, name)
	}
}

// The schema that verify compares with is that of the migrations. To write it anew:
// go test ./internal/store -run PostgresSchemaInStep -update
func TestPostgresSchemaInStep(t *testing.T) {
	log := newPostgres(t)
	found, err := postgresSchemaOf(t.Context(), log.asked())
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		text, err := json.MarshalIndent(found, "", "\t")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("migrations/postgres.json", append(text, '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	expected := map[string]string{}
	if err := json.Unmarshal(expectedPostgres, &expected); err != nil || !maps.Equal(found, expected) {
		t.Error("the schema of the migrations is not migrations/postgres.json; run this test with -update", err)
	}
}

func init() { stopServer = pgtest.Stop }
