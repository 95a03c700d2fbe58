package pdftest

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Program returns the path of another program. On a bare machine the test is skipped; in CI it
// must be there.
func Program(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		if os.Getenv("FOIA_CI") == "1" {
			t.Fatalf("%s is not installed", name)
		}
		t.Skipf("%s is not installed", name)
	}
	return path
}

// Output is what another program says.
func Output(t testing.TB, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(Program(t, name), args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}
