package store

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"foia/internal/docket"
	"foia/internal/workday"
)

// history is what a log should hold: the events of each request.
type history map[string][]docket.Event

// testAnyHistory writes random histories, some transactions of which fail
// half-way, and compares the log with a map that went through the same.
func testAnyHistory(t *testing.T, open func(t *testing.T) *Log) {
	rapid.Check(t, func(rt *rapid.T) {
		log, want := open(t), history{}
		defer mustClose(t, log) // a server has no more than some connections
		for range rapid.IntRange(1, 4).Draw(rt, "transactions") {
			want = writeRandom(rt, log, want)
		}
		all, err := log.AllEvents(t.Context())
		if err != nil || !reflect.DeepEqual(history(all), want) {
			rt.Fatalf("the log has %v\nwant %v, %v", all, want, err)
		}
		if ids := idsOf(t, log); !slices.Equal(ids, want.ids()) {
			rt.Fatalf("the log has %v\nwant %v", ids, want.ids())
		}
		if faults, err := log.Verify(t.Context()); err != nil || len(faults) > 0 {
			rt.Fatal(faults, err)
		}
	})
}

// writeRandom returns what the log should hold after one transaction.
func writeRandom(rt *rapid.T, log *Log, before history) history {
	after := maps.Clone(before)
	fails := rapid.Bool().Draw(rt, "fails")
	err := log.Write(rt.Context(), func(tx *Tx) error {
		for range rapid.IntRange(1, 6).Draw(rt, "steps") {
			if err := after.step(rt, tx, log.Who()); err != nil {
				return err
			}
		}
		if fails {
			return errors.ErrUnsupported
		}
		return nil
	})
	switch {
	case fails && errors.Is(err, errors.ErrUnsupported):
		return before
	case err != nil:
		rt.Fatal(err)
	}
	return after
}

// step adds a request or appends an event, to the log and to the map.
func (h history) step(rt *rapid.T, tx *Tx, who string) error {
	words := rapid.StringOf(rapid.Rune().Filter(func(r rune) bool { return r != 0 }))
	e := docket.Event{Kind: "note", On: workday.MustDate("2026-11-23").AddDays(rapid.IntRange(-400, 400).Draw(rt, "day")),
		Recorded: "2026-11-23T14:05:00Z", By: words.Draw(rt, "by"), Data: rapid.MapOfN(words, words, 1, 4).Draw(rt, "data")}
	if who != "" {
		e.By = who // a server does not take another name
	}
	if ids := h.ids(); len(ids) > 0 && rapid.IntRange(0, 2).Draw(rt, "append") > 0 {
		e.Request = rapid.SampledFrom(ids).Draw(rt, "request")
		kept, err := tx.Append(e)
		h[e.Request] = append(slices.Clone(h[e.Request]), kept)
		return err
	}
	id, err := tx.NextID(rapid.IntRange(2025, 2027).Draw(rt, "year"))
	if err != nil {
		return err
	}
	r := aRequest(id)
	r.Subject, r.Facts = words.Draw(rt, "subject"), e.Data
	sum, err := r.Digest()
	if err != nil {
		return err
	}
	e.Request = id
	if err := tx.Add(r, e); err != nil {
		return err
	}
	e.Data = maps.Clone(e.Data)
	e.Data[digestKey] = sum
	e, err = e.Chain(nil)
	h[id] = []docket.Event{e}
	return err
}

// ids returns the requests by year and number.
func (h history) ids() []string {
	return slices.SortedFunc(maps.Keys(h), func(a, b string) int { return numberOf(a) - numberOf(b) })
}

func numberOf(id string) int {
	year, number, err := ParseID(id)
	if err != nil {
		panic(fmt.Sprintf("a test made the id %q: %v", id, err))
	}
	return year*1_000_000 + number
}
