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

// requests is a table as foia log has it.
func requests() ([]Column, [][]string) {
	return []Column{{Name: "ID"}, {Name: "Office"}, {Name: "Due", Drop: 1}, {Name: "Last event", Drop: 2}}, [][]string{
		{"2026-0001", "Immigration and Customs Enforcement", "2026-03-02", "acknowledged 2026-02-11"},
		{"2026-0002", "a well-known office", "", "sent 2026-02-27"},
	}
}

// What a table looks like where there is room, where cells are cut, where columns are dropped, and
// where there is no room even for those that always stay.
func TestTable(t *testing.T) {
	for width, want := range map[int]string{
		80: `ID        Office                              Due        Last event
────────────────────────────────────────────────────────────────────────────────
2026-0001 Immigration and Customs Enforcement 2026-03-02 acknowledged 2026-02-11
2026-0002 a well-known office                            sent 2026-02-27
`,
		60: `ID        Office              Due        Last event
────────────────────────────────────────────────────────────
2026-0001 Immigration and…    2026-03-02 acknowledged…
2026-0002 a well-known office            sent 2026-02-27
`,
		40: `ID        Office              Due
────────────────────────────────────────
2026-0001 Immigration and…    2026-03-02
2026-0002 a well-known office
not shown: Last event
`,
		30: `ID        Office
──────────────────────────────
2026-0001 Immigration and…
2026-0002 a well-known office
not shown: Due, Last event
`,
		21: `ID: 2026-0001
  Office:
    Immigration and
    Customs
    Enforcement
  Due: 2026-03-02
  Last event:
    acknowledged
    2026-02-11

ID: 2026-0002
  Office: a well-
    known office
  Last event: sent
    2026-02-27
`,
	} {
		columns, rows := requests()
		if got := tableIn(t, width, columns, rows); got != want {
			t.Errorf("%d columns:\n%s\nwant\n%s", width, got, want)
		}
	}
}

// tableIn is a table as printed in a terminal of that width.
func tableIn(t fataler, width int, columns []Column, rows [][]string) string {
	var out bytes.Buffer
	table := Terminal{Out: &out}.newTable(columns)
	table.tabs, table.width, table.most = false, width, 0
	for _, row := range rows {
		if err := table.Row(row); err != nil {
			t.Fatal(err)
		}
	}
	dropped, err := table.Close()
	if err != nil {
		t.Fatal(err)
	}
	if len(dropped) > 0 {
		out.WriteString("not shown: " + strings.Join(dropped, ", ") + "\n")
	}
	return out.String()
}

type fataler interface{ Fatal(...any) }

