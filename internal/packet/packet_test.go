package packet

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"foia/internal/correspondence"
	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/pdf/pdftest"
	"foia/internal/remedy"
)

// lived is a request to which all kinds of things happened.
func lived(t testing.TB) *scene {
	s := newScene(t)
	s.record(docket.Sent, "2025-04-08", map[string]string{"by": "mail", "proof": "9407 1000 0000 0000 0000 00"})
	s.record(docket.Acknowledged, "2025-04-10", map[string]string{"tracking": "2025-ICFO-00815", "received": "2025-04-08"}, "ack.pdf",
		paged("Acknowledgment", 3, 1000))
	s.record(docket.Note, "2025-04-09", map[string]string{"note": "Ana  Ruiz was called at (202) 555-0111 😀"}, "mail.txt",
		[]byte("Dear Ana Ruiz,\n\n“we” got it: العربية\n"))
	s.record(docket.Determination, "2025-05-30", map[string]string{"outcome": "denied", "exemptions": "b5", "withheld": "12"},
		"decision.pdf", paged("Decision", 2, 1000))
	s.record(docket.Correction, "2025-06-01", map[string]string{"of": "5", "reason": "that letter was about another request"})
	s.record(docket.FileAdded, "2025-06-02", nil, "scan.png", picture(t, 300, 400), "zero.pdf", []byte{}, "broken.pdf",
		paged("Broken", 2, 1000)[:900], "junk.bin", []byte{0, 1, 2, 255})
	_, err := (&correspondence.Desk{Book: s.desk.Book, Stock: s.desk.Stock}).Letter(context.Background(),
		correspondence.FollowUp{Request: "2025-0001", Kind: "status", Date: s.desk.Today})
	s.must(err)
	return s
}

