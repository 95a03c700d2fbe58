package store

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"

	"foia/internal/docket"
)

// dropGuards are the statements by which someone who knows SQLite takes the
// guards away, and raise those that put them back afterwards.
func dropGuards(t testing.TB) (drop, raise []string) {
	t.Helper()
	schema, err := expectedSchema()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range guards {
		drop = append(drop, "DROP TRIGGER "+name)
		raise = append(raise, schema["trigger "+name])
	}
	return drop, raise
}

// zeros looks like a hash.
const zeros = "0000000000000000000000000000000000000000000000000000000000000000"

// The log that each row changes: three requests; the events are
// n 1, 2, 3: drafted, of 0001, 0002, 0003; n 4, 5: sent, acknowledged, of 0002.
func TestTampering(t *testing.T) {
	drop, raise := dropGuards(t)
	for _, row := range []struct {
		name   string
		change []string
		want   []string // each must be said by a fault, as "request/event: what"
	}{
		{"edit an event", []string{"UPDATE events SET on_day = '2026-11-01' WHERE n = 4"},
			[]string{"2026-0002/2: event 2 of request 2026-0002 was changed after it was written"}},
		{"edit an event's data", []string{`UPDATE events SET data = replace(data, 'portal', 'mail') WHERE n = 5`},
			[]string{"2026-0002/3: event 3 of request 2026-0002 was changed"}},
		{"edit an event and its hash", []string{"UPDATE events SET kind = 'x', hash = '" + zeros + "' WHERE n = 4"},
			[]string{"2026-0002/2: event 2 of request 2026-0002 was changed", "2026-0002/3: its link to the event before it is broken"}},
		{"a date that is none", []string{"UPDATE events SET on_day = '2026-02-30' WHERE n = 4"},
			[]string{"2026-0002/2: event 2 of request 2026-0002 cannot be read: there is no day 2026-02-30"}},
		{"data that is no JSON", []string{"UPDATE events SET data = '{' WHERE n = 4"},
			[]string{"2026-0002/2: event 2 of request 2026-0002 cannot be read"}},
		{"delete the last event", []string{"DELETE FROM events WHERE n = 5"},
			[]string{"/0: 5 events were written; the last one left is number 4"}},
		{"delete all events", []string{"DELETE FROM events"},
			[]string{"2026-0001/0: it has no events", "/0: 5 events were written; the last one left is number 0"}},
		{"delete an event between", []string{"DELETE FROM events WHERE n = 4"},
			[]string{"/0: entry 4 of the log is missing", "2026-0002/3: event 2 before it is missing"}},
		{"delete a request's events", []string{"DELETE FROM events WHERE request = '2026-0003'"},
			[]string{"2026-0003/0: it has no events", "/0: entry 3 of the log is missing"}},
		{"delete a request", []string{"DELETE FROM requests WHERE id = '2026-0002'"},
			[]string{"/0: 2026-0002 is missing", "2026-0002/1: the log has events of this request but not the request"}},
		{"delete the first two", []string{"DELETE FROM requests WHERE number < 3", "DELETE FROM events WHERE request <> '2026-0003'"},
			[]string{"/0: 2026-0001 to 2026-0002 are missing", "/0: entry 1 to 2 of the log are missing"}},
		{"swap two events", []string{"UPDATE events SET n = 99 WHERE n = 4", "UPDATE events SET n = 4 WHERE n = 5",
			"UPDATE events SET n = 5 WHERE n = 99"},
			[]string{"2026-0002/3: event 2 before it is missing", "2026-0002/2: it comes after event 3: the order was changed"}},
		{"swap two events' places", []string{"UPDATE events SET seq = 9 WHERE n = 4", "UPDATE events SET seq = 2 WHERE n = 5",
			"UPDATE events SET seq = 3 WHERE n = 4"},
			[]string{"2026-0002/3: event 3 of request 2026-0002 was changed"}},
		{"give an event to another request", []string{"UPDATE events SET request = '2026-0001' WHERE n = 4"},
			[]string{"2026-0001/2: its link to the event before it is broken", "2026-0002/3: event 2 before it is missing"}},
		{"change what was frozen", []string{"UPDATE requests SET frozen = replace(frozen, '12345', '54321') WHERE id = '2026-0001'"},
			[]string{"2026-0001/0: the frozen request was changed", "2026-0001/1: the frozen request does not match this event"}},
		{"frozen that is no JSON", []string{"UPDATE requests SET frozen = 'x' WHERE id = '2026-0001'"},
			[]string{"2026-0001/0: the frozen request was changed", "2026-0001/0: what was frozen of request 2026-0001 cannot be read"}},
		{"change a column alone", []string{"UPDATE requests SET subject = 'x', office_id = 'y' WHERE id = '2026-0003'"},
			[]string{"2026-0003/0: the log's columns differ from what was frozen: office, subject"}},
		{"change the digest alone", []string{"UPDATE requests SET sha256 = '" + zeros + "' WHERE id = '2026-0003'"},
			[]string{"2026-0003/0: the frozen request was changed: its SHA-256 is"}},
		{"set the counter back", []string{"UPDATE sqlite_sequence SET seq = 3 WHERE name = 'events'"},
			[]string{"/0: 3 events were written; the last one left is number 5"}},
		{"a table of somebody else", []string{"CREATE TABLE mine (x)"}, []string{"/0: the table mine was not made by foia"}},
		{"no index", []string{"DROP INDEX requests_fingerprint"}, []string{"/0: the index requests_fingerprint is missing"}},
		{"a column more", []string{"ALTER TABLE events ADD COLUMN x TEXT"}, []string{"/0: the table events is not the way foia made it"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			path := writeLog(t, closedLog(t))
			statements := append(append([]string{}, drop...), row.change...)
			execRaw(t, path, append(statements, raise...)...)
			mustSay(t, path, row.want)
		})
	}
}

