package disk

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// All that is in a folder goes, and nothing that is elsewhere.
func TestRemoveEach(t *testing.T) {
	dir := t.TempDir()
	from := filepath.Join(dir, "a")
	if err := os.MkdirAll(filepath.Join(from, "b", "c"), FolderMode); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"a/x", "a/b/c/y", "kept"} {
		write(t, filepath.Join(dir, filepath.FromSlash(path)), path)
	}
	if err := os.Symlink(dir, filepath.Join(from, "link")); err != nil {
		t.Log("no links here:", err) // Windows gives the right to make them to few
	}
	refusal := errors.New("refused")
	if err := removeEach(from, func(string) error { return refusal }); !errors.Is(err, refusal) {
		t.Error(err)
	}
	for range 2 { // the second time nothing is there
		if err := removeEach(from, os.Remove); err != nil {
			t.Fatal(err)
		}
	}
	if names := namesIn(t, dir); len(names) != 1 || names[0] != "kept" {
		t.Error(names)
	}
}
