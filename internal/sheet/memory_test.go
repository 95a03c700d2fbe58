package sheet

import (
	"fmt"
	"io"
	"testing"

	"foia/internal/docket"
	"foia/internal/export"
	"foia/internal/longtest"
	"foia/internal/workday"
)

// writeMany writes so many rows of all columns of the list of requests.
func writeMany(t testing.TB, n int) {
	t.Helper()
	l := export.Requests()
	b, err := New(io.Discard, []export.List{l}, nil)
	if err == nil {
		err = b.Begin(l)
	}
	for i := 0; i < n && err == nil; i++ {
		r := docket.Request{ID: fmt.Sprintf("2026-%04d", i), Subject: fmt.Sprint("Contracts for cameras ", i), Law: "us-federal"}
		err = b.Row(export.RequestCells(r, docket.State{Status: docket.IsSent, Sent: workday.MustDate("2026-03-02")},
			workday.MustDate("2026-11-27")))
	}
	if err == nil {
		err = b.End()
	}
	if err == nil {
		err = b.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A workbook of many rows takes no more memory than one of few.
func TestFlat(t *testing.T) {
	rows := 20_000
	if longtest.On() {
		rows = 200_000
	}
	const most = 48 << 20 // what is held is 2 MB, and the rest what the collector leaves for a while; of 200,000 rows there are 300
	peak, _ := longtest.Cost(func() { writeMany(t, rows) })
	t.Logf("%d rows: %.1f MB", rows, float64(peak)/(1<<20))
	if peak > most {
		t.Errorf("%d rows take %d MB of memory", rows, peak>>20)
	}
}

// How long 200,000 rows take, and how much memory.
func BenchmarkRows(b *testing.B) {
	for b.Loop() {
		peak, _ := longtest.Cost(func() { writeMany(b, 200_000) })
		b.ReportMetric(float64(peak)/(1<<20), "MB-peak")
	}
}
