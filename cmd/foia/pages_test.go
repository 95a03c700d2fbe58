package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"foia/internal/manual"
)

// The pages of docs that are made from the commands are those of this program.
func TestPagesAreInStep(t *testing.T) {
	made, err := madeOf(newRootCommand(testApp()))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range made {
		have, err := os.ReadFile(filepath.Join(repository, "docs", name))
		if err != nil {
			t.Fatal(err)
		}
		if string(have) != want {
			t.Errorf("docs/%s is out of step with the commands: run go generate ./...", name)
		}
	}
}

// Every command and every flag is in the reference and has, or is in, a man page.
func TestEverythingIsInTheManual(t *testing.T) {
	root := newRootCommand(testApp())
	made, err := madeOf(root)
	if err != nil {
		t.Fatal(err)
	}
	reference, man, seen := made["reference.md"], manual.Man(root), 0
	for _, c := range append(below(root), root) {
		if !manual.Shown(c) {
			continue
		}
		seen++
		page := man[strings.ReplaceAll(c.CommandPath(), " ", "-")+".1"]
		if c.HasParent() && !strings.Contains(reference, "\n### "+c.CommandPath()+"\n") || !strings.HasPrefix(page, ".TH FOIA") {
			t.Errorf("%s is not in the reference, or has no man page", c.CommandPath())
		}
		for _, line := range strings.Split(c.LocalFlags().FlagUsages(), "\n") {
			_, name, found := strings.Cut(line, "--")
			if name, _, _ = strings.Cut(name, " "); !found || name == "help" || name == "version" {
				continue
			}
			if !strings.Contains(page, `\-\-`+strings.ReplaceAll(name, "-", `\-`)) || !strings.Contains(reference, "--"+name) {
				t.Errorf("%s: --%s is not in its page", c.CommandPath(), name)
			}
		}
	}
	if seen < 50 {
		t.Errorf("only %d commands were seen", seen)
	}
}

// Every help topic has a man page with all that it says, and that of the program names it.
func TestTopicsHaveManPages(t *testing.T) {
	pages, err := manPages(newRootCommand(testApp()))
	if err != nil {
		t.Fatal(err)
	}
	for _, topic := range helpTopics {
		page := pages["foia-"+topic.name+".7"]
		if !strings.HasPrefix(page, ".TH FOIA-"+strings.ToUpper(topic.name)+" 7 ") ||
			!strings.Contains(pages["foia.1"], `foia\-`+topic.name+" (7)") {
			t.Errorf("%s has no man page, or foia.1 does not name it", topic.name)
		}
		parts, err := topicPassages(topic.name)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Count(page, ".PP\n") + strings.Count(page, ".IP "); got != len(parts)-1 {
			t.Errorf("%s: %d parts of %d", topic.name, got, len(parts)-1)
		}
	}
}

// What sets man pages finds nothing wrong with them.
func TestManPagesAreSet(t *testing.T) {
	groff, err := exec.LookPath("groff")
	if err != nil && os.Getenv("FOIA_CI") == "1" {
		t.Fatal("there is no groff on this machine: install groff-base")
	}
	if err != nil {
		t.Skip("there is no groff on this machine")
	}
	var all strings.Builder
	pages, err := manPages(newRootCommand(testApp()))
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		all.WriteString(page)
	}
	cmd := exec.Command(groff, "-man", "-Tutf8", "-ww", "-z")
	cmd.Stdin = strings.NewReader(all.String())
	if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("%v\n%s", err, out)
	}
}
