package store

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"foia/internal/docket"
)

// testLog is what every Log must do, whichever database stands behind it. open
// returns a new, empty log that the test's end closes; again does so many times, one
// after the other.
func testLog(t *testing.T, open, again func(t *testing.T) *Log) {
	for name, test := range map[string]func(*testing.T, *Log){
		"empty": testEmpty, "reads back": testReadsBack, "ids": testIDs, "ids of several years": testYears,
		"ids not used": testUnusedID, "not found": testNotFound, "fingerprint": testFingerprint, "refused": testRefused,
		"rollback": testRollback, "half an add": testHalf, "cancel": testCancel,
		"chain": testChain, "reading while writing": testReadWhileWriting, "panic": testPanic,
		"the caller's data": testCallersData, "history": testHistory, "documents": testDocuments, "find": testFind,
		"newest": testNewest,
	} {
		t.Run(name, func(t *testing.T) {
			log := open(t)
			test(t, log)
			mustBeClean(t, log)
		})
	}
	t.Run("any history", func(t *testing.T) { testAnyHistory(t, again) })
}

// fewHistories has the rest of a test look at so many of the histories that rapid makes
// up: each takes its time, above all with a server.
func fewHistories(t *testing.T, n int) {
	t.Helper()
	checks := flag.Lookup("rapid.checks")
	before := checks.Value.String()
	if err := checks.Value.Set(strconv.Itoa(n)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = checks.Value.Set(before) }) // it was its own
}

func testEmpty(t *testing.T, log *Log) {
	if ids := idsOf(t, log); len(ids) != 0 {
		t.Errorf("an empty log has %v", ids)
	}
	if events, err := log.AllEvents(t.Context()); err != nil || len(events) != 0 {
		t.Errorf("an empty log has %v, %v", events, err)
	}
}

