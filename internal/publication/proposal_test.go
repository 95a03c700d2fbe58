package publication

import (
	"fmt"
	"reflect"
	"testing"

	"foia/internal/docket"
	"foia/internal/pdfium"
	"foia/internal/redact"
	"foia/internal/yamltext"
)

func TestReadPlace(t *testing.T) {
	got, err := ReadPlace(" 2: 72,100.5, 300,120 ")
	if want := (redact.Place{Page: 2, Rect: pdfium.Rect{X0: 72, Y0: 100.5, X1: 372, Y1: 220.5}}); err != nil || got != want {
		t.Errorf("%+v, %v", got, err)
	}
	for _, text := range []string{"", "2", "2:", "72,100,300,120", "0:1,2,3,4", "-1:1,2,3,4", "2:1,2,3", "2:1,2,3,4,5",
		"2:1,2,0,4", "2:1,2,3,-4", "2:a,2,3,4", "2:NaN,2,3,4", "2:1,2,Inf,4", "2:1e99,2,3,4", "2.5:1,2,3,4"} {
		if got, err := ReadPlace(text); err == nil {
			t.Errorf("%q is read as %+v", text, got)
		}
	}
}

// What is proposed is what is read of the file, with as many boxes as there may be, and with words that YAML would take
// for something else.
func TestProposalIsRead(t *testing.T) {
	words := []string{"no", "1:2", "- x", "# x", "“a” 'b' \"c\"", "José", "x: y", "? x", "007"}
	p := proposal{Format: format, Request: "2026-0001", File: "received/004-a.pdf", SHA256: "0a", Words: words}
	var want []redact.Box
	for i := range redact.MostBoxes {
		b := redact.Box{Page: i%500 + 1, Place: pdfium.Rect{X0: 12 * float64(i%40), Y0: float64(i % 700), X1: 12*float64(i%40) + 84,
			Y1: float64(i%700) + 14}, How: redact.Found, Word: words[i%len(words)]}
		p.Boxes = append(p.Boxes, line(b))
		b.How = redact.Given
		want = append(want, b)
	}
	text, err := p.text()
	if err != nil {
		t.Fatal(err)
	}
	var got proposal
	if err := yamltext.Decode(yamltext.Source{File: "proposal.yaml", Text: []byte(text)}, &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got.Words, p.Words) || got.SHA256 != p.SHA256 {
		t.Errorf("%q", got.Words)
	}
	boxes, list, err := got.read("proposal.yaml")
	if err != nil || !reflect.DeepEqual(boxes, want) || len(list.Words) != len(words) {
		t.Errorf("%d boxes, %v", len(boxes), err)
	}
}

// A box that a person wrote is widened to the grid; one that foia wrote stays as it is.
func TestBoxesOfAPerson(t *testing.T) {
	for text, want := range map[string]pdfium.Rect{
		"1:60,75,72,13 word": {X0: 60, Y0: 75, X1: 132, Y1: 88},
		"1:75,60,13,72 word": {X0: 75, Y0: 60, X1: 88, Y1: 132},
		"1:61.5,75.5,70,13":  {X0: 60, Y0: 72, X1: 132, Y1: 96},
	} {
		boxes, _, err := proposal{Boxes: []string{text}}.read("x")
		if err != nil || boxes[0].Place != want {
			t.Errorf("%s: %+v, %v", text, boxes, err)
		}
	}
}

func TestFilesAreNumbered(t *testing.T) {
	event := func(seq int, kind docket.Kind, names ...string) docket.Event {
		list := "["
		for i, n := range names {
			if i > 0 {
				list += ","
			}
			list += fmt.Sprintf(`{"name":%q,"sha256":"00","size":1}`, n)
		}
		return docket.Event{Seq: seq, Kind: kind, Data: map[string]string{"files": list + "]"}}
	}
	files, err := Files(docket.Request{ID: "2026-0001"}, []docket.Event{event(1, docket.Drafted, "letter.pdf"),
		event(2, docket.Acknowledged, "received/002-a.txt", "received/002-2-b.PDF", "received/002-3-c.pdf"),
		event(3, docket.LetterMade, "letters/003-status.pdf"), event(4, docket.FileAdded, "received/004-2026.pdf"),
		event(5, docket.Redacted, "publication/005-b-redacted.pdf")})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range files {
		got = append(got, f.Number()+" "+f.Called()+" "+copyName(f))
	}
	want := []string{"2-2 002-2-b.PDF b-redacted.pdf", "2-3 002-3-c.pdf c-redacted.pdf", "4 004-2026.pdf 2026-redacted.pdf"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%q", got)
	}
}
