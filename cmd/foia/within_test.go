package main

import (
	"errors"
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
			if m := setsVariable.FindStringSubmatch(line); m != nil {
				scriptVariables.Lock()
				scriptVariables.names[m[1]] = true
				scriptVariables.Unlock()
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
	a.in, a.out, a.err = strings.NewReader(""), ts.Stdout(), ts.Stderr()
	code := run(args, a)
	ts.Check(back())
	switch failed := code != exitDone; {
	case failed && !neg:
		ts.Fatalf("unexpected command failure: exit code %d", code)
	case !failed && neg:
		ts.Fatalf("unexpected command success")
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
func knowVariables(e *testscript.Env) error {
	scriptVariables.Lock()
	defer scriptVariables.Unlock()
	for _, v := range e.Vars {
		name, _, _ := strings.Cut(v, "=")
		scriptVariables.names[name] = true
	}
	return nil
}
