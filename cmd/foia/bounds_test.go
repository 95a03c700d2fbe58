package main

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// What is larger than such a file can be is refused before it is read, and what is just as
// large takes neither long nor much memory.
func TestReadersAtTheirBounds(t *testing.T) {
	dir := t.TempDir()
	root, err := os.ReadFile("../../internal/timestamp/testdata/root.pem")
	if err != nil {
		t.Fatal(err)
	}
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	fill := func(piece string, size int) string { return strings.Repeat(piece, size/len(piece)) }
	for _, row := range []struct {
		name string
		args []string
		want string
	}{
		{"a letter of words", []string{"check",
			file("words.md", fill("Dear Officer: 1. All records of the agency from 2019 to 2025.\n\n", longestDraft)), "--to", "irs"}, ""},
		{"a letter of one line", []string{"check", file("line.md", fill("all records ", longestDraft)), "--to", "irs"}, ""},
		{"a letter of signs", []string{"check", file("signs.md", fill("*\\<#1.", longestDraft)), "--to", "irs"}, ""},
		{"a letter of items", []string{"check", file("items.md", "Dear X:\n\n"+fill("1. All records\n", longestDraft-20)), "--to", "irs"},
			""},
		{"a longer letter", []string{"check", file("longer.md", fill("x", longestDraft+1)), "--to", "irs"},
			"is too large: such a file has at most 1 MB"},
		{"roots", []string{"seal", "--answer", file("answer.tsr", "x"), "--roots",
			file("roots.pem", fill(string(root)+"\n", longestAnswer))},
			""},
		{"more roots", []string{"seal", "--answer", filepath.Join(dir, "answer.tsr"), "--roots",
			file("more.pem", fill("x", longestAnswer+1))}, "is too large: such a file has at most 1 MB"},
		{"a longer answer", []string{"seal", "--answer", file("long.tsr", fill("x", longestAnswer+1))},
			"is too large: such a file has at most 1 MB"},
	} {
		var out bytes.Buffer
		a := testApp()
		a.out, a.err = &out, &out
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		run(append(row.args, "-w", dir), a)
		took := time.Since(start)
		runtime.ReadMemStats(&after)
		t.Logf("%s: %s, %d MB allocated, %.60q", row.name, took.Round(time.Millisecond), (after.TotalAlloc-before.TotalAlloc)>>20,
			out.String())
		if !strings.Contains(out.String(), row.want) || strings.Contains(out.String(), "panic") {
			t.Errorf("%s: %.300s", row.name, out.String())
		}
		if took > time.Minute {
			t.Errorf("%s took %s", row.name, took)
		}
	}
}
