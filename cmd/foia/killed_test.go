package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// killable is foia as a program of its own, in a folder with a requester, so that it
// can be killed.
type killable struct {
	t         *testing.T
	dir, foia string
}

// number is that in an environment variable, for a longer run by hand.
func number(t *testing.T, name string, otherwise int) int {
	t.Helper()
	s := os.Getenv(name)
	if s == "" {
		return otherwise
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func newKillable(t *testing.T, files map[string]string) *killable {
	t.Helper()
	k := &killable{t: t, dir: t.TempDir()}
	k.foia = filepath.Join(k.dir, "foia") // the name by which TestMain knows the command
	self, err := os.Executable()
	if err == nil {
		err = os.Symlink(self, k.foia)
	}
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(k.dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	k.must("init", "--id", "desk", "--name", "Ana Ruiz", "--organization", "The Courier", "--street", "12 Main St", "--city", "Albany",
		"--state", "NY", "--zip", "12207",
		"--email", "ana@example.org", "--category", "media", "--facts", "The Courier publishes news every day.", "--use",
		"To report on them.")
	return k
}

func (k *killable) command(args ...string) *exec.Cmd {
	c := exec.Command(k.foia, args...)
	c.Dir = k.dir
	return c
}

// must runs a command to its end, which must be a good one.
func (k *killable) must(args ...string) string {
	k.t.Helper()
	out, err := k.command(args...).CombinedOutput()
	if err != nil {
		k.t.Fatalf("foia %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// kill starts a command and kills it after a while; false if it was done before.
func (k *killable) kill(after time.Duration, args ...string) bool {
	k.t.Helper()
	c := k.command(args...)
	if err := c.Start(); err != nil {
		k.t.Fatal(err)
	}
	time.Sleep(after)
	_ = c.Process.Kill() // it may be done already
	return c.Wait() != nil
}
