package workspace

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/remedy"
)

func open(t *testing.T) *Workspace {
	t.Helper()
	w, err := Open(filepath.Join(t.TempDir(), "folder"))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// foia.yaml: what is wrong is named with line and column.
func TestParseConfigErrors(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"requesters: [", "foia.yaml:1"},
		{"requesters:\n  - id: me\n    nmae: x\n", "foia.yaml:3"},
		{"requesters:\n  - id: me\n", "requester 1 has no id or no name"},
		{"requesters:\n  - {id: me, name: A}\n  - {id: me, name: B}\n", "not unique"},
		{"default_requester: you\n", "not one of the requesters"},
		{"strange: 1\n", "foia.yaml:1"},
		{"imap: {host: imap.example.org}\n", "there is no user"},
		{"imap: {user: ana}\n", "host is not the name of a server"},
		{"imap: {host: 'imap://imap.example.org', user: ana}\n", "host is not the name of a server"},
		{"imap: {host: 'imap.example.org:993', user: ana}\n", "host is not the name of a server"},
		{"imap: {host: imap.example.org, user: ana, port: 70000}\n", "there is no such port"},
		{"imap: {host: imap.example.org, user: ana, security: ssl}\n", "security must be tls, starttls or none, not ssl"},
		{"imap: {host: 192.0.2.1, user: ana, security: none}\n", "would send your password in the clear"},
		{"imap: {host: imap.example.org, user: ana, password: hunter2}\n", "a password does not belong"},
		{"imap: {password: [hunter2]}\n", "a password does not belong"},
		{"imap: {host: imap.example.org, user: ana, pasword: hunter2}\n", "foia.yaml:1"},
	} {
		_, err := ParseConfig(ConfigFile, []byte(row.text))
		var bad interface{ Hint() string } // a ConfigError, or an error of YAML
		if !errors.As(err, &bad) || !strings.Contains(err.Error(), row.want) || bad.Hint() == "" {
			t.Errorf("%q: %v", row.text, err)
		}
	}
}

// Which requester asks.
func TestRequester(t *testing.T) {
	c, err := ParseConfig(ConfigFile, []byte("requesters:\n  - {id: a, name: A}\n  - {id: b, name: B}\ndefault_requester: b\n"))
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{"": "B", "a": "A", "b": "B"} {
		if r, ok, err := c.Requester(id); err != nil || !ok || r.Name != want {
			t.Errorf("%q: %v, %v, %v", id, r.Name, ok, err)
		}
	}
	if _, _, err := c.Requester("c"); err == nil || !strings.Contains(err.(*remedy.Error).Hint(), "a, b") {
		t.Errorf("c: %v", err)
	}
	if _, ok, err := (Config{}).Requester(""); ok || err != nil {
		t.Error("an empty file has a requester")
	}
}