// mustSay verifies a log and compares what is found with what must be said.
func mustSay(t *testing.T, path string, want []string) {
	t.Helper()
	log := openSQLite(t, path, Options{ReadOnly: true})
	faults, err := log.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for _, f := range faults {
		said.WriteString(f.Request + "/" + string(rune('0'+f.Event)) + ": " + f.What + "\n")
	}
	for _, w := range want {
		if !strings.Contains("\n"+said.String(), "\n"+w) {
			t.Errorf("want %q, found:\n%s", w, said.String())
		}
	}
}

func TestGuardsTakenAway(t *testing.T) {
	drop, _ := dropGuards(t)
	path := writeLog(t, closedLog(t))
	execRaw(t, path, drop[1])
	mustSay(t, path, []string{"/0: the trigger " + guards[1] + " is missing: the log is no longer guarded against change"})
	refuseToWrite(t, path, "the guards that keep it append-only were removed")
	execRaw(t, path, "CREATE TRIGGER "+guards[1]+" BEFORE DELETE ON requests BEGIN SELECT 1; END")
	mustSay(t, path, []string{"/0: the trigger " + guards[1] + " is not the way foia made it"})
}

// refuseToWrite makes sure that nothing is written onto what is damaged.
func refuseToWrite(t *testing.T, path, words string) {
	t.Helper()
	log := openSQLite(t, path, Options{})
	before, err := log.AllEvents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, write := range []func(*Tx) error{
		func(tx *Tx) error { _, err := add(tx); return err },
		func(tx *Tx) error { _, err := tx.Append(anEvent("2026-0002", "determination")); return err },
	} {
		mustHint(t, log.Write(t.Context(), write), ErrDamaged, words)
	}
	if after, err := log.AllEvents(t.Context()); err != nil || !reflect.DeepEqual(before, after) {
		t.Error("something was written", err)
	}
}

func TestNoWritingOntoDamage(t *testing.T) {
	drop, raise := dropGuards(t)
	for words, change := range map[string]string{
		"5 events were written; the last one left is number 4": "DELETE FROM events WHERE n = 5",
		"event 3 of request 2026-0002 was changed after":       "UPDATE events SET by_whom = 'x' WHERE n = 5",
	} {
		path := writeLog(t, closedLog(t))
		execRaw(t, path, append(append(append([]string{}, drop...), change), raise...)...)
		refuseToWrite(t, path, words)
	}
	// An event that is not the log's last, but the last of its request.
	path := writeLog(t, closedLog(t))
	execRaw(t, path, append(append(append([]string{}, drop...), "UPDATE events SET by_whom = 'x' WHERE n = 1"), raise...)...)
	log := openSQLite(t, path, Options{})
	err := log.Write(t.Context(), func(tx *Tx) error { _, err := tx.Append(anEvent("2026-0001", "sent")); return err })
	if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "event 1 of request 2026-0001 was changed") {
		t.Error(err)
	}
}

