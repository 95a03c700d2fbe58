package disk

import (
	"os"
	"path/filepath"
	"testing"
)

// Files of one name are all there, each with its own content: a message that passes on another one has both called
// message.eml.
func TestSpreadOfOneName(t *testing.T) {
	files := []Named{{"message.eml", []byte("a")}, {"message.eml", []byte("b")}, {"Message.eml", []byte("c")}, {"2", []byte("d")}}
	paths, clear, err := Spread(files)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range files {
		if raw, err := os.ReadFile(paths[i]); err != nil || string(raw) != string(f.Data) || filepath.Base(paths[i]) != f.Name {
			t.Errorf("%s: %q, %v", paths[i], raw, err)
		}
	}
	if err := clear(); err != nil {
		t.Fatal(err)
	}
}

// Files lie in one folder under their own names, whatever these hold, and are gone at the end.
func TestSpread(t *testing.T) {
	paths, clear, err := Spread([]Named{{"message.eml", []byte("a")}, {"../../letter.pdf", []byte("b")}})
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Dir(paths[0])
	for i, want := range []string{"message.eml", "letter.pdf"} {
		if paths[i] != filepath.Join(dir, want) {
			t.Errorf("%s, want %s", paths[i], want)
		}
	}
	if err := clear(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", dir, err)
	}
}
