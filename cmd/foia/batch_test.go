package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A batch that is killed at any moment goes on where it stopped: every row gets
// one request, ids have no gaps, and the log and its files are whole.
func TestBatchKilled(t *testing.T) {
	const rows = 500
	dir := t.TempDir()
	foia := filepath.Join(dir, "foia") // the name by which TestMain knows the command
	self, err := os.Executable()
	if err == nil {
		err = os.Symlink(self, foia)
	}
	if err != nil {
		t.Fatal(err)
	}
	command := func(args ...string) *exec.Cmd {
		c := exec.Command(foia, args...)
		c.Dir = dir
		return c
	}
	must := func(args ...string) string {
		t.Helper()
		out, err := command(args...).CombinedOutput()
		if err != nil {
			t.Fatalf("foia %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		return string(out)
	}
	var list strings.Builder
	list.WriteString("name,address,city,state,zip,portal,law,custodians\n")
	for i := range rows {
		state := []string{"NV", "TX", "CA", "OH"}[i%4]
		fmt.Fprintf(&list, "Bureau %d,%d Main Street,Springfield,%s,89501,https://records.example.gov/%d,us-%s,Head office\n", i, i+1, state, i, strings.ToLower(state))
	}
	const ask = "subject: Camera contracts\nrecords: [\"The contracts in force on January 20, 2025, for body-worn cameras, with amendments\"]\n" +
		"date_from: 2025-01-20\ndate_to: 2025-03-31\nsearch_terms: [body-worn camera]\n"
	for name, text := range map[string]string{"list.csv": list.String(), "ask.yaml": ask} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	must("init", "--id", "desk", "--name", "Ana Ruiz", "--organization", "The Courier", "--street", "12 Main St", "--city", "Albany", "--state", "NY", "--zip", "12207",
		"--email", "ana@example.org", "--category", "media", "--facts", "The Courier publishes news every day.", "--use", "To report on them.")
	batch := []string{"batch", "list.csv", "--template", "public-records", "--answers", "ask.yaml"}
	seed := rand.New(rand.NewPCG(5, 20))
	killed := 0
	for range 20 {
		c := command(batch...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(20+seed.IntN(600)) * time.Millisecond)
		if c.Process.Kill() == nil {
			killed++
		}
		_ = c.Wait() // killed, or done before
	}
	must(batch...)
	if out := must(batch...); !strings.Contains(out, fmt.Sprintf("Nothing to do: all %d letters", rows)) {
		t.Errorf("run again: %s", out)
	}
	if out := must("verify"); !strings.Contains(out, fmt.Sprintf("%d requests and", rows)) {
		t.Errorf("%s", out)
	}
	var log []struct{ ID, Office, Component, Agency string }
	if err := json.Unmarshal([]byte(must("log", "--json")), &log); err != nil {
		t.Fatal(err)
	}
	offices := map[string]bool{}
	for i, r := range log {
		if want := fmt.Sprintf("2026-%04d", i+1); r.ID != want {
			t.Fatalf("the request after %d is %s", i, r.ID)
		}
		offices[r.Agency+r.Component] = true
	}
	if len(log) != rows || len(offices) != rows {
		t.Errorf("%d requests to %d offices, not %d", len(log), len(offices), rows)
	}
	if killed < 5 {
		t.Errorf("only %d of 20 were killed while they ran", killed)
	}
}
