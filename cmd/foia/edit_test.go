package main

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"foia/internal/longtest"
)

// A change that is killed at any moment is made or not: verify never takes it for damage, and
// after the next command that writes, the folder has one letter, which is that of the log.
func TestEditKilled(t *testing.T) {
	kills := longtest.Count(12, 60)
	k := newKillable(t, map[string]string{"ask.yaml": batchAnswers})
	k.must("new", "request", "--to", "irs", "--answers", "ask.yaml")
	start := time.Now()
	k.must("edit", "2026-0001", "--set", "subject=Whole")
	whole := time.Since(start)
	seed := rand.New(rand.NewPCG(18, 1))
	killed, made := 0, 2
	for n := range kills {
		subject := fmt.Sprintf("Subject %d", n)
		if k.kill(time.Duration(seed.Int64N(int64(whole))), "edit", "2026-0001", "--set", "subject="+subject) {
			killed++
		}
		if said := k.must("verify"); !strings.Contains(said, "all intact") {
			t.Fatalf("after kill %d: %s", n+1, said)
		}
		k.must("record", "2026-0001", "note", "--note", "After that.", "--again")
		if rests := restsIn(t, k.dir); len(rests) > 0 {
			t.Fatalf("kill %d left %v", n+1, rests)
		}
		shown := k.must("show", "2026-0001")
		if strings.Contains(shown, subject) {
			made++
		}
		letters, err := filepath.Glob(filepath.Join(k.dir, "requests", "*", "letter*.pdf"))
		if err != nil || len(letters) != 1 || filepath.Base(letters[0]) != fmt.Sprintf("letter-%d.pdf", made) {
			t.Fatalf("after kill %d, with %d versions, the folder has %v (%v)", n+1, made, letters, err)
		}
		if said := k.must("verify"); !strings.Contains(said, "all intact") || strings.Contains(said, "note:") {
			t.Fatalf("after kill %d and another command: %s", n+1, said)
		}
	}
	t.Logf("%d of %d were killed while they ran; %d versions", killed, kills, made)
	if killed < kills/4 {
		t.Errorf("only %d of %d were killed while they ran", killed, kills)
	}
}
