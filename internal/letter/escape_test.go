package letter

import (
	"testing"

	"pgregory.net/rapid"
)

// A text that need not be escaped is one that escaping leaves as it is.
func TestNothingToEscape(t *testing.T) {
	text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[-#+=~&0-9.)a-c *_\\|<>\x60\[\]]{0,8}`), rapid.Just("a\xffb"))
	plain := 0
	rapid.Check(t, func(rt *rapid.T) {
		s := text.Draw(rt, "text")
		if plainText(s) {
			plain++
			if got := escaped(s); got != s {
				rt.Errorf("%q is escaped as %q", s, got)
			}
		}
	})
	if plain == 0 {
		t.Error("no text was plain")
	}
}
