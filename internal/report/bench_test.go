package report

import (
	"fmt"
	"os"
	"testing"

	"foia/internal/bench"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// How foia report grows with the log: every standing is read and counted, none is folded. Two
// hundred thousand requests take some minutes to make; they are measured if FOIA_BENCH_MILLION
// is set.
func BenchmarkReport(b *testing.B) {
	sizes := []int{1_000, 10_000}
	if os.Getenv("FOIA_BENCH_MILLION") != "" {
		sizes = append(sizes, 200_000)
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
				r, err := Make(b.Context(), w, log, Asked{By: ByOffice, On: today})
				if err != nil || r.Total.Sent != n {
					b.Fatalf("%+v, %v", r, err)
				}
			}
		})
	}
}
