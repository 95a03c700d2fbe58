//go:build unix

package store

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"foia/internal/docket"
	"foia/internal/store/pgtest"
)

// rawPostgres is a client that knows nothing of foia.
func rawPostgres(t testing.TB, address string) *sql.DB {
	t.Helper()
	config, err := pgx.ParseConfig(address)
	if err != nil {
		t.Fatal(err)
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(1) // settings of a session stay
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// aLog is a shared log of three requests; the events are n 1, 2, 3: drafted, of 0001,
// 0002, 0003; n 4, 5: sent, acknowledged, of 0002.
func aLog(t testing.TB) (s *pgtest.Server, name string) {
	t.Helper()
	s, name = newDatabase(t)
	log := openPostgres(t, s.URL(name, writerName), Options{})
	mustAdd(t, log, 3)
	mustAppend(t, log, "2026-0002", "sent", "acknowledged")
	mustKeep(t, log, "2026-0001", "the letter")
	return s, name
}

// The database refuses to change the past to its superuser too, whatever the session
// calls itself.
func TestPostgresGuards(t *testing.T) {
	s, name := aLog(t)
	db := rawPostgres(t, s.URL(name, pgtest.Superuser))
	for _, session := range []string{"SET session_replication_role = origin", "SET session_replication_role = replica"} {
		if _, err := db.Exec(session); err != nil {
			t.Fatal(err)
		}
		for _, statement := range []string{
			"UPDATE foia.requests SET subject = 'x' WHERE id = '2026-0001'",
			"DELETE FROM foia.requests WHERE id = '2026-0003'",
			"TRUNCATE foia.requests CASCADE",
			"UPDATE foia.events SET kind = 'x' WHERE n = 1",
			"DELETE FROM foia.events WHERE n = 5",
			"TRUNCATE foia.events",
			"INSERT INTO foia.events SELECT * FROM foia.events WHERE n = 5",
			"INSERT INTO foia.events SELECT n, request, seq, 'x', on_day, recorded, by_whom, machine, data, prev, hash FROM foia.events " +
				"WHERE n = 5 ON CONFLICT (request, seq) DO UPDATE SET kind = 'x'",
			"INSERT INTO foia.events SELECT 9, request, 4, kind, on_day, recorded, by_whom, machine, data, '', hash FROM foia.events " +
				"WHERE n = 5",
			"INSERT INTO foia.requests SELECT '2026-0009', 2026, 9, '', '', '', '', frozen, sha256 FROM foia.requests WHERE number = 1",
			"UPDATE foia.documents SET content = 'x'",
			"DELETE FROM foia.documents",
			"TRUNCATE foia.documents",
			"UPDATE foia.written SET n = 1",
			"UPDATE foia.written SET n = n + 2",
			"DELETE FROM foia.written",
			"TRUNCATE foia.written",
		} {
			if _, err := db.Exec(statement); err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s; %s: %v", session, statement, err)
			}
		}
	}
	mustBeClean(t, openPostgres(t, s.URL(name, writerName), Options{}))
}

// Each role can do what it needs, and no more, with whatever client.
func TestPostgresRoles(t *testing.T) {
	s, name := aLog(t)
	insert := "INSERT INTO foia.events SELECT 0, request, 4, 'x', on_day, recorded, %s, machine, '{}', hash, hash FROM foia.events " +
		"WHERE n = 5"
	for _, row := range []struct {
		who, statement, refusal string
	}{
		{writerName, "UPDATE foia.events SET kind = 'x'", "permission denied"},
		{writerName, "DELETE FROM foia.events", "permission denied"},
		{writerName, "TRUNCATE foia.events", "permission denied"},
		{writerName, "DELETE FROM foia.requests", "permission denied"},
		{writerName, "UPDATE foia.documents SET content = 'x'", "permission denied"},
		{writerName, "UPDATE foia.written SET n = n + 1", "permission denied"},
		{writerName, "INSERT INTO foia.private VALUES ('2026-0001', 'x', '{}')", "permission denied"},
		{writerName, "SELECT * FROM foia.private", "permission denied"},
		{writerName, "ALTER TABLE foia.events DISABLE TRIGGER ALL", "must be owner"},
		{writerName, "DROP POLICY seen ON foia.events", "must be owner"},
		{writerName, "ALTER TABLE foia.events DISABLE ROW LEVEL SECURITY", "must be owner"},
		{writerName, "CREATE FUNCTION foia.hidden(x text) RETURNS text LANGUAGE sql AS 'SELECT x'", "permission denied"},
		{writerName, "CREATE TABLE foia.mine (x text)", "permission denied"},
		{writerName, "SET ROLE model_owner", "permission denied"},
		{writerName, "SET session_replication_role = replica", "permission denied"},
		{writerName, fmt.Sprintf(insert, "'ben'"), "an event bears the name of whoever enters it"},
		{writerName, fmt.Sprintf(insert, "session_user"), "with the hash of what it says"},
		{"cora", "SELECT count(*) FROM foia.events", ""},
		{"cora", "INSERT INTO foia.requests SELECT * FROM foia.requests", "permission denied"},
		{"cora", fmt.Sprintf(insert, "session_user"), "permission denied"},
		{"cora", "DELETE FROM foia.standings", "permission denied"},
		{"cora", "SELECT * FROM foia.begin_write()", "permission denied"},
		{"eve", "SELECT count(*) FROM foia.events", "permission denied"},
		{"eve", "SELECT * FROM foia.totals()", "permission denied"},
		{"dora", "UPDATE foia.events SET kind = 'x'", "append-only"},
	} {
		_, err := rawPostgres(t, s.URL(name, row.who)).Exec(row.statement)
		if row.refusal == "" && err != nil || row.refusal != "" && (err == nil || !strings.Contains(err.Error(), row.refusal)) {
			t.Errorf("%s: %s: %v; want %q", row.who, row.statement, err, row.refusal)
		}
	}
}

// What is private does not exist for others, not for a client that knows nothing of
// foia either, nor for one that tries to look past the rows' guard.
func TestPostgresPrivate(t *testing.T) {
	s, name := newDatabase(t)
	project := aProjection(t, "one")
	log := openPostgres(t, s.URL(name, writerName), Options{Project: project})
	mustAdd(t, log, 2)
	mustKeep(t, log, "2026-0002", "the secret letter")
	event(t, log, "2026-0002", "2026-11-23", docket.Sent, map[string]string{"by": "portal"})
	event(t, log, "2026-0002", "2026-11-24", docket.MadePrivate, map[string]string{"people": "cora,dora"})

	if err := openPostgres(t, s.URL(name, "dora"), Options{Project: project}).Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	event(t, log, "2026-0002", "2026-11-24", docket.Tagged, map[string]string{"tags": "later"}) // than the standings
	ben := rawPostgres(t, s.URL(name, "ben"))
	for table, column := range map[string]string{"requests": "id", "events": "request", "documents": "request", "standings": "request",
		"deadlines": "request", "stale": "request"} {
		kept := table != "standings" && table != "deadlines" // see 00005_apart.sql
		for who, want := range map[string]bool{writerName: kept, "ben": false, "cora": kept} {
			var there bool
			if err := rawPostgres(t, s.URL(name, who)).QueryRow("SELECT EXISTS (SELECT 1 FROM foia." + table + " WHERE " + column +
				" = '2026-0002')").Scan(&there); err != nil || there != want {
				t.Errorf("%s sees %s of the private request: %v, %v", who, table, there, err)
			}
		}
	}
	// A cheap function of one's own that tells what it is handed would be asked first,
	// if the guard were not.
	if _, err := ben.Exec(`CREATE FUNCTION pg_temp.leak(text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS $$
		BEGIN IF $1 = '2026-0002' THEN RAISE EXCEPTION 'leaked'; END IF; RETURN true; END $$`); err != nil {
		t.Fatal(err)
	}
	if _, err := ben.Exec("SELECT * FROM foia.events WHERE pg_temp.leak(request)"); err != nil {
		t.Error(err)
	}
	for _, statement := range []string{
		"INSERT INTO foia.events SELECT 0, '2026-0002', 4, 'note', '2026-11-24', '2026-11-24T00:00:00Z', 'ben', '', '{}', repeat('0', " +
			"64), repeat('0', 64)",
		"INSERT INTO foia.documents VALUES ('2026-0002', repeat('0', 64), 0, 'x')",
	} {
		if _, err := ben.Exec(statement); err == nil {
			t.Errorf("ben could write: %s", statement)
		}
	}

	// Nor does a correction that numbers the event in another way pass for one.
	for _, of := range []string{"3", "03", "+3"} {
		err := log.Write(t.Context(), func(tx *Tx) error {
			e := anEvent("2026-0002", docket.Correction)
			e.Data = map[string]string{"of": of}
			_, err := tx.Append(e)
			return err
		})
		if !errors.Is(err, ErrRefused) {
			t.Errorf("a correction of %q: %v", of, err)
		}
	}

	other := openPostgres(t, s.URL(name, "ben"), Options{Project: project})
	if _, err := other.Request(t.Context(), "2026-0002"); !errors.Is(err, ErrNotFound) {
		t.Error(err)
	}
	if _, err := other.Document(t.Context(), "2026-0002", document("the secret letter")); !errors.Is(err, ErrNoDocument) {
		t.Error(err)
	}
	if ids := mustAdd(t, other, 1); ids[0] != "2026-0003" {
		t.Error("a number was given again:", ids)
	}
	for change, back := range map[string]string{
		"UPDATE foia.private SET people = '{cora,dora,ben}'":                "UPDATE foia.private SET people = '{cora,dora}'",
		"UPDATE foia.private SET keeper = 'ben'":                            "UPDATE foia.private SET keeper = '" + writerName + "'",
		"CREATE TABLE kept AS TABLE foia.private; DELETE FROM foia.private": "INSERT INTO foia.private TABLE kept; DROP TABLE kept",
	} {
		if err := s.SQL(name, change); err != nil {
			t.Fatal(err)
		}
		if faults, err := other.Verify(t.Context()); err != nil ||
			!slices.ContainsFunc(faults, func(f Fault) bool { return strings.Contains(f.What, "who may see a request") }) {
			t.Errorf("%s: %+v, %v", change, faults, err)
		}
		if err := s.SQL(name, back); err != nil {
			t.Fatal(err)
		}
	}
	if hidden, err := other.Hidden(t.Context()); err != nil || hidden != 1 {
		t.Errorf("%d requests are hidden, %v", hidden, err)
	}
	mustBeClean(t, other)
	// Only who made it says who sees it.
	err := openPostgres(t, s.URL(name, "ben"), Options{}).Write(t.Context(), func(tx *Tx) error {
		_, err := tx.Append(anEvent("2026-0001", docket.MadePrivate))
		return err
	})
	if !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), "only "+writerName) {
		t.Error(err)
	}
	event(t, log, "2026-0002", "2026-11-25", docket.MadePublic, nil)
	if _, err := other.Request(t.Context(), "2026-0002"); err != nil {
		t.Error(err)
	}
	mustBeClean(t, log)
}

