package campaign

import (
	"fmt"
	"strings"
	"testing"

	"foia/internal/agency"
	"foia/internal/law"
	"foia/internal/letter"
)

// BenchmarkRun makes requests from end to end, under the laws of all states and
// countries in turn: list, letter, PDF, files, log. It reports requests a second.
func BenchmarkRun(b *testing.B) {
	book, err := law.LoadRecords()
	if err != nil {
		b.Fatal(err)
	}
	var list strings.Builder
	list.WriteString("name,attention,address,city,state,zip,email,law\n")
	for i := range b.N {
		fmt.Fprintf(&list, "Office %d,Records Officer,%d Main Street,Springfield,IL,62701,records%d@example.gov,%s\n", i, i+1, i,
			book.IDs()[i%len(book.IDs())])
	}
	batch := batchOf(b, list.String())
	batch.Ask.Name = "public-records"
	batch.Ask.Via = agency.Email
	batch.Ask.Given = []letter.Layer{
		{File: "bench", Answers: letter.Answers{"subject": "Camera contracts", "eligibility": "I am one of those to whom the law is open",
			"commercial": "no",
			"records": []string{"The contracts in force on January 20, 2025, for body-worn cameras and the storage of their recordings, " +
				"with amendments"},
			"date_from": "2025-01-20", "date_to": "2025-03-31", "custodians": []string{"Office of the Chief"},
			"search_terms": []string{"body-worn camera"}}}}
	b.ReportAllocs()
	b.ResetTimer()
	result, err := batch.Run(b.Context())
	if err != nil || result.Made+result.Rejected != b.N || result.Made < b.N*9/10 { // some laws want a form of their own
		b.Fatalf("%+v, %v", result, err)
	}
	b.ReportMetric(float64(result.Made)/b.Elapsed().Seconds(), "requests/s")
}
