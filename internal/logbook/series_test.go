package logbook

import (
	"fmt"
	"testing"

	"foia/internal/bench"
	"foia/internal/docket"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// How finding the series that wait grows with the log: only they are read.
func BenchmarkSeriesSteps(b *testing.B) {
	today := workday.MustDate("2026-11-23")
	for _, n := range []int{1_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			w, err := workspace.Open(b.TempDir())
			if err != nil {
				b.Fatal(err)
			}
			log, err := w.OpenLog(b.Context(), true)
			if err != nil {
				b.Fatal(err)
			}
			defer log.Close()
			if err := bench.Fill(b.Context(), log, n, today); err != nil {
				b.Fatal(err)
			}
			const series = 100
			addSeries(b, log, series, today)
			b.ReportAllocs()
			for b.Loop() {
				if steps, err := SeriesSteps(b.Context(), log, today); err != nil || len(steps) != series {
					b.Fatal(len(steps), err)
				}
			}
		})
	}
}

// addSeries begins series whose next period has ended.
func addSeries(b *testing.B, log *store.Log, n int, today workday.Date) {
	b.Helper()
	err := log.Write(b.Context(), func(tx *store.Tx) error {
		for range n {
			id, err := tx.NextID(today.Year())
			if err != nil {
				return err
			}
			s := docket.NewSeries(docket.Monthly, today.AddMonths(-3))
			s.First = id
			r := docket.Request{ID: id, Created: today.AddMonths(-2), Office: []byte("{}"), Requester: []byte("{}"), Answers: []byte("{}"),
				Series: &s}
			if err := tx.Add(r, docket.Event{Request: id, Kind: docket.Drafted, On: r.Created,
				Recorded: "2026-11-23T12:00:00Z"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}
