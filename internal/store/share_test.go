package store

import (
	"path/filepath"
	"strings"
	"testing"

	"foia/internal/disk"
)

// A log on another machine's disk is used, with a word of warning.
func TestNetworkShare(t *testing.T) {
	_, path := newSQLite(t)
	defer func() { networkShare = disk.Share }()
	for _, o := range []Options{{}, {ReadOnly: true}} {
		networkShare = disk.Share
		if notices := openSQLite(t, path, o).Notices(); len(notices) > 0 {
			t.Error("on a disk of this machine:", notices)
		}
		asked := ""
		networkShare = func(path string) string { asked = path; return "NFS" }
		notices := openSQLite(t, path, o).Notices()
		if len(notices) != 1 || !strings.Contains(notices[0], "a network share (NFS)") || !strings.Contains(notices[0], "PostgreSQL") ||
			asked != path {
			t.Error(notices, asked)
		}
	}
	fresh := openSQLite(t, filepath.Join(t.TempDir(), "foia.db"), Options{Create: true})
	if len(fresh.Notices()) != 1 {
		t.Error("a new log:", fresh.Notices())
	}
	mustAdd(t, fresh, 1)
}