// What a writer does without foia does not get in the way of the others.
func TestPostgresInTheWay(t *testing.T) {
	s, name := newDatabase(t)
	log := openPostgres(t, s.URL(name, writerName), Options{Project: aProjection(t, "one")})
	mustAdd(t, log, 1)
	event(t, log, "2026-0001", "2026-11-23", docket.Sent, map[string]string{"by": "portal"})
	ben := rawPostgres(t, s.URL(name, "ben"))
	for statement, refusal := range map[string]string{
		"INSERT INTO foia.deadlines SELECT due, '2026-0002', n, what, of, who, lenient, last, cite " +
			"FROM foia.deadlines": "permission denied",
		"UPDATE foia.deadlines SET request = '2026-0002'": "permission denied",
		"INSERT INTO foia.requests SELECT '2026-0002', 2026, 2, fingerprint, office_id, subject, created, frozen, " +
			"sha256 FROM foia.requests WHERE number = 1": "a request is written with the hash of what was frozen",
		"INSERT INTO foia.requests SELECT '2026-0002', 2026, 2, 'fp-2026-0002', office_id, subject, created, f, " +
			"encode(sha256(convert_to(f, 'UTF8')), 'hex') FROM (SELECT *, replace(frozen, '2026-0001', '2026-0002') AS f " +
			"FROM foia.requests WHERE number = 1) AS x": "begins with an event",
		"INSERT INTO foia.requests SELECT '2026-0002', 2026, 2, '', '', '', '', '[]', " +
			"encode(sha256('[]'), 'hex')": "a request is written with the hash of what was frozen",
	} {
		if _, err := ben.Exec(statement); err == nil || !strings.Contains(err.Error(), refusal) {
			t.Errorf("%s: %v; want %q", statement, err, refusal)
		}
	}
	mustAdd(t, log, 1)
	event(t, log, "2026-0002", "2026-11-23", docket.Sent, map[string]string{"by": "portal"})
	mustBeClean(t, log)
}
