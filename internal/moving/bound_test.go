package moving

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"foia/internal/roster"
)

// What stands beyond the columns of the heading is held too, and counts.
func TestTextBeyondColumns(t *testing.T) {
	name := filepath.Join(t.TempDir(), "tracker.csv")
	wide := "FBI,Drones,2026-05-01,sent" + strings.Repeat(","+strings.Repeat("x", 20<<10), 10) + "\n"
	text := "Agency,Subject,Date Filed,Status\n" + strings.Repeat(wide, 12)
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := readUpTo(name, "", 2<<20)
	var fault *roster.Fault
	if !errors.As(err, &fault) || !strings.Contains(fault.What, "2 MB of text") {
		t.Error(err)
	}
}
