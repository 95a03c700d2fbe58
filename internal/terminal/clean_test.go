package terminal

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// What terminals obey, and signs that turn the direction of writing (Unicode 16.0,
// section 23.2 and 23.3; UAX #9), is not printed.
var obeys = []string{"\x1b[2J", "\x1b]0;x\x07", "\x9b31m", "\r", "\b", "\x7f", "\u061c", "\u200e", "\u200f", "\u202a", "\u202b", "\u202c",
	"\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u200b", "\ufeff", "\U000e0041", "\ue000", "\x00"}

func TestClean(t *testing.T) {
	for _, sign := range obeys {
		got := Clean("a" + sign + "b\n\tc")
		if strings.ContainsFunc(strings.NewReplacer("\n", "", "\t", "").Replace(got), obeyedSign) || !strings.HasSuffix(got, "b\n\tc") {
			t.Errorf("%q became %q", sign, got)
		}
	}
	if got := Cell(" a\tb\r\nc\u2028d "); got != "a b\ufffd c d" {
		t.Errorf("%q", got)
	}
	for _, whole := range []string{"§ 552", "Señor", "漢字", "e\u0301", "😀", "עברית"} {
		if Clean(whole) != whole {
			t.Errorf("%q became %q", whole, Clean(whole))
		}
	}
}

func obeyedSign(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co) }

// obeyed fails if a terminal would obey something in what was printed, but for line breaks.
func obeyed(t interface{ Fatalf(string, ...any) }, printed string) {
	for i, r := range printed {
		if r != '\n' && obeyedSign(r) {
			t.Fatalf("%q is printed: %q", r, printed[max(0, i-20):min(len(printed), i+20)])
		}
	}
}

// Whatever a text has, whichever way it is printed, also if it comes in by the wording.
func TestNothingIsObeyed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text") + strings.Join(obeys, " ")
		text = strings.NewReplacer("\t", " ").Replace(text)
		var out, err bytes.Buffer
		face := Terminal{Out: &out, Err: &err, Now: tenSecondsEach(), Words: func(s string) string { return s + text }}
		face.Note("%s", text)
		face.Wrapped("", "", text)
		if _, err := face.Table([]Column{{Name: text}, {Name: "x"}}, [][]string{{text, text}}); err != nil {
			t.Fatal(err)
		}
		out.WriteString(tableIn(t, 80, []Column{{Name: text}, {Name: "x", Wraps: true}}, [][]string{{text, text}}))
		face.Advance(text)(1, 2)
		face.Counting(text)(1)
		obeyed(t, strings.ReplaceAll(out.String(), "\t", " ")) // between the cells of a line for programs
		obeyed(t, err.String())
		if n := strings.Count(err.String(), "\n"); n < 3 {
			t.Fatalf("%d lines", n)
		}
	})
}

func ExampleTerminal_Note() {
	var said bytes.Buffer
	Terminal{Err: &said}.Note("note: %s has no address", "ICE")
	fmt.Print(said.String())
	// Output: note: ICE has no address
}
