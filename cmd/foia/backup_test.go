package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// newCampaign is a folder with a batch of letters.
func newCampaign(t *testing.T, rows int) *killable {
	var list strings.Builder
	list.WriteString("name,address,city,state,zip,law,custodians\n")
	for i := range rows {
		fmt.Fprintf(&list, "Bureau %d,%d Main Street,Reno,NV,89501,us-federal,Head office\n", i, i+1)
	}
	const ask = "subject: Camera contracts\nrecords: [\"The contracts in force on January 20, 2025, for body-worn cameras, with " +
		"amendments\"]\n" +
		"date_from: 2025-01-20\ndate_to: 2025-03-31\nsearch_terms: [body-worn camera]\nalready_public: A summary is on USAspending.gov.\n"
	k := newKillable(t, map[string]string{"cameras.csv": list.String(), "ask.yaml": ask})
	k.must("batch", "cameras.csv", "--template", "request", "--answers", "ask.yaml", "--on", "2026-09-01")
	return k
}

// A backup that is killed leaves no file, and the next one leaves nothing of it; a
// restore that is killed is finished by the next one.
func TestBackupKilled(t *testing.T) {
	const rows = 80
	k := newCampaign(t, rows)
	out := t.TempDir()
	file, seed := filepath.Join(out, "desk.zip"), rand.New(rand.NewPCG(5, 21))
	killed := 0
	for range 6 {
		if k.kill(time.Duration(10+seed.IntN(200))*time.Millisecond, "backup", file, "--force") {
			killed++
		}
		if _, err := os.Stat(file); err == nil {
			k.must("restore", file, "-w", t.TempDir()) // it is there: then it is whole
		}
	}
	k.must("backup", file, "--force")
	if entries, err := os.ReadDir(out); err != nil || len(entries) != 1 {
		t.Error("left behind:", entries, err)
	}
	into := filepath.Join(out, "new")
	for range 8 {
		if k.kill(time.Duration(10+seed.IntN(700))*time.Millisecond, "restore", file, "-w", into) {
			killed++
		} else if err := os.RemoveAll(into); err != nil { // done already: once more
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(filepath.Join(into, "foia.db")); err != nil { // else the last one was killed while it verified
		k.must("restore", file, "-w", into)
	}
	if said := k.must("verify", "-w", into); !strings.Contains(said, fmt.Sprintf("%d requests and", rows)) ||
		strings.Contains(said, "note") {
		t.Error(said)
	}
	if killed < 4 {
		t.Errorf("only %d of 14 were killed while they ran", killed)
	}
}

// Backups that are made while another command writes hold what was there at their
// beginning, with all its documents.
func TestBackupWhileWriting(t *testing.T) {
	k := newCampaign(t, 40)
	more := k.command("record", "--campaign", "cameras", "sent", "--on", "2026-09-02", "--by", "portal")
	batch := k.command("batch", "cameras.csv", "--template", "request", "--answers", "ask.yaml", "--on", "2026-09-03", "--name", "again",
		"--set", "subject=More cameras")
	if err := more.Start(); err != nil {
		t.Fatal(err)
	}
	if err := batch.Start(); err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		file := filepath.Join(k.dir, fmt.Sprintf("desk-%d.zip", i))
		k.must("backup", file)
		into := filepath.Join(t.TempDir(), "new")
		if said := k.must("restore", file, "-w", into); !strings.Contains(said, "all intact") {
			t.Error(said)
		}
	}
	if err := more.Wait(); err != nil {
		t.Error(err)
	}
	if err := batch.Wait(); err != nil {
		t.Error(err)
	}
}
