//go:build unix

package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
)

func init() { tasks["archive"] = readArchive }

// A log is for its owner alone, whatever the umask, and closing it leaves one file.
func TestFileModes(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0))
	dir := t.TempDir()
	path := filepath.Join(dir, "foia.db")
	log := openSQLite(t, path, Options{Create: true})
	mustAdd(t, log, 1)
	names := namesIn(t, dir)
	if !slices.Equal(names, []string{"foia.db", "foia.db-shm", "foia.db-wal"}) {
		t.Error("an open log has", names)
	}
	for _, name := range names {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	mustClose(t, log)
	reader := openSQLite(t, path, Options{ReadOnly: true})
	idsOf(t, reader)
	mustClose(t, reader)
	if names := namesIn(t, dir); !slices.Equal(names, []string{"foia.db"}) {
		t.Error("a closed log has", names)
	}
}

// A log in a folder that may not be written, such as an archive, can be read
// and verified, and is not written to.
func TestArchive(t *testing.T) {
	log, from := newSQLite(t)
	mustAdd(t, log, 3)
	mustClose(t, log)
	whole, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	// Not t.TempDir, whose parent only its owner may enter: root becomes somebody else below.
	dir, err := os.MkdirTemp("", "archive")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "foia.db")
	if err := errors.Join(os.WriteFile(path, whole, 0o600), os.Chmod(path, 0o444), os.Chmod(dir, 0o555)); err != nil {
		t.Fatal(err)
	}
	if out, err := process(t, "archive", path, 3).Output(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if names := namesIn(t, dir); !slices.Equal(names, []string{"foia.db"}) {
		t.Error("the folder has", names)
	}
}

// readArchive runs as a user who may read the log and nothing more.
func readArchive(path string, count int) error {
	const nobody = 65534
	if os.Geteuid() == 0 {
		if err := syscall.Setuid(nobody); err != nil {
			return err
		}
	}
	ctx := context.Background()
	log, err := OpenSQLite(ctx, path, Options{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("opening to read: %w", err)
	}
	requests, err := log.Requests(ctx)
	if err != nil || len(requests) != count {
		return fmt.Errorf("read %d requests, %w", len(requests), err)
	}
	if faults, err := log.Verify(ctx); err != nil || len(faults) > 0 {
		return fmt.Errorf("faults: %v, %w", faults, err)
	}
	if err := log.Close(); err != nil {
		return err
	}
	log, err = OpenSQLite(ctx, path, Options{Create: true})
	if err == nil {
		err = errors.Join(log.Write(ctx, func(tx *Tx) error { _, err := add(tx); return err }), log.Close())
	}
	if !errors.Is(err, ErrReadOnly) {
		return fmt.Errorf("writing: %w", err)
	}
	_, err = OpenSQLite(ctx, filepath.Join(filepath.Dir(path), "new.db"), Options{Create: true})
	if !errors.Is(err, ErrReadOnly) {
		return fmt.Errorf("making a log: %w", err)
	}
	return nil
}
