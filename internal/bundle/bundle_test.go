package bundle

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/workday"
)

// sample is a request with two documents, and one that came with its third event.
func sample(t testing.TB, id string) (Request, map[string][]byte) {
	t.Helper()
	disk := map[string][]byte{"letter.pdf": []byte("%PDF-1.7 the letter of " + id), "answers.yaml": []byte("subject: <cameras> & more\n"),
		"received/3-answer.pdf": []byte("%PDF-1.4 the answer to " + id)}
	doc := func(name string) docket.Document {
		return docket.Document{Name: name, SHA256: hexSum(disk[name]), Size: int64(len(disk[name]))}
	}
	created, err := workday.ParseDate("2026-11-02")
	if err != nil {
		t.Fatal(err)
	}
	r := docket.Request{ID: id, Subject: "Cameras, <all> of them", Created: created, Law: "us-federal",
		Office:    json.RawMessage(`{"id":"x"}`),
		Requester: json.RawMessage(`{"name":"A"}`), Answers: json.RawMessage(`{}`), Folder: "requests/" + id + "-x",
		Documents: []docket.Document{doc("letter.pdf"), doc("answers.yaml")}, Facts: map[string]string{}}
	files, err := json.Marshal([]docket.Document{doc("received/3-answer.pdf")})
	if err != nil {
		t.Fatal(err)
	}
	return chained(t, r, docket.Event{Kind: "drafted"},
		docket.Event{Kind: "sent", Data: map[string]string{"note": "by <mail> & fax\u2028"}},
		docket.Event{Kind: "determination", Data: map[string]string{"files": string(files)}}), disk
}

// chained makes a request of what was frozen and of events that have no hash yet.
func chained(t testing.TB, r docket.Request, events ...docket.Event) Request {
	t.Helper()
	sum, err := r.Digest()
	if err != nil {
		t.Fatal(err)
	}
	out := Request{Frozen: r}
	for i, e := range events {
		e.Request, e.On, e.Recorded, e.By = r.ID, r.Created, "2026-11-02T10:00:00Z", "a"
		if i == 0 {
			e.Data = map[string]string{digestKey: sum}
		}
		var prev *docket.Event
		if i > 0 {
			prev = &out.Events[i-1]
		}
		e, err := e.Chain(prev)
		if err != nil {
			t.Fatal(err)
		}
		out.Events = append(out.Events, e)
	}
	return out
}

func from(disk map[string][]byte) func(docket.Request, docket.Document) (io.ReadCloser, error) {
	return func(_ docket.Request, d docket.Document) (io.ReadCloser, error) {
		b, ok := disk[d.Name]
		if !ok {
			return nil, fs.ErrNotExist
		}
		return io.NopCloser(bytes.NewReader(b)), nil
	}
}

func extra(path, text string) Extra {
	return Extra{Path: path, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}
}

func contents(t testing.TB) Contents {
	r, disk := sample(t, "2026-0001")
	return Contents{Made: r.Frozen.Created, Requests: []Request{r}, Extras: []Extra{extra("packet.pdf", "the packet")}, Open: from(disk)}
}

func write(t testing.TB, c Contents) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, c); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// unzipped reads a ZIP as another program would.
func unzipped(t testing.TB, raw []byte) (names []string, files map[string][]byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	files = map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		names = append(names, f.Name)
	}
	return names, files
}

func TestWrite(t *testing.T) {
	c := contents(t)
	raw := write(t, c)
	if !bytes.Equal(raw, write(t, c)) {
		t.Error("the same contents give other bytes")
	}
	_, files := unzipped(t, raw)
	r := c.Requests[0]
	if sum := hexSum(files["requests/2026-0001/request.json"]); sum != r.Events[0].Data[digestKey] {
		t.Error("request.json is not what the first event holds:", sum)
	}
	for i, line := range strings.Split(strings.TrimSuffix(string(files["requests/2026-0001/events.jsonl"]), "\n"), "\n") {
		if hexSum([]byte(line)) != r.Events[i].Hash {
			t.Errorf("line %d is not what was hashed: %s", i+1, line)
		}
	}
	if string(files["requests/2026-0001/files/received/3-answer.pdf"]) != "%PDF-1.4 the answer to 2026-0001" {
		t.Error("the answer is not there")
	}
	var m Manifest
	if err := json.Unmarshal(files[ManifestName], &m); err != nil {
		t.Fatal(err)
	}
	if len(m.Files) != len(files)-1 || m.Requests[0].LastHash != r.Events[2].Hash || m.Requests[0].Count != 3 {
		t.Errorf("%+v", m)
	}
	for _, f := range m.Files {
		if hexSum(files[f.Path]) != f.SHA256 || int64(len(files[f.Path])) != f.Size {
			t.Errorf("%+v", f)
		}
		if f.Document == "received/3-answer.pdf" && f.Event != 3 {
			t.Errorf("%+v", f)
		}
	}
}

