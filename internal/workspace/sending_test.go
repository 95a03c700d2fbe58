package workspace

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// Who sends is known until it has ended; a link in the place of the file that says so is no word that nobody does.
func TestSomebodySends(t *testing.T) {
	w, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	is := func(want bool) {
		t.Helper()
		if busy, err := w.SomebodySends(); err != nil || busy != want {
			t.Errorf("%v, %v", busy, err)
		}
	}
	is(false)
	end, err := w.BeginSending(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	is(true)
	if err := end(); err != nil {
		t.Fatal(err)
	}
	is(false)
	if runtime.GOOS == "windows" {
		return
	}
	if err := os.Remove(w.Path(sendingFile)); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(t.TempDir(), "none"), w.Path(sendingFile)); err != nil {
		t.Fatal(err)
	}
	if busy, err := w.SomebodySends(); err == nil || !busy {
		t.Errorf("%v, %v", busy, err)
	}
	if _, err := w.BeginSending(t.Context()); err == nil {
		t.Error("it is locked elsewhere")
	}
}