// Cells that go on in the next line, since nothing of them may be lost.
func TestTableThatWraps(t *testing.T) {
	columns := []Column{{Name: ""}, {Name: "Before", Wraps: true}, {Name: "Now", Wraps: true}}
	rows := [][]string{{"address", "20 Example Street, since 2026-03-02", "1 Example Square"}}
	if got, want := tableIn(t, 36, columns, rows), `        Before        Now
────────────────────────────────────
address 20 Example    1 Example
        Street, since Square
        2026-03-02
`; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// A long table is printed as its rows come. What is wider than the rows by which its widths
// were found is cut, but not an id.
func TestLongTable(t *testing.T) {
	var out bytes.Buffer
	table := Terminal{Out: &out}.LongTable([]Column{{Name: "ID"}, {Name: "Office"}}, false)
	table.tabs, table.width, table.most = false, 40, 2
	for i, row := range [][]string{{"2026-9998", "ICE"}, {"2026-9999", "CBP of Laredo"}, {"2026-10000", "an office of a long name"}} {
		if err := table.Row(row); err != nil {
			t.Fatal(err)
		}
		if held := len(table.held); held != []int{1, 0, 0}[i] {
			t.Errorf("%d rows are held after %d", held, i+1)
		}
	}
	if _, err := table.Close(); err != nil {
		t.Fatal(err)
	}
	const want = `ID        Office
───────────────────────
2026-9998 ICE
2026-9999 CBP of Laredo
2026-10000 an office of…
`
	if out.String() != want {
		t.Errorf("%s\nwant\n%s", out.String(), want)
	}
}

// Where results go to no terminal, each row is one line, whole, whatever COLUMNS says.
func TestTableForPrograms(t *testing.T) {
	t.Setenv(columnsVariable, "30")
	var out bytes.Buffer
	columns, rows := requests()
	rows[1][1] = "with\ttabs,\nlines\x1b[2J and words that go on and on"
	dropped, err := Terminal{Out: &out}.Table(columns, rows)
	if err != nil || dropped != nil {
		t.Error(dropped, err)
	}
	const want = "ID\tOffice\tDue\tLast event\n" +
		"2026-0001\tImmigration and Customs Enforcement\t2026-03-02\tacknowledged 2026-02-11\n" +
		"2026-0002\twith tabs, lines\ufffd[2J and words that go on and on\t\tsent 2026-02-27\n"
	if out.String() != want {
		t.Errorf("%q\nwant\n%q", out.String(), want)
	}
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

// Whatever is in it, and however wide the terminal is: no line of a table is wider, no number is
// broken, a word is broken only if it is longer than any id, what is left out is marked, and
// nothing that a terminal obeys is in it.
func TestAnyTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.SampledFrom([]int{leastWidth, 40, 80, 120}).Draw(t, "width")
		columns := make([]Column, rapid.IntRange(1, 10).Draw(t, "columns"))
		for i := range columns {
			columns[i] = Column{Name: rapid.SampledFrom([]string{"", "ID", "Office", "Due", "Preflight"}).Draw(t, "name"),
				Drop: rapid.IntRange(0, 3).Draw(t, "drop"), Wraps: rapid.Bool().Draw(t, "wraps")}
		}
		rows := rapid.SliceOfN(rapid.SliceOfN(texts(), len(columns), len(columns)), 0, 4).Draw(t, "rows")
		printed := tableIn(t, width, columns, rows)
		printed, _, _ = strings.Cut(printed, "not shown: ")
		for line := range strings.Lines(printed) {
			if w := lipgloss.Width(strings.TrimSuffix(line, "\n")); w > width {
				t.Fatalf("a line of %d in %d columns: %q", w, width, line)
			}
		}
		obeyed(t, printed)
		whole := map[string]bool{}
		for _, row := range rows {
			for _, cell := range row {
				for word := range strings.FieldsSeq(Clean(cell)) {
					whole[word] = true
				}
			}
		}
		for word := range strings.FieldsSeq(printed) {
			if date := strings.TrimSuffix(word, "…"); strings.HasPrefix(date, "2026-0") && len(date) < len("2026-03-02") && !whole[date] {
				t.Fatalf("%q is part of a number:\n%s", date, printed)
			}
			if cut, ok := strings.CutSuffix(word, "…"); ok && isNumber(cut) && strings.Count(cut, "-") == 2 && !whole[cut] {
				t.Fatalf("%q is cut:\n%s", word, printed)
			}
		}
	})
}

// A cell is cut between its words.
func TestCut(t *testing.T) {
	for _, row := range []struct {
		text  string
		width int
		want  string
	}{
		{"Immigration and Customs Enforcement", 35, "Immigration and Customs Enforcement"},
		{"Immigration and Customs Enforcement", 34, "Immigration and Customs…"},
		{"Immigration and Customs Enforcement", 16, "Immigration and…"},
		{"Immigration and Customs Enforcement", 15, "Immigration…"},
		{"Immigration and Customs Enforcement", 6, "Immig…"},
		{"sent 2026-02-27", 14, "sent…"},
		{"2026-02-27 sent", 8, "…"},
		{"2026-02-27", 8, "2026-02-27"},
		{"one, two, three", 10, "one, two…"},
		{"漢字漢字 漢字", 7, "漢字漢…"},
	} {
		if got := cut(row.text, row.width); got != row.want {
			t.Errorf("%q in %d: %q, want %q", row.text, row.width, got, row.want)
		}
	}
}

// The width of a text is what the library says, with and without its tables.
func TestWidthOfText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if s := texts().Draw(t, "text"); widthOfText(s) != lipgloss.Width(s) {
			t.Fatalf("%q: %d, want %d", s, widthOfText(s), lipgloss.Width(s))
		}
	})
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
