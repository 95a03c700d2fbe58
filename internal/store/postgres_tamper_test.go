//go:build unix

package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/longtest"
	"foia/internal/store/pgtest"
)

// The database counts the hash of an event as foia does, whatever is in it, and takes
// none that does not hold: nobody could write after it.
func TestPostgresHash(t *testing.T) {
	s, name := newDatabase(t)
	log := openPostgres(t, s.URL(name, writerName), Options{})
	id := mustAdd(t, log, 1)[0]
	var b strings.Builder
	for r := rune(1); r < 0x3000; r++ {
		b.WriteRune(r)
	}
	odd := b.String() + "\U0001F600\ufffd\uffff\ufeff"
	for _, data := range []map[string]string{nil, {}, {"a": odd},
		{odd: "x", "b": "y", "B": "", "": "z", "é": "1", "z": "2", "\U0001F600": "", "\uffff": ""}, {"x": "a\x00b"}, {"x": `\u0000 \\ "`}} {
		for _, machine := range []string{"", odd} {
			err := log.Write(t.Context(), func(tx *Tx) error {
				e := anEvent(id, docket.Sent)
				e.Machine, e.Data = machine, data
				_, err := tx.Append(e)
				return err
			})
			if err != nil {
				t.Errorf("%.40q: %v", data, err)
			}
		}
	}
	mustBeClean(t, log)
	ben := rawPostgres(t, s.URL(name, "ben"))
	const last = "FROM foia.events WHERE n = 13"
	for what, event := range map[string]string{
		"a hash of nothing":  "SELECT 0, request, seq + 1, kind, on_day, recorded, 'ben', machine, data, hash, repeat('0', 64) " + last,
		"none":               "SELECT 0, request, seq + 1, kind, on_day, recorded, 'ben', machine, data, hash, NULL " + last,
		"no day":             "SELECT 0, request, seq + 1, kind, 'today', recorded, 'ben', machine, data, hash, hash " + last,
		"no time":            "SELECT 0, request, seq + 1, kind, on_day, 'now', 'ben', machine, data, hash, hash " + last,
		"data in disorder":   `SELECT 0, request, seq + 1, kind, on_day, recorded, 'ben', machine, '{"b":"","a":""}', hash, hash ` + last,
		"data said twice":    `SELECT 0, request, seq + 1, kind, on_day, recorded, 'ben', machine, '{"a":"","a":""}', hash, hash ` + last,
		"data that is a sum": `SELECT 0, request, seq + 1, kind, on_day, recorded, 'ben', machine, '{"a":1}', hash, hash ` + last,
	} {
		if _, err := ben.Exec("INSERT INTO foia.events " + event); err == nil ||
			!strings.Contains(err.Error(), "with the hash of what it says") {
			t.Errorf("%s: %v", what, err)
		}
	}
	mustAdd(t, log, 1)
}

// Where everybody may put things into the schema public, as was usual up to PostgreSQL
// 14, what a writer puts there is not run by the owner.
func TestPostgresTraps(t *testing.T) {
	s, name := aLog(t)
	if err := s.SQL(name, "GRANT CREATE ON SCHEMA public TO PUBLIC"); err != nil {
		t.Fatal(err)
	}
	ben := rawPostgres(t, s.URL(name, "ben"))
	for _, trap := range []struct{ operator, left, right, returns string }{{"||", "name", "name", "text"}, {"||", "text", "name", "text"},
		{"||", "name", "text", "text"}, {"<>", "oid", "regrole", "boolean"}, {"=", "oid", "regnamespace", "boolean"}} {
		f := fmt.Sprintf("public.trap_%s_%s", trap.left, trap.right)
		if _, err := ben.Exec(fmt.Sprintf("CREATE FUNCTION %s(%s, %s) RETURNS %s LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'a trap'; "+
			"END $$; CREATE OPERATOR public.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = %s)",
			f, trap.left, trap.right, trap.returns, trap.operator, trap.left, trap.right, f)); err != nil {
			t.Fatal(err)
		}
	}
	address := s.URL(name, pgtest.Superuser)
	mustBeClean(t, openPostgres(t, address, Options{}))
	if _, err := People(t.Context(), address, Options{}); err != nil {
		t.Error(err)
	}
	if _, err := SetupPostgres(t.Context(), address, Options{}); err != nil {
		t.Error(err)
	}
}

