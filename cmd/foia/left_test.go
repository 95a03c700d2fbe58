package main

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// Whatever command is killed, and whenever: the next one that writes leaves nothing of it,
// also where it is on a stick or in another folder, and verify finds nothing wrong.
func TestNothingLeftOfKilledCommands(t *testing.T) {
	kills := number(t, "FOIA_KILLS", 12)
	k := newKillable(t, map[string]string{"ask.yaml": batchAnswers, "scan.pdf": "%PDF-1.7 " + strings.Repeat("scan ", 200_000)})
	mailed := func(name string, n int) {
		list := "name,address,city,state,zip,law,custodians\n"
		for i := range n {
			list += fmt.Sprintf("Bureau %s %d,%d Main Street,Springfield,NV,89501,us-federal,Head office\n", name, i, i+1)
		}
		if err := os.WriteFile(filepath.Join(k.dir, name+".csv"), []byte(list), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	mailed("first", 40)
	k.must("batch", "first.csv", "--template", "request", "--answers", "ask.yaml")
	k.must("record", "--campaign", "first", "sent", "--by", "mail")
	letters, err := filepath.Glob(filepath.Join(k.dir, "requests", "2026-0006-*", "letter.pdf"))
	if err != nil || len(letters) != 1 {
		t.Fatal(letters, err)
	}
	k.must("record", "2026-0006", "file", "--attach", letters[0])
	k.must("redact", "2026-0006", "--word", "Main Street")
	stick := filepath.Join(k.dir, "stick")
	if err := os.Mkdir(stick, 0o700); err != nil {
		t.Fatal(err)
	}
	commands := [][]string{
		{"backup", "stick/desk.zip", "--force"},
		{"packet", "2026-0001", "--out", "stick/packet.pdf"},
		{"redact", "2026-0006", "--apply"},
		{"paper", "2026-0001", "envelope", "--out", "stick/envelope.pdf"},
		{"campaign", "print", "first"},
		{"record", "2026-0002", "file", "--attach", "scan.pdf", "--note", "a scan", "--again"},
		{"letter", "2026-0003", "preservation", "--again"},
		{"batch", "more.csv", "--template", "request", "--answers", "ask.yaml"},
		{"seal", "--request", "stick/request.tsq"},
		{"record", "2026-0004", "note", "--note", "They called.", "--again"},
		{"log", "export"},
		{"log", "export", "-o", "stick/log.xlsx"},
		{"due", "-o", "stick/due.ics"},
		{"db", "copy", "--to", "stick/copy"},
		{"db", "copy", "--to", "sqlite:stick/copy.db"},
	}
	mailed("more", 5)
	whole := make([]time.Duration, len(commands))
	for i, args := range commands {
		start := time.Now()
		k.must(args...)
		whole[i] = time.Since(start)
	}
	seed := rand.New(rand.NewPCG(7, 3))
	killed := map[string]int{}
	for n := range kills {
		i := n % len(commands)
		for _, name := range []string{"request.tsq", "copy", "copy.db"} {
			if err := os.RemoveAll(filepath.Join(stick, name)); err != nil {
				t.Fatal(err)
			}
		}
		mailed("more", 1+n%5)
		if err := os.WriteFile(filepath.Join(k.dir, "ask.yaml"),
			[]byte(strings.Replace(batchAnswers, "Camera", fmt.Sprint("Camera ", n), 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		if k.kill(time.Duration(seed.Int64N(int64(whole[i]))), commands[i]...) {
			killed[strings.Join(commands[i][:2], " ")]++
		}
		k.must("record", "2026-0005", "note", "--note", "After that.", "--again")
		if rests := restsIn(t, k.dir); len(rests) > 0 {
			t.Fatalf("kill %d: foia %v left %v", n+1, commands[i], rests)
		}
		if said := k.must("verify"); !strings.Contains(said, "all intact") || strings.Contains(said, "note:") {
			t.Fatalf("kill %d, of foia %v: %s", n+1, commands[i], said)
		}
	}
	all := 0
	for _, n := range killed {
		all += n
	}
	t.Logf("%d of %d were killed while they ran: %v", all, kills, killed)
	if all < kills/4 {
		t.Errorf("only %d of %d were killed while they ran", all, kills)
	}
}

// restsIn are the names below a folder that a command gives to what is not in place yet.
func restsIn(t *testing.T, dir string) (rests []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		kept := []string{".foia.lock", ".last-backup.json", ".foia-seals"}
		if err == nil && strings.HasPrefix(e.Name(), ".") && !slices.Contains(kept, e.Name()) {
			rests = append(rests, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return rests
}
