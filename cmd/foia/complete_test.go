package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Every word that a command takes, and every flag with a value, is completed, or is one that
// only the user knows; and the tables have nothing that no command takes.
func TestEveryWordIsCompleted(t *testing.T) {
	used := map[string]bool{}
	root := newRootCommand(testApp())
	for _, cmd := range append(below(root), root) {
		if isGroup(cmd) || cmd.Name() == "help" || cmd.HasParent() && cmd.Parent().Name() == completionName {
			continue
		}
		for _, s := range slotsOf(cmd) {
			for _, word := range s.words {
				own := cmd.CommandPath() + " " + word
				_, known := wordOffers(cmd, word)
				if used[own], used[word] = true, true; known == (freeWords[word] || freeWords[own]) {
					t.Errorf("%s: nothing says what a shell offers for %s, or two things do", cmd.CommandPath(), word)
				}
			}
		}
		if missing := slices.DeleteFunc(words(cmd), func(w string) bool {
			return slices.ContainsFunc(slotsOf(cmd), func(s slot) bool { return strings.Contains(w, s.words[0]) })
		}); len(missing) > 0 {
			t.Errorf("%s: %q of its use line are not read", cmd.CommandPath(), missing)
		}
		cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
			word, _ := pflag.UnquoteUsage(f)
			if used["--"+f.Name], used[cmd.CommandPath()+" --"+f.Name], used["="+word] = true, true, true; f.NoOptDefVal != "" {
				return
			}
			if _, known := flagOffers(cmd, f); !known && !slices.Contains(freeFlags, word) {
				t.Errorf("%s: nothing says what a shell offers for --%s %s", cmd.CommandPath(), f.Name, word)
			}
		})
	}
	for word := range wordSources() {
		if !used[word] {
			t.Errorf("no command takes %s", word)
		}
	}
	for word := range flagSources() {
		if !used[word] && !used["="+word] && word != "folder" { // that of --workspace
			t.Errorf("no command has a flag %s", word)
		}
	}
	for _, word := range freeFlags {
		if !used["="+word] {
			t.Errorf("no flag takes %s", word)
		}
	}
}

// offered is what foia offers at the end of a command line, and everything that it printed.
func offered(t *testing.T, dir string, line ...string) (out string, code int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	a := &app{in: strings.NewReader(""), out: &stdout, err: &stderr, who: account,
		now: func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }}
	code = run(append([]string{cobra.ShellCompNoDescRequestCmd, "-w", dir}, line...), a)
	for line := range strings.Lines(stderr.String()) {
		if !strings.HasPrefix(line, "Completion ended with directive") {
			t.Errorf("foia %q: %s", line, line)
		}
	}
	return stdout.String(), code
}

// Every command that takes an ID offers those of the log, and every flag for a campaign, office,
// law, letter, requester or template what there is.
func TestIDsAreOffered(t *testing.T) {
	dir := t.TempDir()
	a := testApp()
	a.out, a.err = &bytes.Buffer{}, &bytes.Buffer{}
	if code := run([]string{"new", "irs-dhs-mou", "--sample", "--only", "agreement,disclosures", "-w", dir}, a); code != exitDone {
		t.Fatalf("%d: %v", code, a.err)
	}
	ids, flags := 0, 0
	root := newRootCommand(testApp())
	want := map[string]string{"office": "treasury-irs", "law": "us-tx", "requester": "sample", "ID": "2026-0002", "ids": "2026-0002",
		"file": ":0", "date": "2026-11-23", "method": "portal", "status": "in-court"}
	for _, cmd := range below(root) {
		path := strings.Fields(cmd.CommandPath())[1:]
		if slots := slotsOf(cmd); len(slots) > 0 && slices.Contains(slots[0].words, "ID") {
			ids++
			if out, _ := offered(t, dir, append(path, "2026")...); !strings.Contains(out, "2026-0002\n2026-0001\n") {
				t.Errorf("%s: offers %q", cmd.CommandPath(), out)
			}
			if out, _ := offered(t, dir, append(path, "2025")...); strings.Contains(out, "2026") {
				t.Errorf("%s: offers %q for 2025", cmd.CommandPath(), out)
			}
		}
		cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
			word, _ := pflag.UnquoteUsage(f)
			if source := want[word]; source != "" {
				flags++
				if out, _ := offered(t, dir, append(path, "--"+f.Name, "")...); !strings.Contains(out, source) {
					t.Errorf("%s --%s: offers %q", cmd.CommandPath(), f.Name, out)
				}
			}
		})
	}
	if ids < 12 || flags < 40 {
		t.Errorf("only %d commands and %d flags were seen", ids, flags)
	}
}

