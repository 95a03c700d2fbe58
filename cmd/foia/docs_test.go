package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"foia/internal/docket"
)

const repository = "../.."

// pages returns the pages that people read, by their path in the repository.
func pages(t *testing.T) map[string]string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(repository, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "ARCHITECTURE.md", "VERIFYING.md", "SECURITY.md",
		"packaging/README.md"} {
		found = append(found, filepath.Join(repository, name))
	}
	texts := map[string]string{}
	for _, file := range found {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name, err := filepath.Rel(repository, file)
		if err != nil {
			t.Fatal(err)
		}
		texts[filepath.ToSlash(name)] = string(raw)
	}
	return texts
}

// Every command shown in the pages exists, has the flags and takes the number of
// words that are shown. That the commands do what the pages say is the scripts' part.
func TestCommandsInDocs(t *testing.T) {
	seen := 0
	for name, text := range pages(t) {
		for _, line := range shownCommands(text) {
			seen++
			if err := tryShown(line); err != nil {
				t.Errorf("%s: %s: %v", name, line, err)
			}
		}
	}
	if seen < 80 {
		t.Errorf("only %d commands were found in the pages", seen)
	}
}

// A command that cannot be run as shown is found.
func TestCommandsInDocsAreTried(t *testing.T) {
	for _, line := range []string{"foia nothing", "foia due --someday", "foia packet", "foia due --within", "foia campaign",
		"foia log export --format",
		"foia seal now", "foia batch a.csv b.csv", `foia new "request`, "foia record 2026-0001 hearing"} {
		if err := tryShown(line); err == nil {
			t.Errorf("%s: found nothing wrong", line)
		}
	}
	text := "Text `foia nothing`\n\n    foia due \\\n        --on 2026-01-01   # why\n    $ other | foia log --json > x\n    go run " +
		"./cmd/foia new request # one\n    foia.yaml\n"
	want := "foia due --on 2026-01-01|foia log --json|foia new request"
	if got := strings.Join(shownCommands(text), "|"); got != want {
		t.Errorf("found %s, not %s", got, want)
	}
}

// Every link from one page to another file of the repository leads somewhere, and
// every page of docs is in its index.
func TestLinksInDocs(t *testing.T) {
	texts := pages(t)
	for name, text := range texts {
		links := linksOf(text)
		for _, to := range links {
			path := filepath.Join(repository, filepath.Dir(name), filepath.FromSlash(to))
			if _, err := os.Stat(path); err != nil {
				t.Errorf("%s: the link to %s leads nowhere", name, to)
			}
		}
		if name == "README.md" && len(links) < 10 {
			t.Errorf("only %d links were found in %s", len(links), name)
		}
	}
	for name := range texts {
		page, ok := strings.CutPrefix(name, "docs/")
		if ok && page != "README.md" && !strings.Contains(texts["docs/README.md"], "("+page+")") {
			t.Errorf("docs/README.md has no link to %s", page)
		}
	}
}

var (
	shown     = regexp.MustCompile(`(?:^|[|$] )(?:foia|go run \./cmd/foia) (\S.*)$`)
	shownLink = regexp.MustCompile(`\]\(([^)\s]+)\)`)
)

// shownCommands returns the command lines of foia in the indented blocks of a page,
// each on one line, without comments and without what the shell does with the output.
func shownCommands(text string) []string {
	var found []string
	text = strings.ReplaceAll(text, "\\\n", "")
	for line := range strings.SplitSeq(text, "\n") {
		code, ok := strings.CutPrefix(line, "    ")
		if !ok {
			continue
		}
		code, _, _ = strings.Cut(code, " # ")
		code, _, _ = strings.Cut(code, " > ")
		// A seal begins with the name of the program, and is no command.
		if m := shown.FindStringSubmatch(strings.TrimSpace(code)); m != nil && !strings.HasPrefix(m[1], "seal 1, ") {
			found = append(found, "foia "+strings.Join(strings.Fields(m[1]), " "))
		}
	}
	return found
}

func linksOf(text string) []string {
	var found []string
	for _, m := range shownLink.FindAllStringSubmatch(text, -1) {
		to, _, _ := strings.Cut(m[1], "#")
		if to != "" && !strings.Contains(to, "://") {
			found = append(found, to)
		}
	}
	return found
}

// tryShown parses a command line as foia does, and runs nothing.
func tryShown(line string) error {
	words, err := splitShown(line)
	if err != nil {
		return err
	}
	if i := slices.Index(words, "|"); i > 0 {
		words = words[:i]
	}
	return tryWords(words[1:])
}

var errOnlyLists = errors.New("it only lists commands")

// parseShown is the command of a line, once it is known that the line can be run.
func parseShown(words []string) (*cobra.Command, error) {
	root := newRootCommand(&app{in: strings.NewReader(""), out: io.Discard, err: io.Discard, now: time.Now, who: account})
	cmd, rest, err := root.Find(words)
	if err != nil {
		return cmd, err
	}
	if cmd.HasParent() && isGroup(cmd) && !slices.Contains(rest, "--help") {
		return cmd, errOnlyLists
	}
	if err := cmd.ParseFlags(rest); err != nil {
		if errors.Is(err, pflag.ErrHelp) {
			return root, nil
		}
		return cmd, err
	}
	if !cmd.Runnable() {
		return cmd, fmt.Errorf("%s is a group of commands", cmd.CommandPath())
	}
	if err := cmd.ValidateArgs(cmd.Flags().Args()); err != nil {
		return cmd, err
	}
	if err := cmd.ValidateFlagGroups(); err != nil {
		return cmd, err
	}
	return cmd, knownEvent(cmd)
}

// knownEvent looks at the event that foia record is given.
func knownEvent(cmd *cobra.Command) error {
	if cmd.Name() != "record" {
		return nil
	}
	args := cmd.Flags().Args()
	if !cmd.Flags().Changed("campaign") {
		if len(args) < 2 {
			return nil // it asks
		}
		args = args[1:] // without the ID
	}
	if len(args) == 0 {
		return fmt.Errorf("it names no event")
	}
	kind := args[0]
	if spec, known := docket.SpecOf(docket.Kind(kind)); (!known || spec.Own) && kind != "EVENT" {
		return fmt.Errorf("no event %s can be recorded", kind)
	}
	return nil
}

// splitShown splits a command line into words, with double quotation marks as a shell
// has them.
func splitShown(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	open, begun := false, false
	for _, r := range line {
		switch {
		case r == '"':
			open, begun = !open, true
		case r == ' ' && !open:
			if begun {
				words = append(words, word.String())
				word.Reset()
			}
			begun = false
		default:
			word.WriteRune(r)
			begun = true
		}
	}
	if open {
		return nil, fmt.Errorf("a quotation mark is not closed")
	}
	if begun {
		words = append(words, word.String())
	}
	return words, nil
}

// No page and no help text pins how many offices or laws foia has: people add to them.
// What the changelog says of a day, and lists made from the data, stay.
func TestNoCountsInDocs(t *testing.T) {
	texts := pages(t)
	delete(texts, "CHANGELOG.md")
	for _, cmd := range below(newRootCommand(testApp())) {
		texts[cmd.CommandPath()] = cmd.Short + "\n" + helpOf(t, cmd)
	}
	count := regexp.MustCompile(`\b[1-9]\d+ ([\w-]+ ){0,2}(offices|laws|agencies)\b`)
	for name, text := range texts {
		for _, found := range count.FindAllString(text, -1) {
			if !strings.HasPrefix(found, "125 agencies") { // some 125; see appeals.README.md
				t.Errorf("%s pins a number: %q", name, found)
			}
		}
	}
}
