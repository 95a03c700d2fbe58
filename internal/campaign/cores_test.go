package campaign

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"foia/internal/filing"
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
