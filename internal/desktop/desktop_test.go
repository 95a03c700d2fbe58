//go:build !darwin && !windows

package desktop

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The opener gets the address as it is; what it says when it fails is the error.
func TestOpen(t *testing.T) {
	bin := t.TempDir()
	t.Setenv("PATH", bin)
	t.Setenv("DISPLAY", ":0")
	var desk Desk = System{}
	if err := desk.Open("https://example.org"); !errors.Is(err, ErrNone) {
		t.Errorf("no opener: %v", err)
	}
	script := func(text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(bin, "xdg-open"), []byte("#!/bin/sh\n"+text+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	got := filepath.Join(bin, "got")
	script(`printf '%s' "$1" > ` + got)
	const address = "https://example.org/a?b=1&c=$HOME;rm"
	if err := desk.Open(address); err != nil {
		t.Fatal(err)
	}
	if raw, err := os.ReadFile(got); err != nil || string(raw) != address {
		t.Errorf("it got %q, %v", raw, err)
	}
	script("echo 'no browser' >&2; exit 3")
	if err := desk.Open(address); err == nil || errors.Is(err, ErrNone) || !strings.Contains(err.Error(), "xdg-open failed: no browser") {
		t.Error(err)
	}
	script("exit 4")
	if err := desk.Open(address); err == nil || !strings.Contains(err.Error(), "exit status 4") {
		t.Error(err)
	}
}

// Without a display nothing is started and nothing copied.
func TestNoDisplay(t *testing.T) {
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	if err := (System{}).Open("https://example.org"); !errors.Is(err, ErrNone) {
		t.Error(err)
	}
	if err := (System{}).Copy("text"); !errors.Is(err, ErrNone) {
		t.Error(err)
	}
}
