package logbook

import (
	"context"
	"strings"
	"testing"
	"time"

	"foia/internal/remedy"
)

// enteredAt is a log whose last entry was made at some time.
type enteredAt struct{ at string }

func (l enteredAt) LastEntry(context.Context) (string, error) { return l.at, nil }

// A clock is doubted if the log contradicts it, and not over minutes, or over a time that
// nobody can read.
func TestDoubt(t *testing.T) {
	const now = "2026-11-23T12:00:00Z"
	for last, doubted := range map[string]bool{
		"": false, "2026-11-23T11:59:00Z": false, "2026-11-23T12:00:00Z": false, "2026-11-23T12:10:00Z": false,
		"2026-11-23T12:10:01Z": true, "2026-11-24T00:00:00Z": true, "2031-01-01T00:00:00Z": true, "tomorrow": false,
	} {
		behind, err := Doubt(t.Context(), enteredAt{at: last}, now)
		if err != nil || (behind != nil) != doubted {
			t.Errorf("%q: %v, %v", last, behind, err)
		}
		if behind == nil {
			continue
		}
		day := remedy.Give("on", behind.Now.Local().Format(time.DateOnly))
		if hint := behind.Hint(); !strings.Contains(hint, "set the clock") || !strings.Contains(hint, ", "+day+" (") ||
			!strings.Contains(behind.Note(), behind.Error()) {
			t.Errorf("%q: %s, %s", last, hint, behind.Note())
		}
	}
	if behind, err := Doubt(t.Context(), enteredAt{at: now}, "no time"); behind != nil || err != nil {
		t.Error(behind, err)
	}
}
