package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// The walks in docs are pages that can be followed command by command, and are: each becomes a
// script that runs every command line of the page, in order, in a fresh folder. On a page,
//
//	**Monday, April 6, 2026.**  at the beginning of a line is the day from there on
//	**Before this:** … (x.md)   is a page that comes first: this one goes on where that one ends
//	**Ana.**                    is who sits at the machine, each in a folder of their own
//	```yaml ask.yaml            is a file, which is written there and then
//	```text                     is what the command before it shows; … stands for anything
//	    foia …                  is run, and must end well, unless its comment begins with "refused"
//	    cd, mkdir, cp           are done; export is not, since the test sets what it needs
type walk struct {
	script  strings.Builder
	files   strings.Builder
	n       int
	shared  bool // its log is in a database
	command bool // there was one whose output can be shown
	folders map[string]bool
}

var (
	walkDay    = regexp.MustCompile(`^\*\*(?:([A-Z][a-z]+day), )?([A-Z][a-z]+ \d{1,2}, \d{4})\.\*\*`)
	walkBefore = regexp.MustCompile(`^\*\*Before this:\*\* .*\((walk-[a-z-]+\.md)\)`)
	walkPerson = regexp.MustCompile(`^\*\*([A-Z][a-z]+)\.\*\*`)
)

// walkOf makes the script of a page.
func walkOf(page string) (*walk, error) {
	w := &walk{folders: map[string]bool{}}
	err := w.read(page)
	w.script.WriteString(w.files.String())
	return w, err
}

func (w *walk) read(page string) error {
	lines := strings.Split(strings.ReplaceAll(page, "\\\n", ""), "\n")
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		var err error
		switch {
		case strings.HasPrefix(line, "```"):
			end := i + 1
			for end < len(lines) && lines[end] != "```" {
				end++
			}
			err = w.block(strings.TrimPrefix(line, "```"), lines[i+1:min(end, len(lines))])
			i = end
		case strings.HasPrefix(line, "    "):
			err = w.typed(strings.TrimSpace(line))
		default:
			err = w.heading(line)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", line, err)
		}
	}
	return nil
}

// heading reads what a line begins with: the page before, the day, or the person.
func (w *walk) heading(line string) error {
	if m := walkBefore.FindStringSubmatch(line); m != nil {
		raw, err := os.ReadFile(filepath.Join(repository, "docs", m[1]))
		if err != nil {
			return err
		}
		return w.read(string(raw))
	}
	if m := walkDay.FindStringSubmatch(line); m != nil {
		day, err := time.Parse("January 2, 2006", m[2])
		if err != nil {
			return err
		}
		if m[1] != "" && day.Weekday().String() != m[1] {
			return fmt.Errorf("that day is a %s", day.Weekday())
		}
		fmt.Fprintf(&w.script, "env FOIA_TEST_DAY=%s\n", day.Format(time.DateOnly))
	}
	if m := walkPerson.FindStringSubmatch(line); m != nil {
		name := strings.ToLower(m[1])
		if !w.folders[name] {
			fmt.Fprintf(&w.script, "mkdir $WORK/%s\n", name)
			w.folders[name] = true
		}
		fmt.Fprintf(&w.script, "env FOIA_TEST_HAND=%s@desk\ncd $WORK/%s\n", name, name)
	}
	return nil
}

// block reads a file, or what a command shows.
func (w *walk) block(info string, lines []string) error {
	w.n++
	_, name, isFile := strings.Cut(info, " ")
	switch {
	case isFile:
		fmt.Fprintf(&w.script, "cp $WORK/part-%d %s\n", w.n, name)
	case info != "text" || !w.command:
		return fmt.Errorf("a block is a file (```yaml ask.yaml) or, after a command, ```text")
	default:
		fmt.Fprintf(&w.script, "shows part-%d\n", w.n)
	}
	fmt.Fprintf(&w.files, "-- part-%d --\n%s\n", w.n, strings.Join(lines, "\n"))
	return nil
}

