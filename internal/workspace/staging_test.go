package workspace

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"foia/internal/remedy"
	"foia/internal/store"
)

// Staged files are in place only after Publish, private, and gone after Undo, whether they wait
// for the disk one by one or together.
func TestStaging(t *testing.T) {
	for _, together := range []bool{false, true} {
		w := open(t)
		const folder = "requests/2026-0001-irs-x"
		files := []File{{Name: "letter.pdf", Data: []byte("pdf")}, {Name: "letter.md", Data: []byte("md")}}
		s := w.Staging(together)
		err := errors.Join(s.Folder(folder, files),
			s.Files("2026-0001", folder, 2, []File{{Name: "letters/002-status.pdf", Data: []byte("status")}}), s.Sync())
		if err != nil {
			t.Fatal(err)
		}
		if w.Exists(folder) {
			t.Error("the folder is in place before it is published")
		}
		if err := s.Publish(); err != nil {
			t.Fatal(err)
		}
		for name, mode := range map[string]fs.FileMode{folder: 0o700, folder + "/letter.pdf": 0o600,
			folder + "/letters/002-status.pdf": 0o600} {
			if info, err := os.Stat(w.Path(name)); err != nil || !hasMode(info, mode) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := w.Staging(together).Folder(folder, files); err == nil || !strings.Contains(err.Error(), "already exists") {
			t.Errorf("a folder is written over: %v", err)
		}
		s = w.Staging(together)
		err = errors.Join(s.Folder("requests/2026-0002-irs-x", files), s.Files("2026-0001", folder, 3, files))
		if err != nil {
			t.Fatal(err)
		}
		why := errors.New("why it failed")
		if err := s.Undo(why); !errors.Is(err, why) || strings.Contains(err.Error(), "\n") {
			t.Error(err)
		}
		if entries, err := os.ReadDir(w.Path(RequestsDir)); err != nil || len(entries) != 1 {
			t.Errorf("%d folders, %v", len(entries), err)
		}
		// Nobody knows whether it failed: the next command finds out.
		s = w.Staging(together)
		if err := s.Folder("requests/2026-0002-irs-x", files); err != nil {
			t.Fatal(err)
		}
		if err := s.Undo(store.ErrUnknown); !errors.Is(err, store.ErrUnknown) || !w.Exists("requests/.making-2026-0002-irs-x") {
			t.Error(err)
		}
	}
}

// Nothing is left of a staging that failed halfway, on a name that no folder can have.
func TestStagingFails(t *testing.T) {
	for _, together := range []bool{false, true} {
		w := open(t)
		s := w.Staging(together)
		err := s.Folder("requests/2026-0001-x", []File{{Name: "letter.md"}, {Name: strings.Repeat("x", 400)}})
		if err == nil {
			t.Fatal("a name of 400 letters")
		}
		if err := s.Files("2026-0001", "requests/2026-0001-x", 2, []File{{Name: "received/" + strings.Repeat("x", 400)}}); err == nil {
			t.Fatal("a name of 400 letters")
		}
		if err := s.Undo(err); err == nil || w.Exists(RequestsDir) {
			t.Errorf("something is left, or the reason is not: %v", err)
		}
	}
}

// rests are the names at the top of a folder that a command may have left.
func rests(t *testing.T, w *Workspace) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(w.Dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if IsRest(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names
}

// A file of the user's is copied, and its sum taken, before it has a place; what the user does
// to it afterwards does not matter.
func TestTakeIn(t *testing.T) {
	for _, together := range []bool{false, true} {
		w := open(t)
		if err := os.MkdirAll(w.Dir, 0o700); err != nil {
			t.Fatal(err)
		}
		content := []byte(strings.Repeat("a film ", 100_000))
		from := filepath.Join(t.TempDir(), "film.mp4")
		if err := os.WriteFile(from, content, 0o600); err != nil {
			t.Fatal(err)
		}
		in, err := w.TakeIn(t.Context(), from)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(from, []byte("another film"), 0o600); err != nil {
			t.Fatal(err)
		}
		f := File{Name: "received/002-film.mp4", Incoming: in}
		sum := sha256.Sum256(content)
		if d := DocumentOf(f); d.SHA256 != hex.EncodeToString(sum[:]) || d.Size != int64(len(content)) || d.Original != "film.mp4" {
			t.Errorf("%+v", d)
		}
		if len(rests(t, w)) == 0 {
			t.Error("the copy is nowhere, or not noted")
		}
		const folder = "requests/2026-0001-irs-x"
		s := w.Staging(together)
		if err := errors.Join(s.Folder(folder, nil), s.Files("2026-0001", folder, 2, []File{f}), s.Sync(), s.Publish(),
			in.Discard()); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(w.Path(folder + "/received/002-film.mp4"))
		if err != nil || !slices.Equal(got, content) {
			t.Errorf("%d bytes, %v", len(got), err)
		}
		if left := rests(t, w); len(left) > 0 {
			t.Errorf("left: %v", left)
		}
	}
}

// Nothing is left of a copy that was not wanted, or was interrupted.
func TestTakeInStopped(t *testing.T) {
	w := open(t)
	if err := os.MkdirAll(w.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	from := filepath.Join(t.TempDir(), "film.mp4")
	if err := os.WriteFile(from, []byte("film"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.TakeIn(ctx, from); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	in, err := w.TakeIn(t.Context(), from)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(in.Discard(), in.Discard()); err != nil {
		t.Error(err)
	}
	if left := rests(t, w); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	if _, err := w.TakeIn(t.Context(), from+".none"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

// A copy is made while another command holds the folder, and memory does not grow with it.
func TestTakeInBesideOthers(t *testing.T) {
	w := open(t)
	unlock, err := w.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := unlock(); err != nil {
			t.Error(err)
		}
	}()
	const size = 64 << 20
	from := filepath.Join(t.TempDir(), "film.mp4")
	if err := errors.Join(os.WriteFile(from, nil, 0o600), os.Truncate(from, size)); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	in, err := w.TakeIn(t.Context(), from)
	runtime.ReadMemStats(&after)
	if err != nil {
		t.Fatal(err)
	}
	if d := DocumentOf(File{Incoming: in}); d.Size != size {
		t.Errorf("%d bytes", d.Size)
	}
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 1<<20 {
		t.Errorf("%d KB were needed for a file of %d MB", grown>>10, size>>20)
	}
	if err := in.Discard(); err != nil {
		t.Error(err)
	}
}

// A copy that the folder cannot take is the folder's fault, with what to do about it, and not
// one of the file that was named.
func TestTakeInFails(t *testing.T) {
	w := open(t)
	full := copying{w, failing{}}
	var said *remedy.Error
	if _, err := full.Write([]byte("film")); !errors.As(err, &said) || said.Misuse || !errors.Is(err, errFull) || said.Where != w.Dir {
		t.Errorf("%v", err)
	}
	// Without its folder, the copy cannot begin.
	from := filepath.Join(t.TempDir(), "film.mp4")
	if err := os.WriteFile(from, []byte("film"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.Dir = filepath.Join(w.Dir, "gone")
	if _, err := w.TakeIn(t.Context(), from); !errors.As(err, &said) || said.Misuse {
		t.Errorf("%v", err)
	}
}

var errFull = errors.New("no space left on device")

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errFull }
