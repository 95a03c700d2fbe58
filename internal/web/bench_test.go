package web

import (
	"cmp"
	"os"
	"strconv"
	"testing"

	"foia/internal/workspace"
)

// BenchmarkPages makes pages of a log of 100,000 requests, or of as many as FOIA_DESK_REQUESTS says; FOIA_DESK
// names a folder that internal/bench/log made, which saves the minutes that it takes to make one.
func BenchmarkPages(b *testing.B) {
	var w *workspace.Workspace
	if dir := os.Getenv("FOIA_DESK"); dir != "" {
		var err error
		if w, err = workspace.Open(dir); err != nil {
			b.Fatal(err)
		}
	} else {
		n, err := strconv.Atoi(cmp.Or(os.Getenv("FOIA_DESK_REQUESTS"), "100000"))
		if err != nil {
			b.Fatal(err)
		}
		w = folder(b, n)
	}
	d := open(b, w)
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			if err := d.Close(); err != nil {
				b.Fatal(err)
			}
			d.get("/")
		}
	})
	for _, path := range []string{"/offices", "/report?by=office"} { // without what was counted ahead
		b.Run("anew"+path, func(b *testing.B) {
			for b.Loop() {
				d.shelf.reports = nil
				d.get(path)
			}
		})
	}
	for _, path := range append(theFive, "/requests?status=processing&sort=due", "/requests?q=request+9", "/requests?agency=agency+3",
		"/report?by=office", "/r/2026-0013/record", "/due.json") {
		b.Run(path, func(b *testing.B) {
			size := 0
			for b.Loop() {
				size = len(d.get(path))
			}
			b.ReportMetric(float64(size), "bytes")
		})
	}
}
