package logbook

import (
	"errors"
	"strings"
	"testing"

	"foia/internal/store"
)

// What was done before a failure is said, and not that nothing was changed.
func TestStopped(t *testing.T) {
	lost := &store.Failure{Kind: store.ErrUnreachable, Where: "postgres://desk/foia"}
	if err := StoppedAfter(lost, 0); err != error(lost) || StoppedAfter(nil, 7) != nil {
		t.Error(err)
	}
	err := StoppedAfter(lost, 128)
	var hinted interface{ Hint() string }
	if !errors.Is(err, store.ErrUnreachable) || !strings.Contains(err.Error(), "stopped after 128, which are in the log: the database "+
		"cannot be reached") ||
		!errors.As(err, &hinted) || strings.Contains(hinted.Hint(), "nothing") {
		t.Error(err)
	}
}
