package terminal

import (
	"bytes"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"pgregory.net/rapid"
)

// Citations stay on one line.
func TestCitationsStayWhole(t *testing.T) {
	const text = "The office may take ten working days more under 5 U.S.C. § 552(a)(6)(B) and 6 C.F.R. § 5.5, as § 552 says."
	for before := range 80 {
		var out bytes.Buffer
		Terminal{Out: &out}.Wrapped("  ", "  ", strings.Repeat("x", before)+" "+text)
		for _, whole := range []string{"5 U.S.C. § 552(a)(6)(B)", "6 C.F.R. § 5.5,", "§ 552 "} {
			if !strings.Contains(strings.ReplaceAll(out.String(), "\n", " \n"), whole) {
				t.Fatalf("%s is broken:\n%s", whole, &out)
			}
		}
	}
}

// A paragraph keeps its words in their order, within the width but for words that are
// longer, each line behind its indent.
func TestAnyParagraph(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.SampledFrom([]int{leastWidth, 40, 80, 120}).Draw(t, "width")
		text := texts().Draw(t, "text")
		var out bytes.Buffer
		Terminal{Out: &out}.wrappedWithin(width, "ID: ", "    ", text)
		obeyed(t, out.String())
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		for i, line := range lines {
			rest, ok := strings.CutPrefix(line, "    ")
			if i == 0 {
				rest, ok = strings.CutPrefix(line+" ", "ID: ")
			}
			words := strings.Fields(citations.Replace(" " + rest))
			if w := lipgloss.Width(line); !ok || w > width && len(words) > 1 {
				t.Fatalf("a line of %d in %d columns: %q", w, width, line)
			}
		}
		got, want := strings.Fields(out.String())[1:], strings.Fields(Clean(text))
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Fatalf("%q became %q", want, got)
		}
	})
}

// Words of advice count as they are read.
func TestWordsBeforeWidth(t *testing.T) {
	var out bytes.Buffer
	face := Terminal{Out: &out, Words: func(s string) string { return strings.ReplaceAll(s, "ACT", "foia show 2026-0001") }}
	face.Wrapped("", "", strings.Repeat("x", 72)+" ACT")
	table := face.LongTable([]Column{{Name: "Do"}}, false)
	table.tabs = false
	if err := table.Row([]string{"ACT"}); err != nil {
		t.Fatal(err)
	}
	if _, err := table.Close(); err != nil {
		t.Fatal(err)
	}
	want := strings.Repeat("x", 72) + " foia\nshow 2026-0001\nDo\n───────────────────\nfoia show 2026-0001\n"
	if out.String() != want {
		t.Errorf("%s\nwant\n%s", &out, want)
	}
}

// A list in a help text goes on below itself.
func TestListed(t *testing.T) {
	got := Listed("  sent   ", strings.Repeat("word ", 20))
	want := "  sent   " + strings.TrimSpace(strings.Repeat("word ", 14)) + "\n         word word word word word word\n"
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
