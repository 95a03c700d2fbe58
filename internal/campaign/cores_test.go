package campaign

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"foia/internal/filing"
	"foia/internal/letter"
	"foia/templates"
)

// The files of a campaign are the same on however many cores its letters are made.
func TestSameFilesOnAnyCores(t *testing.T) {
	var list strings.Builder
	list.WriteString("name,attention,address,city,state,zip,email,law,custodians\n")
	for i := range chunkSize + 20 {
		fmt.Fprintf(&list, "Office %d,Records Officer,%d Main Street,Springfield,IL,62701,records%d@example.gov,us-federal,Unit %d\n",
			i, i+1, i, i%7)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var first map[string][sha256.Size]byte
	for _, cores := range []int{1, 2, 8} {
		runtime.GOMAXPROCS(cores)
		b := batchOf(t, list.String())
		check := func(plan []filing.Planned) []filing.Outcome { return b.Desk.Rehearse(plan, b.Options) }
		if _, err := b.Survey(t.Context(), check); err != nil {
			t.Fatal(err)
		}
		if result, err := b.Run(t.Context()); err != nil || result.Made != chunkSize+20 {
			t.Fatalf("%+v, %v", result, err)
		}
		files := filesOf(t, b.Desk.Workspace.Dir)
		if first == nil {
			first = files
		}
		if len(files) < 4*(chunkSize+20) || !reflect.DeepEqual(files, first) {
			t.Errorf("on %d cores the files are others (%d and %d)", cores, len(files), len(first))
		}
	}
}

// The letters that were filled for the plan have the files of letters that are filled when
// they are made, also where rows before them are rejected, or the template prints the id.
func TestSameFilesOfFilledBefore(t *testing.T) {
	const numbered = "---\nid: own\ntitle: T\nkind: request\nlaw: us-federal\nsubject: \"{{.subject}}\"\nclauses: [records]\n" +
		"fields:\n  - {name: subject, label: Subject, type: line, required: true}\n---\n" +
		"I ask for records.\n\n{{template \"records\" .}}\n\nMy reference is {{.letter.id}}.\n"
	var list strings.Builder
	list.WriteString("name,address,city,state,zip,law,custodians,records\n")
	for i := range chunkSize + 20 {
		unit, records := fmt.Sprint("Unit ", i%7), "" // as all
		switch i % 9 {
		case 4:
			records = "Any and all records"
		case 7:
			unit = "Chief\u4e2d"
		}
		fmt.Fprintf(&list, "Office %d,%d Main Street,Springfield,IL,62701,us-federal,%s,%s\n", i, i+1, unit, records)
	}
	for _, template := range []string{"request", "own"} {
		var want map[string][sha256.Size]byte
		for _, planned := range []bool{false, true} {
			b := batchOf(t, list.String())
			if template == "own" {
				b.Ask.Name, b.Options.Force = template, "a test"
				for i := range b.Ask.Given {
					b.Ask.Given[i].Shared = true
				}
				b.Desk.Library = letter.NewLibrary(fstest.MapFS{"letters/own.md": {Data: []byte(numbered)}}, templates.Files)
			}
			if planned {
				check := func(plan []filing.Planned) []filing.Outcome { return b.Desk.Rehearse(plan, b.Options) }
				if s, err := b.Survey(t.Context(), check); err != nil || s.Wrong == 0 || s.Letters == 0 || b.surveyed.filled != s.Letters {
					t.Fatalf("%+v, %v", s, err)
				}
			}
			if result, err := b.Run(t.Context()); err != nil || result.Made == 0 || result.Rejected == 0 {
				t.Fatalf("%+v, %v", result, err)
			}
			files := filesOf(t, b.Desk.Workspace.Dir)
			if want == nil {
				want = files
			}
			if len(files) == 0 || !reflect.DeepEqual(files, want) {
				t.Errorf("%s: the files are others (%d and %d)", template, len(files), len(want))
			}
		}
	}
}

// However long the list, no more filled letters are held than that.
func TestMostFilled(t *testing.T) {
	k := &surveyed{filled: mostFilled - 2}
	outcomes := []filing.Outcome{{Err: errors.New("refused")}, {}, {}, {}}
	for i := range outcomes {
		outcomes[i].Plan.Name = "held"
	}
	rows := make([]planned, len(outcomes))
	k.hold(rows, []int{0, 1, 2, 3}, outcomes)
	var held []bool
	for _, r := range rows {
		held = append(held, r.plan.Name == "held")
	}
	if want := []bool{false, true, true, false}; !slices.Equal(held, want) || k.filled != mostFilled {
		t.Errorf("%v, %d", held, k.filled)
	}
}

// filesOf are the digests of the files of requests below a folder.
func filesOf(t *testing.T, dir string) map[string][sha256.Size]byte {
	t.Helper()
	files := map[string][sha256.Size]byte{}
	root := os.DirFS(dir)
	err := fs.WalkDir(root, "requests", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(root, name)
		files[name] = sha256.Sum256(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
