package evidence

import (
	"context"
	"errors"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/seal"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

var day = workday.MustDate("2026-11-24")

// aLog is a log of as many requests, each with two events.
func aLog(t testing.TB, requests int) (*workspace.Workspace, *store.Log) {
	t.Helper()
	w, err := workspace.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	log, err := w.OpenLog(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := log.Close(); err != nil {
			t.Error(err)
		}
	})
	for range requests {
		grow(t, log)
	}
	return w, log
}

func grow(t testing.TB, log *store.Log) {
	t.Helper()
	err := log.Write(t.Context(), func(tx *store.Tx) error {
		id, err := tx.NextID(2026)
		if err != nil {
			return err
		}
		r := docket.Request{ID: id, Subject: "Cameras", Created: day, Law: "us-federal", Office: []byte("{}"), Requester: []byte("{}"),
			Answers: []byte("{}"), Folder: "requests/" + id, Fingerprint: id}
		e := docket.Event{Request: id, Kind: docket.Drafted, On: day, Recorded: "2026-11-24T10:00:00Z", By: "a"}
		if err := tx.Add(r, e); err != nil {
			return err
		}
		e.Kind = docket.Note
		_, err = tx.Append(e)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// private hides some of a log, as row security would.
type private struct{ *store.Log }

func (private) Hidden(context.Context) (int, error) { return 1, nil }

// faulty is a log in which something is wrong.
type faulty struct{ *store.Log }

func (faulty) Verify(context.Context) ([]store.Fault, error) {
	return []store.Fault{{What: "x"}}, nil
}

func TestNotSealed(t *testing.T) {
	w, log := aLog(t, 1)
	_, empty := aLog(t, 0)
	for want, log := range map[string]Log{"hidden from you": private{log}, "with faults cannot be sealed (1 found)": faulty{log},
		"nothing to seal": empty} {
		_, err := Take(t.Context(), w, log, day)
		var f *Failure
		if !errors.As(err, &f) || !strings.Contains(err.Error(), want) || f.Hint() == "" {
			t.Errorf("want %q, got %v", want, err)
		}
	}
	if w.Exists(workspace.SealsDir) {
		t.Error("something was kept")
	}
}

// A seal that does not hold is told apart by one that does; without, it is said that
// nothing more can be told.
func TestNarrowedDown(t *testing.T) {
	w, log := aLog(t, 2)
	if _, err := Take(t.Context(), w, log, day); err != nil {
		t.Fatal(err)
	}
	grow(t, log)
	grow(t, log)
	later, err := seal.Take(t.Context(), log.History, day)
	if err != nil {
		t.Fatal(err)
	}
	wrong, more, other := later, later, later
	wrong.Root[0]++
	more.Events++
	other.Requests++
	for want, s := range map[string]seal.Seal{
		"the seal of 2026-11-24 still matches, so what differs is among entries 5 to 8 (2026-0003, 2026-0004)": wrong,
		"it covered 9 events and 4 requests; the log has 8 and 4":                                              more,
		"began 4 requests; the seal says 5":                                                                    other,
	} {
		r, err := Compare(t.Context(), w, log, []Named{{"mine.txt", s}}, nil)
		if err != nil || len(r.Faults) != 1 || !strings.Contains(r.Faults[0].What, want) || len(r.Held) != 1 {
			t.Errorf("want %q, got %+v, %v", want, r, err)
		}
	}
	elsewhere, err := workspace.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	r, err := Compare(t.Context(), elsewhere, log, []Named{{"mine.txt", wrong}, {"again.txt", later}}, nil)
	if err != nil || len(r.Faults) != 1 || !strings.Contains(r.Faults[0].What, "a root cannot tell which of them differs") ||
		len(r.Held) != 1 {
		t.Errorf("%+v, %v", r, err)
	}
}

// Nothing that is kept is replaced, also if its name is taken by something else.
func TestNeverReplaced(t *testing.T) {
	w, log := aLog(t, 1)
	if err := w.WriteFile("seals/2026-11-24-1.tsr", []byte("mine")); err != nil {
		t.Fatal(err)
	}
	k, err := Take(t.Context(), w, log, day)
	if err != nil || k.Name != "2026-11-24-2" {
		t.Error(k, err)
	}
	if err := w.KeepNew(k.Path(), nil); err == nil {
		t.Error("a seal was replaced")
	}
}
