package keyring

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	gokeyring "github.com/zalando/go-keyring"

	"foia/internal/remedy"
)

// What was kept is found again, for that user alone.
func TestKept(t *testing.T) {
	gokeyring.MockInit()
	if _, ok, err := Password("ana@smtp.example.org"); ok || err != nil {
		t.Errorf("something is there: %v", err)
	}
	if err := Keep("ana@smtp.example.org", "corréct \"hörse'"); err != nil {
		t.Fatal(err)
	}
	if got, ok, err := Password("ana@smtp.example.org"); got != "corréct \"hörse'" || !ok || err != nil {
		t.Errorf("%q, %v, %v", got, ok, err)
	}
	if _, ok, _ := Password("ben@smtp.example.org"); ok {
		t.Error("another has it too")
	}
}

// Without a keyring, that is said, with what to do.
func TestNoKeyring(t *testing.T) {
	gokeyring.MockInitWithError(os.ErrPermission)
	for _, err := range []error{second(Password("ana")), Keep("ana", "x")} {
		if err == nil || !strings.Contains(err.Error(), "the keyring of this system cannot be used") || remedy.Of(err) == "" {
			t.Error(err)
		}
	}
}

func second(_ string, _ bool, err error) error { return err }

// The password is the first line that a program prints; what it printed is in no error.
func TestFromProgram(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("there is no sh here")
	}
	for script, want := range map[string]string{"printf 'one\\ntwo\\n'": "one", "printf one": "one", "printf 'o n e\\r\\n'": "o n e",
		"printf '\\n'": "", "true": "", "printf secret; echo 'the store is locked' >&2; exit 3": ""} {
		got, err := FromProgram(t.Context(), []string{"sh", "-c", script})
		switch {
		case got != want, (err == nil) != (want != ""):
			t.Errorf("%s: %q, %v", script, got, err)
		case err != nil && (strings.Contains(err.Error(), "secret") || remedy.Of(err) == ""):
			t.Errorf("%s: %v", script, err)
		case strings.Contains(script, "locked") && !strings.Contains(err.Error(), "the store is locked"):
			t.Errorf("%s: %v does not tell what the program said", script, err)
		}
	}
	if _, err := FromProgram(t.Context(), []string{filepath.Join(t.TempDir(), "none")}); err == nil {
		t.Error("a program that is not there printed a password")
	}
}
