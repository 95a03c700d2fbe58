package main

import (
	"os"
	"strings"
	"testing"
)

// Each room that makes quick forms is run by go generate, in its own folder, and makes
// files that are there.
func TestRoomsAreGenerated(t *testing.T) {
	for name, quick := range rooms {
		folder, file := "../"+name, "/quick.go"
		if name == "templates" || name == "subjects" {
			folder, file = "../../templates", "/templates.go"
		}
		raw, err := os.ReadFile(folder + file)
		if err != nil || !strings.Contains(string(raw), "\n//go:generate go run foia/internal/quick "+name+"\n") {
			t.Errorf("the room %s has no line for go generate: %v", name, err)
		}
		made, err := quick(os.DirFS(folder))
		if err != nil || len(made) == 0 {
			t.Errorf("%s: %d files, %v", name, len(made), err)
		}
		for file := range made {
			if _, err := os.Stat(folder + "/" + file); err != nil {
				t.Error(err)
			}
		}
	}
}

// A room that there is not writes nothing.
func TestRunRefuses(t *testing.T) {
	for _, args := range [][]string{nil, {"no-such-room"}, {"law", "agency"}} {
		if err := run(args); err == nil {
			t.Errorf("%q was taken", args)
		}
	}
}
