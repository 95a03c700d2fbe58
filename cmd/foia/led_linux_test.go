package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"foia/internal/letter"
	"foia/internal/terminal/terminaltest"
)

// answered is what somebody sees, and what they then type.
type answered struct{ see, keys string }

// atScreen runs a command line in a folder, in a terminal at which somebody types.
func atScreen(t *testing.T, dir string, says []answered, line ...string) (code int, shown string) {
	t.Helper()
	screen, err := terminaltest.New(80, 24)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan int, 1)
	go func() {
		a := testApp()
		a.in, a.out, a.err = screen.TTY, screen.TTY, screen.TTY
		done <- run(append(line, "-w", dir), a)
	}()
	var failed error
	for _, s := range says {
		if failed = screen.Wait(s.see); failed == nil {
			failed = screen.Type(s.keys)
		}
		if failed != nil {
			_ = screen.Type(terminaltest.Keys["ctrl-c"]) // so that the command ends
			break
		}
	}
	code, err = screen.Ended(done)
	if failed != nil || err != nil {
		t.Fatal(failed, err)
	}
	shown, err = screen.Close()
	if err != nil {
		t.Fatal(err)
	}
	return code, shown
}

// Whichever question somebody stops at, what was answered before is asked no more, and the letter
// comes out the same.
func TestStopAtEachQuestion(t *testing.T) {
	way := []answered{{"Whom do you ask?", "ice\r"}, {"about, in a few words", "Beds\r"}, {"one item each", "The contract of May 2025\r\r"},
		{letter.PeriodLabel, "last year\r"}, {"Make the letter", "\r"}}
	answers := func(dir string) string {
		files, err := filepath.Glob(filepath.Join(dir, "requests", "*", "answers.yaml"))
		if err != nil || len(files) != 1 {
			t.Fatal(files, err)
		}
		raw, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	want := ""
	for stop := range len(way) + 1 {
		dir := t.TempDir()
		if code, said := inFolder(dir, os.Stderr, "init", "--name", "Ana Ruiz", "--street", "12 Main St", "--city", "Albany", "--state",
			"NY", "--zip", "12207", "--email", "ana@example.org", "--category", "other"); code != 0 {
			t.Fatal(code, said)
		}
		rest := way
		line := []string{"new"}
		if stop < len(way) {
			code, shown := atScreen(t, dir, append(append([]answered{}, way[:stop]...), answered{way[stop].see, "\x03"}), "new")
			kept := stop > 0
			if code != exitUsage || strings.Contains(shown, "your answers are kept") != kept {
				t.Errorf("stopped at %q: %d\n%s", way[stop].see, code, shown)
			}
			if kept {
				rest, line = way[stop:], append(line, "--resume")
			}
		}
		if code, shown := atScreen(t, dir, rest, line...); code != exitDone || !strings.Contains(shown, "2026-0001") {
			t.Fatalf("after a stop at %d: %d\n%s", stop, code, shown)
		}
		if _, err := os.Stat(filepath.Join(dir, keptName)); err == nil {
			t.Error("the answers are kept although the letter is made")
		}
		if got := answers(dir); want == "" {
			want = got
		} else if got != want {
			t.Errorf("after a stop at %d, another letter:\n%s\nnot\n%s", stop, got, want)
		}
	}
}
