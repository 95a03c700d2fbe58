package disk

import (
	"os"
	"path/filepath"
	"testing"
)

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
