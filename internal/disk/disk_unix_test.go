//go:build unix

package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// A new file is for its owner alone, whatever the umask; a mode that the user gave to a
// file stays; and a file that others share has exactly the mode that is asked for.
func TestModes(t *testing.T) {
	dir := t.TempDir()
	mode := func(name string) fs.FileMode {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return info.Mode()
	}
	for _, umask := range []int{0, 0o077} {
		defer unix.Umask(unix.Umask(umask))
		for name, create := range map[string]func(path string) error{
			"written": func(path string) error { return WriteFile(path, nil, FileMode) },
			"pending": func(path string) error {
				p, err := Begin(path, Unfinished(path), FileMode)
				if err != nil {
					return err
				}
				return p.Replace()
			},
			".lock": func(path string) error {
				unlock, err := Lock(t.Context(), path)
				if err != nil {
					return err
				}
				return unlock()
			},
		} {
			if err := create(filepath.Join(dir, name)); err != nil || mode(name) != 0o600 {
				t.Errorf("umask %o: %s has %v: %v", umask, name, mode(name), err)
			}
		}
		shared := filepath.Join(dir, "shared")
		if err := writeWithMode(shared, Unfinished(shared), nil, 0o440); err != nil || mode("shared") != 0o440 {
			t.Errorf("umask %o: %v: %v", umask, mode("shared"), err)
		}
		path := filepath.Join(dir, "given")
		if err := errors.Join(WriteFile(path, nil, FileMode), os.Chmod(path, 0o640),
			WriteFile(path, []byte("new"), FileMode)); err != nil || mode("given") != 0o640 {
			t.Errorf("umask %o: a mode that was given became %v: %v", umask, mode("given"), err)
		}
	}
}

func TestErrors(t *testing.T) {
	for err, full := range map[error]bool{unix.ENOSPC: true, unix.EDQUOT: true, unix.EACCES: false, unix.EIO: false} {
		if Full(told(err)) != full || Held(told(err)) {
			t.Errorf("%v: full %v, held %v", err, Full(told(err)), Held(told(err)))
		}
	}
	if Full(nil) || Held(nil) {
		t.Error("no error means nothing")
	}
}

// A link in the place of a lock file is not followed: nothing is made or held elsewhere, and nobody is told that the lock is free.
func TestLinkedLock(t *testing.T) {
	dir, elsewhere := t.TempDir(), filepath.Join(t.TempDir(), "elsewhere")
	path := filepath.Join(dir, ".lock")
	if err := os.Symlink(elsewhere, path); err != nil {
		t.Fatal(err)
	}
	_, err := Lock(t.Context(), path)
	_, shared := ShareLock(t.Context(), path)
	held, asked := Locked(path)
	if err == nil || shared == nil || asked == nil || !held {
		t.Errorf("%v, %v, %v %v", err, shared, held, asked)
	}
	if _, err := os.Lstat(elsewhere); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("made elsewhere: %v", err)
	}
}