// typed reads a line that is typed.
func (w *walk) typed(line string) error {
	code, comment, _ := strings.Cut(line, " # ")
	words, err := splitShown(code)
	if err != nil || len(words) == 0 {
		return err
	}
	var quoted []string
	for _, word := range words {
		quoted = append(quoted, "'"+strings.ReplaceAll(word, "'", "''")+"'")
	}
	switch words[0] {
	case "export":
		w.shared = w.shared || strings.HasPrefix(words[1], "FOIA_DATABASE=")
	case "cd", "mkdir", "cp":
		w.script.WriteString(words[0] + " " + strings.Join(quoted[1:], " ") + "\n")
	case "foia":
		w.command = true
		if strings.HasPrefix(strings.TrimSpace(comment), "refused") {
			w.script.WriteString("! ")
		}
		w.script.WriteString("exec foia " + strings.Join(quoted[1:], " ") + "\n")
	default:
		return fmt.Errorf("the test does not know how to run %s", words[0])
	}
	return nil
}

// shows PART compares what the last command printed with a part of the page: its lines stand in
// the output one after the other.
func shows(ts *testscript.TestScript, _ bool, args []string) {
	var pattern strings.Builder
	part := strings.TrimRight(ts.ReadFile(ts.MkAbs(filepath.Join(ts.Getenv("WORK"), args[0]))), "\n")
	for line := range strings.SplitSeq(part, "\n") {
		if strings.TrimSpace(line) == "…" {
			pattern.WriteString(`(?:.*\n)*?`)
			continue
		}
		pattern.WriteString(strings.ReplaceAll(regexp.QuoteMeta(strings.TrimRight(line, " ")), "…", ".*") + ` *\n`)
	}
	printed := ts.ReadFile("stdout") + ts.ReadFile("stderr")
	if !regexp.MustCompile(`(?m)^` + pattern.String()).MatchString(printed) {
		ts.Fatalf("the page shows\n%s\n\nand the command printed\n%s", part, printed)
	}
}

// walkScripts are the scripts of the walks whose log is in a database, or of the others.
func walkScripts(t *testing.T, shared bool) []string {
	t.Helper()
	pages, err := filepath.Glob(filepath.Join(repository, "docs", "walk-*.md"))
	if err != nil || len(pages) != 6 {
		t.Fatalf("there are %d walks: %v", len(pages), err)
	}
	dir := t.TempDir()
	var scripts []string
	for _, page := range pages {
		raw, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		w, err := walkOf(strings.ReplaceAll(string(raw), "\r\n", "\n"))
		if err != nil {
			t.Fatalf("%s: %v", page, err)
		}
		if w.shared != shared {
			continue
		}
		script := filepath.Join(dir, strings.TrimSuffix(filepath.Base(page), ".md")+".txtar")
		if err := os.WriteFile(script, []byte(w.script.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		scripts = append(scripts, script)
	}
	return scripts
}

// walkCommands are those of scripts, and shows.
func walkCommands() map[string]func(*testscript.TestScript, bool, []string) {
	return map[string]func(*testscript.TestScript, bool, []string){"foia-within": foiaWithin, "shows": shows}
}

func TestWalks(t *testing.T) {
	scripts := walkScripts(t, false)
	if len(scripts) != 5 {
		t.Errorf("%d walks have a log of their own", len(scripts))
	}
	runScripts(t, testscript.Params{Files: within(t, scripts...), Cmds: walkCommands(), Setup: func(e *testscript.Env) error {
		e.Setenv("FOIA_TEST_SHOWN", "1")
		return nil
	}})
}

// What a page must not have is found, and the rest becomes what it stands for.
func TestWalksAreRead(t *testing.T) {
	for _, page := range []string{"**Tuesday, April 6, 2026.** It is a Monday.", "    rm -r /\n", "```text\nout\n```\n", "```sh\nx\n```\n",
		"    foia show \"x\n"} {
		if _, err := walkOf(page); err == nil {
			t.Errorf("%q passes", page)
		}
	}
	w, err := walkOf("**Monday, April 6, 2026.** Say:\n\n    foia note \\\n    \"it's\"   # refused\n\n```text\nno …\n```\n\n" +
		"```csv a.csv\nx\n```\n\n**Ana.** She says\n\n    export FOIA_DATABASE=x\n    cd y\n")
	if err != nil {
		t.Fatal(err)
	}
	want := "env FOIA_TEST_DAY=2026-04-06\n! exec foia 'note' 'it''s'\nshows part-1\ncp $WORK/part-2 a.csv\nmkdir $WORK/ana\n" +
		"env FOIA_TEST_HAND=ana@desk\ncd $WORK/ana\ncd 'y'\n-- part-1 --\nno …\n-- part-2 --\nx\n"
	if got := w.script.String(); got != want || !w.shared {
		t.Errorf("%s\nnot\n%s", got, want)
	}
}
