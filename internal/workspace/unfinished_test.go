package workspace

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What a killed command noted is cleared away whichever of its notes is read first: their
// names are random, and a file may be noted inside of a folder that is noted too.
func TestClearUpInAnyOrder(t *testing.T) {
	for _, order := range [][2]string{{"A", "B"}, {"B", "A"}} {
		dir := t.TempDir()
		printing := filepath.Join(dir, "campaigns", "first", Printing)
		rest := filepath.Join(printing, ".letters.pdf-1.unfinished")
		if err := os.MkdirAll(printing, 0o700); err != nil {
			t.Fatal(err)
		}
		for path, text := range map[string]string{
			rest:                                       "%PDF-",
			filepath.Join(dir, notePrefix+order[0]):    noteFolder + "\ncampaigns/first/" + Printing,
			filepath.Join(dir, notePrefix+order[1]):    noteFile + "\ncampaigns/first/" + Printing + "/.letters.pdf-1.unfinished",
			filepath.Join(dir, notePrefix+"C-nothing"): noteFile + "\nnever/made/.desk.zip-1.unfinished",
		} {
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		told := ""
		w := &Workspace{Dir: dir, Notice: func(s string) { told += s }}
		w.clearUp()
		if _, err := os.Stat(printing); err == nil || told != "" {
			t.Errorf("the folder is there: %v; told: %q", err == nil, told)
		}
		if left := notesIn(t, dir); len(left) > 0 {
			t.Error("left:", left)
		}
	}
}

// What lies on a stick that is not plugged in stays noted until it is.
func TestClearUpElsewhere(t *testing.T) {
	dir, stick := t.TempDir(), filepath.Join(t.TempDir(), "stick")
	rest := filepath.Join(stick, ".desk.zip-1.unfinished")
	if err := os.WriteFile(filepath.Join(dir, notePrefix+"A"), []byte(noteFile+"\n"+rest), 0o600); err != nil {
		t.Fatal(err)
	}
	told := ""
	clear := func() {
		w := &Workspace{Dir: dir, Notice: func(s string) { told += s }}
		w.clearUp()
	}
	clear()
	if left := notesIn(t, dir); len(left) != 1 || !strings.Contains(told, "cannot be cleared away yet") {
		t.Errorf("left %v, told %q", left, told)
	}
	if err := os.Mkdir(stick, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(rest, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	clear()
	if _, err := os.Stat(rest); err == nil || len(notesIn(t, dir)) > 0 {
		t.Errorf("the rest is there: %v; notes: %v", err == nil, notesIn(t, dir))
	}
}

func notesIn(t *testing.T, dir string) []string {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(dir, notePrefix+"*"))
	if err != nil {
		t.Fatal(err)
	}
	return left
}
