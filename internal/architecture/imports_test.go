// Package architecture holds the test of the house's plan: which room may
// import which. The plan is ARCHITECTURE.md; this test reads it from there, so
// that picture and code cannot part.
package architecture

import (
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

const root = "../.."

// plan reads the table of rooms in ARCHITECTURE.md: a line
//
//	internal/letter   law, agency
//
// says that the room may import those rooms and no other.
func plan(t *testing.T) map[string][]string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(root, "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, after, ok := strings.Cut(string(raw), "<!-- rooms -->")
	table, _, ok2 := strings.Cut(after, "<!-- end of rooms -->")
	if !ok || !ok2 {
		t.Fatal("ARCHITECTURE.md has no table of rooms between its two marks")
	}
	rooms := map[string][]string{}
	row := regexp.MustCompile("^\\| `([a-z/.]+)` \\|[^|]*\\| ([^|]*) \\|$")
	for line := range strings.SplitSeq(table, "\n") {
		m := row.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil {
			continue
		}
		var may []string
		for name := range strings.SplitSeq(m[2], ",") {
			if name = strings.Trim(strings.TrimSpace(name), "`"); name != "" && name != "–" {
				may = append(may, name)
			}
		}
		rooms[m[1]] = may
	}
	if len(rooms) < 10 {
		t.Fatalf("only %d rooms were read from ARCHITECTURE.md", len(rooms))
	}
	return rooms
}

// imports reads what each package of the project imports, tests left out.
func imports(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && (strings.HasPrefix(d.Name(), ".") && path != root || d.Name() == "testdata") {
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return err
		}
		if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		room := filepath.ToSlash(rel)
		for _, spec := range file.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if !slices.Contains(found[room], name) {
				found[room] = append(found[room], name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Every import between rooms is an arrow of the plan, and every room is in it.
func TestArrows(t *testing.T) {
	rooms := plan(t)
	for room, list := range imports(t) {
		may, known := rooms[room]
		if !known {
			t.Errorf("the room %s is not in ARCHITECTURE.md", room)
			continue
		}
		for _, name := range list {
			other, ours := strings.CutPrefix(name, "foia/")
			if name == "foia" { // the files at the top
				other, ours = ".", true
			}
			if ours && !slices.Contains(may, strings.TrimPrefix(other, "internal/")) {
				t.Errorf("%s imports %s: the plan does not draw that arrow", room, name)
			}
		}
	}
}

// The core is pure: it knows no disk, no database, no network and no clock.
func TestPureCore(t *testing.T) {
	core := []string{"internal/workday", "internal/law", "internal/letter", "internal/preflight", "internal/docket"}
	forbidden := []string{"os", "net", "net/http", "database/sql", "path/filepath", "os/exec"}
	found := imports(t)
	for _, room := range core {
		if len(found[room]) == 0 {
			t.Errorf("no imports were read for %s", room)
		}
		for _, name := range found[room] {
			if slices.Contains(forbidden, name) {
				t.Errorf("%s imports %s: the core reads nothing by itself", room, name)
			}
		}
	}
}

// Some libraries belong to one room alone, or to few.
func TestWrappedLibraries(t *testing.T) {
	homes := map[string]string{
		"github.com/jung-kurt/gofpdf":     "internal/pdf",
		"github.com/pdfcpu/pdfcpu":        "internal/bind",
		"modernc.org/sqlite":              "internal/store",
		"github.com/jackc/pgx/v5":         "internal/store",
		"github.com/spf13/cobra":          "cmd/foia, internal/manual",
		"charm.land":                      "internal/terminal", // huh, lipgloss, bubbletea
		"golang.org/x/term":               "internal/terminal",
		"github.com/yuin/goldmark":        "internal/letter",
		"github.com/xuri/excelize/v2":     "the tests of internal/roster",
		"github.com/smallstep/pkcs7":      "internal/timestamp",
		"github.com/gofrs/flock":          "internal/disk",
		"golang.org/x/sys":                "internal/disk, internal/terminal/terminaltest",
		"github.com/atotto/clipboard":     "internal/desktop",
		"github.com/klippa-app/go-pdfium": "internal/pdfium",
		"github.com/tetratelabs/wazero":   "internal/pdfium",
		"github.com/chromedp":             "the tests of internal/web",
		"github.com/emersion/go-imap":     "internal/imap, internal/imap/imaptest",
		"github.com/emersion/go-smtp":     "internal/post/posttest",
		"github.com/wneessen/go-mail":     "internal/post",
		"github.com/zalando/go-keyring":   "internal/keyring",
	}
	for room, list := range imports(t) {
		for _, name := range list {
			for library, home := range homes {
				if strings.HasPrefix(name, library) && !slices.Contains(strings.Split(home, ", "), room) {
					t.Errorf("%s imports %s, which belongs to %s", room, name, home)
				}
			}
		}
	}
}

// What systems do differently stands in one room; the exceptions are the desktop, the name of an account, what
// the program says of itself, a figure of the benchmark, servers and a terminal that only tests start, and
// what packs the program and is none of it.
// Names of files count too: a name that ends in _windows.go is a condition.
func TestSystems(t *testing.T) {
	may := []string{"internal/disk/", "internal/desktop/desktop_", "internal/store/pgtest/", "internal/imap/imaptest/",
		"internal/post/posttest/", "internal/terminal/terminaltest/", "internal/bench/letters/peak_", "cmd/foia/account_",
		"cmd/foia/version.go", "/packaging/"}
	condition := regexp.MustCompile(`(?m)^//go:build|\bruntime\.GOOS\b|` +
		`\bos\.(Rename|Link|Symlink|Chmod|Getuid|RemoveAll)\(|"(syscall|golang\.org/x/sys/\w+)"`)
	pages := regexp.MustCompile(`(?m)^//go:build !?pages$`)              // is no system: see cmd/foia/pages_main.go
	signal := regexp.MustCompile(`(?m)^\t"syscall"$|syscall\.SIGTERM\b`) // is there on every system
	name := regexp.MustCompile(`_(linux|darwin|windows|unix|amd64|arm64)\.go$`)
	found := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if strings.HasSuffix(filepath.ToSlash(path), "cmd/foia/root.go") {
			raw = signal.ReplaceAll(raw, nil)
		}
		raw = pages.ReplaceAll(raw, nil)
		what := condition.FindString(string(raw)) + name.FindString(path)
		if what == "" {
			return nil
		}
		found++
		if !slices.ContainsFunc(may, func(m string) bool { return strings.Contains(filepath.ToSlash(path), m) }) {
			t.Errorf("%s depends on the system (%s): that belongs into internal/disk", path, what)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 10 {
		t.Errorf("only %d files that depend on the system were found", found)
	}
}

// Only the command line reads the clock, and what measures. The connection to a server
// has deadlines, and its clock is compared with this machine's; a look that waits for other
// commands measures how long.
func TestClock(t *testing.T) {
	readers := []string{"internal/bench/", "internal/terminal/terminaltest/",
		"internal/longtest/cost.go", "internal/imap/line.go", "internal/imap/imaptest/", "internal/post/line.go",
		"internal/store/patient.go", "internal/store/postgres.go", "internal/workspace/quiet.go"}
	err := filepath.WalkDir(filepath.Join(root, "internal"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		raw, err := os.ReadFile(path)
		if err == nil && strings.Contains(string(raw), "time.Now(") &&
			!slices.ContainsFunc(readers, func(r string) bool { return strings.Contains(filepath.ToSlash(path), r) }) {
			t.Errorf("%s reads the clock: dates are passed in", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
