package disk

import (
	"path/filepath"
	"testing"
)

// Where there is room, or no folder, the disk is not full; and the question leaves nothing.
func TestNoRoom(t *testing.T) {
	dir := t.TempDir()
	if NoRoom(dir) || NoRoom(filepath.Join(dir, "nothing")) {
		t.Error("the disk is full")
	}
	if names := namesIn(t, dir); len(names) > 0 {
		t.Error(names)
	}
}
