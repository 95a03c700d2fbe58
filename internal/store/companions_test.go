//go:build unix

package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func init() { tasks["companion"] = blockedByCompanion }

// writeOne opens a log and adds a request to it.
func writeOne(path string) error {
	log, err := OpenSQLite(context.Background(), path, Options{})
	if err == nil {
		err = errors.Join(log.Write(context.Background(), func(tx *Tx) error { _, err := add(tx); return err }), log.Close())
	}
	return err
}

// What keeps SQLite from making its files beside the log is named; what it makes anew by itself is no error.
func TestCompanions(t *testing.T) {
	for what, c := range map[string]struct {
		lay          func(path string) error
		detail, hint string
	}{
		"a folder as -shm": {func(p string) error { return os.Mkdir(p+"-shm", 0o700) },
			"foia.db-shm beside it is in the way: it is a folder", "move foia.db-shm away"},
		"a folder as -wal": {func(p string) error { return os.Mkdir(p+"-wal", 0o700) },
			"foia.db-wal beside it is in the way: it is a folder", "move foia.db-wal away"},
		"a link as -shm": {func(p string) error { return os.Symlink("/nowhere/x", p+"-shm") }, "it is a link to /nowhere/x",
			"move foia.db-shm away"},
		"-shm left over":  {func(p string) error { return os.WriteFile(p+"-shm", make([]byte, 32<<10), 0o600) }, "", ""},
		"-shm of garbage": {func(p string) error { return os.WriteFile(p+"-shm", []byte(strings.Repeat("x", 40_000)), 0o600) }, "", ""},
		"-wal of garbage": {func(p string) error { return os.WriteFile(p+"-wal", []byte(strings.Repeat("x", 40_000)), 0o600) }, "", ""},
		"an empty -wal":   {func(p string) error { return os.WriteFile(p+"-wal", nil, 0o600) }, "", ""},
	} {
		log, path := newSQLite(t)
		mustAdd(t, log, 1)
		mustClose(t, log)
		if err := c.lay(path); err != nil {
			t.Fatal(err)
		}
		err := writeOne(path)
		if c.detail == "" {
			if err != nil {
				t.Errorf("%s: %v", what, err)
			}
			continue
		}
		mustHint(t, err, ErrReadOnly, c.detail)
		var failure *Failure
		if !errors.As(err, &failure) || !strings.Contains(failure.Hint(), c.hint) {
			t.Errorf("%s: %v; want the hint %q", what, err, c.hint)
		}
	}
}

// What belongs to somebody else is named with whom it belongs to: what a command of root left, for example.
func TestCompanionsOfOthers(t *testing.T) {
	log, from := newSQLite(t)
	mustAdd(t, log, 1)
	mustClose(t, log)
	whole, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	// Not t.TempDir, whose parent only its owner may enter: root becomes somebody else below.
	dir, err := os.MkdirTemp("", "companions")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "foia.db")
	if err := errors.Join(os.WriteFile(path, whole, 0o600), os.Chmod(path, 0o666), os.Chmod(dir, 0o777)); err != nil {
		t.Fatal(err)
	}
	for which, end := range companions {
		if err := errors.Join(os.WriteFile(path+end, nil, 0o600), os.Chmod(path+end, 0o400)); err != nil {
			t.Fatal(err)
		}
		if out, err := process(t, "companion", path, which).Output(); err != nil {
			t.Errorf("%s: %v\n%s", end, err, out)
		}
		for _, end := range companions {
			if err := os.RemoveAll(path + end); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	if out, err := process(t, "companion", path, len(companions)).Output(); err != nil {
		t.Errorf("the folder: %v\n%s", err, out)
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
}

var companions = []string{"-shm", "-wal"}

// blockedByCompanion runs as a user who may write the log, and not what lies beside it.
func blockedByCompanion(path string, which int) error {
	if os.Geteuid() == 0 {
		if err := syscall.Setuid(65534); err != nil {
			return err
		}
	}
	want := []string{"foia.db-shm beside it is in the way: you may not read and write it: permission denied; it belongs to ",
		"foia.db-wal beside it is in the way: you may not read and write it: permission denied; it belongs to ",
		"and you may not write to its folder"}[which]
	if err := writeOne(path); !errors.Is(err, ErrReadOnly) || !strings.Contains(err.Error(), want) {
		return fmt.Errorf("%w; want %q", err, want)
	}
	return nil
}
