package logbook

import (
	"fmt"
	"os"
	"testing"

	"foia/internal/bench"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// How foia due grows with the log: the deadlines are looked up by their day, and
// nothing else is read. A million requests take some minutes to make; they are
// measured if FOIA_BENCH_MILLION is set.
func BenchmarkDue(b *testing.B) {
	sizes := []int{1_000, 10_000, 100_000}
	if os.Getenv("FOIA_BENCH_MILLION") != "" {
		sizes = append(sizes, 1_000_000)
	}
	today := workday.MustDate("2026-11-23")
	for _, n := range sizes {
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
			b.ReportAllocs()
			for b.Loop() {
				items, err := Due(b.Context(), w, log, today, 14, Filter{})
				if err != nil || len(items) == 0 {
					b.Fatal(len(items), err)
				}
				b.ReportMetric(float64(len(items)), "due")
			}
		})
	}
}
