package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// bare is a folder that programs may take for the whole system: there is nothing in it but /tmp and what the
// tests need to look at it from outside.
func bare(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for p := dir; len(p) > len(os.TempDir()); p = filepath.Dir(p) { // nobody has to get in
		if err := os.Chmod(p, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "tmp"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(dir, "tmp"), 0o777|fs.ModeSticky); err != nil {
		t.Fatal(err)
	}
	return dir
}

// within runs a program of a bare system, as nobody in particular, with no other program, no /proc, no users.
func within(t *testing.T, dir, program string, args ...string) string {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir, cmd.Env = "/tmp", []string{"HOME=/tmp", "PATH=/usr/bin"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: dir, Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", program, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// works tries the program of a bare system.
func works(t *testing.T, dir, program string) {
	t.Helper()
	version := regexp.MustCompile(`^foia version 1\.2\.0-rc\.1, commit [0-9a-f]{12}, 20\d\d-\d\d-\d\d\n$`)
	if got := within(t, dir, program, "--version"); !version.MatchString(got) {
		t.Errorf("it says %q", got)
	}
	within(t, dir, program, "new", "irs-dhs-mou", "--sample")
	letters, err := filepath.Glob(filepath.Join(dir, "tmp", "foia-sample", "requests", "*", "*.pdf"))
	if err != nil || len(letters) < 11 {
		t.Errorf("%d letters, %v", len(letters), err)
	}
}

// The program of the archive needs nothing but itself.
func TestArchiveOnBareSystem(t *testing.T) {
	needs(t, true)
	files, _ := archived(t)
	dir := bare(t)
	if err := os.WriteFile(filepath.Join(dir, "foia"), files["foia"], 0o755); err != nil {
		t.Fatal(err)
	}
	works(t, dir, "/foia")
}

// tree are the files and folders of a system, without what its package manager remembers and /tmp.
func tree(t *testing.T, dir string) (names []string) {
	t.Helper()
	if err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		rel := strings.TrimPrefix(name, dir)
		if rel == "/var" || rel == "/tmp" {
			return fs.SkipDir
		}
		if rel != "" {
			names = append(names, rel)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return names
}

// Installed from the .deb on a system with nothing else, foia runs; removed, it leaves nothing.
func TestDeb(t *testing.T) {
	needs(t, true, "dpkg", "groff", "bash")
	dir := bare(t)
	for _, name := range []string{"info", "updates", "triggers"} {
		if err := os.MkdirAll(filepath.Join(dir, "var", "lib", "dpkg", name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"status", "available"} {
		if err := os.WriteFile(filepath.Join(dir, "var", "lib", "dpkg", name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	pack := filepath.Join(theRelease(t), "foia_1.2.0~rc.1-1_amd64.deb")
	fields := output(t, "dpkg-deb", "-f", pack)
	for _, want := range []string{"Package: foia\n", "Version: 1.2.0~rc.1-1\n", "Architecture: amd64\n", "Section: utils\n",
		"Maintainer: A. Packer <packer@example.org>\n", "Recommends: tesseract-ocr\n"} {
		if !strings.Contains(fields, want) {
			t.Errorf("no %q in\n%s", want, fields)
		}
	}
	if strings.Contains(fields, "Depends") {
		t.Errorf("it depends on something:\n%s", fields)
	}
	output(t, "dpkg", "--root="+dir, "-i", pack)
	works(t, dir, "/usr/bin/foia")
	installed(t, dir, "vendor-completions")
	output(t, "dpkg", "--root="+dir, "-r", "foia")
	if left := tree(t, dir); len(left) > 0 {
		t.Errorf("this is left: %q", left)
	}
}

// The same with the .rpm.
func TestRPM(t *testing.T) {
	needs(t, true, "rpm", "groff", "bash")
	dir := bare(t)
	pack := filepath.Join(theRelease(t), "foia-1.2.0~rc.1-1.x86_64.rpm")
	fields := output(t, "rpm", "-qp", "--queryformat", "%{NAME} %{VERSION} %{RELEASE} %{ARCH} %{PACKAGER} %{BUILDHOST}\n%{LICENSE}", pack)
	if !strings.HasPrefix(fields, "foia 1.2.0~rc.1 1 x86_64 A. Packer <packer@example.org> localhost\nApache-2.0 AND BSD-2-Clause AND ") {
		t.Errorf("its fields are %s", fields)
	}
	if got := output(t, "rpm", "-qp", "--requires", pack); got != "" {
		t.Errorf("it requires %s", got)
	}
	if got := output(t, "rpm", "-K", "--nosignature", pack); !strings.Contains(got, "digests OK") {
		t.Errorf("%s", got)
	}
	database := []string{"--root", dir, "--dbpath", "/var/lib/rpm"}
	output(t, "rpm", append(database, "-i", "--nosignature", pack)...)
	works(t, dir, "/usr/bin/foia")
	installed(t, dir, "site-functions")
	for _, name := range []string{"LICENSE", noticesName} {
		read(t, filepath.Join(dir, "usr", "share", "licenses", "foia", name))
	}
	output(t, "rpm", append(database, "-e", "foia")...)
	left := slices.DeleteFunc(tree(t, dir), func(name string) bool {
		info, err := os.Stat(filepath.Join(dir, name)) // folders that no package owns stay, as with other packages
		return err == nil && info.IsDir() && filepath.Base(name) != "foia"
	})
	if len(left) > 0 {
		t.Errorf("this is left: %q", left)
	}
}

// installed looks at man pages and completions where a system keeps them.
func installed(t *testing.T, dir, zsh string) {
	t.Helper()
	pages, err := filepath.Glob(filepath.Join(dir, "usr/share/man/man[17]/foia*.gz"))
	if err != nil || len(pages) < 60 {
		t.Errorf("%d man pages, %v", len(pages), err)
	}
	set := []string{"-c", `for page; do gzip -dc "$page"; done | groff -man -Tutf8 -ww -z`, "sh"}
	if got := output(t, "sh", append(set, pages...)...); got != "" {
		t.Errorf("man pages: %s", got)
	}
	completion := filepath.Join(dir, "usr/share/bash-completion/completions/foia")
	got := output(t, "bash", "--norc", "-c", `. "$1" && complete -p foia`, "bash", completion)
	if !strings.Contains(got, "__start_foia foia") {
		t.Errorf("bash completes foia by %s", got)
	}
	for name, begins := range map[string]string{"fish/vendor_completions.d/foia.fish": "# fish completion for foia",
		"zsh/" + zsh + "/_foia": "#compdef foia"} {
		if text := read(t, filepath.Join(dir, "usr/share", name)); !strings.HasPrefix(string(text), begins) {
			t.Errorf("%s begins with %.40q", name, text)
		}
	}
}
