package main

import (
	"bytes"
	"encoding/pem"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"foia/internal/longtest"
)

// Roots are certificates in PEM that the user got from somebody: an error or a pool, never a
// panic, and no pool without a certificate.
func FuzzRoots(f *testing.F) {
	longtest.LargeInputs(f)
	f.Add([]byte(oneRoot))
	f.Add([]byte(oneRoot + "\n" + oneRoot))
	f.Add([]byte("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		pool, err := parseRoots("roots.pem", text)
		if (pool == nil) == (err == nil) {
			t.Fatal(pool, err)
		}
		if block, _ := pem.Decode(text); err == nil && block == nil {
			t.Fatalf("a certificate in %q", text)
		}
	})
}

// What is larger than such a file can be is refused before it is read, and what is just as
// large takes neither long nor much memory.
func TestReadersAtTheirBounds(t *testing.T) {
	dir := t.TempDir()
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
		{"roots", []string{"seal", "--answer", file("answer.tsr", "x"), "--roots", file("roots.pem", fill(oneRoot+"\n", longestAnswer))},
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

// oneRoot is a certificate of nobody's.
const oneRoot = `-----BEGIN CERTIFICATE-----
MIIBjTCCATOgAwIBAgIUTZes43gsSF2dL+3F/O2J7m+c6aMwCgYIKoZIzj0EAwIw
GzEZMBcGA1UEAwwQUm9vdCBvZiB0aGUgdGVzdDAgFw0yNjExMjgwNjIxMjdaGA8y
MTI2MTEwNDA2MjEyN1owGzEZMBcGA1UEAwwQUm9vdCBvZiB0aGUgdGVzdDBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABNDTOt1oJ/XZp+Iwab3d9SiqQDzJ+gacYn0z
zpMNnWwedLOfi+EnOvB4whu/AlhkWO4P12dJ82zXA2n7mS2NnYyjUzBRMB0GA1Ud
DgQWBBT4uzDbyYODjqB00BXNlLZzW6sZ+DAfBgNVHSMEGDAWgBT4uzDbyYODjqB0
0BXNlLZzW6sZ+DAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIEK2
HVAfWipHRo7ldicTgPmK+gCLCOb8D+cx+tL5Os/DAiEA6/v+UJ6i3dazxv0uw7zX
jdVh4cN3nAN4sEABYRY6PfY=
-----END CERTIFICATE-----
`