// Where there is no log, nothing is offered, made or said; the same for one that cannot be read.
func TestNothingIsMadeForOffers(t *testing.T) {
	root := newRootCommand(testApp())
	for name, prepare := range map[string]func(dir string) error{
		"an empty folder": func(string) error { return nil },
		"a broken log": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "foia.db"), []byte("not a database"), 0o600)
		},
		"a broken foia.yaml": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "foia.yaml"), []byte("requesters: 5\n"), 0o600)
		},
		"a database that is not there": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "foia.yaml"), []byte("database: postgres://ana@127.0.0.1:1/foia\n"), 0o600)
		},
	} {
		dir := t.TempDir()
		if err := prepare(dir); err != nil {
			t.Fatal(err)
		}
		before := listing(t, dir)
		for _, cmd := range below(root) {
			path := strings.Fields(cmd.CommandPath())[1:]
			if slots := slotsOf(cmd); len(slots) > 0 && slices.Contains(slots[0].words, "ID") {
				if out, code := offered(t, dir, append(path, "")...); code != exitDone || strings.Contains(out, "2026") {
					t.Errorf("%s, %s: %d, %q", name, cmd.CommandPath(), code, out)
				}
			}
		}
		if after := listing(t, dir); !slices.Equal(after, before) {
			t.Errorf("%s: the folder has %q, and had %q", name, after, before)
		}
	}
}

// Whoever works on requests or drafted them is offered where a command takes a person, and the tags of the log
// where it takes a tag; of those to remove, the tags of the requests that are named.
func TestHandsAreOffered(t *testing.T) {
	dir := t.TempDir()
	for _, line := range [][]string{
		{"new", "irs-dhs-mou", "--sample", "--only", "agreement,disclosures"},
		{"assign", "2026-0001", "Ben Cole"}, {"tag", "2026-0001", "--add", "urgent,court"}, {"tag", "2026-0002", "--add", "video"},
		{"tag", "2026-0002", "--remove", "video"},
	} {
		a := testApp()
		a.out, a.err, a.who = &bytes.Buffer{}, &bytes.Buffer{}, func() (string, string) { return "ana", "desk-3" }
		if code := run(append([]string{"-w", dir}, line...), a); code != exitDone {
			t.Fatalf("foia %q: %d, %v", line, code, a.err)
		}
	}
	for _, row := range []struct{ line, want, not string }{
		{"assign 2026-0001 ", "Ben Cole\nana\n", "nobody"}, {"assign 2026-0001 B", "Ben Cole\n", "ana"},
		{"log --assigned ", "Ben Cole\nnobody\n", "ana"}, {"due --assigned n", "nobody\n", "Ben"},
		{"report --owner ", "ana\n", "Ben"}, {"private 2026-0001 --with ana,", "ana,Ben Cole\nana,ana\n", "nobody"},
		{"log --tag ", "court\nurgent\n", "video"}, {"tag 2026-0001 --add urgent,", "urgent,court\n", "video"},
		{"tag 2026-0001 --remove ", "court\nurgent\n", "video"}, {"tag 2026-0002 --remove ", "", "court"},
	} {
		if out, _ := offered(t, dir, strings.Split(row.line, " ")...); !strings.Contains(out, row.want) || strings.Contains(out, row.not) {
			t.Errorf("%s: offers %q", row.line, out)
		}
	}
}

func listing(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestSlots(t *testing.T) {
	for use, want := range map[string]string{
		"record {ID | --campaign NAME} EVENT --on DATE …": "ID EVENT", "letter {ID | --campaign NAME} [KIND]": "ID KIND",
		"packet ID [ID…]": "ID ID+", "assign ID… {PERSON | --nobody}": "ID+ PERSON", "private ID… [--with PERSON,…]": "ID+",
		"tag ID… [--add TAG…] [--remove TAG…]": "ID+", "show [OFFICE|LAW]": "OFFICE|LAW", "restore FILE -w FOLDER": "FILE", "due": "",
	} {
		var have []string
		for _, s := range slotsOf(&cobra.Command{Use: use}) {
			word := strings.Join(s.words, "|")
			if s.many {
				word += "+"
			}
			have = append(have, word)
		}
		if strings.Join(have, " ") != want {
			t.Errorf("%s: %q", use, have)
		}
	}
}
