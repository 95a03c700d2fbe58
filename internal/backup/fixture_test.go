package backup

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
	"testing"

	"foia/internal/docket"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

func hexSum(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// aFolder is a folder with so many requests, each with a letter of its own, a text
// that all share, and a file that came with its second event.
func aFolder(t testing.TB, requests int) *workspace.Workspace {
	t.Helper()
	w := &workspace.Workspace{Dir: filepath.Join(t.TempDir(), "desk")}
	write(t, w, workspace.ConfigFile, "requesters:\n  - id: desk\n    name: Ana Ruiz\nletterhead:\n  image: logo.png\n  alt: Our sign\n")
	write(t, w, "logo.png", "a sign")
	write(t, w, "templates/letters/own.md", "A letter")
	write(t, w, "laws/us-tx.yaml", "custodian_title: Records Clerk\n")
	write(t, w, "imports/tracker.yaml", "file: tracker.csv\nlayout: columns\nlaw: us-tx\n")
	write(t, w, "templates/.git/config", "hidden")
	w, err := workspace.Open(w.Dir)
	if err != nil {
		t.Fatal(err)
	}
	log := openLog(t, w)
	for range requests {
		addRequest(t, w, log)
	}
	return w
}

func openLog(t testing.TB, w *workspace.Workspace) *store.Log {
	t.Helper()
	log, err := w.OpenLog(context.Background(), true)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := log.Close(); err != nil {
			t.Error(err)
		}
	})
	return log
}

func write(t testing.TB, w *workspace.Workspace, name, text string) docket.Document {
	t.Helper()
	if err := w.WriteFile(name, []byte(text)); err != nil {
		t.Fatal(err)
	}
	return docket.Document{Name: name, SHA256: hexSum(text), Size: int64(len(text))}
}

func addRequest(t testing.TB, w *workspace.Workspace, log *store.Log) {
	t.Helper()
	if err := log.Write(t.Context(), func(tx *store.Tx) error {
		id, err := tx.NextID(2026)
		if err != nil {
			return err
		}
		folder := "requests/" + id + "-office"
		file := func(name, text string) docket.Document {
			d := write(t, w, folder+"/"+name, text)
			d.Name = name
			return d
		}
		r := docket.Request{ID: id, Subject: "Contracts <&>", Created: workday.MustDate("2026-11-23"), Law: "us-federal",
			Office: json.RawMessage(`{"id":"x"}`), OfficeID: "x",
			Agency: "Agency", Via: "mail", Requester: json.RawMessage(`{"name":"Ana"}`), Template: "request",
			Answers: json.RawMessage(`{}`), Folder: folder,
			Documents: []docket.Document{file("letter.pdf", "letter "+id), file("portal.txt", "the same for all")}, Fingerprint: id}
		if err := tx.Add(r, docket.Event{Request: id, Kind: docket.Drafted, On: r.Created, Recorded: "2026-11-23T12:00:00Z",
			By: "ana"}); err != nil {
			return err
		}
		files, err := json.Marshal([]docket.Document{file("received/002-answer.txt", "answer to "+id)})
		if err == nil {
			_, err = tx.Append(docket.Event{Request: id, Kind: docket.Sent, On: r.Created, Recorded: "2026-11-23T12:00:00Z", By: "ana",
				Machine: "desk-3",
				Data:    map[string]string{"by": "mail", "files": string(files)}})
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func makeBackup(t testing.TB, w *workspace.Workspace, log Log, o Options) ([]byte, Manifest) {
	t.Helper()
	var out bytes.Buffer
	o.Day, o.Foia = workday.MustDate("2026-11-23"), "test"
	m, err := Write(t.Context(), w, log, &out, o)
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), m
}

// restore writes a backup to the disk and restores it into a folder.
func restore(t testing.TB, raw []byte, dir string) error {
	t.Helper()
	file := filepath.Join(t.TempDir(), "backup.zip")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := Open(file)
	if err != nil {
		return err
	}
	_, err = (&Restore{Archive: a, Into: &workspace.Workspace{Dir: dir}}).Run(t.Context())
	return errors.Join(err, a.Close())
}

// verify looks at a folder as foia verify does.
func verify(t testing.TB, dir string) (faults []store.Fault, documents int) {
	t.Helper()
	w, err := workspace.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	log, err := w.ReadLog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	faults, err = log.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c, err := w.CheckDocuments(t.Context(), log)
	if err = errors.Join(err, log.Close()); err != nil {
		t.Fatal(err)
	}
	for _, left := range c.Left {
		t.Error("left over:", left)
	}
	return append(faults, c.Faults...), c.Documents
}

// parts are the members of a backup, to be changed and put together again.
type parts struct {
	members  []part
	manifest Manifest
}

type part struct {
	head zip.FileHeader
	data []byte
}

func takeApart(t testing.TB, raw []byte) *parts {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	p := &parts{}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(in)
		if err = errors.Join(err, in.Close()); err != nil {
			t.Fatal(err)
		}
		if f.Name == manifestName {
			if err := json.Unmarshal(data, &p.manifest); err != nil {
				t.Fatal(err)
			}
			continue
		}
		p.add(f.Name, f.Method, data)
	}
	return p
}

func (p *parts) add(name string, method uint16, data []byte) {
	head := zip.FileHeader{Name: name, Method: method}
	head.SetMode(0o600)
	p.members = append(p.members, part{head, data})
}

// find is the member of that name, or the first that begins so.
func (p *parts) find(begin string) *part {
	for i := range p.members {
		if n := p.members[i].head.Name; len(n) >= len(begin) && n[:len(begin)] == begin {
			return &p.members[i]
		}
	}
	panic(begin)
}

func (p *parts) remove(begin string) {
	name := p.find(begin).head.Name
	for i := range p.members {
		if p.members[i].head.Name == name {
			p.members = append(p.members[:i], p.members[i+1:]...)
			return
		}
	}
}

// describe makes the manifest fit the members, as a forger would.
func (p *parts) describe() {
	p.manifest.Files, p.manifest.Documents = nil, Documents{}
	for _, m := range p.members {
		if len(m.head.Name) > len(documentsDir) && m.head.Name[:len(documentsDir)] == documentsDir {
			p.manifest.Documents.Count++
			p.manifest.Documents.Bytes += int64(len(m.data))
			continue
		}
		p.manifest.Files = append(p.manifest.Files, File{m.head.Name, int64(len(m.data)), hexSum(string(m.data))})
	}
}

func (p *parts) together(t testing.TB) []byte {
	t.Helper()
	text, err := json.MarshalIndent(p.manifest, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	manifest := part{zip.FileHeader{Name: manifestName}, text}
	for _, m := range append(p.members, manifest) {
		head := m.head
		w, err := z.CreateHeader(&head)
		if err == nil {
			_, err = w.Write(m.data)
		}
		if err != nil {
			t.Fatal(fmt.Errorf("%s: %w", m.head.Name, err))
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
