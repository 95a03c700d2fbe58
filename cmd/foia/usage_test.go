package main

import (
	"bytes"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/spf13/pflag"

	"foia/internal/remedy"
)

// speak runs a command line in an empty folder.
func speak(t *testing.T, line ...string) (out, errors string, code int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	a := &app{in: strings.NewReader(""), out: &stdout, err: &stderr, now: time.Now, who: account}
	code = run(append([]string{"-w", t.TempDir()}, line...), a)
	return stdout.String(), stderr.String(), code
}

// raw are words of the command library's own messages.
var raw = []string{"arg(s)", "unknown command", "unknown flag", "unknown shorthand", "required flag", "strconv", "invalid argument",
	"flag needs", "Usage:", "Did you mean this", "help topic"}

// Whatever is wrong with a command line, the answer says what, gives a hint and exits
// with 2, for every command and every flag that there is.
func TestMisuse(t *testing.T) {
	root := newRootCommand(testApp())
	misuse := func(line ...string) {
		t.Helper()
		out, said, code := speak(t, line...)
		if code != exitUsage || out != "" || !strings.HasPrefix(said, "foia: error: ") || !strings.Contains(said, "\nfoia: hint: ") ||
			strings.Count(said, "\n") != 2 {
			t.Errorf("foia %q: exit code %d, output %q, errors %q", line, code, out, said)
		}
		for _, words := range raw {
			if strings.Contains(said, words) {
				t.Errorf("foia %q: a message of the command library: %s", line, said)
			}
		}
	}
	flags := 0
	for _, cmd := range append(below(root), root) {
		path := strings.Fields(cmd.CommandPath())[1:]
		misuse(append(path, "--no-such-flag")...)
		misuse(append(path, "-ä")...)
		misuse(append(path, "--=x")...)
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if flags++; f.NoOptDefVal == "" && f.Name != "workspace" {
				_, said, code := speak(t, append(path, "--"+f.Name)...)
				if code != exitUsage || !strings.Contains(said, "needs a value") || !strings.Contains(said, "hint") {
					t.Errorf("foia %q --%s without a value: %d, %s", path, f.Name, code, said)
				}
			}
			if kind := f.Value.Type(); kind == "int" || kind == "bool" {
				misuse(append(path, "--"+f.Name+"=x")...)
			}
		})
		if cmd.HasAvailableSubCommands() {
			misuse(append(path, "no-such-command")...)
			misuse(append(append([]string{"help"}, path...), "no-such-command")...)
		}
		for given := range words(cmd) {
			misuse(append(path, strings.Fields(strings.Repeat("x ", given))...)...)
		}
		if !cmd.HasAvailableSubCommands() && cmd.Name() != "help" && cmd.Args(cmd, strings.Fields(strings.Repeat("x ", 9))) != nil {
			misuse(append(path, strings.Fields(strings.Repeat("x ", 9))...)...)
		}
	}
	if flags < 100 {
		t.Errorf("only %d flags seen", flags)
	}
	misuse("db", "copy")
}

// What a use line says a command needs is what it takes.
func TestUseLines(t *testing.T) {
	root := newRootCommand(testApp())
	for _, cmd := range append(below(root), root) {
		if cmd.Args == nil {
			t.Errorf("%s takes any words", cmd.CommandPath())
			continue
		}
		needed := len(words(cmd))
		for n := range needed + 1 {
			err := cmd.Args(cmd, make([]string, n))
			if fits := n == needed; fits != (err == nil) && cmd.Name() != "assign" { // which takes --nobody for PERSON
				t.Errorf("%s says that it needs %q; given %d: %v", cmd.CommandPath(), words(cmd), n, err)
			}
			var ours *remedy.Error
			if err != nil && !errors.As(err, &ours) {
				t.Errorf("%s: an error of the library: %v", cmd.CommandPath(), err)
			}
		}
	}
}

// Every command is in one group of the help, and the help fits a terminal.
func TestHelpByTopic(t *testing.T) {
	root := newRootCommand(testApp())
	seen := map[string]int{}
	for _, group := range commandGroups {
		for _, name := range group.commands {
			seen[name]++
		}
	}
	for _, c := range root.Commands() {
		if seen[c.Name()] != 1 || c.GroupID == "" {
			t.Errorf("%s is in %d groups, %q", c.Name(), seen[c.Name()], c.GroupID)
		}
	}
	if len(seen) != len(root.Commands()) {
		t.Errorf("%d commands, %d in groups", len(root.Commands()), len(seen))
	}
	out, _, code := speak(t, "--help")
	for _, group := range commandGroups {
		if !strings.Contains(out, "\n"+group.title+":\n  "+group.commands[0]+" ") {
			t.Errorf("no group %s in %s", group.title, out)
		}
	}
	again, _, _ := speak(t, "help")
	if code != exitDone || again != out {
		t.Error("foia help is not foia --help")
	}
}

// foia alone says in three lines what to type.
func TestFront(t *testing.T) {
	dir := t.TempDir()
	front := func(want ...string) {
		t.Helper()
		var stdout, stderr bytes.Buffer
		a := &app{in: strings.NewReader(""), out: &stdout, err: &stderr, who: account,
			now: func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }}
		code := run([]string{"-w", dir}, a)
		if said := stdout.String(); code != exitDone || stderr.Len() > 0 || strings.Count(said, "\n") != 3 {
			t.Errorf("%d, %q, %q", code, said, stderr.String())
		}
		for line := range strings.Lines(stdout.String()) {
			if utf8.RuneCountInString(line) > 81 {
				t.Errorf("too wide for a terminal: %s", line)
			}
		}
		for _, w := range want {
			if !strings.Contains(stdout.String(), w) {
				t.Errorf("no %q in %s", w, stdout.String())
			}
		}
	}
	front("foia new irs-dhs-mou --sample", "foia init")
	if err := os.WriteFile(filepath.Join(dir, "foia.yaml"), []byte("requesters:\n  - {id: me, name: A}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	front("foia new request --to irs")
	for _, row := range []struct {
		now, soon int
		want      string
	}{
		{0, 0, "Nothing is due in the next 14 days."},
		{0, 1, "Nothing is overdue; 1 thing is due in the next 14 days."},
		{2, 0, "2 things are overdue or due today."},
		{1, 3, "1 thing is overdue or due today, 3 more in the next 14 days."},
	} {
		if got := dueInWords(row.now, row.soon); got != row.want {
			t.Errorf("%d, %d: %s", row.now, row.soon, got)
		}
	}
}

// A hint that ends with a command names one that runs as it is written.
func TestHintsRun(t *testing.T) {
	named := regexp.MustCompile(`(?:^|[^a] )\bfoia ([a-z]+(?: [a-z]+)?)(?:$|[;,)])`) // but not “a foia backup”
	seen := 0
	eachText(t, func(where, text string) {
		for _, m := range named.FindAllStringSubmatch(text, -1) {
			found, rest, err := newRootCommand(testApp()).Find(strings.Fields(m[1]))
			if err == nil && found == found.Root() {
				continue // such as "by an older foia that"
			}
			seen++
			if err == nil {
				err = found.ValidateArgs(rest)
			}
			if err != nil {
				t.Errorf("%s: “%s”: %v", where, text, err)
			}
		}
	})
	if seen < 10 {
		t.Errorf("only %d hints seen", seen)
	}
}

// eachText reads the strings that are written out in the program.
func eachText(t *testing.T, read func(where, text string)) {
	t.Helper()
	for _, dir := range []string{".", "../../internal"} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
					text, err := strconv.Unquote(literal.Value)
					if err != nil {
						t.Fatal(err)
					}
					read(path, text)
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
