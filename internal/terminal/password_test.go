package terminal

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
)

// Keys do to a line that is not shown what they do to one that is; what follows is left.
func TestTypedLine(t *testing.T) {
	broken := errors.New("broken")
	for _, row := range []struct {
		keys, want, left string
		err              error
	}{
		{"secret\rmore", "secret", "more", nil},
		{"secret\n", "secret", "", nil},
		{"\r", "", "", nil},
		{"pass word\t§\r", "pass word\t§", "", nil},
		{"abß\x7f\bc\r", "ac", "", nil},
		{"\x7f\x7fa\r", "a", "", nil},
		{"wrong\x15right\r", "right", "", nil},
		{"one two \x17three\r", "one three", "", nil},
		{"one\x17two\r", "two", "", nil},
		{"a\x1a\x00b\r", "ab", "", nil},
		{"a\x04b\r", "ab", "", nil}, // no end within a line
		{"\x04x\r", "", "x\r", errEnded},
		{"a\x03b\r", "", "b\r", ErrStopped},
		{"no end", "", "", errEnded},
	} {
		in := strings.NewReader(row.keys)
		got, err := typedLine(in)
		left, readErr := io.ReadAll(in)
		if string(got) != row.want || !errors.Is(err, row.err) || string(left) != row.left || readErr != nil {
			t.Errorf("%q: %q, %v, left %q", row.keys, got, err, left)
		}
	}
	if _, err := typedLine(io.MultiReader(strings.NewReader("ab"), failing{broken})); !errors.Is(err, broken) {
		t.Error(err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// Nothing but a terminal is asked for a password.
func TestPasswordNeedsTerminal(t *testing.T) {
	var shown strings.Builder
	face := Terminal{In: strings.NewReader("secret\n"), Err: &shown}
	if typed, err := face.Password(t.Context(), "Password: "); err == nil || typed != "" || shown.Len() > 0 {
		t.Errorf("%q, %v, shown %q", typed, err, shown.String())
	}
}

// A line is read as it is typed; the end of the input, or of the command, is a stop.
func TestTyped(t *testing.T) {
	var shown strings.Builder
	face := Terminal{In: strings.NewReader("b\n\nlast"), Err: &shown}
	for _, want := range []string{"b", ""} {
		if got, err := face.Typed(t.Context(), "next? "); got != want || err != nil {
			t.Errorf("%q, %v", got, err)
		}
	}
	if _, err := face.Typed(t.Context(), "next? "); !errors.Is(err, ErrStopped) {
		t.Error(err)
	}
	if shown.String() != "next? next? next? " {
		t.Errorf("%q", shown.String())
	}
	ended, stop := context.WithCancel(t.Context())
	stop()
	reader, writer := io.Pipe()
	defer func() { _ = writer.Close() }() // and with it the reading
	if _, err := (Terminal{In: reader, Err: &shown}).Typed(ended, ""); !errors.Is(err, ErrStopped) {
		t.Error(err)
	}
}
