//go:build unix

package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"foia/internal/workday"
)

// brokenOutput is one that takes so many bytes, and then fails.
type brokenOutput struct {
	takes int
	with  error
	bytes.Buffer
}

func (b *brokenOutput) Write(p []byte) (int, error) {
	if b.Len()+len(p) <= b.takes {
		return b.Buffer.Write(p)
	}
	n, _ := b.Buffer.Write(p[:b.takes-b.Len()]) // a buffer takes everything
	return n, &os.PathError{Op: "write", Path: "/dev/stdout", Err: b.with}
}

// printing is a folder with what commands print of, and commands that print, in an order in which
// each can run.
func printing(t *testing.T) (dir string, lines [][]string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range map[string]string{"ask.yaml": batchAnswers,
		"offices.csv": "name,address,city,state,zip,law,custodians\nBureau,1 Main Street,Springfield,NV,89501,us-federal,Head office\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ask := []string{"--set", "subject=Cameras", "--set", "records=The contracts in force on January 20, 2026"}
	for _, line := range [][]string{
		strings.Split("init --id desk --name Ana --organization Courier --street 1-Main --city Albany --state NY --zip 12207 --email "+
			"ana@example.org --category media --facts News. --use Report.", " "),
		append([]string{"new", "request", "--to", "irs"}, ask...),
		{"record", "2026-0001", "sent", "--by", "mail"},
		{"batch", filepath.Join(dir, "offices.csv"), "--template", "request", "--answers", filepath.Join(dir, "ask.yaml"), "--name",
			"first"},
	} {
		if code, said := inFolder(dir, io.Discard, line...); code != 0 {
			t.Fatalf("foia %q: %d %s", line, code, said)
		}
	}
	letter, err := filepath.Abs("../../internal/inbox/testdata/d01-ice-ack.txt")
	if err != nil {
		t.Fatal(err)
	}
	tracker, err := filepath.Abs("../../internal/moving/testdata/3-reporter-database.tsv")
	if err != nil {
		t.Fatal(err)
	}
	lines = [][]string{
		{"import", tracker, "--plan"}, {"import", tracker, "--plan", "--json"}, {"import", tracker},
		{"inbox", letter, "--dry-run"}, {"inbox", letter, "--dry-run", "--json"},
		{}, {"--version"}, {"--help"}, {"version"}, {"version", "--json"}, {"help", "log"},
		{"log"}, {"log", "--json"}, {"log", "-o", "csv"}, {"log", "-o", "tsv"}, {"log", "--sort", "due"}, {"log", "--status", "closed"},
		{"log", "export"}, {"log", "export", "--format", "json"}, {"log", "export", "-o", "xlsx"}, {"due", "-o", "ics"},
		{"due", "--within", "60d"}, {"due", "--within", "60d", "--json"}, {"next"}, {"next", "--json"}, {"next", "2026-0001"},
		{"explain", "2026-0001"},
		{"show", "2026-0001"}, {"show", "2026-0001", "--json"}, {"verify"}, {"seal"},
		{"law", "list"}, {"law", "show", "us-tx"}, {"law", "show", "irs"},
		{"agency", "list"}, {"agency", "show", "irs"}, {"agency", "search", "irs"},
		{"subject", "list"}, {"subject", "search", "video"}, {"subject", "show", "email"}, {"subject", "show", "email", "--answers"},
		{"records", "email"}, {"records", "email", "--json"}, {"records", "email", "--item"},
		{"template", "list"}, {"template", "show", "request"}, {"template", "show", "irs-dhs-mou"},
		{"campaign", "list"}, {"campaign", "show", "first"}, {"campaign", "show", "first", "--json"},
		{"campaign", "show", "first", "--csv"},
		append([]string{"new", "request", "--to", "ice"}, ask...),
		{"new", "irs-dhs-mou", "--sample", "--only", "agreement"},
		{"record", "2026-0001", "received"}, {"record", "2026-0001", "note", "--note", "called", "--json"},
		{"assign", "2026-0001", "ben"}, {"tag", "2026-0001", "--add", "urgent"},
		{"letter", "2026-0001"}, {"letter", "2026-0001", "preservation"}, {"backup", filepath.Join(dir, "b.zip")}, {"init", "--print"},
		{"completion", "bash"}, {"check", "2026-0001"}, {"public", "2026-0001"},
		{"paper", "2026-0001", "envelope", "--out", filepath.Join(dir, "envelope.pdf")},
		{"packet", "2026-0001", "--out", filepath.Join(dir, "packet.pdf")}, {"campaign", "print", "first"},
		{"campaign", "mail", "first"}, {"send", "--campaign", "first", "--dry-run"}, {"fetch", "2026-0001"},
		{"template", "check"}, {"report"}, {"report", "-o", "html"},
		{"edit", "2026-0002", "--preview", "--set", "subject=Other contracts"}, {"discard", "2026-0002"}, {"undo", "--yes"},
		{"agency", "correct", "irs", "--fax", "202-555-0100", "--source", "a letter of March 2, 2026"}, {"agency", "report", "irs"},
	}
	return dir, lines
}

// apart are the commands that need a server or are one, that need a file from elsewhere or an empty folder, or that
// print nothing but notes.
var apart = []string{"db setup", "db add", "db remove", "db people", "db writing",
	"db copy", "restore", "law check", "agency add", "init", "batch",
	"private", "template new", "open", "copy", "redact",
	"serve", "verify-bundle"}

// Of every command there is a line.
func TestOutputOfAllCommands(t *testing.T) {
	_, lines := printing(t)
	for _, cmd := range below(newRootCommand(testApp())) {
		path := strings.Join(strings.Fields(cmd.CommandPath())[1:], " ")
		if !cmd.Runnable() || isGroup(cmd) || slices.Contains(apart, path) || strings.HasPrefix(path, "completion ") {
			continue
		}
		if !slices.ContainsFunc(lines, func(line []string) bool { return strings.HasPrefix(strings.Join(line, " ")+" ", path+" ") }) {
			t.Errorf("no line has foia %s", path)
		}
	}
}

// inFolder runs a command line in a folder on a day in March, and gives what it said.
func inFolder(dir string, out io.Writer, line ...string) (code int, said string) {
	var stderr bytes.Buffer
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	a := &app{in: strings.NewReader(""), out: out, err: &stderr, now: func() time.Time { return now }, who: account}
	code = run(append([]string{"-w", dir}, line...), a)
	return code, stderr.String()
}

// What cannot be written is an error of the command that says so, whatever it prints, and however
// much of it was written.
func TestOutputLost(t *testing.T) {
	for _, takes := range []int{0, 2} {
		dir, lines := printing(t)
		for _, line := range lines {
			code, said := inFolder(dir, &brokenOutput{takes: takes, with: syscall.ENOSPC}, line...)
			if code != exitFailed || !strings.Contains(said, "foia: error: the results cannot be written: ") ||
				!strings.Contains(said, "no space left on device") || !strings.Contains(said, " (standard output)\nfoia: hint: ") ||
				strings.Count(said, "foia: error: ") != 1 {
				t.Errorf("foia %q after %d bytes: exit code %d, said %q", line, takes, code, said)
			}
		}
	}
}

// Who has read enough is told nothing.
func TestOutputNotRead(t *testing.T) {
	for _, with := range []error{syscall.EPIPE, io.ErrClosedPipe} {
		dir, lines := printing(t)
		for _, line := range lines {
			if code, said := inFolder(dir, &brokenOutput{with: with}, line...); code != exitFailed || strings.Contains(said, "error") {
				t.Errorf("foia %q: exit code %d, said %q", line, code, said)
			}
		}
	}
}

// What was recorded is kept when only the answer is lost.
func TestRecordedAllTheSame(t *testing.T) {
	dir, _ := printing(t)
	if code, said := inFolder(dir, &brokenOutput{with: syscall.ENOSPC}, "record", "2026-0001", "received"); code != exitFailed {
		t.Fatal(code, said)
	}
	var out bytes.Buffer
	if code, said := inFolder(dir, &out, "log", "--columns", "id,received"); code != 0 ||
		!strings.Contains(out.String(), "2026-0001\t"+workday.MustDate("2026-03-10").String()) {
		t.Error(code, said, out.String())
	}
}

// An error of the command itself is told besides that its output is lost.
func TestOutputLostBesides(t *testing.T) {
	a := &app{out: &brokenOutput{with: syscall.ENOSPC}, err: &bytes.Buffer{}}
	a.speak()
	if _, err := io.WriteString(a.out, "found"); err == nil {
		t.Fatal("it is written")
	}
	code := a.end(errors.New("the preflight found errors"))
	said := a.err.(*spoken).to.(*bytes.Buffer).String()
	const both = "foia: error: the preflight found errors\nfoia: error: the results cannot be written"
	if code != exitFailed || !strings.HasPrefix(said, both) {
		t.Errorf("%d %q", code, said)
	}
}
