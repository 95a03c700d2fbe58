package web

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"image"
	"image/color"
	"image/png"
	"os"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"foia/internal/docket"
	"foia/internal/store"
	"foia/internal/workspace"
)

var update = flag.Bool("update", false, "make the pictures of the pages in docs anew")

// happening is an event of a request that is shown, so many days before today.
type happening struct {
	ago  int
	kind docket.Kind
	data map[string]string
}

// shownRequests are made-up requests as a newsroom might have them.
var shownRequests = []struct {
	subject, office, agency, component string
	made                               int
	then                               []happening
	assigned, tags                     string
}{
	{"Contracts for detention centers", "dhs-ice", "Department of Homeland Security", "Immigration and Customs Enforcement", 62,
		[]happening{{61, docket.Sent, by("portal")}, {58, docket.Acknowledged, detail("tracking", "2027-ICFO-00011")}, {12, docket.Note,
			detail("note", "called, no answer")}}, "ana", "detention"},
	{"Flight logs", "dhs-ice", "Department of Homeland Security", "Immigration and Customs Enforcement", 40,
		[]happening{{39, docket.Sent, by("portal")}, {30, docket.FeeNotice, map[string]string{"amount": "412",
			"answer-by": "2026-11-21"}}}, "ben", "detention"},
	{"Memoranda on sharing of taxpayers' addresses", "treasury-irs", "Department of the Treasury", "Internal Revenue Service", 90,
		[]happening{{89, docket.Sent, by("mail")}, {80, docket.Acknowledged, detail("tracking", "F-26-00815")}, {20,
			docket.Determination, map[string]string{"outcome": "partial", "exemptions": "b5,b6"}}}, "ana", "taxes"},
	{"Overtime of the police at stadiums", "treasury-irs", "Department of the Treasury", "Internal Revenue Service", 200,
		[]happening{{199, docket.Sent, by("mail")}, {120, docket.Determination, map[string]string{"outcome": "granted", "pages": "84"}},
			{110, docket.Closed, nil}}, "", ""},
	{"Visitors of the Secretary", "treasury", "Department of the Treasury", "Departmental Offices", 3, nil, "ben", ""},
	{"Inspections of laboratories", "hhs-fda", "Department of Health and Human Services", "Food and Drug Administration", 15,
		[]happening{{14, docket.Sent, by("portal")}, {12, docket.Acknowledged, detail("tracking", "2026-9911")}, {5,
			docket.ClarificationRequested, detail("question", "which laboratories")}}, "", "labs"},
	{"Complaints about lead in water", "epa", "Environmental Protection Agency", "Environmental Protection Agency", 33,
		[]happening{{32, docket.Sent, by("portal")}, {28, docket.Extended, map[string]string{"days": "10", "grounds": "voluminous"}}},
		"ana", "water"},
	{"طلب مراسلات السفارة", "state", "Department of State", "Department of State", 10, []happening{{9, docket.Sent, by("email")}}, "ana",
		""},
}

func by(way string) map[string]string             { return map[string]string{"by": way} }
func detail(name, value string) map[string]string { return map[string]string{name: value} }

// shownFolder is a folder with these.
func shownFolder(t testing.TB) *workspace.Workspace {
	t.Helper()
	w := folder(t, 0)
	log, err := w.OpenLog(context.Background(), false)
	if err != nil {
		t.Fatal(err)
	}
	entered := 0
	for _, x := range shownRequests {
		err = errors.Join(err, log.Write(context.Background(), func(tx *store.Tx) error {
			id, err := tx.NextID(2026)
			if err != nil {
				return err
			}
			event := func(ago int, k docket.Kind, data map[string]string) docket.Event {
				entered++
				return docket.Event{Request: id, Kind: k, On: today.AddDays(-ago), Data: data, By: "ana",
					Recorded: noon.Add(time.Duration(entered-120) * time.Minute).Format(time.RFC3339)}
			}
			r := docket.Request{ID: id, Subject: x.subject, Created: today.AddDays(-x.made), Law: "us-federal", Office: []byte("{}"),
				OfficeID: x.office, Agency: x.agency, Component: x.component, Via: "portal", Requester: []byte("{}"), Template: "request",
				Answers: []byte("{}"), Folder: "requests/" + id, Facts: map[string]string{"fee_category": "media",
					"fee_waiver": docket.Asked,
					"expedited":  docket.NotAsked}}
			if err := tx.Add(r, event(x.made, docket.Drafted, nil)); err != nil {
				return err
			}
			all := x.then
			if x.assigned != "" {
				all = append(all, happening{x.made, docket.Assigned, detail("to", x.assigned)})
			}
			if x.tags != "" {
				all = append(all, happening{x.made, docket.Tagged, detail("tags", x.tags)})
			}
			for _, e := range all {
				if _, err := tx.Append(event(e.ago, e.kind, e.data)); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	if err := errors.Join(err, log.Close()); err != nil {
		t.Fatal(err)
	}
	return w
}

// The pictures in docs are of the pages as they are, in the size of a window. Whether each dot is the same depends on
// the typefaces of a machine: what is compared is that there is one of each page, and that none is blank.
func TestScreenshots(t *testing.T) {
	pictures := map[string]string{"desk-today": "/", "desk-requests": "/requests", "desk-request": "/r/2026-0001",
		"desk-offices": "/offices",
		"desk-log":     "/log"}
	if *update {
		b := browse(t, shownFolder(t))
		b.do(chromedp.EmulateViewport(1100, 800))
		for name, path := range pictures {
			b.visit(path)
			ask[bool](b, `!!(document.querySelector(".folder bdi").textContent = "/home/ana/requests")`)
			if ask[bool](b, `!!document.querySelector("[role=alert]")`) {
				t.Fatalf("%s says that something is wrong", path)
			}
			raw, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile("../../docs/"+name+".png", smaller(t, raw), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name := range pictures {
		raw, err := os.ReadFile("../../docs/" + name + ".png")
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(raw))
		if err != nil || len(raw) > 120<<10 || picture.Bounds().Dx() != 1100 || blank(picture) {
			t.Errorf("%s: %d bytes, %v", name, len(raw), err)
		}
	}
}

// smaller is a picture with as many colors as a page has.
func smaller(t testing.TB, raw []byte) []byte {
	t.Helper()
	from, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	var colors color.Palette
	for y := range 6 {
		for cr := range 6 {
			for cb := range 6 {
				colors = append(colors, color.RGBA{uint8(y * 51), uint8(cr * 51), uint8(cb * 51), 255})
			}
		}
	}
	for g := range 40 {
		colors = append(colors, color.Gray{uint8(g * 255 / 39)})
	}
	to := image.NewPaletted(from.Bounds(), colors)
	for y := from.Bounds().Min.Y; y < from.Bounds().Max.Y; y++ {
		for x := from.Bounds().Min.X; x < from.Bounds().Max.X; x++ {
			to.Set(x, y, from.At(x, y))
		}
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, to); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func blank(p image.Image) bool {
	first := p.At(0, 0)
	for y := range p.Bounds().Dy() {
		for x := range p.Bounds().Dx() {
			if p.At(x, y) != first {
				return false
			}
		}
	}
	return true
}
