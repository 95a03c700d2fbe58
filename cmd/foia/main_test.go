package main

import (
	"os"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"foia/internal/timestamp/authority"
)

// The scripts in testdata/script are the manual of the command line, and run as
// tests. The clock stands at noon of November 23, 2026, unless FOIA_TEST_DAY
// says otherwise.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"foia": func() { os.Exit(run(os.Args[1:], testApp())) },
	})
}

func testApp() *app {
	day := os.Getenv("FOIA_TEST_DAY")
	if day == "" {
		day = "2026-11-23"
	}
	return &app{in: os.Stdin, out: os.Stdout, err: os.Stderr, now: func() time.Time {
		t, err := time.Parse(time.RFC3339, day+"T12:00:00Z")
		if err != nil {
			panic(err)
		}
		return t
	}}
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", Cmds: map[string]func(*testscript.TestScript, bool, []string){"stamp": stamp}})
}

// stamp REQUEST ANSWER ROOT is a time-stamp service that is made for it.
func stamp(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs("authority-" + args[1])
	ts.Check(os.Mkdir(dir, 0o700))
	a, err := authority.Make(dir, "sha256")
	ts.Check(err)
	answer, err := a.Answer([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), answer, 0o600))
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(ts.ReadFile(a.Roots)), 0o600))
}
