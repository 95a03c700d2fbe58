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

// suggestions are the numbers of days in the rooms that count deadlines which are no law:
// when foia suggests something, or how something is shown.
var suggestions = map[string]bool{"ReminderPause": true, "estimatePause": true, "suitAhead": true, "suitNear": true, "complainAhead": true,
	"AppealAhead": true, "missedShown": true, "soonDays": true, "yearly": true}

// others are the numbers there that are none of days, by where they stand.
var others = map[string]string{
	"FoldVersion": "a version", "longestGround": "characters", "longestName": "characters", "longestTag": "characters",
	"longestDetail": "characters",
	"ReadCents":     "cents", "String": "cents", "money": "a percentage", "number": "the most that a number may be",
	"nextCode": "a place in a pattern", "readGrounds": "characters", "Months": "of a year",
	"mostBytes": "bytes and entries", "Check": "entries", "most": "bounds of what a file may say",
}

// No number of days of a law stands in Go: they are in internal/law/laws, where a lawyer
// can read and correct them.
func TestNoDaysOfLawInGo(t *testing.T) {
	found := 0
	for _, room := range []string{"docket", "law"} {
		files := os.DirFS("../" + room)
		err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			raw, err := fs.ReadFile(files, path)
			if err != nil {
				return err
			}
			for _, n := range numbersIn(t, path, string(raw)) {
				if found++; !suggestions[n.where] && others[n.where] == "" {
					t.Errorf("%s/%s:%d: %d in %s: a number of days belongs in internal/law/laws", room, path, n.line, n.value, n.where)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if found < len(suggestions) {
		t.Errorf("only %d numbers were found", found)
	}
	if got := numbersIn(t, "x.go", "package x\n\nfunc due() int { return 3*x + 20 }\n"); len(got) != 1 || got[0].value != 20 ||
		got[0].where != "due" {
		t.Errorf("%+v", got)
	}
}

// daysInText is a number of days that is written out.
var daysInText = regexp.MustCompile(`(?i)\b(?:\d+|five|ten|fifteen|twenty|thirty|forty-five|sixty|ninety)[ -]` +
	`(?:(?:working|business|calendar) )?days?\b`)

// Nor do texts of the program repeat such a number: they take it from the law, or from the
// one constant that has it.
func TestNoDaysInTexts(t *testing.T) {
	seen := 0
	for _, dir := range []string{"internal", "cmd"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
					seen++
					if found := daysInText.FindString(l.Value); found != "" {
						t.Errorf("%s: “%s” is written out: take the number from where it is kept", set.Position(l.Pos()), found)
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	// The help topics name a rule, and the law's data have its days.
	topics, err := filepath.Glob(filepath.Join(root, "cmd", "foia", "topics", "*.md"))
	if err != nil || len(topics) == 0 {
		t.Fatal("no help topics were found", err)
	}
	for _, name := range topics {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if found := daysInText.FindString(string(raw)); found != "" {
			t.Errorf("%s: “%s” is written out: take the number from the law with {{time …}}", name, found)
		}
	}
	if seen < 5000 {
		t.Errorf("only %d texts were read", seen)
	}
	for text, want := range map[string]string{"within 30 days": "30 days", "no more than ten working days": "ten working days",
		"the 20-day period": "20-day", "%d days": "", "--within 30d": "", "often days": ""} {
		if got := daysInText.FindString(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

type numberIn struct {
	line  int
	value int
	where string // the function, constant or variable
}

// numbersIn are the whole numbers of five or more in a file. What is smaller counts
// something else: parts, copies, two of a kind.
func numbersIn(t *testing.T, path, text string) []numberIn {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, text, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []numberIn
	look := func(where string, n ast.Node) {
		ast.Inspect(n, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.INT {
				if v, err := strconv.ParseInt(strings.ReplaceAll(l.Value, "_", ""), 0, 64); err == nil && v >= 5 {
					out = append(out, numberIn{set.Position(l.Pos()).Line, int(v), where})
				}
			}
			return true
		})
	}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			look(d.Name.Name, d)
		case *ast.GenDecl:
			for _, s := range d.Specs {
				if v, ok := s.(*ast.ValueSpec); ok {
					look(v.Names[0].Name, v)
				}
			}
		}
	}
	return out
}
