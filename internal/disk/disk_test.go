package disk

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), FileMode); err != nil {
		t.Fatal(err)
	}
}

func holds(t *testing.T, path, want string) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("%s holds %q, want %q: %v", filepath.Base(path), got, want, err)
	}
}

func namesIn(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// A file is written whole and leaves nothing beside it.
func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "log.csv")
	for _, text := range []string{"first", "second, which is longer", ""} {
		if err := WriteFile(path, []byte(text), FileMode); err != nil {
			t.Fatal(err)
		}
		holds(t, path, text)
	}
	if err := writeWithMode(path, Unfinished(path), []byte("shared"), 0o440); err != nil {
		t.Fatal(err)
	}
	if err := writeWithMode(path, Unfinished(path), []byte("shared again"), 0o440); err != nil {
		t.Fatal("a file that nobody may write is replaced:", err)
	}
	holds(t, path, "shared again")
	if names := namesIn(t, dir); !slices.Equal(names, []string{"log.csv"}) {
		t.Error(names)
	}
	if err := WriteFile(filepath.Join(dir, "no", "folder"), nil, FileMode); !errors.Is(err, fs.ErrNotExist) {
		t.Error("in a folder that is not there:", err)
	}
}

// What cannot be replaced stays, and nothing is left beside it.
func TestWriteFileFails(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "log.csv")
	if err := os.Mkdir(path, FolderMode); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(path, "inside"), "old")
	if err := WriteFile(path, []byte("new"), FileMode); err == nil {
		t.Error("a folder was replaced by a file")
	}
	holds(t, filepath.Join(path, "inside"), "old")
	if names := namesIn(t, dir); !slices.Equal(names, []string{"log.csv"}) {
		t.Error(names)
	}
}

// Until it is replaced a file is as it was; then it is the new one; and a file that was
// given up leaves nothing.
func TestPending(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "log.csv")
	write(t, path, "old")
	for _, replace := range []bool{false, true} {
		p, err := Begin(path, Unfinished(path), FileMode)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Write([]byte("new")); err != nil {
			t.Fatal(err)
		}
		holds(t, path, "old")
		if replace {
			if err := p.Replace(); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 {
			if err := p.Discard(); err != nil {
				t.Error(replace, err)
			}
		}
		if names := namesIn(t, dir); !slices.Equal(names, []string{"log.csv"}) {
			t.Error(replace, names)
		}
	}
	holds(t, path, "new")
}

// A file whose contents cannot be synced does not come into place.
func TestSyncFails(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "log.csv")
	write(t, path, "old")
	p, err := Begin(path, Unfinished(path), FileMode)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if err := p.Replace(); !errors.Is(err, fs.ErrClosed) {
		t.Error("a file that cannot be synced:", err)
	}
	holds(t, path, "old")
	_ = p.Discard() // says once more that the file was closed
	if names := namesIn(t, dir); !slices.Equal(names, []string{"log.csv"}) {
		t.Error(names)
	}
	for name, sync := range map[string]func(string) error{"file": SyncFile, "folder": SyncDir} {
		if err := sync(filepath.Join(dir, "nothing")); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("a %s that is not there: %v", name, err)
		}
	}
	if err := errors.Join(SyncFile(path), SyncDir(dir)); err != nil {
		t.Error(err)
	}
	if done, err := SyncAll(dir); err != nil {
		t.Error(done, err)
	}
}

func TestRename(t *testing.T) {
	dir := t.TempDir()
	a, b, c := filepath.Join(dir, "a"), filepath.Join(dir, "b"), filepath.Join(dir, "c")
	write(t, a, "one")
	write(t, b, "two")
	if err := RenameNew(a, b); !errors.Is(err, fs.ErrExist) {
		t.Error("a name that is taken:", err)
	}
	holds(t, a, "one")
	holds(t, b, "two")
	if err := RenameNew(a, c); err != nil {
		t.Error(err)
	}
	holds(t, c, "one")
	if err := Rename(c, b); err != nil {
		t.Error(err)
	}
	holds(t, b, "one")
	if names := namesIn(t, dir); !slices.Equal(names, []string{"b"}) {
		t.Error(names)
	}
	for _, rename := range []func(string, string) error{Rename, RenameNew} {
		err := rename(a, c)
		var link *os.LinkError
		if !errors.Is(err, fs.ErrNotExist) || !errors.As(err, &link) || link.New != c {
			t.Error("a file that is not there:", err)
		}
	}
	folder := filepath.Join(dir, "folder")
	if err := errors.Join(os.Mkdir(folder, FolderMode), os.Rename(b, filepath.Join(folder, "b")), Rename(folder, c)); err != nil {
		t.Error(err)
	}
	holds(t, filepath.Join(c, "b"), "one")
	if err := Remove(c); err == nil || errors.Is(err, fs.ErrNotExist) {
		t.Error("a folder that is not empty:", err)
	}
	if err := errors.Join(RemoveAll(c), RemoveAll(c)); err != nil || len(namesIn(t, dir)) > 0 {
		t.Error(err, namesIn(t, dir))
	}
}

