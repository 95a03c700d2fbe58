package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/remedy"
)

func openSQLite(t testing.TB, path string, o Options) *Log {
	t.Helper()
	log, err := OpenSQLite(context.Background(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { mustClose(t, log) })
	return log
}

func newSQLite(t testing.TB) (*Log, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "foia.db")
	return openSQLite(t, path, Options{Create: true}), path
}

func mustClose(t testing.TB, log *Log) {
	t.Helper()
	if err := log.Close(); err != nil {
		t.Error(err)
	}
}

// execRaw does what another program could do to the file.
func execRaw(t testing.TB, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestSQLite(t *testing.T) {
	open := func(t *testing.T) *Log {
		log, _ := newSQLite(t)
		return log
	}
	testLog(t, open, open)
}

func TestNoLog(t *testing.T) {
	dir := t.TempDir()
	for _, o := range []Options{{}, {ReadOnly: true}, {ReadOnly: true, Create: true}} {
		_, err := OpenSQLite(t.Context(), filepath.Join(dir, "foia.db"), o)
		var f *Failure
		if !errors.Is(err, ErrNoLog) || !errors.As(err, &f) ||
			!strings.Contains(remedy.Plain(f.Hint()), "for example: new request to irs (to try it out: new irs-dhs-mou sample)") {
			t.Errorf("%+v: %v", o, err)
		}
	}
	if names := namesIn(t, dir); len(names) != 0 {
		t.Error("opening made", names)
	}
	_, err := OpenSQLite(t.Context(), filepath.Join(dir, "none", "foia.db"), Options{Create: true})
	if !errors.Is(err, ErrNoLog) {
		t.Error("in a folder that is not there:", err)
	}
}

func namesIn(t testing.TB, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// The name of a folder is the user's, and may hold what means something in a URI.
func TestOddPaths(t *testing.T) {
	for _, name := range []string{"a b", "50%41", "what?mode=memory", "#1", "Zoë", "a&b=c", ":memory:", "file:x"} {
		dir := filepath.Join(t.TempDir(), name)
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		t.Chdir(dir)
		log := openSQLite(t, "foia.db", Options{Create: true})
		mustAdd(t, log, 1)
		mustClose(t, log)
		if names := namesIn(t, dir); !slices.Equal(names, []string{"foia.db"}) {
			t.Errorf("%s: the folder has %v", name, names)
		}
	}
}

func TestReadOnly(t *testing.T) {
	log, path := newSQLite(t)
	mustAdd(t, log, 1)
	reader := openSQLite(t, path, Options{ReadOnly: true})
	err := reader.Write(t.Context(), func(*Tx) error { t.Error("it began to write"); return nil })
	if !errors.Is(err, ErrReadOnly) {
		t.Error(err)
	}
	if _, err := reader.db.Exec("CREATE TABLE x (y)"); !errors.Is(explain(err, path), ErrReadOnly) {
		t.Error("a statement changed a log that was opened for reading:", err)
	}
	mustAdd(t, log, 1)
	if ids := idsOf(t, reader); len(ids) != 2 {
		t.Error("the reader does not see what was written meanwhile:", ids)
	}
	mustBeClean(t, reader)
}

// Every connection must have these, or the log would be less safe than it says.
func TestConnections(t *testing.T) {
	log, _ := newSQLite(t)
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "10000",
		"recursive_triggers": "1", "trusted_schema": "0", "cell_size_check": "1", "application_id": "1179601217", "user_version": "6"} {
		var got string
		if err := log.db.QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %s, %v; want %s", pragma, got, err, want)
		}
	}
}

func TestGuardsAreAllTriggers(t *testing.T) {
	schema, err := expectedSchema()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for name := range schema {
		if trigger, ok := strings.CutPrefix(name, "trigger "); ok {
			names = append(names, trigger)
		}
	}
	slices.Sort(names)
	if want := slices.Sorted(slices.Values(guards)); !slices.Equal(names, want) {
		t.Errorf("the migrations make %v, guards has %v", names, want)
	}
	files, err := fs.ReadDir(migrations, "migrations/sqlite")
	if err != nil || len(files) != schemaVersion {
		t.Errorf("%d migrations, schema version %d, %v", len(files), schemaVersion, err)
	}
}

