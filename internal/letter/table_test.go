package letter

import (
	"strings"
	"testing"
)

// A table in Markdown is refused, in an answer and in a template; what only looks
// like one is not.
func TestTable(t *testing.T) {
	f := Field{Name: "records", Type: Text}
	for _, s := range []string{"| A | B |\n| --- | --- |\n| 1 | 2 |", "A | B\n---|---\n1 | 2", "x\n|:---:|\ny",
		"A | B\r\n--- | :---\r\n1 | 2"} {
		if _, err := f.Clean(s, "answers.yaml", Typing{}); err == nil || !strings.Contains(err.Error(), "a table") {
			t.Errorf("%q: %v", s, err)
		}
	}
	for _, s := range []string{"A | B", "a\n---\nb", "one -- two | three", "----"} {
		if _, err := f.Clean(s, "answers.yaml", Typing{}); err != nil {
			t.Errorf("%q: %v", s, err)
		}
	}
	text := "---\nid: own\ntitle: t\nkind: request\nlaw: us-federal\nsubject: s\n---\nBefore\n\n| A | B |\n| --- | --- |\n"
	if _, err := fillWith(t, text, nil); err == nil || !strings.Contains(err.Error(), "own.md:11") ||
		!strings.Contains(err.Error(), "table") {
		t.Errorf("%v", err)
	}
}
