package main

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"foia/internal/desktop"
	"foia/internal/longtest"
	"foia/internal/timestamp/authority"
	"foia/internal/workspace"
)

// The scripts in testdata/script are the manual of the command line, and run as
// tests. The clock stands at noon of November 23, 2026, unless FOIA_TEST_DAY
// and FOIA_TEST_TIME say otherwise; with FOIA_TEST_SHOWN, tables are as on a screen of 80 columns;
// FOIA_TEST_HAND, such as ana@desk-3, is who enters events and where.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"foia": func() {
			debug.SetGCPercent(gcPercent) // as the program does
			os.Exit(run(os.Args[1:], testApp()))
		},
	})
}

func testApp() *app {
	day := os.Getenv("FOIA_TEST_DAY")
	if day == "" {
		day = "2026-11-23"
	}
	who := account
	if name, machine, ok := strings.Cut(os.Getenv("FOIA_TEST_HAND"), "@"); ok {
		who = func() (string, string) { return name, machine }
		asHand(name)
	}
	clock := cmp.Or(os.Getenv("FOIA_TEST_TIME"), "12:00:00")
	shown := os.Getenv("FOIA_TEST_SHOWN") != ""
	return &app{shown: shown, in: os.Stdin, out: os.Stdout, err: os.Stderr, who: who, desktop: testDesktop(), now: func() time.Time {
		t, err := time.Parse(time.RFC3339, day+"T"+clock+"Z")
		if err != nil {
			panic(err)
		}
		return t
	}}
}

// testDesktop is none, unless FOIA_TEST_DESKTOP names the file that is to hold what is opened
// and copied.
func testDesktop() desktop.Desk {
	if file := os.Getenv("FOIA_TEST_DESKTOP"); file != "" {
		return deskFile(file)
	}
	return nil
}

type deskFile string

func (file deskFile) Open(target string) error { return file.add("open " + target) }
func (file deskFile) Copy(text string) error   { return file.add("copy " + text) }

func (file deskFile) add(line string) error {
	f, err := os.OpenFile(string(file), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(line + "\n")
	return errors.Join(err, f.Close())
}

// asHand has somebody come to the shared log under their own name, if there is one.
func asHand(name string) {
	address, err := url.Parse(os.Getenv(workspace.DatabaseVariable))
	if err != nil || address.Scheme == "" {
		return
	}
	address.User = url.User(name)
	if err := os.Setenv(workspace.DatabaseVariable, address.String()); err != nil {
		panic(err)
	}
}

func TestScripts(t *testing.T) {
	runScripts(t, testscript.Params{Files: within(t, allScripts(t)...), Condition: scriptCondition(), Cmds: scriptCommands})
}

// Started as a program, which is what the user does, foia is the same. The short form
// starts it for a few scripts.
func TestScriptsAsPrograms(t *testing.T) {
	scripts := []string{"testdata/script/sample.txtar", "testdata/script/usage.txtar"}
	if longtest.On() {
		scripts = allScripts(t)
	}
	runScripts(t, testscript.Params{Files: scripts, Condition: scriptCondition(), Cmds: scriptCommands})
}

func allScripts(t *testing.T) []string {
	t.Helper()
	scripts, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(scripts) == 0 {
		t.Fatal("no scripts", err)
	}
	return scripts
}

// What scripts may ask of where they run: shared, if their log is in a database, of which
// an empty one is there from the start; wine, if foia is the program for Windows and what
// is around it is not.
const (
	isShared = "shared"
	isWine   = "wine"
)

// scriptCondition tells scripts where they run.
func scriptCondition(is ...string) func(string) (bool, error) {
	return func(word string) (bool, error) {
		if word != isShared && word != isWine {
			return false, fmt.Errorf("there is no condition %s", word)
		}
		return slices.Contains(is, word), nil
	}
}

// scriptCommands are what scripts have besides foia.
var scriptCommands = map[string]func(*testscript.TestScript, bool, []string){"stamp": stamp, "foia-within": foiaWithin,
	"mail-server": mailServer, "send-server": sendServer, "part": partOf, "unfold": unfold}

// stamp REQUEST ANSWER ROOT is a time-stamp service that is made for it.
func stamp(ts *testscript.TestScript, _ bool, args []string) {
	theProcess.Lock()
	defer theProcess.Unlock()
	dir := ts.MkAbs("authority-" + args[1])
	ts.Check(os.Mkdir(dir, 0o700))
	a, err := authority.Make(dir, "sha256")
	ts.Check(err)
	answer, err := a.Answer([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), answer, 0o600))
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(ts.ReadFile(a.Roots)), 0o600))
}

// partOf PACKED PART FILE takes a part out of a packed file, such as a workbook, with each of its
// tags on a line.
func partOf(ts *testscript.TestScript, _ bool, args []string) {
	packed, err := zip.OpenReader(ts.MkAbs(args[0]))
	ts.Check(err)
	part, err := packed.Open(args[1])
	ts.Check(err)
	text, err := io.ReadAll(part)
	ts.Check(errors.Join(err, part.Close(), packed.Close()))
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), bytes.ReplaceAll(text, []byte("><"), []byte(">\n<")), 0o600))
}

// unfold CALENDAR FILE puts the lines of a calendar together that were folded.
func unfold(ts *testscript.TestScript, _ bool, args []string) {
	text := strings.NewReplacer("\r\n ", "", "\r\n", "\n").Replace(ts.ReadFile(args[0]))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o600))
}
