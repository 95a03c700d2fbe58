package logbook

import (
	"errors"
	"testing"

	"foia/internal/bench"
	"foia/internal/docket"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// Who has not seen the last event writes nothing, and is told what they have not seen; who has, or
// does not say what they saw, records as ever.
func TestMovedOn(t *testing.T) {
	w, err := workspace.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	today := workday.MustDate("2026-11-23")
	log, err := w.OpenLog(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(bench.FillOpen(t.Context(), log, 2, today), log.Close()); err != nil {
		t.Fatal(err)
	}
	b := New(w, Writer{By: "ana", Today: today, Now: "2026-11-23T12:00:00Z"})
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	note := func(text string, after int) error {
		_, err := b.Record(t.Context(), Entry{Request: "2026-0001", After: after,
			Event: docket.Event{Kind: docket.Note, On: today, Data: map[string]string{"note": text}}})
		return err
	}
	if err := note("seen", 10); err != nil {
		t.Fatal(err)
	}
	if err := note("never asked", 0); err != nil {
		t.Fatal(err)
	}
	var moved *MovedOn
	if err := note("seen", 10); !errors.As(err, &moved) || len(moved.Since) != 2 || moved.Request != "2026-0001" {
		t.Fatalf("not seen: %v", err)
	}
	tag := func(h docket.Hands) []docket.Event { return h.Tag([]string{"urgent"}, nil) }
	if _, err := b.ArrangeSeen(t.Context(), map[string]int{"2026-0001": 10, "2026-0002": 10}, tag); !errors.As(err, &moved) {
		t.Fatal(err)
	}
	reading, err := b.Log(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if events, err := reading.Events(t.Context(), "2026-0002"); err != nil || len(events) != 10 {
		t.Errorf("one of two has gone on, and the other was tagged: %d events, %v", len(events), err)
	}
	out, err := b.ArrangeSeen(t.Context(), map[string]int{"2026-0001": 12, "2026-0002": 10}, tag)
	if err != nil || len(out) != 2 || len(out[1].Tags) != 1 {
		t.Errorf("%+v, %v", out, err)
	}
	if n, err := reading.Written(t.Context()); err != nil || n != 24 {
		t.Errorf("%d events were written, %v", n, err)
	}
}
