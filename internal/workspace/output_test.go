package workspace

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"foia/internal/remedy"
)

func TestOutput(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "desk.zip")
	rest := filepath.Join(dir, ".desk.zip-123.unfinished") // of a program that was killed
	if err := os.WriteFile(rest, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	first, err := (&Workspace{Dir: filepath.Join(dir, "nowhere")}).CreateOutput(file, false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(rest); err == nil {
		t.Error("the rest is still there")
	}
	second, err := (&Workspace{Dir: filepath.Join(dir, "nowhere")}).CreateOutput(file,
		false) // at the same time: neither clears the other away
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range []*Output{first, second} {
		if _, err := o.Write([]byte("whole")); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("seen before it is done")
	}
	if err := errors.Join(first.Done(), first.Cancel()); err != nil {
		t.Fatal(err)
	}
	var taken *remedy.Error
	if err := second.Done(); !errors.As(err, &taken) {
		t.Error("the first was replaced:", err)
	}
	if err := second.Cancel(); err != nil {
		t.Error(err)
	}
	third, err := (&Workspace{Dir: filepath.Join(dir, "nowhere")}).CreateOutput(file, true)
	if err != nil {
		t.Fatal(err)
	}
	if err := third.Done(); err != nil {
		t.Error(err)
	}
	entries, err := os.ReadDir(dir)
	if info, statErr := os.Stat(file); err != nil || statErr != nil || len(entries) != 1 || info.Size() != 0 || !hasMode(info, fileMode) {
		t.Error(entries, info, err, statErr)
	}
}

func TestOutputRefuses(t *testing.T) {
	dir := t.TempDir()
	link := filepath.Join(dir, "link.zip")
	if err := os.Symlink(filepath.Join(dir, "elsewhere"), link); err != nil {
		t.Skip(err)
	}
	for _, name := range []string{dir, link, filepath.Join(dir, "nowhere", "desk.zip")} {
		if _, err := (&Workspace{Dir: filepath.Join(dir, "nowhere")}).CreateOutput(name, true); err == nil {
			t.Error("taken:", name)
		}
	}
}
