// Package presstest has what tests need that make letters: a folder, what letters are made with
// in it, and letters as they should be; for tests.
package presstest

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"foia/internal/agency"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/press"
	"foia/internal/workspace"
	"foia/templates"
)

var update = flag.Bool("update", false, "write the golden letters anew")

// Folder is an empty folder.
func Folder(t testing.TB) *workspace.Workspace {
	t.Helper()
	w, err := workspace.Open(filepath.Join(t.TempDir(), "folder"))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// Stock are the built-in letters and offices.
func Stock(t testing.TB, w *workspace.Workspace) *press.Stock {
	t.Helper()
	offices, err := agency.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	stock, err := press.NewStock(w, letter.NewLibrary(templates.Files), offices)
	if err != nil {
		t.Fatal(err)
	}
	return stock
}

// Golden compares a letter with the file that has it as it should be. With -update it is written
// anew, to be read before it is committed.
func Golden(t testing.TB, name string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the letter is not that of %s: see what changed with -update and git diff", name)
	}
}

// Sound checks that folder and log agree, to the byte, and that ids have no gap. It returns the
// number of requests.
func Sound(t testing.TB, w *workspace.Workspace) int {
	t.Helper()
	ctx := context.Background()
	log, err := w.ReadLog(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close() // read only
	faults, err := log.Verify(ctx)
	if err != nil {
		t.Fatal(err)
	}
	requests, err := log.Requests(ctx)
	if err != nil {
		t.Fatal(err)
	}
	c, err := w.CheckDocuments(ctx, log)
	if err != nil {
		t.Fatal(err)
	}
	faults = append(faults, c.Faults...)
	for _, left := range c.Left {
		t.Error("left over:", left)
	}
	for _, f := range faults {
		t.Errorf("%s event %d: %s", f.Request, f.Event, f.What)
	}
	for i, r := range requests {
		if want := fmt.Sprintf("%s-%04d", r.ID[:4], i+1); r.ID != want {
			t.Errorf("request %d has the id %s", i+1, r.ID)
		}
	}
	return len(requests)
}

// ReadByPrograms is how many letters of each kind the short form of the tests has other
// programs read.
const ReadByPrograms = 3

// Book is the log of a folder for somebody, closed when the test ends.
func Book(t testing.TB, w *workspace.Workspace, who logbook.Writer) *logbook.Book {
	t.Helper()
	book := logbook.New(w, who)
	t.Cleanup(func() {
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	})
	return book
}
