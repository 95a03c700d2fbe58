package disk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// What is not there has the same word on every system, without the path.
func TestReason(t *testing.T) {
	const gone = "no such file or directory"
	missing := filepath.Join(t.TempDir(), "none", "x")
	_, err := os.Open(missing)
	if got := Reason(err); got != gone {
		t.Error(got)
	}
	if got := Reason(fmt.Errorf("outer: %w", err)); got != gone {
		t.Error(got)
	}
	if got := Reason(os.Rename(missing, missing+"y")); got != gone {
		t.Error(got)
	}
	if got := Reason(errors.New("something else")); got != "something else" {
		t.Error(got)
	}
	if got := Reason(&os.PathError{Op: "read", Path: "x", Err: errors.New("It is odd.")}); got != "It is odd." {
		t.Error(got)
	}
}

func TestAsPart(t *testing.T) {
	for said, want := range map[string]string{
		"The process cannot access the file because it is being used by another process.": "the process cannot access the file because " +
			"it is being used by another process",
		"File not found.\r\n": "file not found", "CRC error.": "CRC error", "Überlauf.": "überlauf", "": "", ".": "",
	} {
		if got := asPart(said); got != want {
			t.Errorf("%q: %q, want %q", said, got, want)
		}
	}
}
