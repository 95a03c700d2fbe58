package reply

import (
	"strings"
	"testing"

	"foia/internal/workday"
)

// BenchmarkRead reads the messages of the corpus, one after another.
func BenchmarkRead(b *testing.B) {
	calendar, err := workday.Federal()
	if err != nil {
		b.Fatal(err)
	}
	var all []Message
	bytes := 0
	for _, x := range corpus(b) {
		m := message(b, x.File)
		all = append(all, m)
		for _, p := range m.Parts {
			bytes += len(p.Text)
		}
	}
	b.SetBytes(int64(bytes / len(all)))
	for i := 0; b.Loop(); i++ {
		Read(all[i%len(all)], Known{Calendar: calendar})
	}
}

// BenchmarkReadLong reads the longest text that is read, made of what many phrases begin with.
func BenchmarkReadLong(b *testing.B) {
	text := strings.Repeat("we received your request within the appeal may be sent to extend the time ", mostText/75)
	for b.Loop() {
		Read(Message{Parts: []Part{{Text: text}}}, Known{})
	}
}
