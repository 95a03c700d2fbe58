package architecture

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// notCommands are texts below cmd that look like a command line of foia and are none.
var notCommands = map[string]string{
	"foia seal 1, %s, %d requests, %d events, root %s": "the form of a seal, which is a line of text",

	"it does not have the form “foia seal 1, DATE, N requests, N events, root 64 HEX DIGITS, check 8 HEX DIGITS”": "the same",

	"it is not a foia backup":                 "a backup that foia made",
	"it is not a foia backup: it has no %s":   "the same",
	"its %s does not come from a foia backup": "the same",
}

// runsOthers are rooms that start other programs, for tests and to pack foia: their flags are not ours.
var runsOthers = []string{"internal/pdf/pdftest", "internal/press/presstest", "internal/store/pgtest", "internal/bundle/bundletest",
	"internal/timestamp/authority", "internal/imap/imaptest", "packaging"}

// The core names acts, and a face words them: nothing below cmd knows a command or a flag.
func TestNoCommandsBelowTheFace(t *testing.T) {
	commands := commandNames(t)
	command := regexp.MustCompile(`\bfoia (` + strings.Join(commands, "|") + `)\b`)
	flag := regexp.MustCompile(`(^|[^-\w])--([a-z][a-z-]*|%s)`)
	read := 0
	eachFile(t, []string{".go"}, func(name string, source []byte) {
		if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "cmd/") || hasAnyPrefix(name, runsOthers) {
			return
		}
		fset := token.NewFileSet()
		tree, err := parser.ParseFile(fset, name, source, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			read++
			if found := command.FindString(text) + flag.FindString(text); found != "" && notCommands[text] == "" {
				t.Errorf("%s: %q names a command or a flag (%s): name the act, and let a face word it (internal/remedy)",
					fset.Position(lit.Pos()), text, strings.TrimSpace(found))
			}
			return true
		})
	})
	if read < 5000 || len(commands) < 30 {
		t.Errorf("only %d texts and %d commands were found: the test looks in the wrong place", read, len(commands))
	}
}

// The same for the texts that the rooms embed, but for their comments.
func TestNoCommandsInEmbeddedTexts(t *testing.T) {
	command := regexp.MustCompile(`\bfoia (` + strings.Join(commandNames(t), "|") + `)\b`)
	flag := regexp.MustCompile(`(^|[\s("“])--[a-z][a-z-]*`)
	read := 0
	eachFile(t, []string{".yaml", ".md"}, func(name string, source []byte) {
		if !strings.HasPrefix(name, "internal/") && !strings.HasPrefix(name, "templates/") || strings.Contains(name, "README") ||
			strings.Contains(name, "/testdata/") || strings.Contains(name, "/data/") {
			return
		}
		read++
		line := 0
		for text := range strings.Lines(string(source)) {
			line++
			if trimmed := strings.TrimSpace(text); strings.HasPrefix(trimmed, "#") || strings.HasPrefix(trimmed, "<!--") {
				continue
			}
			if found := command.FindString(text) + flag.FindString(text); found != "" {
				t.Errorf("%s:%d names a command or a flag (%s): name the act", name, line, strings.TrimSpace(found))
			}
		}
	})
	if read < 100 {
		t.Errorf("only %d texts were read: the test looks in the wrong place", read)
	}
}

// commandNames are the commands of foia, as their use lines begin.
func commandNames(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "cmd/foia/*.go"))
	if err != nil {
		t.Fatal(err)
	}
	use := regexp.MustCompile(`Use:\s+"([a-z]+)`)
	var names []string
	for _, f := range files {
		source, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range use.FindAllStringSubmatch(string(source), -1) {
			if m[1] != "foia" {
				names = append(names, m[1])
			}
		}
	}
	return names
}

func hasAnyPrefix(name string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}

// eachFile reads the files of the tree that end so.
func eachFile(t *testing.T, endings []string, read func(name string, source []byte)) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !slices.Contains(endings, filepath.Ext(path)) {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		source, err := os.ReadFile(path)
		if err == nil {
			read(filepath.ToSlash(name), source)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
