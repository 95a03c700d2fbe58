package main

import (
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// How much memory our rooms may ask for before the first line of a command runs, in
// numbers of allocations: what their package variables hold decides that. Allocations can be counted,
// while times depend on what else the machine does. Raise a bound only with the figures of
// `GODEBUG=inittrace=1 foia --version` before and after.
const (
	mostOfRoom      = 150 // of one of ours; docket has 115
	mostOfOurs      = 500 // of all of ours; there are 400
	leastPackages   = 100
	tablesAtStart   = "github.com/xuri/excelize" // 21,800 for the one command that reads lists
	packageInitLine = `(?m)^init (\S+) @.* (\d+) allocs\r?$`
)

func TestStart(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program)
	cmd.Args = []string{"foia", "--version"} // by its name, this program is foia: see TestMain
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	var trace strings.Builder
	cmd.Stderr = &trace
	out, err := cmd.Output()
	if err != nil || !strings.HasPrefix(string(out), "foia version ") {
		t.Fatalf("%q, %v\n%s", out, err, &trace)
	}
	packages, ours := 0, 0
	for _, m := range regexp.MustCompile(packageInitLine).FindAllStringSubmatch(trace.String(), -1) {
		name := m[1]
		n, err := strconv.Atoi(m[2])
		if err != nil {
			t.Fatal(err)
		}
		packages++
		if strings.HasPrefix(name, tablesAtStart) {
			t.Errorf("%s is part of the program: its tables are made at every start", name)
		}
		if !strings.HasPrefix(name, "foia/internal/") || strings.HasSuffix(name, "test") || strings.Contains(name, "/bench") {
			continue
		}
		if ours += n; n > mostOfRoom {
			t.Errorf("%s allocates %d times before the first line of every command, more than %d", name, n, mostOfRoom)
		}
	}
	switch {
	case packages < leastPackages:
		t.Errorf("only %d packages were read:\n%s", packages, &trace)
	case ours > mostOfOurs:
		t.Errorf("the rooms allocate %d times before the first line of every command, more than %d", ours, mostOfOurs)
	}
	t.Logf("%d packages; the rooms allocate %d times", packages, ours)
}