// The database itself refuses what would change the past, also to a program
// that knows nothing of foia.
func TestGuards(t *testing.T) {
	log, path := newSQLite(t)
	id := mustAdd(t, log, 2)[0]
	mustAppend(t, log, id, "sent")
	mustClose(t, log)
	db, err := sql.Open("sqlite", path) // no pragma: recursive_triggers and foreign_keys are off
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	hash := strings.Repeat("0", 64)
	for _, statement := range []string{
		"UPDATE requests SET subject = 'x' WHERE id = '2026-0001'",
		"UPDATE events SET kind = 'x' WHERE n = 1",
		"UPDATE OR IGNORE events SET n = 9 WHERE n = 3",
		"DELETE FROM requests",
		"DELETE FROM events WHERE n = 3",
		"REPLACE INTO requests SELECT * FROM requests WHERE id = '2026-0001'",
		"REPLACE INTO events SELECT * FROM events WHERE n = 3",
		"INSERT INTO events SELECT n, request, seq, 'x', on_day, recorded, by_whom, data, prev, hash, machine FROM events WHERE n = 3 ON " +
			"CONFLICT DO UPDATE SET kind = 'x'",
		"REPLACE INTO events (n, request, seq, kind, on_day, recorded, by_whom, data, prev, hash) SELECT 1, request, 3, kind, on_day, " +
			"recorded, by_whom, data, hash, hash FROM events WHERE n = 3",
		"INSERT INTO events (request, seq, kind, on_day, recorded, by_whom, data, prev, hash) SELECT request, 4, kind, on_day, recorded, " +
			"by_whom, data, hash, hash FROM events WHERE n = 3",
		"INSERT INTO events (request, seq, kind, on_day, recorded, by_whom, data, prev, hash) SELECT request, 3, kind, on_day, recorded, " +
			"by_whom, data, prev, hash FROM events WHERE n = 3",
		"INSERT INTO requests VALUES ('2026-0004', 2026, 4, '', '', '', '', '{}', '" + hash + "')",
		"INSERT INTO requests VALUES ('2026-3', 2026, 3, '', '', '', '', '{}', '" + hash + "')",
	} {
		if _, err := db.Exec(statement); err == nil {
			t.Errorf("the database took: %s", statement)
		} else if !strings.Contains(err.Error(), "append-only") && !strings.Contains(err.Error(), "CHECK") {
			t.Errorf("%s: refused for another reason: %v", statement, err)
		}
	}
	mustBeClean(t, openSQLite(t, path, Options{ReadOnly: true}))
}

// Beyond four digits an id grows, and the order is that of the numbers.
func TestBeyondFourDigits(t *testing.T) {
	log, path := newSQLite(t)
	execRaw(t, path, `WITH RECURSIVE c(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM c WHERE i < 9999)
		INSERT INTO requests SELECT printf('2026-%04d', i), 2026, i, '', '', '', '', printf('{"id":"2026-%04d"}', i),
			printf('%064d', i) FROM c`)
	if ids := mustAdd(t, log, 2); !slices.Equal(ids, []string{"2026-10000", "2026-10001"}) {
		t.Error(ids)
	}
	ids := idsOf(t, log)
	if len(ids) != 10_001 {
		t.Error(len(ids))
	}
	for i, id := range ids {
		if id != FormatID(2026, i+1) {
			t.Fatalf("place %d has %s", i, id)
		}
	}
}

// A program that swallows the error of an Add must not get half of it kept.
func TestSwallowedError(t *testing.T) {
	log, path := newSQLite(t)
	execRaw(t, path, "CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(FAIL, 'no'); END")
	err := log.Write(t.Context(), func(tx *Tx) error {
		if err := tx.Add(aRequest("2026-0001"), anEvent("2026-0001", docket.Drafted)); err == nil {
			t.Error("the event was taken")
		}
		return nil
	})
	if err == nil || len(idsOf(t, log)) != 0 {
		t.Error("half a request was kept:", err)
	}
}

// Who makes a log clears away what killed processes left when they made one,
// and nothing else.
func TestCreateClearsUp(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{".foia.db-123.new", ".foia.db-123.new-journal", ".foia.db-9.new-wal", ".foia.db-new.txt",
		"foia.db-1.new"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	mustClose(t, openSQLite(t, filepath.Join(dir, "foia.db"), Options{Create: true}))
	if names := namesIn(t, dir); !slices.Equal(names, []string{".foia.db-new.txt", "foia.db", "foia.db-1.new"}) {
		t.Error("the folder has", names)
	}
}

// A log that is there is never replaced, not even by a process that found none
// a moment before.
func TestCreateDoesNotReplace(t *testing.T) {
	log, path := newSQLite(t)
	mustAdd(t, log, 1)
	mustClose(t, log)
	if err := create(path); err != nil {
		t.Fatal(err)
	}
	if ids := idsOf(t, openSQLite(t, path, Options{})); len(ids) != 1 {
		t.Error("the log was replaced:", ids)
	}
}
