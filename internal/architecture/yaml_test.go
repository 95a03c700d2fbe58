package architecture

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// YAML is parsed in one room, which bounds it first; others only write it.
func TestOneRoomParsesYAML(t *testing.T) {
	parses := regexp.MustCompile(`"github\.com/goccy/go-yaml/|"go\.yaml\.in/|` +
		`yaml\.(Unmarshal|NewDecoder|NodeToValue|YAMLToJSON|PathString)`)
	seen := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil || !parses.Match(raw) {
			return err
		}
		seen++
		if filepath.Base(filepath.Dir(path)) != "yamltext" {
			t.Errorf("%s parses YAML itself: use yamltext.Decode", path)
		}
		return nil
	})
	if err != nil || seen == 0 {
		t.Errorf("%d files of yamltext seen, %v", seen, err)
	}
}
