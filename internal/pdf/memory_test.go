package pdf

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"foia/internal/letter"
)

// fresh is the typeface as for a first letter.
func fresh(f *Fonts) *Fonts {
	out := forgetful(f)
	out.forget()
	return out
}

// forgetful is a typeface that remembers nothing of its letters.
func forgetful(f *Fonts) *Fonts {
	out := &Fonts{faces: f.faces}
	out.measurers.New = func() any { return newMeasurer(out) }
	return out
}

// letters draws letters that share most of what they say, as those of a campaign do.
func letters(rt *rapid.T) []letter.Document {
	word := rapid.SampledFrom([]string{"records", "the", "of", "§ 552(a)(6)(A)", "“quoted”", `"typed"`, "--", "ż", "Ελλάδα", "(a\\b)",
		"AVATAR", "https://www.example.gov/a/long/address-of-a-form/that-runs-on?q=1", "5 U.S.C. 552", "it's", "e\u0301", ""})
	sentence := rapid.Custom(func(rt *rapid.T) string { return strings.Join(rapid.SliceOfN(word, 0, 40).Draw(rt, "words"), " ") })
	span := rapid.Custom(func(rt *rapid.T) letter.Span {
		return letter.Span{Text: sentence.Draw(rt, "text"), Bold: rapid.Bool().Draw(rt, "bold"), Italic: rapid.Bool().Draw(rt, "italic"),
			Link: rapid.SampledFrom([]string{"", "", "https://example.org"}).Draw(rt, "link")}
	})
	block := rapid.Custom(func(rt *rapid.T) letter.Block {
		kind := rapid.SampledFrom([]letter.Kind{letter.Paragraph, letter.Heading, letter.BulletList}).Draw(rt, "kind")
		text := rapid.SliceOfN(span, 1, 3).Draw(rt, "spans")
		if kind == letter.BulletList {
			item := letter.ListItem{Label: "•", Body: []letter.Block{{Kind: letter.Paragraph, Text: text}}}
			return letter.Block{Kind: kind, Items: []letter.ListItem{item}}
		}
		return letter.Block{Kind: kind, Level: 2, Text: text}
	})
	shared := rapid.SliceOfN(block, 1, 8).Draw(rt, "shared")
	docs := make([]letter.Document, rapid.IntRange(2, 5).Draw(rt, "letters"))
	for i := range docs {
		doc := sampleLetter()
		doc.Reference = fmt.Sprintf("2026-%04d", i+1)
		doc.Meta.Language = rapid.SampledFrom([]string{"en-US", "de-DE"}).Draw(rt, "language")
		doc.Addressee = rapid.SliceOfN(sentence, 1, 5).Draw(rt, "address")
		doc.Body = append([]letter.Block{block.Draw(rt, "own")}, shared...)
		if rapid.Bool().Draw(rt, "alike") {
			doc.Body = append(doc.Body, alike(sentence.Draw(rt, "text of all"))...)
		}
		docs[i] = doc
	}
	return docs
}

// alike are blocks that say the same and look otherwise.
func alike(s string) []letter.Block {
	half := strings.LastIndexByte(s[:len(s)/2], ' ') + 1
	spans := [][]letter.Span{{{Text: s}}, {{Text: s, Bold: true}}, {{Text: s, Italic: true}}, {{Text: s, Link: "https://example.org"}},
		{{Text: s, Link: "https://example.com"}}, {{Text: s[:half]}, {Text: s[half:], Bold: true}},
		{{Text: s[:half], Bold: true}, {Text: s[half:]}}, {{Text: s[:half]}, {Text: s[half:], Link: "https://example.org"}},
		{{Text: `"` + s + ` "which is long"`}}, {{Text: "a"}, {Text: `"` + s + ` "which is long"`}}}
	var out []letter.Block
	for _, text := range spans {
		item := letter.Block{Kind: letter.Paragraph, Text: text}
		out = append(out, item, letter.Block{Kind: letter.Heading, Level: 3, Text: text},
			letter.Block{Kind: letter.BulletList, Items: []letter.ListItem{{Label: "•", Body: []letter.Block{item}}}})
	}
	return out
}

// A letter has the same bytes alone, after others that say the same, and beside them, however
// many are made at a time.
func TestSharedTextSameBytes(t *testing.T) {
	f := fonts(t)
	cold, warm := forgetful(f), fresh(f)
	rapid.Check(t, func(rt *rapid.T) {
		docs := letters(rt)
		want := make([][]byte, len(docs))
		for i, doc := range docs {
			file, err := cold.Typeset(doc, Stationery{})
			if err != nil {
				rt.Fatal(err)
			}
			want[i] = file.Bytes
		}
		workers := rapid.SampledFrom([]int{1, 2, 8}).Draw(rt, "workers")
		warm.forget()
		for range 2 { // what the letters share is kept and taken from there at once, the rest then
			var all sync.WaitGroup
			for w := range workers {
				all.Go(func() {
					for i := w; i < len(docs); i += workers {
						file, err := warm.Typeset(docs[i], Stationery{})
						if err != nil || !bytes.Equal(file.Bytes, want[i]) {
							rt.Errorf("letter %d of %d workers is another: %v", i, workers, err)
						}
					}
				})
			}
			all.Wait()
		}
	})
}

// A character that cannot be set is found however often the text came before, and as often.
func TestSharedTextChecked(t *testing.T) {
	f := fresh(fonts(t))
	doc := sampleLetter()
	doc.Body = []letter.Block{paragraph("the record of \u05d0 and of \u05d0, which is long enough to be kept")}
	first := f.Check(doc)
	for range 4 {
		if again := f.Check(doc); first == nil || again == nil || again.Error() != first.Error() {
			t.Fatalf("%v, then %v", first, again)
		}
	}
}

// What one letter says is not kept, what two say is.
func TestKeptTheSecondTime(t *testing.T) {
	f := fresh(fonts(t))
	doc := sampleLetter()
	doc.Body = []letter.Block{paragraph("only once")}
	for i, want := range []bool{false, true} {
		if _, err := f.Typeset(doc, Stationery{}); err != nil {
			t.Fatal(err)
		}
		if got := len(f.broken.young) > 0; got != want {
			t.Errorf("after letter %d: kept %v", i+1, got)
		}
	}
}

// However much is offered, a memory holds no more than it may.
func TestMemoryBounded(t *testing.T) {
	m := newMemory[*broken]()
	text := strings.Repeat("x", 1_000)
	heap := func() int {
		var s runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&s)
		return int(s.HeapAlloc)
	}
	before := heap()
	for i := range 50_000 {
		key := fmt.Appendf(nil, "%s%d", text, i)
		b := &broken{pieces: make([]piece, 3), ends: []int{3}}
		m.keep(key, b, b.size())
		if m.size > mostKept/2 {
			t.Fatalf("%d bytes are held", m.size)
		}
		if _, ok := m.recall(key); !ok {
			t.Fatal("what was kept last is gone")
		}
	}
	if grown := heap() - before; grown > mostKept*3/2 {
		t.Errorf("it holds %d bytes, and may hold %d", grown, mostKept)
	}
	m.keep([]byte("large"), nil, mostKept)
	if _, ok := m.recall([]byte("large")); ok {
		t.Error("what is larger than all that may be kept is kept")
	}
	runtime.KeepAlive(m)
}
