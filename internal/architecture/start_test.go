package architecture

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// What a package variable holds is made before the first line of every command, also of
// those that never look at it. So no room compiles a pattern, or runs a function, for one:
// it is made when it is first asked for (sync.OnceValue).
func TestNothingMadeAtStart(t *testing.T) {
	files := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		room := filepath.ToSlash(filepath.Dir(path))
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") ||
			strings.HasSuffix(room, "test") {
			return err // rooms whose names end in test are for tests
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		files++
		for _, at := range madeAtStart(file) {
			t.Errorf("%s: this runs at every start of every command; make it a sync.OnceValue", fset.Position(at))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 100 {
		t.Errorf("only %d files were read", files)
	}
}

// The test finds what it looks for, and nothing else.
func TestMadeAtStart(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\n"+
		"var a = regexp.MustCompile(`a`)\n"+
		"var b = []*regexp.Regexp{regexp.MustCompile(`b`)}\n"+
		"var c = func() int { return 1 }()\n"+
		"func init() {}\n"+
		"var d = lazy.Pattern(`d`)\n"+
		"var e = map[string]func() int{`e`: func() int { return g()() }}\n"+
		"func f() { regexp.MustCompile(`f`) }\n"+
		"func (t T) init() {}\n", parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	if found := madeAtStart(file); len(found) != 4 {
		t.Errorf("%d places", len(found))
	}
}

// madeAtStart are the places of a file that compile a pattern or run a function of their
// own while the package is initialized.
func madeAtStart(file *ast.File) (out []token.Pos) {
	look := func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			_, later := n.(*ast.FuncLit)
			return !later
		}
		switch f := call.Fun.(type) {
		case *ast.FuncLit:
			out = append(out, call.Pos())
		case *ast.SelectorExpr:
			if p, ok := f.X.(*ast.Ident); ok && p.Name == "regexp" && strings.HasPrefix(f.Sel.Name, "MustCompile") {
				out = append(out, call.Pos())
			}
		}
		return true
	}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.GenDecl:
			if d.Tok == token.VAR {
				ast.Inspect(d, look)
			}
		case *ast.FuncDecl:
			if d.Recv == nil && d.Name.Name == "init" {
				out = append(out, d.Pos())
			}
		}
	}
	return out
}
