package reply

import (
	"os"
	"strings"
	"testing"

	"foia/internal/workday"
)

// Each sentence of the phrase book, in a letter of its own, tells the event and the details that stand above it;
// one with an exclamation mark it does not tell (testdata/README.md).
func TestPhrases(t *testing.T) {
	raw, err := os.ReadFile("testdata/phrases.txt")
	if err != nil {
		t.Fatal(err)
	}
	calendar, err := workday.Federal()
	if err != nil {
		t.Fatal(err)
	}
	var wants []string
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(line)
		if head, ok := strings.CutPrefix(line, "# "); ok {
			wants = headOf(head)
			continue
		}
		if line == "" {
			continue
		}
		text := "DEPARTMENT OF EXAMPLES\nWashington, DC 20500\n\nJune 10, 2026\n\n" +
			"Re: Freedom of Information Act Request No. 26-00411-F\n\nDear Ms. Sample:\n\n" + line + "\n\nSincerely,\n\nFOIA Officer\n"
		r := Read(Message{Parts: []Part{{Text: text}}}, Known{Calendar: calendar, Today: workday.MustDate("2026-11-29")})
		for _, want := range wants {
			told(t, line, want, r)
		}
	}
}

// headOf are the events of a heading: one with its details, or several that are not told.
func headOf(s string) []string {
	if strings.HasPrefix(s, "!") {
		return strings.Fields(s)
	}
	return []string{s}
}

func told(t *testing.T, line, want string, r Reading) {
	t.Helper()
	event, details, _ := strings.Cut(want, " ")
	not := strings.HasPrefix(event, "!")
	event, detail, _ := strings.Cut(strings.TrimPrefix(event, "!"), ".")
	for _, p := range r.Proposals {
		if string(p.Kind) != event {
			continue
		}
		got := flat(p, "")
		if not && (detail == "" || got[detail] != "") {
			t.Errorf("%s\n\ttells %v", line, got)
		}
		for name, value := range pairs(details) {
			if got[name] != value {
				t.Errorf("%s\n\ttells %s %q, want %q", line, name, got[name], value)
			}
		}
		return
	}
	if !not {
		t.Errorf("%s\n\tdoes not tell %s", line, event)
	}
}

// pairs are details as name=value; a value can have blanks.
func pairs(s string) map[string]string {
	out := map[string]string{}
	last := ""
	for _, w := range strings.Fields(s) {
		if name, value, ok := strings.Cut(w, "="); ok {
			out[name], last = value, name
		} else {
			out[last] += " " + w
		}
	}
	return out
}
