package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"foia/internal/longtest"
)

// wineVariable has the scripts run by the program for Windows, too: 1, or the path of one
// that was made before, by
//
//	GOOS=windows go test -c -trimpath -o PATH ./cmd/foia
//
// which is foia with the clock of the scripts.
const wineVariable = "FOIA_WINE"

// wineScripts are those of the short form: they make, record, list, check and read lists.
var wineScripts = []string{"new", "life", "sample", "verify", "batch"}

// What Wine can show of Windows: paths with a drive and backslashes, names of devices, that an
// open file can be neither moved nor removed, locks, consoles, and whatever Go and SQLite ask
// of the system. A script that asks for something else, says so by the condition wine.
func TestScriptsWine(t *testing.T) {
	program := os.Getenv(wineVariable)
	if program == "" {
		t.Skip("the program for Windows is tried if " + wineVariable + " is 1, which needs Wine and takes minutes to build")
	}
	wine := startWine(t)
	if program == "1" {
		program = filepath.Join(t.TempDir(), "foia.exe")
		build := exec.Command("go", "test", "-c", "-trimpath", "-o", program, ".")
		build.Env = append(os.Environ(), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			t.Fatalf("the program for Windows: %v\n%s", err, out)
		}
	}
	scripts := allScripts(t)
	if !longtest.On() {
		scripts = nil
		for _, name := range wineScripts {
			scripts = append(scripts, "testdata/script/"+name+".txtar")
		}
	}
	bin := wineCommand(t, wine.wine, program)
	// Wine before its release 9 lacks the library from which Go takes random numbers.
	first := exec.Command(filepath.Join(bin, "foia"), "--version")
	first.Env = append(os.Environ(), wine.variables()...)
	if out, err := first.CombinedOutput(); err != nil {
		t.Fatalf("the program for Windows does not start (it needs Wine 9 or later, as Debian 13 has it): %v\n%s", err, out)
	}
	runScripts(t, testscript.Params{Files: scripts, Condition: scriptCondition(isWine), Cmds: scriptCommands,
		Setup: func(env *testscript.Env) error {
			env.Setenv("PATH", bin+string(filepath.ListSeparator)+env.Getenv("PATH"))
			env.Vars = append(env.Vars, wine.variables()...)
			return nil
		}})
}

// lookWine finds the program that starts those of 64 bits: what Debian calls wine writes to
// standard error when it lacks the part for 32.
func lookWine(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"wine64", "/usr/lib/wine/wine64", "wine"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal(wineVariable + " is set, and there is no Wine; on Debian 13: apt-get install wine")
	return ""
}

// windows is Wine as the scripts need it.
type windows struct {
	wine, prefix, runtime string
}

// startWine begins with a folder for Wine, the user's choice or a new one that goes with the
// test, and keeps it running: to start Wine takes longer than most commands.
func startWine(t *testing.T) *windows {
	t.Helper()
	w := &windows{wine: lookWine(t), prefix: os.Getenv("WINEPREFIX"), runtime: t.TempDir()}
	if w.prefix == "" {
		w.prefix = filepath.Join(t.TempDir(), "wine")
	}
	// A new folder takes seconds to fill, and a program that starts meanwhile dies.
	fills := exec.Command(w.wine, "cmd.exe", "/c", "exit")
	fills.Env = append(os.Environ(), w.variables()...)
	if out, err := fills.CombinedOutput(); err != nil {
		t.Fatalf("Wine: %v\n%s", err, out)
	}
	var said strings.Builder
	// It waits for a line that does not come, and ends when its input does.
	waits := exec.Command(w.wine, "cmd.exe")
	waits.Env, waits.Stderr = append(os.Environ(), w.variables()...), &said
	input, err := waits.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := waits.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(input.Close(), waits.Wait()); err != nil {
			t.Errorf("Wine: %v\n%s", err, said.String())
		}
	})
	return w
}

// variables are those of Wine: where it lives, that it keeps its own messages out of the
// program's (it has one for who lacks a runtime folder), and that arguments are UTF-8.
func (w *windows) variables() []string {
	return []string{"WINEPREFIX=" + w.prefix, "XDG_RUNTIME_DIR=" + w.runtime, "WINEDEBUG=-all", "LC_ALL=C.UTF-8"}
}

// wineCommand makes a folder with a command foia in it that runs a program for Windows.
func wineCommand(t *testing.T, wine, program string) string {
	t.Helper()
	dir := t.TempDir()
	// The program knows by its name that it is foia, and not the tests.
	exe := filepath.Join(dir, "foia.exe")
	raw, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(exe, raw, 0o700); err != nil {
		t.Fatal(err)
	}
	// Wine 10 dies of a TMPDIR, "free(): invalid pointer"; Windows has other names for it.
	script := fmt.Sprintf("#!/bin/sh\nunset TMPDIR\nexec '%s' '%s' \"$@\"\n", wine, exe)
	if err := os.WriteFile(filepath.Join(dir, "foia"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}
