package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/sys/unix"
)

// inTerminal runs a command line in a folder, in a terminal of so many columns (pty(7)), and gives
// what is shown.
func inTerminal(t *testing.T, columns uint16, dir string, line ...string) string {
	t.Helper()
	screen, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetPointerInt(int(screen.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(int(screen.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	tty, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetWinsize(int(tty.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 40, Col: columns}); err != nil {
		t.Fatal(err)
	}
	var shown bytes.Buffer
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = io.Copy(&shown, screen) // until the terminal is closed, which is an error here
	}()
	code, said := inFolder(dir, tty, line...)
	if err := tty.Close(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-ended:
	case <-time.After(time.Minute):
		t.Fatal("the terminal stays open")
	}
	_ = screen.Close() // the test has what it showed
	if code != 0 {
		t.Fatalf("foia %q: %d %s", line, code, said)
	}
	return strings.ReplaceAll(shown.String(), "\r\n", "\n")
}

// In a terminal of 40 columns, and in wider ones, lists fit: no line is wider unless it is one
// word or a command to copy, no id is broken, and what there is no room for is named.
func TestNarrow(t *testing.T) {
	t.Setenv("COLUMNS", "")
	dir, _ := printing(t)
	if code, said := inFolder(dir, io.Discard, "record", "2026-0001", "received", "--on", "2026-03-10"); code != 0 {
		t.Fatal(code, said)
	}
	for _, columns := range []uint16{40, 60, 80, 132} {
		for _, line := range [][]string{{"log"}, {"log", "--columns", "folder,id,next-step,office,tags"},
			{"due", "--within", "90d"}, {"next"}, {"campaign", "list"}, {"campaign", "show", "first"}, {"agency", "list"},
			{"template", "list"}, {"template", "show", "irs-dhs-mou"}, {"law", "list"}} {
			shown := inTerminal(t, columns, dir, line...)
			for text := range strings.Lines(shown) {
				text = strings.TrimSpace(text)
				n := utf8.RuneCountInString(text)
				if n > int(columns) && strings.Contains(text, " ") && !strings.HasPrefix(text, "foia ") {
					t.Errorf("foia %q in %d columns: a line of %d: %s", line, columns, n, text)
				}
			}
			if strings.Contains(shown, "\t") {
				t.Errorf("foia %q in a terminal has tabs", line)
			}
			for _, id := range regexp.MustCompile(`2026-00\d*…?`).FindAllString(shown, -1) {
				if utf8.RuneCountInString(id) != len("2026-0001") {
					t.Errorf("foia %q in %d columns: an id is broken: %s", line, columns, id)
				}
			}
		}
	}
	log := inTerminal(t, 40, dir, "log")
	for _, words := range []string{"ID        Office", "Status", "2026-0001", "Internal",
		"Not shown for lack of room: Subject,\nDue, Last event", "--columns"} {
		if !strings.Contains(log, words) {
			t.Errorf("no %q in\n%s", words, log)
		}
	}
}

// The width that a person wants in COLUMNS goes before that of the terminal.
func TestColumnsWanted(t *testing.T) {
	dir, _ := printing(t)
	t.Setenv("COLUMNS", "150")
	if log := inTerminal(t, 40, dir, "log"); !strings.Contains(log, "Last event") {
		t.Error(log)
	}
}
