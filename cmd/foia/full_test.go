package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// fullDisk fills a small disk of the test's own, in which the folder of the killable lies
// under the name full.
func fullDisk(t *testing.T, k *killable) {
	t.Helper()
	dir := filepath.Join(k.dir, "full")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", dir).CombinedOutput(); err != nil {
		if os.Getenv("FOIA_CI") == "1" {
			t.Fatalf("no small disk can be made here: %v %s", err, out)
		}
		t.Skipf("no small disk can be made here: %v %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Logf("the small disk stays: %v %s", err, out)
		}
	})
	for _, name := range []string{"foia.yaml", "foia.db", "requests"} {
		if out, err := exec.Command("cp", "-r", filepath.Join(k.dir, name), dir).CombinedOutput(); err != nil {
			t.Fatalf("%v %s", err, out)
		}
	}
	fill, err := os.Create(filepath.Join(dir, "fill"))
	if err != nil {
		t.Fatal(err)
	}
	zero, err := os.Open("/dev/zero")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(fill, zero); err == nil {
		t.Fatal("the disk has no end")
	}
	zero.Close()
	fill.Close() // it is full, which is what was wanted
}

// On a full disk every command says that the disk is full, also one that only reads, and no
// command speaks of damage, of a backup to restore or of permissions.
func TestFullDisk(t *testing.T) {
	k := newKillable(t, map[string]string{"ask.yaml": batchAnswers})
	k.batch("first", 2)
	k.must("record", "2026-0001", "sent")
	k.must("backup", "b.zip")
	fullDisk(t, k)
	for _, words := range []string{
		"due -w full", "log -w full", "show 2026-0001 -w full", "verify -w full", "next 2026-0001 -w full", "explain 2026-0001 -w full",
		"log export -w full", "log export -o full/log.xlsx -w full", "due -o full/due.ics -w full",
		"seal -w full", "backup x.zip -w full", "packet 2026-0001 --out p.pdf -w full",
		"paper 2026-0001 envelope -w full",
		"record 2026-0001 note --note x -w full", "letter 2026-0001 status -w full", "tag 2026-0001 --add x -w full",
		"check 2026-0001 -w full",
		"backup full/b.zip", "packet 2026-0001 --out full/p.pdf", "paper 2026-0001 envelope --out full/e.pdf", "seal --request full/r.tsq",
		"init -w full/new --id x --name A --street s --city c --state NY --zip 12207", "restore b.zip -w full/back",
	} {
		out, err := k.command(strings.Fields(words)...).CombinedOutput()
		text := string(out)
		says := func(s string) bool { return strings.Contains(text, s) }
		switch {
		case err == nil:
			t.Errorf("foia %s did its work on a full disk:\n%s", words, text)
		case !says("the disk is full") && !says("no space left on device") && !says("KB are free"):
			t.Errorf("foia %s does not say that the disk is full:\n%s", words, text)
		case slices.ContainsFunc([]string{"damage", "from a backup", "have a backup", "own it", "I/O"}, says):
			t.Errorf("foia %s speaks of something else:\n%s", words, text)
		case strings.Count(text, "foia: hint: ") != 1 || strings.Count(text, "no space left") > 1:
			t.Errorf("foia %s does not say once what is wrong, and what to do:\n%s", words, text)
		case says("saved as seals/") && says("nothing was changed"):
			t.Errorf("foia %s did change something:\n%s", words, text)
		}
	}
	if err := os.Remove(filepath.Join(k.dir, "full", "fill")); err != nil {
		t.Fatal(err)
	}
	if said := k.must("verify", "-w", "full"); !strings.Contains(said, "all intact") || strings.Contains(said, "interrupted") {
		t.Error("after room was made:", said)
	}
}
