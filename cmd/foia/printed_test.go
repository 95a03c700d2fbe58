package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"foia/internal/lazy"
	"foia/internal/letter"
	"foia/templates"
)

// Every command that foia prints anywhere is one that runs: what the scripts and walks have
// printed, what pages name, and what the program's texts name is looked through for commands,
// and each is parsed as foia parses it.

// printedWidth is that of output that goes to no terminal.
const printedWidth = 80

// sentences are the words that go on a sentence after a command, or begin one of which foia is
// the subject. A word that is neither, nor a command, is a fault: a command that is gone, or a
// word to add.
var (
	afterCommand = strings.Fields("again and as copies counts has instead lists on or restores says shows tells to when with")
	foiaIs       = strings.Fields("%s AUTHORIZATION FROM TO and applies as asks assumes can cannot command counted counts creates does " +
		"fails fills for found has is keeps knew knows made makes makes, needs on opened opens reads receives " +
		"records refused sends skips states suggested suggests takes that the tracking tried unknown writes " +
		"wrote")
)

// printedFaults are the commands in a text that do not run.
func printedFaults(text string) (faults []string) {
	for _, words := range commandsNamed(unwrapped(text)) {
		if err := tryNamed(words); err != nil && !(errors.Is(err, errOnlyLists) && strings.Contains(text, tableLine)) {
			faults = append(faults, fmt.Sprintf("foia %s: %v", strings.Join(words, " "), err))
		}
	}
	return faults
}

// tableLine is below the head of a table, in whose cells commands are broken.
const tableLine = "────"

// unwrapped puts lines together that a paragraph was broken into: a line was broken if the next
// word did not fit. Lines after the first are indented as far as it is, or further.
func unwrapped(text string) string {
	var out strings.Builder
	length, indent, goesOn, one := 0, 0, false, false
	for i, line := range strings.Split(text, "\n") {
		bare := strings.TrimLeft(line, " ")
		first, _, _ := strings.Cut(bare, " ")
		before := indent
		indent = len(line) - len(bare)
		fits := length == 0 || length+1+utf8.RuneCountInString(first) <= printedWidth
		if goesOn = first != "" && !fits && (indent == before && !one || indent > before); goesOn {
			out.WriteString(" " + bare)
		} else {
			if i > 0 {
				out.WriteString("\n")
			}
			out.WriteString(line)
		}
		length, one = utf8.RuneCountInString(line), !goesOn && first == bare // such as a path
	}
	return out.String()
}

const namesFoia = lazy.Pattern("(^|[\\s(“‘\"'`])foia ([^\n]*)")

// commandsNamed are the words after each “foia” of a text, as far as they can belong to a
// command.
func commandsNamed(text string) (all [][]string) {
	for line := range strings.SplitSeq(text, "\n") {
		for {
			at := namesFoia.RE().FindStringSubmatchIndex(line)
			if at == nil {
				break
			}
			before, rest := line[:at[0]], line[at[4]:at[5]]
			line = rest
			if strings.HasSuffix(strings.TrimSpace(before), "usage:") ||
				strings.HasSuffix(before, " a") || strings.HasPrefix(rest, "seal 1, ") {
				continue
			}
			rest, _, _ = strings.Cut(rest, "  ")
			rest, _, _ = strings.Cut(rest, "\t") // the next cell of a table
			all = append(all, commandWords(rest))
		}
	}
	return all
}

// commandWords are the words up to where the sentence, or what is in brackets, ends.
func commandWords(text string) (words []string) {
	for _, w := range word.FindAllString(text, -1) {
		if strings.HasPrefix(w, "(") || slices.Contains([]string{"|", ">", "#", "·", "—", "foia"}, w) {
			break
		}
		bare := strings.TrimRight(w, ";:,.?)”’`")
		if quote := strings.IndexAny(bare, `"'`); quote >= 0 && strings.Count(w, w[quote:quote+1])%2 == 1 {
			bare = strings.TrimRight(bare, `"'`) // the end of a quotation in which the command stands
		}
		if plain := strings.NewReplacer(`"`, "", `'`, "").Replace(bare); plain != "" {
			words = append(words, plain)
		}
		if strings.HasSuffix(w, "?") {
			return append(words, "?")
		}
		if bare != w {
			break
		}
	}
	return words
}

// tryNamed parses the words of a command; what follows it in a sentence is no part of it.
func tryNamed(words []string) error {
	form := func(w string) bool { return strings.ContainsAny(w, "{[") || w == "COMMAND" } // in a use line
	if len(words) == 0 || slices.Contains(foiaIs, words[0]) || slices.ContainsFunc(words, form) {
		return nil
	}
	if last := len(words) - 1; words[last] == "?" { // did you mean foia record?
		return tryPart(words[:last])
	}
	err := tryWords(words)
	for n := len(words) - 1; n > 0 && err != nil; n-- {
		if slices.Contains(afterCommand, words[n]) && (tryWords(words[:n]) == nil || words[n] == "has" && tryPart(words[:n]) == nil) {
			return nil
		}
	}
	return err
}

// tryWords parses a command line as foia does, and looks at the names that it has.
func tryWords(words []string) error {
	cmd, err := parseShown(words)
	if err != nil || cmd.Name() != "letter" {
		return err
	}
	args := cmd.Flags().Args()
	if kind := args[len(args)-1]; (len(args) == 2 || cmd.Flags().Changed("campaign")) && !knownLetter(kind) {
		return fmt.Errorf("there is no letter %s", kind)
	}
	return nil
}

