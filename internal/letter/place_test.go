package letter

import (
	"strings"
	"testing"
	"testing/fstest"
)

// A letter of a pack has an office or a made-up place, and not both.
func TestPackPlace(t *testing.T) {
	const place = "place: {name: Example County, law: us-il}"
	for to, fine := range map[string]bool{"office: epa": true, place: true, "office: epa\n    " + place: false, "via: mail": false} {
		text := "id: own\nletters:\n  - name: one\n    template: request\n    " + to + "\n"
		p, err := NewLibrary(fstest.MapFS{"packs/own.yaml": {Data: []byte(text)}}).Pack("own")
		if fine != (err == nil) {
			t.Errorf("%s: %v", to, err)
			continue
		}
		if err != nil && !strings.Contains(err.(*Problem).Remedy, "an office or a place") {
			t.Error(err)
		}
		if fine && p.Letters[0].Place != nil && p.Letters[0].Addressee() != "Example County (made up)" {
			t.Error(p.Letters[0].Addressee())
		}
	}
}
