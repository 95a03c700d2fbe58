package disk

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/windows"
)

// A file that another program has open cannot be replaced: it stays, and the error says
// why. If it is closed meanwhile, nobody notices.
func TestHeld(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "log.csv")
	write(t, path, "old")
	spreadsheet, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(path, []byte("new"), FileMode); !Held(err) {
		t.Error("an open file:", err)
	}
	holds(t, path, "old")
	if names := namesIn(t, dir); len(names) != 1 {
		t.Error(names)
	}
	if err := Remove(path); !Held(err) {
		t.Error("an open file was removed:", err)
	}
	time.AfterFunc(100*time.Millisecond, func() { spreadsheet.Close() })
	if err := WriteFile(path, []byte("new"), FileMode); err != nil {
		t.Error("a file that was closed meanwhile:", err)
	}
	holds(t, path, "new")
}

// A folder in which a file is open is moved and removed when that is closed.
func TestHeldFolder(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	if err := os.Mkdir(from, FolderMode); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(from, "letter.pdf"), "letter")
	for _, do := range []func() error{func() error { return Rename(from, to) }, func() error { return RemoveAll(to) }} {
		name := filepath.Join(from, "letter.pdf")
		if _, err := os.Stat(name); err != nil {
			name = filepath.Join(to, "letter.pdf")
		}
		scanner, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(100*time.Millisecond, func() { scanner.Close() })
		if err := do(); err != nil {
			t.Error(err)
		}
	}
	if names := namesIn(t, dir); len(names) > 0 {
		t.Error(names)
	}
}

func TestErrors(t *testing.T) {
	for err, want := range map[error][2]bool{
		windows.ERROR_DISK_FULL: {true, false}, windows.ERROR_HANDLE_DISK_FULL: {true, false},
		windows.ERROR_SHARING_VIOLATION: {false, true}, windows.ERROR_ACCESS_DENIED: {false, true},
		windows.ERROR_FILE_NOT_FOUND: {false, false}, errors.New("else"): {false, false},
	} {
		if got := [2]bool{Full(told(err)), Held(told(err))}; got != want {
			t.Errorf("%v: full and held are %v, want %v", err, got, want)
		}
	}
}
