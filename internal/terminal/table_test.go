package terminal

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"pgregory.net/rapid"
)

// A table that is too wide takes the room from names and sentences, and leaves dates,
// ids, amounts and, as long as it can, single words whole.
func TestColumnWidths(t *testing.T) {
	head := []string{"ID", "Office", "Sent", "Ackn.", "Status", "Fee"}
	rows := [][]string{{"2026-0001", "U.S. Immigration & Customs Enforcement", "2026-03-02", "2026-03-04", "processing", "$1,461,712.00"}}
	for total, want := range map[int][]int{
		200: {9, 38, 10, 10, 10, 13},
		80:  {9, 23, 10, 10, 10, 13},
		65:  {9, 8, 10, 10, 10, 13},
		63:  {9, 8, 10, 10, 8, 13}, // the status is broken
	} {
		if got, room := columnWidths(head, rows, total); !room || !slices.Equal(got, want) {
			t.Errorf("%d: %v, %v; want %v", total, got, room, want)
		}
	}
	for _, total := range []int{62, 40, 10} {
		if got, room := columnWidths(head, rows, total); room {
			t.Errorf("%d: there is room for %v", total, got)
		}
	}
}

// What a table looks like where there is room, where cells go on below themselves, and
// where there is no room for the columns.
func TestTable(t *testing.T) {
	head := []string{"ID", "Office", "Due", "Fee"}
	rows := [][]string{
		{"2026-0001", "Immigration and Customs Enforcement", "2026-03-02", "$1,200.05"},
		{"2026-0002", "a well-known office", "", "none"},
	}
	for width, want := range map[int]string{
		80: `ID        Office                              Due        Fee
──────────────────────────────────────────────────────────────────
2026-0001 Immigration and Customs Enforcement 2026-03-02 $1,200.05
2026-0002 a well-known office                            none
`,
		48: `ID        Office            Due        Fee
────────────────────────────────────────────────
2026-0001 Immigration and   2026-03-02 $1,200.05
          Customs
          Enforcement
2026-0002 a well-known                 none
          office
`,
		38: `ID: 2026-0001
  Office: Immigration and Customs
    Enforcement
  Due: 2026-03-02
  Fee: $1,200.05

ID: 2026-0002
  Office: a well-known office
  Fee: none
`,
	} {
		var out bytes.Buffer
		tableIn(&out, width, head, rows)
		if out.String() != want {
			t.Errorf("%d columns:\n%s\nwant\n%s", width, out.String(), want)
		}
	}
}

// tableIn prints a table as in a terminal of that width.
func tableIn(out *bytes.Buffer, width int, head []string, rows [][]string) {
	Terminal{Out: out}.tableWithin(width, head, rows)
}

// A date, an id or an amount is not broken at its hyphens, though other words are.
func TestNumbersStayWhole(t *testing.T) {
	for _, row := range []struct {
		text  string
		width int
		want  []string
	}{
		{"since 2026-03-02", 12, []string{"since", "2026-03-02"}},
		{"a self-contained one", 8, []string{"a self-", "containe", "d one"}},
		{"2026-0001 2026-0002", 9, []string{"2026-0001", "2026-0002"}},
		{"https://a.example/2026-03-02", 10, []string{"https://a.", "example/20", "26-03-02"}},
		{"", 8, []string{""}},
		{"漢字漢字漢字", 9, []string{"漢字漢字", "漢字"}},
	} {
		if got := folded(row.text, row.width); !slices.Equal(got, row.want) {
			t.Errorf("%q in %d: %q, want %q", row.text, row.width, got, row.want)
		}
	}
}

// Whatever is in it, and however wide the terminal is: no line of a table is wider, nothing
// is lost, no number is broken, and nothing that a terminal obeys is in it.
func TestAnyTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.SampledFrom([]int{leastWidth, 40, 80, 120}).Draw(t, "width")
		columns := rapid.IntRange(1, 10).Draw(t, "columns")
		head := make([]string, columns)
		for i := range head {
			head[i] = rapid.SampledFrom([]string{"", "ID", "Office", "Due", "Preflight"}).Draw(t, "head")
		}
		rows := rapid.SliceOfN(rapid.SliceOfN(texts(), columns, columns), 0, 4).Draw(t, "rows")
		var out bytes.Buffer
		tableIn(&out, width, head, rows)
		for line := range strings.Lines(out.String()) {
			if w := lipgloss.Width(strings.TrimSuffix(line, "\n")); w > width {
				t.Fatalf("a line of %d in %d columns: %q", w, width, line)
			}
		}
		obeyed(t, out.String())
		printed := out.String()
		for _, row := range rows {
			for _, cell := range row {
				for word := range strings.FieldsSeq(Clean(cell)) {
					if isNumber(word) && !strings.Contains(printed, word) {
						t.Fatalf("%q is broken in %d columns:\n%s", word, width, printed)
					}
				}
			}
		}
		if got, want := letters(printed), letters(strings.Join(slices.Concat(rows...), "")); len(rows) > 0 && got < want {
			t.Fatalf("%d letters of %d are printed:\n%s", got, want, printed)
		}
	})
}

// letters is how much of a text has to be printed in any case.
func letters(s string) (n int) {
	for _, r := range Clean(s) {
		if strings.TrimSpace(string(r)) != "" && r != '─' && string(r) != emoji {
			n++
		}
	}
	return n
}

// texts are what people and agencies write, and what nobody should: with numbers that must
// stay whole.
func texts() *rapid.Generator[string] {
	number := rapid.Custom(func(t *rapid.T) string {
		n := rapid.IntRange(0, 9_999_999).Draw(t, "n")
		return rapid.SampledFrom([]string{"2026-03-02", "2026-0001", "$1,461,712.00", strconv.Itoa(n)}).Draw(t, "number")
	})
	word := rapid.OneOf(number, rapid.StringMatching(`[a-z-]{1,12}`), rapid.StringN(0, 8, 40), rapid.StringMatching(`[a-z]{1,200}`),
		rapid.SampledFrom([]string{"5 U.S.C. § 552", "\x1b[31mred\x1b[0m", "\u202etxt", "漢字", "e\u0301", "👩\u200d👩\u200d👧", "\u2066x\u2069",
			"\x9b2J", "☺\ufe0f", "\ufe0f", "🇺🇸", "\xff\xfe", "עברית", "\u00a0"}))
	return rapid.Map(rapid.SliceOfN(word, 0, 12), func(words []string) string { return strings.Join(words, " ") })
}
