package workspace

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/store"
)

func placed(folder, name, text string) store.Placed {
	sum := sha256.Sum256([]byte(text))
	return store.Placed{Request: docket.Request{ID: "2026-0001", Folder: folder},
		Document: docket.Document{Name: name, SHA256: hex.EncodeToString(sum[:]), Size: int64(len(text))}}
}

func put(t *testing.T, dir string, d store.Placed, text string) error {
	t.Helper()
	w, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	p, err := w.Place()
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	}()
	if err := p.Put(d, func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }); err != nil {
		return err
	}
	return p.Sync()
}

func TestPut(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	for range 2 { // the second time it is there
		if err := put(t, dir, placed("requests/2026-0001-irs", "received/002-a.txt", "as it was"), "as it was"); err != nil {
			t.Fatal(err)
		}
	}
	if err := put(t, dir, placed("requests/2026-0001-irs", "received/002-a.txt", "another"), "another"); err == nil {
		t.Error("another file was replaced")
	}
	got, err := os.ReadFile(filepath.Join(dir, "requests", "2026-0001-irs", "received", "002-a.txt"))
	if err != nil || string(got) != "as it was" {
		t.Errorf("%q, %v", got, err)
	}
}

// Whatever a log says, nothing is written outside the requests' folders, and nothing
// that is not the document.
func TestPutRefuses(t *testing.T) {
	outside := t.TempDir()
	for what, d := range map[string]store.Placed{
		"up": placed("../elsewhere", "a", "x"), "up in the name": placed("requests/r", "../../a", "x"),
		"absolute": placed(outside, "a", "x"),
		"the log":  placed(".", "foia.db", "x"), "beside the requests": placed("templates", "a", "x"),
		"hidden":  placed("requests/.making-r", "a", "x"),
		"no name": placed("requests/r", "", "x"), "Windows": placed(`requests/r\..\..\..`, "a", "x"),
		"a drive": placed("requests/r", "c:a", "x"), "zero": placed("requests/r", "a\x00", "x"),
		"changed": {Request: docket.Request{Folder: "requests/r"},
			Document: docket.Document{Name: "a", SHA256: strings.Repeat("0", 64), Size: 1}},
		"longer": {Request: docket.Request{Folder: "requests/r"},
			Document: docket.Document{Name: "a", SHA256: placed("", "", "x").Document.SHA256}},
	} {
		dir := filepath.Join(t.TempDir(), "folder")
		if err := put(t, dir, d, "xyz"); err == nil {
			t.Errorf("%s: written", what)
		}
		if err := filepath.WalkDir(filepath.Dir(dir), func(_ string, e os.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				t.Errorf("%s: left %s", what, e.Name())
			}
			return err
		}); err != nil {
			t.Error(err)
		}
	}
	dir := t.TempDir()
	if err := os.Symlink(outside, filepath.Join(dir, "requests")); err != nil {
		t.Skip(err)
	}
	if err := put(t, dir, placed("requests/r", "a", "x"), "x"); err == nil {
		t.Error("a link led out of the folder")
	}
	if entries, err := os.ReadDir(outside); err != nil || len(entries) > 0 {
		t.Error(entries, err)
	}
}

// A name that a backup takes along is one on every system, wherever it is made.
func TestEverywhere(t *testing.T) {
	for name, want := range map[string]bool{
		"templates/letters/mine.md": true, "seals/2026-11-23-1.txt": true, "campaigns/sheriffs": true,
		"templates/aux.md": false, "campaigns/con": false, "laws/us-zz.yaml ": false, "templates/what?.md": false,
		"templates/a:b.md": false, `templates\a.md`: false, "../x": false, "templates/.x": false, "": false, "templates./x": false,
	} {
		if got := Everywhere(name); got != want {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
}