// The first requester makes the file, with its explanations; the next ones are
// added, and what the user wrote stays.
func TestAddRequester(t *testing.T) {
	w := open(t)
	hostile := "A: \"quote\" # no comment {{x}} 'y'"
	if err := w.AddRequester(letter.Requester{ID: "me", Name: "Ana Ruiz", Organization: hostile,
		Answers: map[string]any{"fee_category": "media"}}); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(w.Path(ConfigFile))
	if err != nil || !strings.Contains(string(raw), "# Who makes and signs requests.") {
		t.Fatalf("%s, %v", raw, err)
	}
	if err := os.WriteFile(w.Path(ConfigFile), append(raw, "\n# my own remark\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := w.AddRequester(letter.Requester{ID: "desk", Name: "Bo Li"}); err != nil {
		t.Fatal(err)
	}
	again, err := Open(w.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if r, _, err := again.Config.Requester("me"); err != nil || r.Organization != hostile || r.Answers["fee_category"] != "media" {
		t.Errorf("%+v, %v", r, err)
	}
	if r, _, err := again.Config.Requester("desk"); err != nil || r.Name != "Bo Li" {
		t.Errorf("%+v, %v", r, err)
	}
	if raw, _ := os.ReadFile(w.Path(ConfigFile)); !strings.Contains(string(raw), "# my own remark") {
		t.Error("the user's remark is gone")
	}
	if err := again.AddRequester(letter.Requester{ID: "desk", Name: "Other"}); err == nil {
		t.Error("the same id is taken twice")
	}
	info, err := os.Stat(w.Path(ConfigFile))
	if err != nil || !hasMode(info, 0o600) {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

// A file that only names the shared log gets its first requester too.
func TestAddRequesterToSharedLog(t *testing.T) {
	w := open(t)
	const line = "database: postgres://ana@db.example.org/foia # ours\n"
	if err := w.WriteFile(ConfigFile, []byte(line)); err != nil {
		t.Fatal(err)
	}
	w, err := Open(w.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.AddRequester(letter.Requester{ID: "me", Name: "Ana Ruiz"}); err != nil {
		t.Fatal(err)
	}
	again, err := Open(w.Dir)
	if err != nil || again.Config.Database != "postgres://ana@db.example.org/foia" || len(again.Config.Requesters) != 1 {
		t.Errorf("%+v, %v", again, err)
	}
	if raw, err := os.ReadFile(w.Path(ConfigFile)); err != nil || !strings.HasPrefix(string(raw), line) {
		t.Errorf("%s, %v", raw, err)
	}
}

// verify names each thing that is not as it was made.
func TestCheckDocuments(t *testing.T) {
	w := open(t)
	const folder = "requests/2026-0001-irs-x"
	staging := w.Staging(false)
	err := staging.Folder(folder, []File{{Name: "letter.pdf", Data: []byte("pdf")}, {Name: "letter.md", Data: []byte("md")}})
	if err := errors.Join(err, staging.Publish()); err != nil {
		t.Fatal(err)
	}
	r := docket.Request{ID: "2026-0001", Folder: folder, Documents: []docket.Document{
		{Name: "letter.pdf", Size: 3, SHA256: "9a11b64fe9c8c7b1b8a4ce2e35d3a7c1b5bdb6e8d6e1a3b8c9d0e1f2a3b4c5d6"},
		{Name: "letter.md", Size: 2, SHA256: "0a27d2b0a8a7d3d9b8b5d6d1d0e0f0a0b0c0d0e0f000102030405060708090a0"},
		{Name: "gone.txt", SHA256: strings.Repeat("0", 64)}}}
	missing := docket.Request{ID: "2026-0002", Folder: "requests/2026-0002-irs-y"}
	if err := os.Mkdir(w.Path("requests/stranger"), 0o700); err != nil {
		t.Fatal(err)
	}
	staging = w.Staging(true)
	err = staging.Files(r.ID, folder, 2, []File{{Name: "received/002-scan.pdf", Data: []byte("scan")},
		{Name: "received/003-unknown.pdf", Data: []byte("unknown")}})
	if err := errors.Join(err, staging.Sync(), staging.Publish()); err != nil {
		t.Fatal(err)
	}
	var all []string
	events := map[string][]docket.Event{
		r.ID: {{Seq: 2, Request: r.ID, Data: map[string]string{"files": `[{"name":"received/002-scan.pdf","sha256":"00","size":4}]`}},
			{Seq: 3, Request: r.ID, Data: map[string]string{"files": "not a list"}}}}
	l := look{w: w, ctx: t.Context()}
	l.documents([]docket.Request{r, missing}, events)
	if l.checked != 4 {
		t.Errorf("%d files were checked", l.checked)
	}
	for _, f := range l.found {
		all = append(all, fmt.Sprintf("%s: %d: %s: %s", f.Request, f.Event, f.Kind, f.What))
	}
	text := remedy.Plain(strings.Join(all, "\n"))
	for _, want := range []string{"2026-0001: 0: changed: " + folder + "/letter.pdf was changed",
		"2026-0001: 0: missing: " + folder + "/gone.txt is missing",
		"2026-0001: 2: changed: " + folder + "/received/002-scan.pdf was changed", "2026-0001: 3: log: the files of event 3",
		"not-in-log: the log has no record of " + folder + "/received/003-unknown.pdf: " +
			"record it (record 2026-0001 file attach FILE) or move it away",
		"2026-0002: 0: missing: its folder requests/2026-0002-irs-y is missing", "not-in-log: the log has no record of requests/stranger"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not named in:\n%s", want, text)
		}
	}
}

// One command at a time writes in a folder.
func TestLock(t *testing.T) {
	w := open(t)
	unlock, err := w.Lock(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := w.Lock(ctx); err == nil {
		t.Error("two commands hold the lock")
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
	unlock, err = w.Lock(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
}

func FuzzParseConfig(f *testing.F) {
	f.Add("requesters:\n  - {id: me, name: A}\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ParseConfig(ConfigFile, []byte(text))
		if err == nil {
			if _, _, err := c.Requester(""); err != nil {
				t.Errorf("%q: %v", text, err)
			}
		}
	})
}

// hasMode tells whether a file has a mode, where there are modes: not on Windows.
func hasMode(info os.FileInfo, mode os.FileMode) bool {
	return runtime.GOOS == "windows" || info.Mode().Perm() == mode
}
