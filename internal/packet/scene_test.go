package packet

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"foia/internal/docket"
	"foia/internal/filing"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/press/presstest"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// scene is a folder with a request, to which things happen.
type scene struct {
	t    testing.TB
	desk *filing.Desk
	dir  string // for files to attach
}

var requester = letter.Requester{ID: "desk", Name: "Ana Ruiz", Organization: "The Courier", Street: []string{"12 Main St"}, City: "Albany",
	State: "NY", ZIP: "12207",
	Email: "ana@example.org", Phone: "202-555-0111", Answers: map[string]any{"fee_category": "media"}}

func newScene(t testing.TB) *scene {
	t.Helper()
	s := &scene{t: t, dir: t.TempDir()}
	w, err := workspace.Open(filepath.Join(s.dir, "folder"))
	s.must(err)
	book := presstest.Book(t, w, logbook.Writer{By: "aruiz", Machine: "newsroom-7", Today: workday.MustDate("2025-04-07"),
		Now: "2025-04-07T12:00:00Z"})
	s.desk = &filing.Desk{Book: book, Stock: presstest.Stock(t, w)}
	plan, err := s.desk.Plan(filing.Ask{Name: "request", Offices: []string{"dhs-ice"}, Requester: requester, Date: s.desk.Today,
		Given: []letter.Layer{{File: "test", Answers: letter.Answers{
			"subject": "A contract", "components": []any{"Office of Acquisition Management"},
			"category_facts": "The Courier gathers, edits and publishes news every day.",
			"use_statement":  "To report on them in articles open to all; ask Ana Ruiz, 12 Main St.",
			"records": []any{map[string]any{"text": "The contract with Example Telecom for the telephone line, with all amendments",
				"custodians": []any{"Office of Contracts"}, "date_from": "2024-01-01", "date_to": "2024-12-31"}}}}}})
	s.must(err)
	_, err = s.desk.File(context.Background(), plan, filing.Options{})
	s.must(err)
	s.desk.Today, s.desk.Now = workday.MustDate("2025-07-01"), "2025-07-01T12:00:00Z"
	return s
}

func (s *scene) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// record records an event; files are pairs of name and content.
func (s *scene) record(kind docket.Kind, on string, data map[string]string, files ...any) {
	s.t.Helper()
	e := logbook.Entry{Request: "2025-0001", Event: docket.Event{Kind: kind, On: workday.MustDate(on), Data: data}}
	for i := 0; i < len(files); i += 2 {
		name := filepath.Join(s.dir, files[i].(string))
		s.must(os.WriteFile(name, files[i+1].([]byte), 0o600))
		e.Attach = append(e.Attach, name)
	}
	_, err := s.desk.Record(context.Background(), e)
	s.must(err)
}

// packet is a packet of the request.
func (s *scene) packet() Packet {
	s.t.Helper()
	log, err := s.desk.Workspace.ReadLog(context.Background())
	s.must(err)
	s.t.Cleanup(func() { s.must(log.Close()) })
	return Packet{Workspace: s.desk.Workspace, Log: log, Press: s.desk.Press, IDs: []string{"2025-0001"}, On: s.desk.Today, Zip: true}
}

func (s *scene) make(p Packet) *Made {
	s.t.Helper()
	made, err := p.Make(context.Background())
	s.must(err)
	return made
}

// paged is a PDF of some pages, on each of which a text stands with its number, and
// some bytes that do not shrink.
func paged(text string, pages, weight int) []byte {
	var out bytes.Buffer
	var offsets []int
	object := func(body string) {
		offsets = append(offsets, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", len(offsets), body)
	}
	out.WriteString("%PDF-1.4\n")
	kids := ""
	for i := range pages {
		kids += fmt.Sprintf("%d 0 R ", 4+3*i)
	}
	object("<</Type/Catalog/Pages 2 0 R>>")
	object(fmt.Sprintf("<</Type/Pages/MediaBox[0 0 612 792]/Kids[%s]/Count %d>>", kids, pages))
	object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
	seed := uint32(len(text))
	for i := range pages {
		var picture bytes.Buffer
		z := zlib.NewWriter(&picture)
		noise := make([]byte, weight-weight%100)
		for j := range noise {
			seed = seed*1664525 + 1013904223
			noise[j] = byte(seed >> 24)
		}
		_, _ = z.Write(noise)
		_ = z.Close()
		object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<</Font<</F 3 0 R>>/XObject<</I %d 0 R>>>>>>", 5+3*i, 6+3*i))
		content := fmt.Sprintf("q 500 0 0 600 56 56 cm /I Do Q BT /F 14 Tf 72 700 Td (%s, page %d) Tj ET", text, i+1)
		object(fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content))
		object(fmt.Sprintf("<</Type/XObject/Subtype/Image/Width 100/Height %d/ColorSpace/DeviceGray/BitsPerComponent "+
			"8/Filter/FlateDecode/Length %d>>stream\n%s\nendstream", max(1, weight/100), picture.Len(), picture.String()))
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return out.Bytes()
}

func picture(t testing.TB, w, h int) []byte {
	t.Helper()
	im := image.NewGray(image.Rect(0, 0, w, h))
	for x := range w {
		im.SetGray(x, x%h, color.Gray{Y: 200})
	}
	var out bytes.Buffer
	if err := png.Encode(&out, im); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
