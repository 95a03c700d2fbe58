package main

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/spf13/cobra"
)

// A terminal that nobody made wider shows 80 columns. The words on completion are the
// library's.
func TestHelpFits(t *testing.T) {
	root := newRootCommand(testApp())
	for _, c := range append(below(root), root) {
		if c.HasParent() && c.Parent().Name() == "completion" {
			continue
		}
		for line := range strings.Lines(helpOf(t, c)) {
			if line = strings.TrimRight(line, "\n"); utf8.RuneCountInString(line) > 80 {
				t.Errorf("%s: %d columns: %s", c.CommandPath(), utf8.RuneCountInString(line), line)
			}
		}
	}
}

// helpOf is what the command's help prints.
func helpOf(t *testing.T, c *cobra.Command) string {
	t.Helper()
	var out strings.Builder
	c.SetOut(&out)
	if err := c.Help(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// What the help shows as an example can be typed: its command, flags and arguments
// exist.
func TestHelpExamplesRun(t *testing.T) {
	seen := 0
	for _, c := range below(newRootCommand(testApp())) {
		for _, line := range strings.Split(strings.ReplaceAll(c.Example, "\\\n", " "), "\n") {
			words := typed(line)
			if len(words) == 0 || words[0] != "foia" {
				continue
			}
			seen++
			found, rest, err := newRootCommand(testApp()).Find(words[1:])
			if err == nil {
				err = found.ParseFlags(rest)
			}
			if err == nil {
				err = found.ValidateArgs(found.Flags().Args())
			}
			if err != nil {
				t.Errorf("%s: the example %q: %v", c.CommandPath(), line, err)
			}
		}
	}
	if seen < 50 {
		t.Errorf("only %d examples were read", seen)
	}
}

// below are all commands under one.
func below(c *cobra.Command) (all []*cobra.Command) {
	for _, sub := range c.Commands() {
		all = append(append(all, sub), below(sub)...)
	}
	return all
}

// word is one on a command line: in quotation marks, or without a space.
var word = regexp.MustCompile(`(?:[^\s"']|"[^"]*"|'[^']*')+`)

// typed are the words of a line up to where its output goes elsewhere.
func typed(line string) (words []string) {
	for _, w := range word.FindAllString(line, -1) {
		if w == "|" || w == ">" {
			break
		}
		words = append(words, strings.NewReplacer(`"`, "", `'`, "").Replace(w))
	}
	return words
}
