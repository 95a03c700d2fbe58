package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"foia/internal/longtest"
)

// A batch that is killed at any moment goes on where it stopped: every row gets
// one request, ids have no gaps, and the log and its files are whole.
func TestBatchKilled(t *testing.T) {
	kills := longtest.Count(6, 20)
	const rows = 500
	var list strings.Builder
	list.WriteString("name,address,city,state,zip,portal,law,custodians\n")
	for i := range rows {
		state := []string{"NV,89501", "TX,78701", "CA,95814", "OH,43215"}[i%4]
		fmt.Fprintf(&list, "Bureau %d,%d Main Street,Springfield,%s,https://records.example.gov/%d,us-%s,Head office\n", i, i+1, state, i,
			strings.ToLower(state[:2]))
	}
	const ask = "subject: Camera contracts\nrecords: [\"The contracts in force on January 20, 2025, for body-worn cameras, with " +
		"amendments\"]\n" +
		"date_from: 2025-01-20\ndate_to: 2025-03-31\nsearch_terms: [body-worn camera]\n"
	k := newKillable(t, map[string]string{"list.csv": list.String(), "ask.yaml": ask})
	batch := []string{"batch", "list.csv", "--template", "public-records", "--answers", "ask.yaml"}
	seed := rand.New(rand.NewPCG(5, 20))
	killed := 0
	for range kills {
		if k.kill(time.Duration(20+seed.IntN(400))*time.Millisecond, batch...) {
			killed++
		}
	}
	k.must(batch...)
	if out := k.must(batch...); !strings.Contains(out, fmt.Sprintf("Nothing to do: %d letters were already made", rows)) {
		t.Errorf("run again: %s", out)
	}
	if out := k.must("verify"); !strings.Contains(out, fmt.Sprintf("%d requests and", rows)) {
		t.Errorf("%s", out)
	}
	var log []struct{ ID, Office, Component, Agency string }
	if err := json.Unmarshal([]byte(k.must("log", "--json")), &log); err != nil {
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
	if killed < longtest.Count(1, 5) {
		t.Errorf("only %d of %d were killed while they ran", killed, kills)
	}
}

// The exit code tells whether a list passed whole, in part, or not at all.
func TestBatchExit(t *testing.T) {
	dir := t.TempDir()
	list := filepath.Join(dir, "list.csv")
	if said, code := foia(t, "init", "-w", dir, "--id", "desk", "--name", "Ana Ruiz", "--organization", "The Courier", "--street",
		"12 Main St", "--city", "Albany", "--state", "NY", "--zip", "12207", "--email", "ana@example.org",
		"--category", "media", "--facts", "The Courier gathers news.", "--use", "To report."); code != exitDone {
		t.Fatal(said)
	}
	const good, bad = "Police,a@b.example,us-nv\n", "Police,#REF!,us-nv\n"
	for _, c := range []struct {
		rows string
		want int
	}{{good, exitDone}, {good + bad, exitFailed}, {bad, exitFound}, {"", exitUsage}} {
		if err := os.WriteFile(list, []byte("name,email,law\n"+c.rows), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, flag := range []string{"--dry-run", "--json"} {
			said, code := foia(t, "batch", list, "-w", dir, flag, "--template", "public-records", "--set", "subject=Cameras", "--set",
				"commercial=no", "--set", "date_from=2025-01-20", "--set", "date_to=2025-03-31",
				"--set", "records=The contracts in force on January 20, 2025, for body-worn cameras")
			if code != c.want {
				t.Errorf("%q %s: exit code %d\n%s", c.rows, flag, code, said)
			}
		}
	}
}
