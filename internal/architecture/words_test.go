package architecture

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// plainSpoken are the folders whose words reach a user. Below them the strings of the
// program are read, and the files in readWhole.
var plainSpoken = []string{"internal", "cmd"}

// readWhole are files, by the end of their name, that are words from beginning to end.
var readWhole = []string{"internal/preflight/rules.yaml", "internal/workspace/foia.yaml.tmpl"}

// foreignWords are words and phrases that are English only by their letters. Each is
// wrong wherever it is found: what is merely old-fashioned is left to the reader.
var foreignWords = []*regexp.Regexp{
	regexp.MustCompile(`(?i)\bmend(?:s|ed|ing)?\b`),
	regexp.MustCompile(`(?i)\bin spite of\b`),
	regexp.MustCompile(`(?i)\bstands? (?:in|still|with)\b`),
	regexp.MustCompile(`(?i)\bgoes by\b`),
	regexp.MustCompile(`(?i)\b(?:is|are) like that\b`),
	regexp.MustCompile(`(?i)\bmakes? it all the same\b`),
	regexp.MustCompile(`(?i)\bof what was\b`),
	regexp.MustCompile(`(?i)\bas it was made\b`),
	regexp.MustCompile(`(?i)\bknows? nothing of\b`),
	regexp.MustCompile(`(?i)\bnothing (?:says how|tells when)\b`),
	regexp.MustCompile(`(?i)\bwants to hear\b`),
	regexp.MustCompile(`(?i)\bset anew\b`),
	regexp.MustCompile(`(?i)\basked for without\b`),
	regexp.MustCompile(`(?i)\bis no (?:amount|answer|date|day|ground|json|name|number|` +
		`pdf|period|request|sqlite|standard|term|tag|time|word)\b`),
	regexp.MustCompile(`(?i)\bis none of\b`),
}

// thereIsNo is English, unlike “it is no number”.
var thereIsNo = regexp.MustCompile(`(?i)\bthere is no\b`)

// foreignIn returns the first of the foreign words in a text.
func foreignIn(text string) string {
	text = thereIsNo.ReplaceAllString(text, "")
	for _, word := range foreignWords {
		if found := word.FindString(text); found != "" {
			return found
		}
	}
	return ""
}

// The program speaks the English of a newsroom: phrases that were carried over from
// another language, and were taken out once, do not come back.
func TestPlainWords(t *testing.T) {
	read := 0
	for _, dir := range plainSpoken {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				l, ok := n.(*ast.BasicLit)
				if !ok || l.Kind != token.STRING {
					return true
				}
				text, err := strconv.Unquote(l.Value)
				if err != nil {
					t.Error(err)
				}
				read++
				if found := foreignIn(text); found != "" {
					t.Errorf("%s: %q in %q", files.Position(l.Pos()), found, text)
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if read < 1000 {
		t.Errorf("only %d strings were read", read)
	}
	for _, name := range readWhole {
		raw, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(raw), "\n") {
			if found := foreignIn(line); found != "" {
				t.Errorf("%s:%d: %q in %q", name, i+1, found, strings.TrimSpace(line))
			}
		}
	}
}

// The list finds what it is for, and lets pass what only looks like it.
func TestForeignWords(t *testing.T) {
	for _, text := range []string{"mend them as shown", "go on in spite of errors", "the address stands in the regulation",
		"--days: \"x\" is no number", "status is no request, but a letter",
		" is no request, but a letter about one", "%q is no amount in dollars", "“%s” is no day of a year", "it is no SQLite database",
		"No request is like that.", "--again makes it all the same", "\"maybe\" is none of granted, denied"} {
		if foreignIn(text) == "" {
			t.Errorf("%q passes", text)
		}
	}
	for _, text := range []string{"there is no request to make", "There is no day 2025-02-30", "amend the request",
		"this office's law is unknown", "an appeal, as well as a suit", "recommended", "the clock is stopped",
		"the log is no longer what was sealed", "5 is not a number"} {
		if found := foreignIn(text); found != "" {
			t.Errorf("%q in %q", found, text)
		}
	}
}