func testReadsBack(t *testing.T, log *Log) {
	id := mustAdd(t, log, 1)[0]
	want := aRequest(id)
	got, err := log.Request(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	// The JSON inside is written without spaces; everything else is the same.
	wantSum, err := want.Digest()
	if err != nil {
		t.Fatal(err)
	}
	gotSum, err := got.Digest()
	if err != nil {
		t.Fatal(err)
	}
	if wantSum != gotSum {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	events, err := log.Events(t.Context(), id)
	if err != nil || len(events) != 1 {
		t.Fatal(events, err)
	}
	event := anEvent(id, docket.Drafted)
	event.Data[digestKey] = wantSum
	if event, err = event.Chain(nil); err != nil || !reflect.DeepEqual(events[0], event) {
		t.Errorf("got %+v\nwant %+v, %v", events[0], event, err)
	}
}

func testIDs(t *testing.T, log *Log) {
	if ids := mustAdd(t, log, 3); !slices.Equal(ids, []string{"2026-0001", "2026-0002", "2026-0003"}) {
		t.Error(ids)
	}
	err := log.Write(t.Context(), func(tx *Tx) error {
		var ids []string
		for range 2 { // both are taken before the first is used
			id, err := tx.NextID(2026)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		if !slices.Equal(ids, []string{"2026-0004", "2026-0005"}) {
			t.Error(ids)
		}
		for _, id := range ids {
			if err := tx.Add(aRequest(id), anEvent(id, docket.Drafted)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func testYears(t *testing.T, log *Log) {
	for _, year := range []int{2026, 2025, 2026, 2027, 2025} {
		if err := log.Write(t.Context(), func(tx *Tx) error {
			id, err := tx.NextID(year)
			if err != nil {
				return err
			}
			return tx.Add(aRequest(id), anEvent(id, docket.Drafted))
		}); err != nil {
			t.Fatal(err)
		}
	}
	if got := idsOf(t, log); !slices.Equal(got, []string{"2025-0001", "2025-0002", "2026-0001", "2026-0002", "2027-0001"}) {
		t.Error(got)
	}
}

func testUnusedID(t *testing.T, log *Log) {
	err := log.Write(t.Context(), func(tx *Tx) error {
		_, err := tx.NextID(2026)
		return err
	})
	if !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), "2026-0001 was taken but no request was added") {
		t.Error(err)
	}
	if ids := mustAdd(t, log, 1); ids[0] != "2026-0001" {
		t.Error("an id was lost:", ids)
	}
}

func testNotFound(t *testing.T, log *Log) {
	mustAdd(t, log, 1)
	for _, id := range []string{"2026-0002", "", "2026-1", "' OR 1=1 --"} {
		if _, err := log.Request(t.Context(), id); !errors.Is(err, ErrNotFound) {
			t.Errorf("request %q: %v", id, err)
		}
		if _, err := log.Events(t.Context(), id); !errors.Is(err, ErrNotFound) {
			t.Errorf("events of %q: %v", id, err)
		}
		if err := log.Write(t.Context(), func(tx *Tx) error {
			_, err := tx.Append(anEvent(id, "sent"))
			return err
		}); !errors.Is(err, ErrNotFound) {
			t.Errorf("append to %q: %v", id, err)
		}
	}
}

func testFingerprint(t *testing.T, log *Log) {
	err := log.Write(t.Context(), func(tx *Tx) error {
		for i, id := range []string{"2027-0001", "2026-0001"} { // the latest is the one added last, not the highest
			if id, err := tx.ByFingerprint("same"); err != nil || (id != "") != (i > 0) {
				t.Errorf("before adding number %d: %q, %v", i, id, err)
			}
			r := aRequest(id)
			r.Fingerprint = "same"
			if err := tx.Add(r, anEvent(id, docket.Drafted)); err != nil {
				return err
			}
		}
		none := aRequest("2026-0002")
		none.Fingerprint = ""
		if err := tx.Add(none, anEvent(none.ID, docket.Drafted)); err != nil {
			return err
		}
		for fingerprint, want := range map[string]string{"same": "2026-0001", "other": "", "": ""} {
			if id, err := tx.ByFingerprint(fingerprint); err != nil || id != want {
				t.Errorf("%q: %q, %v; want %q", fingerprint, id, err, want)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	if err := log.Fingerprints(t.Context(), func(fingerprint string) error {
		all = append(all, fingerprint)
		return nil
	}); err != nil || !slices.Equal(all, []string{"same", "same"}) {
		t.Errorf("%q, %v", all, err)
	}
	stop := errors.New("stop")
	if err := log.Fingerprints(t.Context(), func(string) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("%v", err)
	}
}

// What the caller handed over stays the caller's.
func testCallersData(t *testing.T, log *Log) {
	e := anEvent("2026-0001", docket.Drafted)
	before := maps.Clone(e.Data)
	if err := log.Write(t.Context(), func(tx *Tx) error { return tx.Add(aRequest("2026-0001"), e) }); err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(e.Data, before) {
		t.Error("Add changed its argument:", e.Data)
	}
}

func testRefused(t *testing.T, log *Log) {
	mustAdd(t, log, 1)
	for name, change := range map[string]func(*docket.Request, *docket.Event){
		"in the log already":              func(r *docket.Request, e *docket.Event) { r.ID, e.Request = "2026-0001", "2026-0001" },
		"leaves a gap":                    func(r *docket.Request, e *docket.Event) { r.ID, e.Request = "2026-0003", "2026-0003" },
		`"2026-2" is not the id`:          func(r *docket.Request, e *docket.Event) { r.ID, e.Request = "2026-2", "2026-2" },
		`"2026-00002" is not the id`:      func(r *docket.Request, e *docket.Event) { r.ID, e.Request = "2026-00002", "2026-00002" },
		`"+2026-0002" is not the id`:      func(r *docket.Request, e *docket.Event) { r.ID, e.Request = "+2026-0002", "+2026-0002" },
		`belongs to "2026-0001"`:          func(_ *docket.Request, e *docket.Event) { e.Request = "2026-0001" },
		"does not say what happened":      func(_ *docket.Request, e *docket.Event) { e.Kind = "" },
		"is not RFC 3339 in UTC":          func(_ *docket.Request, e *docket.Event) { e.Recorded = "2026-11-23T14:05:00+01:00" },
		"2026-0002 contains text":         func(r *docket.Request, _ *docket.Event) { r.Agency = "\xff" },
		"contains text that is not UTF-8": func(_ *docket.Request, e *docket.Event) { e.Data["note"] = "\xc3\x28" },
		"or a zero byte":                  func(_ *docket.Request, e *docket.Event) { e.Machine = "a\x00b" },
		"cannot be written as JSON":       func(r *docket.Request, _ *docket.Event) { r.Answers = json.RawMessage(`{"a":`) },
	} {
		r, e := aRequest("2026-0002"), anEvent("2026-0002", docket.Drafted)
		change(&r, &e)
		err := log.Write(t.Context(), func(tx *Tx) error { return tx.Add(r, e) })
		if !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if ids := idsOf(t, log); len(ids) != 1 {
		t.Error("something was written:", ids)
	}
}

func testRollback(t *testing.T, log *Log) {
	id := mustAdd(t, log, 1)[0]
	want := errors.New("changed my mind")
	err := log.Write(t.Context(), func(tx *Tx) error {
		for range 3 {
			if _, err := add(tx); err != nil {
				return err
			}
		}
		if _, err := tx.Append(anEvent(id, "sent")); err != nil {
			return err
		}
		return want
	})
	if !errors.Is(err, want) {
		t.Error(err)
	}
	events, err := log.Events(t.Context(), id)
	if ids := idsOf(t, log); len(ids) != 1 || len(events) != 1 || err != nil {
		t.Error("something remained:", ids, events, err)
	}
	if ids := mustAdd(t, log, 1); ids[0] != "2026-0002" {
		t.Error("an id was lost:", ids)
	}
}

// A request whose event was refused must not be kept, even if the caller goes on.
func testHalf(t *testing.T, log *Log) {
	err := log.Write(t.Context(), func(tx *Tx) error {
		e := anEvent("2026-0001", "")
		if err := tx.Add(aRequest("2026-0001"), e); err == nil {
			t.Error("an event without a kind was taken")
		}
		return nil
	})
	if !errors.Is(err, ErrRefused) {
		t.Error(err)
	}
	if ids := idsOf(t, log); len(ids) != 0 {
		t.Error("half a request was kept:", ids)
	}
}

func testCancel(t *testing.T, log *Log) {
	ctx, cancel := context.WithCancel(t.Context())
	err := log.Write(ctx, func(tx *Tx) error {
		if _, err := add(tx); err != nil {
			return err
		}
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Error("cancelled before the commit:", err)
	}
	if err := log.Write(ctx, func(*Tx) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Error("cancelled before the start:", err)
	}
	if _, err := log.Requests(ctx); !errors.Is(err, context.Canceled) {
		t.Error("cancelled before reading:", err)
	}
	if faults, err := log.Verify(ctx); !errors.Is(err, context.Canceled) || len(faults) > 0 {
		t.Error("cancelled before verifying:", faults, err)
	}
	if ids := mustAdd(t, log, 1); !slices.Equal(ids, []string{"2026-0001"}) || len(idsOf(t, log)) != 1 {
		t.Error("the cancelled request remained:", ids)
	}
}

func testChain(t *testing.T, log *Log) {
	ids := mustAdd(t, log, 2)
	for _, kind := range []docket.Kind{"sent", "acknowledged"} {
		mustAppend(t, log, ids[1], kind)
		mustAppend(t, log, ids[0], kind)
	}
	all, err := log.AllEvents(t.Context())
	if err != nil || len(all) != 2 {
		t.Fatal(all, err)
	}
	for _, id := range ids {
		events, err := log.Events(t.Context(), id)
		if err != nil || !reflect.DeepEqual(events, all[id]) || len(events) != 3 {
			t.Fatal(events, all[id], err)
		}
		var prev *docket.Event
		for i, kind := range []docket.Kind{docket.Drafted, "sent", "acknowledged"} {
			again, err := events[i].Chain(prev)
			if err != nil || !reflect.DeepEqual(events[i], again) || events[i].Kind != kind {
				t.Errorf("event %d is %+v, chained anew %+v, %v", i, events[i], again, err)
			}
			prev = &events[i]
		}
	}
}

// The history has every event in the order of entry, whichever request it belongs to.
func testHistory(t *testing.T, log *Log) {
	ids := mustAdd(t, log, 2)
	mustAppend(t, log, ids[1], "sent")
	mustAppend(t, log, ids[0], "sent")
	for after, want := range [][]string{{ids[0], ids[1], ids[1], ids[0]}, {ids[1], ids[1], ids[0]}, {ids[1], ids[0]}, {ids[0]}, nil} {
		var got []string
		if err := log.History(t.Context(), after, func(n int, e docket.Event) error {
			got = append(got, e.Request)
			if n != after+len(got) {
				t.Errorf("event %d has the number %d", after+len(got), n)
			}
			return nil
		}); err != nil || !slices.Equal(got, want) {
			t.Errorf("after %d: %v, %v; want %v", after, got, err, want)
		}
	}
	enough := errors.New("enough")
	if err := log.History(t.Context(), 0, func(int, docket.Event) error { return enough }); !errors.Is(err, enough) {
		t.Error("the caller's error was lost:", err)
	}
}

// Who reads inside a Write sees the log as it was before, and does not hang.
func testReadWhileWriting(t *testing.T, log *Log) {
	mustAdd(t, log, 1)
	if err := log.Write(t.Context(), func(tx *Tx) error {
		if _, err := add(tx); err != nil {
			return err
		}
		if ids := idsOf(t, log); len(ids) != 1 {
			t.Error("an open transaction shows:", ids)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
}

func testPanic(t *testing.T, log *Log) {
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		err := log.Write(t.Context(), func(tx *Tx) error {
			if _, err := add(tx); err != nil {
				return err
			}
			panic("a bug")
		})
		t.Error("Write returned:", err)
	}()
	if ids := idsOf(t, log); len(ids) != 0 {
		t.Error("something remained:", ids)
	}
	mustAdd(t, log, 1) // the lock is free again
}
