package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/CycloneDX/cyclonedx-go"
)

// repository is the clone that is tested. Like every release, those of tests are made of its last commit: what
// is in none yet is not tested.
const repository = ".."

// madeIn is the folder of the release that the tests share; none if none of them asked for it.
var madeIn string

// made is a release for Linux on amd64.
var made = sync.OnceValues(func() (string, error) {
	var err error
	if madeIn, err = os.MkdirTemp("", "foia-release-"); err != nil {
		return "", err
	}
	out := filepath.Join(madeIn, "one")
	return out, run(context.Background(), []string{"-root", repository, "-only", "linux/amd64", "1.2.0-rc.1", out})
})

func TestMain(m *testing.M) {
	os.Setenv("DEBFULLNAME", "A. Packer")
	os.Setenv("DEBEMAIL", "packer@example.org")
	code := m.Run()
	if madeIn != "" {
		os.RemoveAll(madeIn)
	}
	os.Exit(code)
}

func theRelease(t *testing.T) string {
	t.Helper()
	dir, err := made()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// needs skips a test where a program is missing, or this is not root; in CI nothing is skipped.
func needs(t *testing.T, root bool, programs ...string) {
	t.Helper()
	missing := ""
	for _, name := range programs {
		if _, err := exec.LookPath(name); err != nil {
			missing = name
		}
	}
	if root && os.Getuid() != 0 {
		missing = "root"
	}
	switch {
	case missing == "":
	case os.Getenv("FOIA_CI") == "1":
		t.Fatalf("this needs %s", missing)
	default:
		t.Skipf("this needs %s", missing)
	}
}

func output(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// Another clone elsewhere, with other things lying in it, under another user's settings, gives the same bytes.
func TestSameBytesTwice(t *testing.T) {
	one := theRelease(t)
	dir := t.TempDir()
	clone := filepath.Join(dir, "a", "deeper", "clone")
	output(t, "git", "clone", "--quiet", "--shared", repository, clone)
	if err := os.WriteFile(filepath.Join(clone, "templates", "letters", "stray.md"), []byte("stray"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOFLAGS", "-buildvcs=true")
	t.Setenv("GOAMD64", "v3")
	t.Setenv("TZ", "Pacific/Auckland")
	t.Setenv("LC_ALL", "C")
	two := filepath.Join(dir, "two")
	if err := run(context.Background(), []string{"-root", clone, "-only", "linux/amd64", "v1.2.0-rc.1", two}); err != nil {
		t.Fatal(err)
	}
	names := []string{"SHA256SUMS", "foia-1.2.0~rc.1-1.x86_64.rpm", "foia_1.2.0-rc.1_linux_amd64.cdx.json",
		"foia_1.2.0-rc.1_linux_amd64.tar.gz", "foia_1.2.0~rc.1-1_amd64.deb"}
	for _, dir := range []string{one, two} {
		if got := listing(t, dir); !slices.Equal(got, names) {
			t.Errorf("%s has %q; want %q", dir, got, names)
		}
	}
	sums := map[string]string{}
	for line := range strings.Lines(string(read(t, filepath.Join(one, "SHA256SUMS")))) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		sums[name] = sum
	}
	for _, name := range names[1:] {
		text := read(t, filepath.Join(one, name))
		if !bytes.Equal(text, read(t, filepath.Join(two, name))) {
			t.Errorf("%s is not the same twice", name)
		}
		if got := fmt.Sprintf("%x", sha256.Sum256(text)); got != sums[name] {
			t.Errorf("%s is %s, and %q in SHA256SUMS", name, got, sums[name])
		}
	}
	if len(sums) != len(names)-1 {
		t.Errorf("%d checksums of %d files", len(sums), len(names)-1)
	}
}

// archived are the files of the archive, by their names in its folder, and those that can be run.
func archived(t *testing.T) (files map[string][]byte, run []string) {
	t.Helper()
	squeezed, err := gzip.NewReader(bytes.NewReader(read(t, filepath.Join(theRelease(t), "foia_1.2.0-rc.1_linux_amd64.tar.gz"))))
	if err != nil {
		t.Fatal(err)
	}
	files = map[string][]byte{}
	for in := tar.NewReader(squeezed); ; {
		h, err := in.Next()
		if errors.Is(err, io.EOF) {
			return files, run
		}
		if err != nil {
			t.Fatal(err)
		}
		name, ok := strings.CutPrefix(h.Name, "foia_1.2.0-rc.1_linux_amd64/")
		if !ok || h.Mode != 0o644 && h.Mode != 0o755 || h.Uid != 0 || h.Uname != "" {
			t.Errorf("%s lies outside of the folder, or has a mode or an owner that it should not: %+v", h.Name, h)
		}
		if h.Mode == 0o755 {
			run = append(run, name)
		}
		if files[name], err = io.ReadAll(in); err != nil {
			t.Fatal(err)
		}
	}
}

// The archive has the program and what one reads, and links in what one reads lead somewhere.
func TestArchive(t *testing.T) {
	files, run := archived(t)
	if !slices.Equal(run, []string{"foia"}) {
		t.Errorf("these can be run: %q", run)
	}
	for _, name := range []string{"README.md", "LICENSE", noticesName, "SECURITY.md", "CHANGELOG.md", "docs/first-request.md",
		"man/man1/foia.1", "man/man1/foia-record.1", "man/man7/foia-deadlines.7", "completions/foia.bash", "completions/_foia",
		"completions/foia.fish", "completions/foia.ps1"} {
		if len(files[name]) < 100 {
			t.Errorf("%s has %d bytes", name, len(files[name]))
		}
	}
	head, _, _ := strings.Cut(string(files["man/man1/foia.1"]), "\n")
	if !regexp.MustCompile(`^\.TH FOIA 1 "20\d\d-\d\d-\d\d" `).MatchString(head) {
		t.Errorf("the man page begins with %s", head)
	}
	source := regexp.MustCompile(`^(internal|templates|cmd|packaging)(/|$)`) // what only the clone has
	link := regexp.MustCompile(`\]\(([^)\s#]+)`)
	links := 0
	for name, text := range files {
		if path.Ext(name) != ".md" || name == "CONTRIBUTING.md" || name == "ARCHITECTURE.md" { // these are about the source
			continue
		}
		for _, m := range link.FindAllSubmatch(text, -1) {
			to, err := url.Parse(string(m[1]))
			if err != nil || to.IsAbs() {
				continue
			}
			links++
			if to := path.Join(path.Dir(name), to.Path); files[to] == nil && !source.MatchString(to) {
				t.Errorf("%s: the link to %s leads nowhere in the archive", name, to)
			}
		}
	}
	if links < 100 {
		t.Errorf("only %d links were looked at", links)
	}
}

// Every module of the program is in the notices and in the list of what is in it, with a license.
func TestEveryModuleHasItsLicense(t *testing.T) {
	files, _ := archived(t)
	program := filepath.Join(t.TempDir(), "foia")
	if err := os.WriteFile(program, files["foia"], 0o700); err != nil {
		t.Fatal(err)
	}
	bom := new(cyclonedx.BOM)
	text := read(t, filepath.Join(theRelease(t), "foia_1.2.0-rc.1_linux_amd64.cdx.json"))
	if err := json.Unmarshal(text, bom); err != nil {
		t.Fatal(err)
	}
	listed := map[string]cyclonedx.Component{}
	for _, c := range *bom.Components {
		listed[c.Name+" "+c.Version] = c
	}
	modules := 0
	for line := range strings.Lines(output(t, "go", "version", "-m", program)) {
		f := strings.Fields(line)
		if len(f) < 3 || f[0] != "dep" {
			continue
		}
		modules++
		c := listed[f[1]+" "+f[2]]
		if c.Licenses == nil || len(*c.Licenses) == 0 || c.Hashes == nil {
			t.Errorf("%s is not in the list, or has no license or checksum there", f[1])
		}
		if strings.Count(string(files[noticesName]), "\n"+f[1]+" "+f[2]+": ") != 1 {
			t.Errorf("%s is not in the notices", f[1])
		}
	}
	if modules < 50 || len(listed) != modules+1 { // and the standard library
		t.Errorf("%d modules, %d in the list", modules, len(listed))
	}
	if c := bom.Metadata.Component; c.Name != "foia" || c.Version != "v1.2.0-rc.1" {
		t.Errorf("the list is of %s %s", c.Name, c.Version)
	}
	if !utf8.Valid(files[noticesName]) {
		t.Error("the notices are not all in UTF-8: see which license is in another encoding")
	}
	for _, w := range holding()["github.com/klippa-app/go-pdfium"].works {
		if !strings.Contains(string(files[noticesName]), w.name) || !strings.Contains(string(text), `"name": "`+w.name+`"`) {
			t.Errorf("%s is not named", w.name)
		}
	}
}

// What modules hold besides their code is known: whoever adds a typeface, or a program as one file, has to name
// its license.
func TestWhatModulesHoldIsKnown(t *testing.T) {
	known := map[string]string{
		"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model": "resources/Roboto-Regular.ttf resources/config.yml",
		"github.com/klippa-app/go-pdfium":           "pdfium.wasm",
		"github.com/go-fonts/liberation":            "LiberationSerif-", // under the license of the module
	}
	format := `{{if and .Module .EmbedFiles}}{{.ImportPath}} {{join .EmbedFiles " "}}{{end}}`
	list, err := command(context.Background(), repository, []string{"GOFLAGS=", "GOWORK=off"}, "go", "list", "-deps", "-f", format,
		"./cmd/foia")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for line := range strings.Lines(list) {
		name, held, _ := strings.Cut(strings.TrimSpace(line), " ")
		if name == "foia" || strings.HasPrefix(name, "foia/") || name == "" {
			continue
		}
		found++
		ok := false
		for module, files := range known {
			ok = ok || strings.HasPrefix(name, module) && strings.HasPrefix(held, files)
		}
		if !ok {
			t.Errorf("%s holds %s: see whose it is, and name it in inside.go", name, held)
		}
	}
	if found < 5 {
		t.Errorf("only %d packages that hold files", found)
	}
}

// Licenses that CycloneDX does not know by an identifier are named.
func TestLicensesAsCycloneDXHasThem(t *testing.T) {
	folder, err := command(context.Background(), ".", []string{"GOFLAGS=", "GOWORK=off"}, "go", "list", "-m", "-f", "{{.Dir}}",
		"github.com/CycloneDX/cyclonedx-go")
	if err != nil {
		t.Fatal(err)
	}
	var known struct{ Enum []string }
	if err := json.Unmarshal(read(t, filepath.Join(strings.TrimSpace(folder), "schema", "spdx.schema.json")), &known); err != nil {
		t.Fatal(err)
	}
	all := []string{"Apache-2.0"}
	for _, l := range knownLicenses() {
		all = append(all, l.id)
	}
	for _, h := range holding() {
		for _, w := range h.works {
			all = append(all, w.licenses...)
		}
	}
	for _, c := range *choices(all) {
		if id := c.License.ID; id != "" && !slices.Contains(known.Enum, id) || id == "" && slices.Contains(known.Enum, c.License.Name) {
			t.Errorf("%+v", c.License)
		}
	}
}

func TestRecognized(t *testing.T) {
	bsd := "Redistribution and use in source and binary forms, with or without\nmodification"
	for _, c := range []struct {
		texts []text
		want  string
	}{
		{[]text{{"LICENSE", bsd}}, "BSD-2-Clause"},
		{[]text{{"LICENSE", bsd + " ... may be used to endorse\n or promote products"}, {"PATENTS", "grant"}}, "BSD-3-Clause"},
		{[]text{{"LICENSE", "Apache License\n Version 2.0"}, {"LICENSE-SIL", "the SIL Open\nFont License"}}, "Apache-2.0 OFL-1.1"},
		{[]text{{"LICENSE", "GNU AFFERO GENERAL PUBLIC LICENSE"}}, ""},
		{[]text{{"LICENSE", bsd}, {"LICENSE.commercial", "ask us"}}, ""},
		{[]text{{"NOTICE", "Apache License Version 2.0"}}, ""},
		{nil, ""},
	} {
		if got := strings.Join(recognized(c.texts), " "); got != c.want {
			t.Errorf("%q: %s", c.texts, got)
		}
	}
}

// What cannot be is refused before anything is made.
func TestRefused(t *testing.T) {
	there := t.TempDir()
	for name, args := range map[string][]string{
		"is not one such as":    {"-root", repository, "1.2", filepath.Join(there, "x")},
		"foia is not made for":  {"-root", repository, "-only", "plan9/amd64", "1.2.0", filepath.Join(there, "x")},
		"is there already":      {"-root", repository, "1.2.0", there},
		"3 arguments":           {"-root", repository, "1.2.0", "x", "y"},
		"not a git repository":  {"-root", there, "1.2.0", filepath.Join(there, "x")},
		"flag provided but not": {"-signed"},
	} {
		if err := run(context.Background(), args); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%q: %v", args, err)
		}
	}
	if got := listing(t, there); len(got) > 0 {
		t.Errorf("these were made: %q", got)
	}
}

// A commit without a tag has a version that sorts before every release; one with a tag has that of the tag.
func TestKnownVersion(t *testing.T) {
	clone := filepath.Join(t.TempDir(), "clone")
	output(t, "git", "clone", "--quiet", "--shared", repository, clone)
	for tag := range strings.FieldsSeq(output(t, "git", "-C", clone, "tag")) {
		output(t, "git", "-C", clone, "tag", "-d", tag)
	}
	version := func() string {
		r, err := newRelease(context.Background(), clone, "", filepath.Join(clone, "none"))
		if err != nil {
			return err.Error()
		}
		return r.version
	}
	if got := version(); !regexp.MustCompile(`^0\.0\.0-20\d{12}\.g[0-9a-f]{12}$`).MatchString(got) {
		t.Errorf("without a tag: %s", got)
	}
	output(t, "git", "-C", clone, "tag", "v3.1.4")
	if got := version(); got != "3.1.4" {
		t.Errorf("with a tag: %s", got)
	}
	output(t, "git", "-C", clone, "tag", "v3.1.5")
	if got := version(); !strings.Contains(got, "several tags (v3.1.4, v3.1.5)") {
		t.Errorf("with two: %s", got)
	}
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func listing(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
