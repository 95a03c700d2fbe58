// Package bundletest asks verify_bundle.py, which knows nothing of foia, what a bundle
// is. It is used by tests only.
package bundletest

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	verifying "foia"

	"foia/internal/longtest"
)

// Script is what the script says of a bundle, and whether it passes it. seal is the one
// that is held; it may be empty. On a machine without Python the test is skipped; where
// FOIA_CI is set it fails. In the short form of the tests one Python does it for all.
func Script(t testing.TB, raw []byte, seal string) (said string, ok bool) {
	t.Helper()
	if longtest.On() {
		return Program(t, raw, seal)
	}
	said, code, err := one.run(laidOut(t, raw, seal))
	if err != nil {
		t.Fatal(err)
	}
	return said, code == 0
}

// Program is the same with a Python of its own, as whoever gets a bundle starts it.
func Program(t testing.TB, raw []byte, seal string) (said string, ok bool) {
	t.Helper()
	out, err := exec.Command("python3", laidOut(t, raw, seal)...).CombinedOutput()
	return string(out), err == nil
}

// laidOut puts the script and what it checks into a folder, and returns its arguments.
func laidOut(t testing.TB, raw []byte, seal string) (args []string) {
	t.Helper()
	if _, err := exec.LookPath("python3"); err != nil {
		if os.Getenv("FOIA_CI") != "" {
			t.Fatal("python3 is not installed")
		}
		t.Skip("python3 is not installed")
	}
	dir := t.TempDir()
	args = []string{filepath.Join(dir, "verify_bundle.py"), filepath.Join(dir, "bundle.zip")}
	if seal != "" {
		args = append(args, filepath.Join(dir, "seal.txt"))
	}
	for name, data := range map[string][]byte{"verify_bundle.py": verifying.Script, "bundle.zip": raw, "seal.txt": []byte(seal)} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return args
}

// interpreter is one Python for all bundles, since it takes long to start. It ends with
// the program that started it, whose pipe it reads.
type interpreter struct {
	mu  sync.Mutex
	in  io.Writer
	out *bufio.Reader
}

var one interpreter

// runner runs the script with the arguments of each line, as python3 would.
const runner = `
import contextlib, io, json, runpy, sys, traceback
for line in sys.stdin:
    sys.argv, code, said = json.loads(line), 0, io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            runpy.run_path(sys.argv[0], run_name="__main__")
        except SystemExit as e:
            code = e.code
            if code is not None and not isinstance(code, int):
                print(code, file=sys.stderr)
                code = 1
        except BaseException:
            traceback.print_exc()
            code = 1
    print(json.dumps({"said": said.getvalue(), "code": code or 0}), flush=True)
`

func (i *interpreter) run(args []string) (said string, code int, err error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.in == nil {
		if err := i.start(); err != nil {
			return "", 0, err
		}
	}
	if err := json.NewEncoder(i.in).Encode(args); err != nil {
		return "", 0, err
	}
	line, err := i.out.ReadBytes('\n')
	if err != nil {
		return "", 0, err
	}
	var answer struct {
		Said string
		Code int
	}
	err = json.Unmarshal(line, &answer)
	return answer.Said, answer.Code, err
}

func (i *interpreter) start() error {
	cmd := exec.Command("python3", "-c", runner)
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	i.in, i.out = in, bufio.NewReader(out)
	return nil
}
