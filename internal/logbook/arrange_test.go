package logbook

import (
	"errors"
	"strings"
	"testing"

	"foia/internal/remedy"
	"foia/internal/workspace"
)

// guarded stands for a log that keeps private what is private.
type guarded struct{ keeps bool }

func (g guarded) KeepsPrivate() bool { return g.keeps }

func TestKeepsPrivate(t *testing.T) {
	w := &workspace.Workspace{}
	var misuse *remedy.Error
	if err := keepsPrivate(w, guarded{}); !errors.As(err, &misuse) || !strings.Contains(misuse.Hint(), "postgres://") {
		t.Error(err)
	}
	if err := keepsPrivate(w, guarded{keeps: true}); err != nil {
		t.Error(err)
	}
	// The letters are read by whoever reaches the folder.
	w.Config.Documents = workspace.InFolder
	if err := keepsPrivate(w, guarded{keeps: true}); err == nil || !strings.Contains(err.Error(), "in a shared folder") {
		t.Error(err)
	}
}
