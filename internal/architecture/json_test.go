package architecture

import (
	"regexp"
	"strings"
	"testing"
)

// writesJSON is what makes JSON of a value.
var writesJSON = regexp.MustCompile(`\bjson\.(NewEncoder|Marshal|MarshalIndent)\(`)

// What is printed as JSON, or made for other programs, is written by one encoder, which gives a terminal no orders.
// What a face writes for itself is listed here.
func TestOneEncoder(t *testing.T) {
	may := map[string]string{
		"internal/export/encode.go": "the encoder",
		"internal/web/entry.go":     "where the desk is open, for the desk",
	}
	found := map[string]bool{}
	eachFile(t, []string{".go"}, func(name string, source []byte) {
		face := false
		for _, room := range []string{"cmd/foia/", "internal/web/", "internal/export/", "internal/terminal/"} {
			face = face || strings.HasPrefix(name, room)
		}
		if !face || strings.HasSuffix(name, "_test.go") || !writesJSON.Match(source) {
			return
		}
		found[name] = true
		if may[name] == "" {
			t.Errorf("%s writes JSON itself: export.JSON does", name)
		}
	})
	for name := range may {
		if !found[name] {
			t.Errorf("%s writes no JSON any more: take it out", name)
		}
	}
}
