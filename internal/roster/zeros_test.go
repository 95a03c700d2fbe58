package roster

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// sparse is a file that begins with some text and goes on with zero bytes that take no room on the disk.
func sparse(t *testing.T, text string, size int64) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "list.csv")
	if err := errors.Join(os.WriteFile(name, []byte(text), 0o600), os.Truncate(name, size)); err != nil {
		t.Fatal(err)
	}
	return name
}

// Room that was set aside for a list and not written is named, wherever it begins, and never held in memory.
func TestZeroBytes(t *testing.T) {
	const head = "name,address,city,state,zip\n"
	any := func(names []string) int { return len(names) }
	for what, text := range map[string]string{"all": "", "after the header": head, "after a row": head + "A,1 Main St,Albany,NY,12207\n",
		"within a row": head + "A,1 Main", "within quotes": head + "\"A,1 Main"} {
		name := sparse(t, text, 64<<20)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r, err := Open(name, any)
		open := err == nil
		for err == nil {
			_, err = r.Next()
		}
		runtime.ReadMemStats(&after)
		var fault *Fault
		if !errors.As(err, &fault) || !strings.Contains(fault.What, "zero bytes in place of text") ||
			!strings.Contains(fault.Hint(), "get it again") {
			t.Errorf("%s: %v", what, err)
		}
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 48 {
			t.Errorf("%s: %d MB were used for a file of 64 MB", what, used)
		}
		if open {
			if err := r.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

// A cell with a zero byte is no text: its row is rejected, the others are read.
func TestZeroByteInCell(t *testing.T) {
	name := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(name, []byte("name,city\nA,Alb\x00any\nB,Troy\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := Open(name, func(names []string) int { return len(names) })
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close() // only read
	first, err := r.Next()
	var fault *Fault
	if err != nil || !errors.As(first.Err, &fault) || fault.Line != 2 || fault.Column != 2 || !strings.Contains(fault.What, "a zero byte") {
		t.Errorf("%+v, %v", first, err)
	}
	second, err := r.Next()
	if err != nil || second.Err != nil || second.Cells[1] != "Troy" {
		t.Errorf("%+v, %v", second, err)
	}
	if _, err := r.Next(); !errors.Is(err, io.EOF) {
		t.Error(err)
	}
}
