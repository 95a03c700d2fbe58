package architecture

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Each rule of the index in ARCHITECTURE.md is where the index says, and what to look for
// is there.
func TestPlacesOfRules(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "<!-- places -->")
	table, _, found := strings.Cut(table, "<!-- end of places -->")
	rows := regexp.MustCompile("(?m)^\\| (.+) \\| `([^`]+)` \\| `([^`]+)` \\|$").FindAllStringSubmatch(table, -1)
	if !found || len(rows) < 15 {
		t.Fatalf("the index has %d rows", len(rows))
	}
	for _, row := range rows {
		if !strings.Contains(textOf(t, filepath.Join(root, row[2])), row[3]) {
			t.Errorf("the rule for %s is not in %s: there is no %s", row[1], row[2], row[3])
		}
	}
}

// textOf is the text of a file, or of the Go files of a room.
func textOf(t *testing.T, place string) string {
	t.Helper()
	files := []string{place}
	if info, err := os.Stat(place); err == nil && info.IsDir() {
		if files, err = filepath.Glob(filepath.Join(place, "*.go")); err != nil {
			t.Fatal(err)
		}
	}
	var all strings.Builder
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Error(err)
		}
		all.Write(text)
	}
	return all.String()
}
