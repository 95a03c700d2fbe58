package main

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"foia/internal/remedy"
	"foia/internal/terminal"
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
		{remedy.To(remedy.New, "request").With("answers", remedy.Open("FILE.yaml")), "cases",
			"foia new request --answers FILE.yaml -w cases"},
		{remedy.To(remedy.New, "request").With("answers", "requests/2026-0001-x/answers.yaml"), "cases",
			"foia new request --answers cases/requests/2026-0001-x/answers.yaml -w cases"},
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

// What is printed can be pasted into the shells of the system on which it is printed.
func TestQuotedForTheShellsOfEachSystem(t *testing.T) {
	for _, row := range []struct {
		separator  rune
		word, want string
	}{
		{'/', `letters/a.yaml`, `letters/a.yaml`},
		{'/', `letters\a.yaml`, `'letters\a.yaml'`},
		{'/', `the desk’s own`, `"the desk’s own"`},
		{'/', `it's $5`, `'it'\''s $5'`},
		{'/', ``, `""`},
		{'\\', `C:\desk\a.yaml`, `C:\desk\a.yaml`},
		{'\\', `C:\my desk\a.yaml`, `"C:\my desk\a.yaml"`},
		{'\\', `\\server\share\a`, `\\server\share\a`},
		{'\\', `now!`, `"now!"`},
		{'\\', `it's $5`, `'it''s $5'`},
		{'\\', `a;b&c`, `"a;b&c"`},
	} {
		if got := quoteFor(row.separator, row.word); got != row.want {
			t.Errorf("%c %s: %s, want %s", row.separator, row.word, got, row.want)
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
	err := a.table([]terminal.Column{{Name: "A"}, {Name: "B"}}, [][]string{{act.String(), "1"}, {"x", "2"}})
	want = "A\tB\n" + (commandLine{dir: "my cases"}).Act(act) + "\t1\nx\t2\n"
	if err != nil || out.String() != want {
		t.Errorf("table:\n%s\n%v", out.String(), err)
	}
}

// What advice names runs: each act written out in the program has as many words as its
// command takes, and details that are flags of it; a detail named by itself is a flag of
// some command.
func TestActsRun(t *testing.T) {
	root := newRootCommand(testApp())
	verbs := verbNames(t)
	seen := map[string]int{}
	eachCall(t, "../../internal", func(where token.Position, call *ast.CallExpr) {
		act, ok := actOf(call, verbs)
		if !ok {
			return
		}
		seen[act.kind]++
		if act.kind != "act" {
			if name := act.details[0]; !isFlag(root, name) {
				t.Errorf("%s: no command has a flag --%s", where, name)
			}
			return
		}
		path := slices.DeleteFunc(strings.Fields(commands[act.verb]), func(w string) bool { return strings.HasPrefix(w, "--") })
		cmd, _, err := root.Find(path)
		if err != nil {
			t.Errorf("%s: %v", where, err)
			return
		}
		if least := len(words(cmd)); act.words < least && !strings.Contains(commands[act.verb], "--") && !act.spread &&
			!optionalWords[act.verb] {
			t.Errorf("%s: %s takes %d words, and the act has %d", where, cmd.CommandPath(), least, act.words)
		}
		for _, name := range act.details {
			if cmd.Flags().Lookup(name) == nil && cmd.InheritedFlags().Lookup(name) == nil && root.PersistentFlags().Lookup(name) == nil {
				t.Errorf("%s: %s has no flag --%s", where, cmd.CommandPath(), name)
			}
		}
	})
	if seen["act"] < 80 || seen["name"] < 40 {
		t.Errorf("only %v were seen: the test looks in the wrong place", seen)
	}
}

// optionalWords are acts whose words may be left out, since they only say which command.
var optionalWords = map[remedy.Verb]bool{remedy.New: true} // --next-of ID stands for them

// writtenAct is an act as it stands in the source.
type writtenAct struct {
	kind    string // act; or name: a detail by itself
	verb    remedy.Verb
	words   int
	spread  bool // words come from a list
	details []string
}

// actOf reads a call of remedy: To(…) with all that is called on it, Name and Give.
func actOf(call *ast.CallExpr, verbs map[string]remedy.Verb) (writtenAct, bool) {
	fun, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return writtenAct{}, false
	}
	text := func(i int) (string, bool) {
		if i >= len(call.Args) {
			return "", false
		}
		lit, ok := call.Args[i].(*ast.BasicLit)
		if !ok {
			return "", false
		}
		s, err := strconv.Unquote(lit.Value)
		return s, err == nil
	}
	if room, ok := fun.X.(*ast.Ident); ok && room.Name == "remedy" {
		switch fun.Sel.Name {
		case "To":
			verb, ok := call.Args[0].(*ast.SelectorExpr)
			return writtenAct{kind: "act", verb: verbs[nameOf(verb)], words: len(call.Args) - 1, spread: call.Ellipsis.IsValid()}, ok
		case "Name", "Give":
			name, ok := text(0)
			return writtenAct{kind: "name", details: []string{name}}, ok
		}
		return writtenAct{}, false
	}
	inner, ok := fun.X.(*ast.CallExpr)
	if !ok {
		return writtenAct{}, false
	}
	act, ok := actOf(inner, verbs)
	if !ok || act.kind != "act" {
		return writtenAct{}, false
	}
	if name, literal := text(0); literal && (fun.Sel.Name == "With" || fun.Sel.Name == "Saying") {
		act.details = append(act.details, name)
	}
	return act, true
}

func nameOf(s *ast.SelectorExpr) string {
	if s == nil {
		return ""
	}
	return s.Sel.Name
}

// verbNames are the constants of the acts, by name.
func verbNames(t *testing.T) map[string]remedy.Verb {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../../internal/remedy/act.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]remedy.Verb{}
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && len(spec.Values) == 1 {
			if lit, ok := spec.Values[0].(*ast.BasicLit); ok {
				out[spec.Names[0].Name] = remedy.Verb(strings.Trim(lit.Value, `"`))
			}
		}
		return true
	})
	return out
}

// eachCall reads the calls in the program's source below a folder.
func eachCall(t *testing.T, dir string, read func(token.Position, *ast.CallExpr)) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				read(fset.Position(call.Pos()), call)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// isFlag tells whether a command has a flag of that name.
func isFlag(root *cobra.Command, name string) bool {
	for _, cmd := range append(below(root), root) {
		if cmd.Flags().Lookup(name) != nil || cmd.PersistentFlags().Lookup(name) != nil {
			return true
		}
	}
	return false
}