func sameStrings(t *testing.T, what string, got, want []string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s:\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// The record says what the log says, its numbers are those of its pages, and other
// programs read it.
func TestPacket(t *testing.T) {
	s := lived(t)
	made := s.make(s.packet())
	b := pdftest.ReadBound(t, made.PDF)
	if n := b.Pages(); n != made.Pages {
		t.Errorf("%d pages, said to be %d", n, made.Pages)
	}
	var got []string
	want := []string{}
	marks := b.Bookmarks()
	for _, m := range marks[:4] {
		_, title, _ := strings.Cut(m, " ")
		want = append(want, title)
	}
	sameStrings(t, "front", want, []string{"Cover", "Chronology", "Deadlines", "Index of exhibits"})
	want = nil
	for _, x := range made.Exhibits {
		want = append(want, fmt.Sprintf("%d Exhibit %d — %s", x.Page, x.Number, x.Title))
		got = append(got, fmt.Sprintf("%s %d %s", filepath.Base(x.Name), x.Pages, x.Why[:min(len(x.Why), 12)]))
	}
	sameStrings(t, "bookmarks", marks[4:], want)
	sameStrings(t, "exhibits", got,
		[]string{"letter.pdf 2 ", "portal.txt 3 ", "004-mail.txt 1 ", "003-ack.pdf 3 ", "005-decision.pdf 2 ", "007-scan.png 1 ",
			"007-2-zero.pdf 0 the file is ",
			"007-3-broken.pdf 0 it is damage", "007-4-junk.bin 0 it is not a ", "008-status.pdf 1 "})
	front := oneLine(b.Text(1, made.Exhibits[0].Page-1))
	for _, x := range made.Exhibits {
		if sheet := oneLine(b.Text(x.Page, x.Page)); !strings.Contains(sheet, fmt.Sprintf("Exhibit %d ", x.Number)) ||
			!strings.Contains(sheet, x.SHA256) || !strings.Contains(sheet, fmt.Sprintf("Page %d of %d", x.Page, made.Pages)) {
			t.Errorf("page %d is not the sheet of exhibit %d: %s", x.Page, x.Number, sheet)
		}
		if !strings.Contains(front, x.SHA256) || !strings.Contains(front, fmt.Sprintf("Exhibit %d (page %d)", x.Number, x.Page)) ||
			!strings.Contains(front, fmt.Sprintf("page %d ", x.Page)) {
			t.Errorf("the front does not name exhibit %d", x.Number)
		}
	}
	ack := made.Exhibits[3]
	for i := range ack.Pages {
		if text := b.Text(ack.Page+1+i, ack.Page+1+i); !strings.Contains(text, fmt.Sprintf("Acknowledgment, page %d", i+1)) {
			t.Errorf("page %d: %s", ack.Page+1+i, text)
		}
	}
	for _, want := range []string{"The Courier", "Signed by Ana Ruiz", "2025-ICFO-00815", "Made on July 1, 2025",
		fmt.Sprintf("10 exhibits, %d pages", made.Pages), "Proof: 9407 1000 0000 0000 0000 00", "by aruiz on newsroom-7",
		"Entered 2025-07-01T12:00:00Z",
		"Corrected by event 6 of June 1, 2025 and does not count: that letter was about another request", "5 U.S.C. § 552(a)(6)(A)(i)",
		"April 8, 2025 is day 0", "[U+1F600]", "letter.json", "The requester made this record"} {
		if !strings.Contains(front, want) {
			t.Errorf("the front does not say %q", want)
		}
	}
	p := s.packet()
	events, err := p.Log.Events(context.Background(), "2025-0001")
	s.must(err)
	for _, e := range events {
		if !strings.Contains(front, "SHA-256 "+e.Hash) {
			t.Errorf("the hash of event %d is not there", e.Seq)
		}
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// The ZIP holds the PDF and every file byte for byte.
func TestZip(t *testing.T) {
	s := lived(t)
	made := s.make(s.packet())
	z, err := zip.OpenReader(made.Zip)
	s.must(err)
	defer z.Close()
	sums := map[string]string{}
	for _, f := range z.File {
		in, err := f.Open()
		s.must(err)
		sum := sha256.New()
		_, err = io.Copy(sum, in)
		s.must(err)
		sums[hex.EncodeToString(sum.Sum(nil))] = f.Name
	}
	for _, x := range made.Exhibits {
		if name := sums[x.SHA256]; !strings.HasSuffix(name, x.Name) {
			t.Errorf("%s is not in the ZIP: %q", x.Name, name)
		}
	}
	raw, err := os.ReadFile(made.PDF)
	s.must(err)
	if sum := sha256.Sum256(raw); sums[hex.EncodeToString(sum[:])] != "packet.pdf" {
		t.Error("the PDF is not in the ZIP")
	}
}

// Nothing private is in a copy for publication, wherever it stood.
func TestPublication(t *testing.T) {
	s := lived(t)
	p := s.packet()
	p.Publication, p.Zip, p.Include = true, false, []int{3}
	made := s.make(p)
	b := pdftest.ReadBound(t, made.PDF)
	text := oneLine(b.Text(1, made.Pages))
	for _, private := range []string{"Ruiz", "12 Main", "12207", "example.org", "555", "aruiz", "newsroom-7", "Acknowledgment, page"} {
		if strings.Contains(text, private) {
			t.Errorf("it says %q", private)
		}
	}
	for _, public := range []string{letter.LeftOut, "The Courier", "The contract with Example Telecom",
		"[name withheld] was called at [telephone number withheld]", "Dear [name withheld],", "left out of a publication copy",
		"publication copy"} {
		if !strings.Contains(text, public) {
			t.Errorf("it does not say %q", public)
		}
	}
	raw, err := os.ReadFile(made.PDF)
	s.must(err)
	if bytes.Contains(raw, []byte("Ruiz")) {
		t.Error("the description of the file names the requester")
	}
}

// Whatever is not as it was written is named, and nothing is made.
func TestChanged(t *testing.T) {
	s := lived(t)
	folder := filepath.Join(s.desk.Workspace.Dir, "requests", "2025-0001-ice-a-contract")
	for _, name := range []string{"letter.pdf", "answers.yaml", "received/003-ack.pdf", "received/007-4-junk.bin",
		"letters/008-status.json"} {
		path := filepath.Join(folder, filepath.FromSlash(name))
		raw, err := os.ReadFile(path)
		s.must(err)
		other := bytes.Clone(raw)
		other[len(other)/2] ^= 1
		for what, change := range map[string][]byte{"changed": other, "longer": append(bytes.Clone(raw), 0), "shorter": raw[:len(raw)-1]} {
			s.must(os.WriteFile(path, change, 0o600))
			_, err := s.packet().Make(context.Background())
			var hinted interface{ Hint() string }
			if err == nil || !strings.Contains(err.Error(), name+" was changed") || !errors.As(err, &hinted) ||
				hinted.Hint() != "see: "+remedy.To(remedy.Verify).String() {
				t.Errorf("%s %s: %v", name, what, err)
			}
		}
		s.must(os.Remove(path))
		if _, err := s.packet().Make(context.Background()); err == nil || !strings.Contains(err.Error(), "missing") {
			t.Errorf("%s missing: %v", name, err)
		}
		s.must(os.WriteFile(path, raw, 0o600))
	}
	if s.desk.Workspace.Exists(Dir) {
		t.Error("something was written")
	}
	s.make(s.packet())
}

// A chain that does not hold makes no record.
func TestChained(t *testing.T) {
	s := lived(t)
	log := s.packet().Log
	r, err := log.Request(context.Background(), "2025-0001")
	s.must(err)
	events, err := log.Events(context.Background(), "2025-0001")
	s.must(err)
	if err := chained(r, events); err != nil {
		t.Fatal(err)
	}
	change := func(f func(r *docket.Request, events []docket.Event) []docket.Event) error {
		other, copied := r, append([]docket.Event(nil), events...)
		copied = f(&other, copied)
		return chained(other, copied)
	}
	for what, f := range map[string]func(*docket.Request, []docket.Event) []docket.Event{
		"a detail": func(_ *docket.Request, e []docket.Event) []docket.Event {
			e[1].Data = map[string]string{"by": "fax"}
			return e
		},
		"a day":     func(_ *docket.Request, e []docket.Event) []docket.Event { e[2].On = e[3].On; return e },
		"a machine": func(_ *docket.Request, e []docket.Event) []docket.Event { e[2].Machine = ""; return e },
		"removed":   func(_ *docket.Request, e []docket.Event) []docket.Event { return append(e[:2], e[3:]...) },
		"swapped":   func(_ *docket.Request, e []docket.Event) []docket.Event { e[2], e[3] = e[3], e[2]; return e },
		"no events": func(*docket.Request, []docket.Event) []docket.Event { return nil },
		"subject":   func(r *docket.Request, e []docket.Event) []docket.Event { r.Subject = "Another"; return e },
	} {
		if err := change(f); err == nil || !strings.Contains(err.Error(), "2025-0001") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A name in the log does not lead out of the request's folder.
func TestNameOutside(t *testing.T) {
	s := newScene(t)
	m := &maker{Packet: s.packet()}
	for _, name := range []string{"../../foia.db", "/etc/passwd", "received/../../x", `..\x`, ""} {
		if in, err := m.document(context.Background(), docket.Request{ID: "2025-0001", Folder: "requests/2025-0001-ice-a-contract"},
			docket.Document{Name: name}); err == nil {
			in.Close()
			t.Errorf("%q was opened", name)
		} else if !strings.Contains(err.Error(), "outside its folder") {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// What is said of the limits is so.
func TestLarge(t *testing.T) {
	s := newScene(t)
	big := filepath.Join(s.dir, "big.pdf")
	s.must(os.WriteFile(big, []byte("%PDF-1.4\n"), 0o600))
	s.must(os.Truncate(big, largestFile+1))
	s.record(docket.FileAdded, "2025-06-02", nil, "long.txt", bytes.Repeat([]byte("line\n"), largestText/4))
	_, err := s.desk.Record(context.Background(),
		logbook.Entry{Request: "2025-0001", Event: docket.Event{Kind: docket.FileAdded, On: s.desk.Today}, Attach: []string{big}})
	s.must(err)
	p := s.packet()
	p.Zip = false
	var why []string
	for _, x := range s.make(p).Exhibits[2:] {
		why = append(why, x.Why)
	}
	sameStrings(t, "why", why, []string{"the text is longer than 256 KB", "the file is larger than 128 MB"})
}

// The whole of it as JSON can be read by others.
func TestMadeAsJSON(t *testing.T) {
	s := newScene(t)
	raw, err := json.Marshal(s.make(s.packet()))
	s.must(err)
	if got := string(raw); !strings.Contains(got, `"on":"2025-07-01"`) ||
		!strings.Contains(got, `"number":1,"request":"2025-0001","event":1,"date":"2025-04-07"`) {
		t.Error(got)
	}
}

// Stopped, it leaves nothing.
func TestStopped(t *testing.T) {
	s := lived(t)
	ctx, stop := context.WithCancel(context.Background())
	p := s.packet()
	p.Progress = func(int, int) { stop() }
	if _, err := p.Make(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if s.desk.Workspace.Exists(Dir) {
		t.Error("something was written")
	}
	var f *remedy.Error
	p = s.packet()
	p.Out = filepath.Join(s.dir, "no", "x.pdf")
	if _, err := p.Make(context.Background()); !errors.As(err, &f) {
		t.Errorf("%v", err)
	}
}

// BenchmarkPacket makes a record of 40 exhibits and 600 pages.
func BenchmarkPacket(b *testing.B) {
	s := newScene(b)
	for i := range 38 {
		s.record(docket.FileAdded, fmt.Sprintf("2025-06-%02d", 1+i%30), map[string]string{"note": fmt.Sprint(i)},
			fmt.Sprintf("release-%02d.pdf", i), paged(fmt.Sprintf("Release %d", i), 15, 60_000))
	}
	p := s.packet()
	for b.Loop() {
		made := s.make(p)
		b.ReportMetric(float64(made.Pages), "pages")
	}
}
