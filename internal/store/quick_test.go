package store

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// The empty log that the program comes with is what the migrations make. If this fails, run:
// go generate ./internal/store
func TestEmptyLogInStep(t *testing.T) {
	made, err := migrated(t.Context(), filepath.Join(t.TempDir(), "foia.db"))
	if err != nil {
		t.Fatal(err)
	}
	if len(made) != len(emptyLog) {
		t.Fatalf("the migrations make a log of %d bytes, the program has one of %d", len(made), len(emptyLog))
	}
	for i := range made {
		// Bytes 24 to 27 and 92 to 99 of the head count changes and name the SQLite that made
		// them (https://www.sqlite.org/fileformat2.html#the_database_header).
		if made[i] != emptyLog[i] && (i < 24 || i > 27) && (i < 92 || i > 99) {
			t.Fatalf("byte %d differs", i)
		}
	}
	path := filepath.Join(t.TempDir(), "foia.db")
	mustClose(t, openSQLite(t, path, Options{Create: true}))
	if raw, err := os.ReadFile(path); err != nil || !bytes.Equal(raw, emptyLog) {
		t.Errorf("a new log is not a copy of it: %v", err)
	}
}
