package architecture

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The rooms whose long tests run without the race detector have no threads, and nothing
// that threads share.
func TestRoomsWithoutThreads(t *testing.T) {
	ci, err := os.ReadFile("../../.ci/run")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?m)^threadless='/internal/\(([a-z|]+)\)\$'$`).FindSubmatch(ci)
	if m == nil {
		t.Fatal("no line of .ci/run names the rooms without threads")
	}
	for room := range strings.SplitSeq(string(m[1]), "|") {
		files, err := filepath.Glob("../" + room + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", room, len(files), err)
		}
		for _, path := range files {
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, what := range threadsIn(file) {
				t.Errorf("%s has %s: take %s out of threadless in .ci/run", path, what, room)
			}
		}
	}
	file, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\n\nimport \"sync\"\n\nvar l sync.Mutex\n\nfunc f() { go f() }\n",
		0)
	if err != nil || len(threadsIn(file)) != 2 {
		t.Error(threadsIn(file), err)
	}
}

// threadsIn are the signs of threads in a file: go statements, and packages for what
// threads share.
func threadsIn(file *ast.File) (found []string) {
	for _, i := range file.Imports {
		if name := strings.Trim(i.Path.Value, `"`); name == "sync" || name == "sync/atomic" || strings.HasSuffix(name, "/errgroup") {
			found = append(found, "the import of "+name)
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if _, ok := n.(*ast.GoStmt); ok {
			found = append(found, "a go statement")
		}
		return true
	})
	return found
}