// reading is all that the log says.
type reading struct {
	Requests []docket.Request
	Events   map[string][]docket.Event
}

// noticed tells whether a damaged file is refused, or its damage found, or
// nothing that the log says differs.
func noticed(t *testing.T, path string, want reading) bool {
	t.Helper()
	log, err := OpenSQLite(t.Context(), path, Options{ReadOnly: true})
	if err != nil {
		var f *Failure
		return errors.As(err, &f) && f.Hint() != ""
	}
	defer mustClose(t, log)
	faults, err := log.Verify(t.Context())
	if err != nil {
		t.Error("verify gave up:", err)
	}
	if len(faults) > 0 {
		return true
	}
	var got reading
	var readErr error
	got.Requests, err = log.Requests(t.Context())
	got.Events, readErr = log.AllEvents(t.Context())
	return err == nil && readErr == nil && reflect.DeepEqual(got, want)
}

func readLog(t *testing.T, path string) (r reading) {
	t.Helper()
	log := openSQLite(t, path, Options{ReadOnly: true})
	var err, readErr error
	r.Requests, err = log.Requests(t.Context())
	r.Events, readErr = log.AllEvents(t.Context())
	if err := errors.Join(err, readErr); err != nil {
		t.Fatal(err)
	}
	mustClose(t, log)
	return r
}

// A byte that flips anywhere in the file is noticed, or changes nothing that
// the log says: there is room in the file that holds nothing.
func TestFlippedBytes(t *testing.T) {
	whole := closedLog(t)
	path := writeLog(t, whole)
	want := readLog(t, path)
	for range 100 {
		at, bit := rand.IntN(len(whole)), byte(1)<<rand.IntN(8)
		damaged := append([]byte(nil), whole...)
		damaged[at] ^= bit
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if !noticed(t, path, want) {
			t.Errorf("byte %d, bit %#x: not noticed", at, bit)
		}
	}
}

// Blocks that a disk loses read as zeros, or as what stood there before.
func TestLostBlocks(t *testing.T) {
	whole := closedLog(t)
	path := writeLog(t, whole)
	want := readLog(t, path)
	const block = 512
	for at := 0; at+block <= len(whole); at += block {
		damaged := append([]byte(nil), whole...)
		clear(damaged[at : at+block])
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if !noticed(t, path, want) {
			t.Errorf("bytes %d to %d: not noticed", at, at+block)
		}
	}
}

// The index by which a letter is known to have been made before must agree
// with the requests: PRAGMA quick_check would not look.
func TestIndexOutOfStep(t *testing.T) {
	whole := closedLog(t)
	word, places := []byte("fp-2026-0002"), 0
	for at := bytes.Index(whole, word); at >= 0; {
		places++
		damaged := bytes.Clone(whole)
		damaged[at] = 'x'
		log := openSQLite(t, writeLog(t, damaged), Options{ReadOnly: true})
		if faults, err := log.Verify(t.Context()); err != nil || len(faults) == 0 {
			t.Errorf("place %d, byte %d: %v, %v", places, at, faults, err)
		}
		next := bytes.Index(whole[at+1:], word)
		if next < 0 {
			break
		}
		at += 1 + next
	}
	if places != 3 { // the column, the frozen text, the index
		t.Errorf("the fingerprint is in %d places", places)
	}
}

// If the requests cannot be read, nothing is said of requests that were not seen.
func TestUnreadableRequests(t *testing.T) {
	whole := closedLog(t)
	const page = 4096
	at := bytes.Index(whole, []byte(`{"id":"2026-0001"`))
	clear(whole[at-at%page:][:page])
	path := writeLog(t, whole)
	mustSay(t, path, []string{"/0: its requests cannot be read to the end"})
	faults, err := openSQLite(t, path, Options{ReadOnly: true}).Verify(t.Context())
	for _, f := range faults {
		if strings.Contains(f.What, "but not the request") || err != nil {
			t.Error(f, err)
		}
	}
}
