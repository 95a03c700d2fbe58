package backup

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/store"
	"foia/internal/workspace"
)

func TestThereAndBack(t *testing.T) {
	w := aFolder(t, 3)
	log := openLog(t, w)
	raw, m := makeBackup(t, w, log, Options{})
	if m.Log.Requests != 3 || m.Log.Events != 6 || m.Documents.Count != 7 || len(m.Missing) > 0 || len(m.LeftOut) > 0 {
		t.Errorf("%+v", m)
	}
	again, _ := makeBackup(t, w, log, Options{})
	if !slices.Equal(raw, again) {
		t.Error("the same folder gives another file")
	}
	dir := filepath.Join(t.TempDir(), "new")
	if err := restore(t, raw, dir); err != nil {
		t.Fatal(err)
	}
	if faults, documents := verify(t, dir); len(faults) > 0 || documents != 9 {
		t.Error(faults, documents)
	}
	for _, name := range []string{"foia.yaml", "logo.png", "templates/letters/own.md", "laws/us-tx.yaml", "imports/tracker.yaml",
		"requests/2026-0002-office/received/002-answer.txt"} {
		want, err := os.ReadFile(w.Path(name))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name))); err != nil || string(got) != string(want) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	back, err := workspace.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	fromThere, _ := makeBackup(t, back, openLog(t, back), Options{})
	if !slices.Equal(raw, fromThere) {
		t.Error("a backup of what was restored is another file")
	}
	if err := restore(t, raw, dir); err == nil || !strings.Contains(err.Error(), "the folder is not empty") {
		t.Error(err)
	}
}

// A log without requests, and a folder without settings.
func TestEmpty(t *testing.T) {
	w := &workspace.Workspace{Dir: t.TempDir()}
	raw, m := makeBackup(t, w, openLog(t, w), Options{})
	dir := filepath.Join(t.TempDir(), "new")
	if err := restore(t, raw, dir); err != nil || m.Log.Events != 0 {
		t.Fatal(m, err)
	}
	if faults, _ := verify(t, dir); len(faults) > 0 {
		t.Error(faults)
	}
}

// The lines of the log can be checked with sha256sum alone: that of a request is in
// its first event; that of an event is its hash, which stands at its end.
func TestLinesSpeakForThemselves(t *testing.T) {
	w := aFolder(t, 1)
	raw, m := makeBackup(t, w, openLog(t, w), Options{})
	lines := strings.Split(strings.TrimSuffix(string(takeApart(t, raw).find(logName).data), "\n"), "\n")
	if len(lines) != 3 {
		t.Fatal(lines)
	}
	var all strings.Builder
	for _, line := range lines[1:] {
		text, rest, ok := strings.Cut(line, `,"hash":"`)
		hash := strings.TrimSuffix(rest, `"}`)
		if !ok || hexSum(text+"}") != hash {
			t.Error("not what was hashed:", line)
		}
		all.WriteString(hash)
		if strings.Contains(line, `"seq":1`) {
			all.WriteString(" " + hexSum(lines[0]))
			if !strings.Contains(line, hexSum(lines[0])) {
				t.Error("the first event does not hold the request:", line)
			}
		}
		all.WriteString("\n")
	}
	if hexSum(all.String()) != m.Log.SHA256 {
		t.Error("the sum is another one")
	}
}

// busy is a log to which another command writes while it is read.
type busy struct {
	*store.Log
	meanwhile func()
}

func (b *busy) History(ctx context.Context, after int, f func(int, docket.Event) error) error {
	return b.Log.History(ctx, after, func(n int, e docket.Event) error {
		if write := b.meanwhile; write != nil {
			b.meanwhile = nil
			write()
		}
		return f(n, e)
	})
}

func TestWhileOthersWrite(t *testing.T) {
	w := aFolder(t, 2)
	log := openLog(t, w)
	raw, m := makeBackup(t, w, &busy{log, func() { addRequest(t, w, log) }}, Options{})
	if m.Log.Requests != 2 || m.Log.Events != 4 || m.Documents.Count != 5 {
		t.Errorf("%+v", m)
	}
	dir := filepath.Join(t.TempDir(), "new")
	if err := restore(t, raw, dir); err != nil {
		t.Fatal(err)
	}
	if faults, _ := verify(t, dir); len(faults) > 0 {
		t.Error(faults)
	}
}

