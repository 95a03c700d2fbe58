package disk

import (
	"os"
	"path/filepath"
	"testing"
)

// Files have their own names, whatever these hold; two of one name stay two, also where the disk knows no case; and all
// are gone at the end.
func TestSpread(t *testing.T) {
	files := []Named{{"message.eml", []byte("a")}, {"../../letter.pdf", []byte("b")}, {"message.eml", []byte("c")}, {"Message.EML",
		[]byte("d")}}
	paths, clear, err := Spread(files)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"message.eml", "letter.pdf", "message.eml", "Message.EML"} {
		if filepath.Base(paths[i]) != want {
			t.Errorf("%s, want %s", paths[i], want)
		}
		if got, err := os.ReadFile(paths[i]); err != nil || string(got) != string(files[i].Data) {
			t.Errorf("%s holds %q, want %q: %v", paths[i], got, files[i].Data, err)
		}
	}
	dir := filepath.Dir(filepath.Dir(paths[0]))
	if err := clear(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", dir, err)
	}
}