// What is not as the log has it is named, and nothing is handed out as whole.
func TestWriteRefuses(t *testing.T) {
	for _, row := range []struct {
		name   string
		change func(*Contents)
		want   string
	}{
		{"a document was edited", func(c *Contents) {
			c.Open = from(map[string][]byte{"letter.pdf": []byte("%PDF-1.7 the Letter of 2026-0001")})
		},
			`document "letter.pdf" was changed after it was made: 32 bytes`},
		{"a document grew", func(c *Contents) { c.Open = from(map[string][]byte{"letter.pdf": make([]byte, 1<<20)}) },
			"more than the 32 bytes"},
		{"a document was cut", func(c *Contents) { c.Open = from(map[string][]byte{"letter.pdf": nil}) },
			`document "letter.pdf" was changed`},
		{"a document is missing", func(c *Contents) { c.Open = from(nil) }, `document "letter.pdf" cannot be opened`},
		{"the frozen text was changed", func(c *Contents) { c.Requests[0].Frozen.Subject = "x" },
			"the frozen request does not match this event (2026-0001, event 1)"},
		{"an event was changed", func(c *Contents) { c.Requests[0].Events[1].By = "x" },
			"it was changed after it was written (2026-0001, event 2)"},
		{"an event is missing", func(c *Contents) { c.Requests[0].Events = c.Requests[0].Events[1:] },
			"event 2 of 2026-0001 is there instead"},
		{"no events", func(c *Contents) { c.Requests[0].Events = nil }, "it has no events"},
		{"twice the same", func(c *Contents) { c.Requests = append(c.Requests, c.Requests[0]) }, "it is already in the bundle"},
		{"an extra outside", func(c *Contents) { c.Extras[0].Path = "../packet.pdf" }, "cannot hold a file"},
		{"an extra at the root", func(c *Contents) { c.Extras[0].Path = "/packet.pdf" }, "cannot hold a file"},
		{"an extra in a request", func(c *Contents) { c.Extras[0].Path = "requests/2026-0001/x" }, "cannot hold a file"},
		{"an extra twice", func(c *Contents) { c.Extras = append(c.Extras, extra("Packet.PDF", "")) }, "cannot hold a file"},
		{"an extra manifest", func(c *Contents) { c.Extras[0].Path = "Manifest.json" }, "cannot hold a file"},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := contents(t)
			row.change(&c)
			err := Write(io.Discard, c)
			if err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("want %q, got %v", row.want, err)
			}
		})
	}
}

func TestFaultIsTyped(t *testing.T) {
	c := contents(t)
	c.Open = from(nil)
	var f *Fault
	if err := Write(io.Discard, c); !errors.As(err, &f) || f.Request != "2026-0001" || f.Hint() == "" || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

// Names that the log holds, whoever wrote them there, stay below the request's folder.
func TestHostileNames(t *testing.T) {
	names := []string{"../../etc/passwd", "/etc/passwd", `..\..\x`, "a//b", ".", "..", "", "C:evil",
		"nul", "COM1.txt", "LPT²", "conin$.txt", "a/../b", "dot.",
		"x\x00y", "bad\xff",
		"letter\u202egpj.exe", "A.pdf", "a.pdf", "ä.pdf", "a\u0308.pdf", "dir", "dir/file", "100%.pdf", strings.Repeat("n", 300) + ".pdf",
		"ok/received.pdf"}
	p := newPlaces()
	seen := map[string]bool{}
	for _, name := range names {
		place := p.find("requests/1/files/", name)
		if !fs.ValidPath(place) || !strings.HasPrefix(place, "requests/1/files/") || strings.ContainsAny(place, "\\:\x00\u202e") ||
			seen[fold(place)] || len(path.Base(place)) > 220 {
			t.Errorf("%q → %q", name, place)
		}
		seen[fold(place)] = true
	}
	for name, want := range map[string]string{"received/3-answer.pdf": "received/3-answer.pdf", "..": "%2E%2E",
		"Ünïcode – größer.pdf": "Ünïcode – größer.pdf", "a b.pdf": "a b.pdf"} {
		if got := safePath(name); got != want {
			t.Errorf("%q → %q, want %q", name, got, want)
		}
	}
}

// Two files whose names differ in case alone are both there, and the manifest tells which is which.
func TestCaseCollision(t *testing.T) {
	r, disk := sample(t, "2026-0001")
	upper := []byte("another")
	disk["LETTER.PDF"] = upper
	frozen := r.Frozen
	frozen.Documents = append(frozen.Documents, docket.Document{Name: "LETTER.PDF", SHA256: hexSum(upper), Size: int64(len(upper))})
	c := Contents{Made: frozen.Created, Requests: []Request{chained(t, frozen, docket.Event{Kind: "drafted"})}, Open: from(disk)}
	names, files := unzipped(t, write(t, c))
	if string(files["requests/2026-0001/files/LETTER~2.PDF"]) != "another" {
		t.Error(names)
	}
}

func FuzzPlaces(f *testing.F) {
	f.Add("received/3-a.pdf\nreceived/3-A.pdf\n../x")
	f.Fuzz(func(t *testing.T, lines string) {
		p, seen := newPlaces(), map[string]bool{}
		for i, name := range strings.Split(lines, "\n") {
			place := p.find("requests/1/files/", name)
			if !fs.ValidPath(place) || seen[fold(place)] || !strings.HasPrefix(place, "requests/1/files/") {
				t.Fatal(fmt.Sprint(i), name, place)
			}
			seen[fold(place)] = true
		}
	})
}
