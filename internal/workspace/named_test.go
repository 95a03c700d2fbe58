package workspace

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"foia/internal/disk"
)

// foia.yaml names a file below the folder with forward slashes, on every system, and one
// elsewhere by its whole path.
func TestNamed(t *testing.T) {
	dir := t.TempDir()
	w := &Workspace{Dir: dir}
	elsewhere := filepath.Join(t.TempDir(), "x.ttf")
	for name, want := range map[string]string{"signs/logo.png": filepath.Join(dir, "signs", "logo.png"), elsewhere: elsewhere} {
		if got, err := w.Named(name); err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", name, got, err, want)
		}
	}
	for _, name := range []string{`signs\logo.png`, `C:\signs\logo.png`, "D:/logo.png", `\\server\share\logo.png`} {
		got, err := w.Named(name)
		if !disk.Foreign(name) { // Windows
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		var said interface{ Hint() string }
		if !errors.As(err, &said) || said.Hint() == "" || got != "" {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
	if !disk.Foreign(`a\b`) {
		return
	}
	// What is there under an odd name is meant.
	if err := os.WriteFile(filepath.Join(dir, `a\b`), nil, fileMode); err != nil {
		t.Fatal(err)
	}
	if got, err := w.Named(`a\b`); err != nil || got != filepath.Join(dir, `a\b`) {
		t.Error(got, err)
	}
}