// A lock is had once; whoever waits for it gets it, or hears that the time is up.
func TestLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), ".lock")
	unlock, err := Lock(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Millisecond)
	defer cancel()
	if _, err := Lock(ctx, path); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal("a lock was had twice:", err)
	}
	got := make(chan error, 1)
	go func() {
		again, err := Lock(t.Context(), path)
		if err == nil {
			err = again()
		}
		got <- err
	}()
	if err := unlock(); err != nil {
		t.Error(err)
	}
	if err := <-got; err != nil {
		t.Error("after it was free:", err)
	}
	if err := Remove(path); err != nil {
		t.Error("a free lock file:", err)
	}
}

// What a program is still writing is no rest; what it left behind is one.
func TestRests(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "desk.zip")
	p, err := Begin(path, Unfinished(path), FileMode)
	if err != nil {
		t.Fatal(err)
	}
	for _, clear := range []func() error{func() error { return RemoveRest(p.Name()) }, func() error { return RemoveUnfinished(path) }} {
		if err := clear(); err != nil {
			t.Error(err)
		}
	}
	if _, err := p.WriteString("more"); err != nil {
		t.Error("a file that is held cannot be written:", err)
	}
	holds(t, p.Name(), "more")
	if err := p.Replace(); err != nil {
		t.Error(err)
	}
	for _, base := range []string{"desk.zip", strings.Repeat("é", 120)} {
		rest := Unfinished(filepath.Join(dir, base))
		write(t, rest, "half")
		write(t, filepath.Join(dir, ".other-1.unfinished"), "half")
		if err := RemoveUnfinished(filepath.Join(dir, base)); err != nil {
			t.Error(err)
		}
		if names := namesIn(t, dir); !slices.Equal(names, []string{".other-1.unfinished", "desk.zip"}) {
			t.Error(names)
		}
	}
	if err := RemoveRest(filepath.Join(dir, "gone")); err != nil {
		t.Error(err)
	}
}

// A mark is somebody's as long as the program that made it runs; then it is found, once.
func TestMark(t *testing.T) {
	dir := t.TempDir()
	release, err := Mark(dir, ".mark-", "what it says")
	if err != nil {
		t.Fatal(err)
	}
	names := namesIn(t, dir)
	if len(names) != 1 || !strings.HasPrefix(names[0], ".mark-") {
		t.Fatal(names)
	}
	path := filepath.Join(dir, names[0])
	said := ""
	note := func(content string) error { said += content; return nil }
	if done, err := IfAbandoned(path, note); done || err != nil || said != "" {
		t.Error("a mark that is held:", done, err, said)
	}
	if err := release(); err != nil || len(namesIn(t, dir)) > 0 {
		t.Error(err, namesIn(t, dir))
	}
	write(t, path, "left behind")
	if done, err := IfAbandoned(path, func(string) error { return fs.ErrPermission }); done || !errors.Is(err, fs.ErrPermission) {
		t.Error(done, err)
	}
	for want := range 2 {
		if done, err := IfAbandoned(path, note); done != (want == 0) || err != nil {
			t.Error(done, err)
		}
	}
	if said != "left behind" || len(namesIn(t, dir)) > 0 {
		t.Error(said, namesIn(t, dir))
	}
}

// What is in the way is waited for, not for ever, and nothing else is waited for.
func TestPatiently(t *testing.T) {
	inTheWay, other := errors.New("open elsewhere"), errors.New("something else")
	for _, c := range []struct {
		answers []error
		want    error
		tries   int
	}{
		{[]error{nil}, nil, 1},
		{[]error{other}, other, 1},
		{[]error{inTheWay, inTheWay, nil}, nil, 3},
		{[]error{inTheWay, other}, other, 2},
		{slices.Repeat([]error{inTheWay}, 100), inTheWay, len(pauses) + 1},
	} {
		tries, slept := 0, time.Duration(0)
		err := patiently(func() error { tries++; return c.answers[tries-1] },
			func(err error) bool { return err == inTheWay }, func(d time.Duration) { slept += d })
		if !errors.Is(err, c.want) || tries != c.tries || slept > 2500*time.Millisecond {
			t.Errorf("%v: %v after %d tries and %s", c, err, tries, slept)
		}
	}
}

func TestFree(t *testing.T) {
	dir := t.TempDir()
	if bytes, known := Free(dir); !known || bytes == 0 {
		t.Error(bytes, known)
	}
	if _, known := Free(filepath.Join(dir, "nothing")); known {
		t.Error("the room where nothing is")
	}
	if share := Share(filepath.Join(dir, "nothing")); share != "" {
		t.Error("what is not there is on the share", share)
	}
}

// told wraps an error as it comes to those who ask what it means.
func told(err error) error {
	return fmt.Errorf("the file cannot be written: %w", &fs.PathError{Op: "write", Path: "log.csv", Err: err})
}

// writeWithMode writes a file that has exactly that mode.
func writeWithMode(path, beside string, data []byte, mode fs.FileMode) error {
	p, err := Begin(path, beside, FileMode)
	if err != nil {
		return err
	}
	_, err = p.Write(data)
	if err == nil {
		err = p.ReplaceWithMode(mode)
	}
	return errors.Join(err, p.Discard())
}
