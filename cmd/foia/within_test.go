package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// execFoia is a line of a script that runs foia, in its parts.
var execFoia = regexp.MustCompile(`^((?:\[[^\]]*\] *)*(?:! *)?)exec foia( .*)?$`)

// setsVariable is a line of a script that sets a variable.
var setsVariable = regexp.MustCompile(`^(?:\[[^\]]*\] *)*env ([A-Z_]+)=`)

// scriptVariables are what scripts set.
var scriptVariables = struct {
	sync.Mutex
	names map[string]bool
}{names: map[string]bool{}}

// runScripts runs scripts. Their places are absolute, since another script may have this process
// in its own folder when one is opened; what they set is known to commands that run within the process.
func runScripts(t *testing.T, p testscript.Params) {
	t.Helper()
	for i, name := range p.Files {
		place, err := filepath.Abs(name)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(place)
		if err != nil {
			t.Fatal(err)
		}
		p.Files[i] = place
		knowSetIn(string(raw))
	}
	setup := p.Setup
	p.Setup = func(e *testscript.Env) error {
		if setup != nil {
			if err := setup(e); err != nil {
				return err
			}
		}
		if cache, err := os.UserCacheDir(); err == nil { // compiling the reader of PDFs takes many seconds
			e.Setenv("XDG_CACHE_HOME", filepath.Join(cache, "foia-test-scripts"))
		}
		knowVariables(e)
		return nil
	}
	testscript.Run(t, p)
}

// knowSetIn notes what a script sets while it runs.
func knowSetIn(script string) {
	scriptVariables.Lock()
	defer scriptVariables.Unlock()
	for line := range strings.Lines(script) {
		if m := setsVariable.FindStringSubmatch(line); m != nil {
			scriptVariables.names[m[1]] = true
		}
	}
}

// within returns copies of scripts in which foia is not started as a program, which
// takes ten times as long as most of its commands, but called. What a shell in them
// calls foia stays a program.
func within(t *testing.T, scripts ...string) []string {
	t.Helper()
	dir := t.TempDir()
	var copies []string
	for _, name := range scripts {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		lines, called := strings.Split(string(raw), "\n"), 0
		for i, line := range lines {
			if strings.HasPrefix(line, "-- ") { // the files begin
				break
			}
			if execFoia.MatchString(line) {
				lines[i] = execFoia.ReplaceAllString(line, "${1}foia-within${2}")
				called++
			}
		}
		if called == 0 {
			t.Fatalf("%s does not run foia", name)
		}
		place := filepath.Join(dir, filepath.Base(name))
		if err := os.WriteFile(place, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
			t.Fatal(err)
		}
		copies = append(copies, place)
	}
	return copies
}

// theProcess is this process's folder and variables, which one script has at a time.
var theProcess sync.Mutex

// foiaWithin runs foia as a script would start it: in its folder, with its variables.
func foiaWithin(ts *testscript.TestScript, neg bool, args []string) {
	theProcess.Lock()
	defer theProcess.Unlock()
	back, err := enter(ts)
	ts.Check(err)
	a := testApp()
	var printed, said bytes.Buffer
	a.in, a.out, a.err = strings.NewReader(""), io.MultiWriter(ts.Stdout(), &printed), io.MultiWriter(ts.Stderr(), &said)
	code := run(args, a)
	ts.Check(back())
	if faults := outputFaults(args, printed.String(), said.String()); len(faults) > 0 {
		ts.Fatalf("what is printed does not run: %s", strings.Join(faults, "\n"))
	}
	if hint := circular(args, said.String()); code != exitDone && hint != "" {
		ts.Fatalf("the hint sends the user back to the command that failed: %s", hint)
	}
	switch failed := code != exitDone; {
	case failed && !neg:
		ts.Fatalf("unexpected command failure: exit code %d", code)
	case !failed && neg:
		ts.Fatalf("unexpected command success")
	}
}

// circular is a hint that names just the command that failed, or the same command with
// what to put in its place to be made up; empty if there is none.
func circular(args []string, said string) string {
	for line := range strings.Lines(said) {
		_, hint, ok := strings.Cut(line, "foia: hint: ")
		if !ok || len(args) == 0 {
			continue
		}
		for n := range min(2, len(args)) {
			path := regexp.QuoteMeta("foia " + strings.Join(args[:n+1], " "))
			if regexp.MustCompile(path + ` (WORDS|OFFICE|NAME|FILE)\b`).MatchString(hint) {
				return hint
			}
		}
		if regexp.MustCompile(regexp.QuoteMeta("foia "+strings.Join(args, " ")) + `([.,;)”]| \(| lists| tells|\s*$)`).MatchString(hint) {
			return hint
		}
	}
	return ""
}

func TestCircular(t *testing.T) {
	for _, row := range []struct {
		args, hint string
		want       bool
	}{
		{"agency search xyz", "find offices with: foia agency search WORDS", true},
		{"agency show irz", "did you mean treasury-irs? More about it: foia agency show treasury-irs", false},
		{"agency show irz", "see: foia agency show irz", true},
		{"verify", "foia verify lists everything", true},
		{"verify", "see: foia verify", true},
		{"new request --to xyz", "name an office, for example --to irs (search with: foia agency search WORDS)", false},
	} {
		if got := circular(strings.Fields(row.args), "foia: error: no\nfoia: hint: "+row.hint+"\n") != ""; got != row.want {
			t.Errorf("%s: %q is circular: %v", row.args, row.hint, got)
		}
	}
}

// enter puts this process where a script is, and returns the way back.
func enter(ts *testscript.TestScript) (back func() error, err error) {
	before, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	old := map[string]string{}
	back = func() error {
		errs := []error{os.Chdir(before)}
		for name, value := range old {
			errs = append(errs, set(name, value))
		}
		return errors.Join(errs...)
	}
	scriptVariables.Lock()
	defer scriptVariables.Unlock()
	for name := range scriptVariables.names {
		old[name] = os.Getenv(name)
		if err := set(name, ts.Getenv(name)); err != nil {
			return nil, errors.Join(err, back())
		}
	}
	if err := os.Chdir(ts.MkAbs(".")); err != nil {
		return nil, errors.Join(err, back())
	}
	return back, nil
}

// set gives a variable a value; none is no variable.
func set(name, value string) error {
	if value == "" {
		return os.Unsetenv(name)
	}
	return os.Setenv(name, value)
}

// knowVariables notes what a script's variables are called at its beginning.
func knowVariables(e *testscript.Env) {
	scriptVariables.Lock()
	defer scriptVariables.Unlock()
	for _, v := range e.Vars {
		name, _, _ := strings.Cut(v, "=")
		scriptVariables.names[name] = true
	}
}
