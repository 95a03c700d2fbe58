// Package pythontest asks modules of Python what a file holds, as somebody else's program reads it. It
// is used by tests only.
package pythontest

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// packageOf is the package of Debian that has a module.
func packageOf(module string) string {
	return map[string]string{"openpyxl": "python3-openpyxl", "icalendar": "python3-icalendar", "jsonschema": "python3-jsonschema"}[module]
}

// Run runs a script that imports a module, and returns what it prints. On a machine that lacks the
// module the test is skipped; where FOIA_CI is set it fails.
func Run(t testing.TB, module, script string, args ...string) string {
	t.Helper()
	cmd := exec.Command(with(t, module), append([]string{"-c", script}, args...)...)
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", module, err, &said)
	}
	return string(out)
}

// with is a Python that has a module: the first on the path, or the system's.
func with(t testing.TB, module string) string {
	t.Helper()
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(python, "-c", "import "+module).Run() == nil {
			return python
		}
	}
	missing := "no Python here has " + module + ": apt-get install " + packageOf(module)
	if os.Getenv("FOIA_CI") != "" {
		t.Fatal(missing)
	}
	t.Skip(missing)
	return ""
}