// A document that another command has logged and not yet moved into place is waited
// for; one that a killed command left beside its place is moved there.
func TestDocumentOnItsWay(t *testing.T) {
	w := aFolder(t, 1)
	if err := os.Rename(w.Path("requests/2026-0001-office"), w.Path("requests/.making-2026-0001-office")); err != nil {
		t.Fatal(err)
	}
	if _, m := makeBackup(t, w, openLog(t, w), Options{}); m.Documents.Count != 3 {
		t.Errorf("%+v", m)
	}
}

func TestIncomplete(t *testing.T) {
	w := aFolder(t, 2)
	log := openLog(t, w)
	write(t, w, "requests/2026-0001-office/letter.pdf", "letter 2026-0001, changed")
	for _, name := range []string{"requests/2026-0001-office/portal.txt", "requests/2026-0002-office/received/002-answer.txt"} {
		if err := os.Remove(w.Path(name)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Write(t.Context(), w, log, io.Discard, Options{}); err == nil ||
		!strings.Contains(err.Error(), "a document was changed after it was made: letter.pdf of request 2026-0001") {
		t.Error(err)
	}
	raw, m := makeBackup(t, w, log, Options{Incomplete: true})
	var why []string
	for _, d := range m.Missing {
		why = append(why, d.Request+" "+d.Name+" "+d.Why)
	}
	// The text that both requests share is still there once.
	if !slices.Equal(why, []string{"2026-0001 letter.pdf changed", "2026-0002 received/002-answer.txt missing"}) {
		t.Error(why)
	}
	dir := filepath.Join(t.TempDir(), "new")
	if err := restore(t, raw, dir); err != nil {
		t.Fatal(err)
	}
	if faults, _ := verify(t, dir); len(faults) != 2 {
		t.Error(faults)
	}
}

// No link leads out of the folder, and nothing passes for the log.
func TestOwnFiles(t *testing.T) {
	w := aFolder(t, 0)
	outside := filepath.Join(t.TempDir(), "secret")
	if err := errors.Join(os.WriteFile(outside, []byte("secret"), 0o600), os.Symlink(outside, w.Path("templates/link.md")),
		os.Symlink("letters/own.md", w.Path("templates/inside.md")), os.Symlink(outside, w.Path("agencies.yaml"))); err != nil {
		t.Skip(err)
	}
	if _, err := Write(t.Context(), w, openLog(t, w), io.Discard, Options{}); err == nil {
		t.Error("a link that leads out was followed")
	}
	if err := os.Remove(w.Path("agencies.yaml")); err != nil {
		t.Fatal(err)
	}
	w.Config.Fonts = []string{"requests/font.ttf", "foia.db", "../font.ttf", w.Path("logo.png"), "lost.ttf"}
	_, m := makeBackup(t, w, openLog(t, w), Options{})
	var names []string
	for _, f := range m.Files {
		names = append(names, f.Name)
	}
	if want := []string{"log.jsonl", "folder/foia.yaml", "folder/imports/tracker.yaml",
		"folder/laws/us-tx.yaml", "folder/logo.png", "folder/templates/inside.md",
		"folder/templates/letters/own.md"}; !slices.Equal(names, want) {
		t.Error(names)
	}
	if len(m.LeftOut) != 5 {
		t.Error(m.LeftOut)
	}
}

// A log from which an event was taken away, or in which chains were swapped, does not
// become a backup.
func TestDamagedLog(t *testing.T) {
	w := aFolder(t, 2)
	for name, change := range map[string]func(n int, e docket.Event) (int, docket.Event, bool){
		"a gap":            func(n int, e docket.Event) (int, docket.Event, bool) { return n, e, n != 2 },
		"renumbered":       func(n int, e docket.Event) (int, docket.Event, bool) { return n - n/2, e, n != 2 },
		"a forged content": func(n int, e docket.Event) (int, docket.Event, bool) { e.By = "eve"; return n, e, true },
		"a forged event": func(n int, e docket.Event) (int, docket.Event, bool) {
			e.By = "eve"
			e.Hash, _ = e.Digest()
			return n, e, true
		},
	} {
		_, err := Write(t.Context(), w, &forged{openLog(t, w), change}, io.Discard, Options{})
		if err == nil {
			t.Errorf("%s: a backup was made", name)
		}
	}
}

type forged struct {
	*store.Log
	change func(int, docket.Event) (int, docket.Event, bool)
}

func (f *forged) History(ctx context.Context, after int, g func(int, docket.Event) error) error {
	return f.Log.History(ctx, after, func(n int, e docket.Event) error {
		if n, e, keep := f.change(n, e); keep {
			return g(n, e)
		}
		return nil
	})
}

func TestInterrupted(t *testing.T) {
	w := aFolder(t, 3)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := Write(ctx, w, openLog(t, w), io.Discard, Options{Progress: func(int) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
