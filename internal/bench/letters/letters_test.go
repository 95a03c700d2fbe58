package main

import (
	"testing"

	"foia/internal/pdf"
)

// BenchmarkLetters makes the standard letter: 2 pages, 947 words, tagged and
// archival. The time of an operation is that of one letter.
func BenchmarkLetters(b *testing.B) {
	var text standard
	var to []addressee
	if err := readJSON("testdata/letter.json", &text); err != nil {
		b.Fatal(err)
	}
	if err := readJSON("testdata/addressees.json", &to); err != nil {
		b.Fatal(err)
	}
	fonts, err := pdf.LoadFonts()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	size, n := 0, 0
	for b.Loop() {
		file, err := fonts.Typeset(text.fill(to[n%len(to)]), pdf.Stationery{})
		if err != nil {
			b.Fatal(err)
		}
		if file.Pages != 2 {
			b.Fatalf("%d pages", file.Pages)
		}
		size += len(file.Bytes)
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "letters/s")
	b.ReportMetric(float64(size)/float64(n)/1000, "kB/letter")
}
