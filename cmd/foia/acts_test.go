package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"foia/internal/remedy"
)

// Every act that advice may name is a command that is there.
func TestEveryActHasItsCommand(t *testing.T) {
	root := newRootCommand(testApp())
	for _, verb := range remedy.Verbs() {
		words := strings.Fields(commands[verb])
		if len(words) == 0 {
			t.Errorf("the act %q has no command", verb)
			continue
		}
		var path, flags []string
		for _, w := range words {
			if strings.HasPrefix(w, "--") {
				flags = append(flags, strings.TrimPrefix(w, "--"))
			} else {
				path = append(path, w)
			}
		}
		found, rest, err := root.Find(path)
		if err != nil || found == root || len(rest) > 0 {
			t.Errorf("%s: there is no command foia %s", verb, commands[verb])
			continue
		}
		for _, f := range flags {
			if f != "help" && found.Flags().Lookup(f) == nil {
				t.Errorf("%s: foia %s has no flag --%s", verb, strings.Join(path, " "), f)
			}
		}
	}
	if len(commands) != len(remedy.Verbs()) {
		t.Errorf("%d commands for %d acts", len(commands), len(remedy.Verbs()))
	}
}

func TestActsAsCommandsThatCanBePasted(t *testing.T) {
	record := remedy.To(remedy.Record, "2026-0001", "determination")
	for _, row := range []struct {
		act       remedy.Act
		dir, want string
	}{
		{remedy.To(remedy.Verify), "", "foia verify"},
		{remedy.To(remedy.Law, "us-tx"), "", "foia law show us-tx"},
		{record.With("on", "2026-11-28").With("outcome", "granted"), "",
			"foia record 2026-0001 determination --on 2026-11-28 --outcome granted"},
		{record.With("on", remedy.Open("DATE")).Saying("again"), "", "foia record 2026-0001 determination --on DATE --again"},
		{record.With("note", remedy.Open("…")), "", `foia record 2026-0001 determination --note "…"`},
		{remedy.To(remedy.Make, "2026-0001", "appeal").Answering("reasons", remedy.Open("…")), "",
			`foia letter 2026-0001 appeal --set reasons="…"`},
		{remedy.To(remedy.FindOffice, "police of Albany"), "", `foia agency search "police of Albany"`},
		{remedy.To(remedy.FindOffice, `the "$1" office's`), "", `foia agency search 'the "$1" office'\''s'`},
		{remedy.To(remedy.Show, "2026-0001"), "my cases", `foia show 2026-0001 -w "my cases"`},
		{remedy.To(remedy.Events), "cases", "foia record --help"},
	} {
		if got := (commandLine{dir: row.dir}).Act(row.act); got != row.want {
			t.Errorf("got  %s\nwant %s", got, row.want)
		}
	}
}

// Whatever a command prints, acts in it are worded, and bytes that are no text stay.
func TestWhatIsPrintedHasCommands(t *testing.T) {
	var out, errs bytes.Buffer
	a := &app{out: &out, err: &errs}
	a.speak()
	a.speak() // once is enough
	a.note("see: %s; or add %s", remedy.To(remedy.Show, "2026-0001"), remedy.Name("again"))
	if want := "see: foia show 2026-0001; or add --again\n"; errs.String() != want {
		t.Errorf("note: %q, want %q", errs.String(), want)
	}
	if err := a.json(map[string]string{"do": remedy.To(remedy.Show, `a "b"`).String()}); err != nil {
		t.Fatal(err)
	}
	if want := "{\n  \"do\": \"foia show 'a \\\"b\\\"'\"\n}\n"; out.String() != want {
		t.Errorf("JSON: %q, want %q", out.String(), want)
	}
	pdf := "%PDF-1.7 \uFDD0\xff\xfe"
	out.Reset()
	if _, err := unworded(a.out).Write([]byte(pdf)); err != nil || out.String() != pdf {
		t.Errorf("bytes became %q (%v)", out.String(), err)
	}
}

// Lines are broken, and columns set, when acts are words already: a value may have spaces,
// and the words are longer than what stands for them.
func TestActsWithinTheWidth(t *testing.T) {
	var out bytes.Buffer
	a := &app{out: &out, dir: "my cases", dirSet: true}
	a.speak()
	act := remedy.To(remedy.FindOffice, "police of Albany").With("x", "a b")
	a.wrapped("  ", "The office is not in the directory; to look for others with such a name: "+act.String()+".")
	want := "  The office is not in the directory; to look for others with such a name: foia\n" +
		"  agency search \"police of Albany\" --x \"a b\" -w \"my cases\".\n"
	if out.String() != want {
		t.Errorf("wrapped:\n%s", out.String())
	}
	out.Reset()
	a.table([]string{"A", "B"}, [][]string{{act.String(), "1"}, {"x", "2"}})
	want = fmt.Sprintf("%-61s B\n%s\n%s 1\n%-61s 2\n", "A", strings.Repeat("─", 63), (commandLine{dir: "my cases"}).Act(act), "x")
	if out.String() != want {
		t.Errorf("table:\n%s", out.String())
	}
}