// letterKinds are the letters that foia letter makes, by their names.
var letterKinds = sync.OnceValue(func() []string {
	names := []string{"complaint", "KIND"}
	lib := letter.NewLibrary(templates.Files)
	for _, id := range lib.Templates() {
		if t, err := lib.Template(id); err == nil && t.Kind != letter.RequestKind {
			names = append(names, t.ID, t.Common())
		}
	}
	return names
})

func knownLetter(kind string) bool { return slices.Contains(letterKinds(), kind) }

// jsonStrings are the texts in an output that is JSON.
func jsonStrings(text string) ([]string, bool) {
	var v any
	if json.Unmarshal([]byte(text), &v) != nil {
		return nil, false
	}
	var texts []string
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			texts = append(texts, v)
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(v)
	return texts, true
}

// outputFaults are the commands in what a command has printed that do not run.
func outputFaults(args []string, out, errs string) []string {
	if len(args) > 0 && (args[0] == completionName || strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) ||
		strings.HasSuffix(args[0], "version")) {
		return nil // the script of a shell, or words for one; foia and its version
	}
	texts, ok := jsonStrings(out)
	if !ok {
		texts = []string{out}
	}
	var faults []string
	for _, text := range append(texts, errs) {
		faults = append(faults, printedFaults(text)...)
	}
	return faults
}

func TestCommandsAreFound(t *testing.T) {
	for text, want := range map[string]string{
		"see: foia show 2026-0001":                                         "show 2026-0001",
		"run foia verify again when it has finished":                       "verify again when it has finished",
		"the requests: foia log --assigned ana, foia due --tag":            "log --assigned ana|due --tag",
		"it is kept (foia packet); it":                                     "packet",
		`say “foia record 2026-0001 note "a b"”.`:                          "record 2026-0001 note a b",
		"  foia due      see what is due":                                  "due",
		"(usage: foia show ID)":                                            "",
		"a foia.yaml, foia: error: x, and ~/foia/log":                      "",
		"then foia record ID sent --letter 4 --by email --on DATE\nand go": "record ID sent --letter 4 --by email --on DATE",
		"  agency’s silence is not appealed but lets you sue; record the decision foia\n  record ID sent": "record ID sent",
	} {
		var have []string
		for _, words := range commandsNamed(unwrapped(text)) {
			have = append(have, strings.Join(words, " "))
		}
		if got := strings.Join(have, "|"); got != want {
			t.Errorf("%s: %q, not %q", text, got, want)
		}
	}
	for _, text := range []string{"see: foia frobnicate", "run foia verify --twice", "foia show 2026-0001 --verbose.",
		"foia record 2026-0001 sennt",
		"foia letter 2026-0001 sttus", "foia verify nonsense", "foia packet", "foia db"} {
		if len(printedFaults(text)) == 0 {
			t.Errorf("%s passes", text)
		}
	}
	for _, text := range []string{"foia knows of none", "run foia verify again", "foia letter ID KIND", "foia record ID EVENT --again",
		"foia letter 2026-0001 appeal --of silence --set reasons=\"…\""} {
		if faults := printedFaults(text); len(faults) > 0 {
			t.Error(faults)
		}
	}
}

// What the pages name within their sentences runs too; this is where docs/lives.md, which tests
// write, has its commands.
func TestCommandsNamedInDocs(t *testing.T) {
	code := regexp.MustCompile("`foia [^`]+`")
	seen := 0
	for name, text := range pages(t) {
		if name == "CHANGELOG.md" { // which tells of what was
			continue
		}
		for _, span := range code.FindAllString(strings.ReplaceAll(text, "\n", " "), -1) {
			seen++
			for _, words := range commandsNamed(span) {
				if err := tryNamed(words); err != nil && !errors.Is(err, errOnlyLists) && tryPart(words) != nil {
					t.Errorf("%s: %s: %v", name, span, err)
				}
			}
		}
	}
	if seen < 500 {
		t.Errorf("only %d commands were seen", seen)
	}
}

// tryPart looks at what a page says about a command without giving all of its words: the command
// is there, and so are its flags.
func tryPart(words []string) error {
	root := newRootCommand(testApp())
	root.InitDefaultVersionFlag()
	cmd, rest, err := root.Find(words)
	if err != nil || cmd == root && !strings.HasPrefix(words[0], "-") {
		return fmt.Errorf("no such command: %v", err)
	}
	var valueless *pflag.ValueRequiredError
	if err = cmd.ParseFlags(rest); errors.As(err, &valueless) {
		return nil
	}
	return err
}

// The texts of the program name commands that are there, with flags that they have, also where no
// script has them printed. A text may end before its command does: the rest is put in.
func TestCommandsNamedInTexts(t *testing.T) {
	seen := 0
	eachText(t, func(where, text string) {
		if strings.Contains(text, "{{") { // a template
			return
		}
		for _, words := range commandsNamed(strings.ReplaceAll(text, "\\\n", " ")) {
			if err := tryNamed(words); err != nil && !errors.Is(err, errOnlyLists) && tryPart(words) != nil {
				t.Errorf("%s: foia %s: %v", where, strings.Join(words, " "), err)
			}
			seen++
		}
	})
	if seen < 200 {
		t.Errorf("only %d commands were seen", seen)
	}
}