// What the owner of the database, or whoever runs the server, changes behind the back
// of the log is found.
func TestPostgresTampering(t *testing.T) {
	off := "ALTER TABLE foia.events DISABLE TRIGGER USER; ALTER TABLE foia.requests DISABLE TRIGGER USER; ALTER TABLE foia.written " +
		"DISABLE TRIGGER USER"
	on := "ALTER TABLE foia.events ENABLE ALWAYS TRIGGER events_no_change, ENABLE ALWAYS TRIGGER events_no_truncate, ENABLE ALWAYS " +
		"TRIGGER events_in_order, ENABLE ALWAYS TRIGGER events_private, ENABLE ALWAYS TRIGGER events_one_at_a_time, ENABLE ALWAYS " +
		"TRIGGER events_counted, ENABLE ALWAYS TRIGGER events_stale;" +
		"ALTER TABLE foia.requests ENABLE ALWAYS TRIGGER requests_no_change, ENABLE ALWAYS TRIGGER requests_no_truncate, ENABLE ALWAYS " +
		"TRIGGER requests_in_order, ENABLE ALWAYS TRIGGER requests_begin;" +
		"ALTER TABLE foia.written ENABLE ALWAYS TRIGGER written_grows, ENABLE ALWAYS TRIGGER written_no_delete"
	for _, row := range longtest.Sample(7, []struct{ name, change, want string }{
		{"edit an event", off + "; UPDATE foia.events SET on_day = '2026-11-01' WHERE n = 4; " + on,
			"event 2 of request 2026-0002 was changed after it was written"},
		{"edit an event and its hash", off + "; UPDATE foia.events SET kind = 'x', hash = repeat('0', 64) WHERE n = 4; " + on,
			"its link to the event before it is broken"},
		{"give it another writer", off + "; UPDATE foia.events SET by_whom = 'ben' WHERE n = 4; " + on,
			"event 2 of request 2026-0002 was changed"},
		{"give it another machine", off + "; UPDATE foia.events SET machine = 'x' WHERE n = 4; " + on,
			"event 2 of request 2026-0002 was changed"},
		{"remove an event", off + "; DELETE FROM foia.events WHERE n = 4; " + on, "entry 4 of the log is missing"},
		{"remove the last event", off + "; DELETE FROM foia.events WHERE n = 5; " + on,
			"5 events were written; the last one left is number 4"},
		{"change what was frozen", off + "; UPDATE foia.requests SET frozen = replace(frozen, '12345', '54321') WHERE number = 1; " + on,
			"the frozen request was changed"},
		{"swap two requests", off + "; UPDATE foia.events SET request = '2026-0001' WHERE n = 4; " + on,
			"its link to the event before it is broken"},
		{"set the counter back", off + "; UPDATE foia.written SET n = 3; " + on, "3 events were written; the last one left is number 5"},
		{"switch a guard off", "ALTER TABLE foia.events DISABLE TRIGGER events_no_change",
			"the trigger events_no_change is not the way foia made it"},
		{"a guard for sessions of one kind only", "ALTER TABLE foia.events ENABLE TRIGGER events_no_change",
			"the trigger events_no_change is not the way foia made it"},
		{"take a guard away", "DROP TRIGGER events_no_change ON foia.events",
			"the trigger events_no_change is missing: the log is no longer guarded against change"},
		{"a guard that lets pass", "CREATE OR REPLACE FUNCTION foia.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN " +
			"NEW; END $$", "the function refuse_change is not the way foia made it"},
		{"show what is private", "ALTER TABLE foia.events DISABLE ROW LEVEL SECURITY", "the table events is not the way foia made it"},
		{"hide a request", "INSERT INTO foia.private VALUES ('2026-0002', 'nobody', '{}')",
			"who may see a request does not match its events (1 found)"},
		{"another policy", "CREATE POLICY all_of_it ON foia.events USING (true)", "the policy all_of_it on events was not made by foia"},
		{"hide nothing", "CREATE OR REPLACE FUNCTION foia.hidden() RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER AS $$ SELECT " +
			"request FROM foia.private WHERE false $$", "the function hidden is not the way foia made it"},
		{"a table of somebody else", "CREATE TABLE foia.mine (x text)", "the table mine was not made by foia"},
		{"no index", "DROP INDEX foia.requests_fingerprint", "the index requests_fingerprint is missing"},
	}) {
		t.Run(row.name, func(t *testing.T) {
			s, name := aLog(t)
			if err := s.SQL(name, row.change); err != nil {
				t.Fatal(err)
			}
			faults, err := openPostgres(t, s.URL(name, writerName), Options{ReadOnly: true}).Verify(t.Context())
			if err != nil || !slices.ContainsFunc(faults, func(f Fault) bool { return strings.Contains(f.What, row.want) }) {
				t.Errorf("found %+v, %v; want %q", faults, err, row.want)
			}
		})
	}
}

// The rules of TLS: a checked certificate for any host but this machine.
func TestPostgresAddress(t *testing.T) {
	for address, want := range map[string]string{
		"postgres://ana@db.example.org/foia":                   "checked",
		"postgres://ana@10.1.2.3/foia":                         "checked",
		"postgresql://ana@db.example.org/foia?sslmode=require": "weak",
		"postgres://ana@db.example.org/foia?sslmode=disable":   "weak",
		"postgres://ana@db.example.org/foia?sslmode=prefer":    "weak",
		"postgres://ana@db.example.org/foia?sslmode=verify-ca": "checked",
		"postgres://ana@localhost/foia":                        "local",
		"postgres://ana@127.0.0.1:6432/foia":                   "local",
		"postgres://ana@[::1]/foia":                            "local",
		"postgres://ana@/foia?host=/run/postgresql":            "local",
	} {
		config, _, err := parseAddress(address)
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		got := "checked"
		switch {
		case local(config.Host):
			got = "local"
		case len(weakTLS(config)) > 0:
			got = "weak"
		}
		if got != want {
			t.Errorf("%s is %s, want %s", address, got, want)
		}
	}
	for address, want := range map[string]string{
		"postgres://ana:hunter2@db.example.org/":                            "names no database",
		"postgres://ana:hunter2@db.example.org:port/foia":                   "cannot be read as a URL",
		"postgres://ana:hunter2@db.example.org/foia?sslmode=maybe":          "does not understand",
		"mysql://ana:hunter2@db.example.org/foia":                           "cannot be read as a URL",
		"host=db.example.org password=hunter2":                              "cannot be read as a URL",
		"postgres://ana:hunter2@db.example.org/foia?answer_timeout=hunter2": "answer_timeout",
	} {
		_, err := OpenPostgres(context.Background(), address, Options{})
		if !errors.Is(err, ErrAddress) || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v; want %q", address, err, want)
		}
	}
}
