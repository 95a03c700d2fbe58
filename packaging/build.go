package main

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// system is what a program is made for.
type system struct{ os, arch string }

func (s system) String() string { return s.os + "/" + s.arch }

func (s system) program() string {
	if s.os == "windows" {
		return "foia.exe"
	}
	return "foia"
}

func allSystems() (out []string) {
	for _, system := range []string{"linux", "darwin", "windows"} {
		out = append(out, system+"/amd64", system+"/arm64")
	}
	return out
}

func readSystems(list string) (out []system, err error) {
	for name := range strings.SplitSeq(list, ",") {
		if !slices.Contains(allSystems(), name) {
			return nil, fmt.Errorf("foia is not made for %q, but for %s", name, strings.Join(allSystems(), ", "))
		}
		name, arch, _ := strings.Cut(name, "/")
		out = append(out, system{name, arch})
	}
	return out, nil
}

// command runs a program and gives what it writes; if it fails, the error is what it complains of.
func command(ctx context.Context, dir string, env []string, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s: %w\n%s", strings.Join(append([]string{name}, args...), " "), err, complaint.String())
	}
	return out.String(), nil
}

// export writes the files of the commit into a folder of their own: what else lies in the clone
// cannot get into the release, and where the clone is makes no difference.
func (r *release) export(ctx context.Context) error {
	r.src = filepath.Join(r.work, "src")
	raw, err := command(ctx, r.root, nil, "git", "archive", "--format=tar", r.commit)
	if err != nil {
		return err
	}
	for in := tar.NewReader(strings.NewReader(raw)); ; {
		h, err := in.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if h.Typeflag != tar.TypeReg {
			continue // folders, which are made where they are needed
		}
		if !filepath.IsLocal(h.Name) {
			return fmt.Errorf("the commit has a file %s, which would be written elsewhere", h.Name)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			return err
		}
		to := filepath.Join(r.src, filepath.FromSlash(h.Name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(to, text, 0o644); err != nil {
			return err
		}
	}
}

// goFor is how Go is run for a system: with nothing of what its user prefers that would make other bytes.
func goFor(s system, date time.Time) []string {
	return []string{"GOOS=" + s.os, "GOARCH=" + s.arch, "CGO_ENABLED=0", "GOFLAGS=", "GOWORK=off", "GOEXPERIMENT=",
		"GOAMD64=v1", "GOARM64=v8.0", "GOFIPS140=off", "GODEBUG=", fmt.Sprintf("SOURCE_DATE_EPOCH=%d", date.Unix())}
}

// flags are those with which a program holds nothing of the machine that makes it.
func (r *release) flags() []string {
	return []string{"-trimpath", "-buildvcs=false", "-ldflags", "-s -w -buildid= -X main.release=" + r.version +
		" -X main.releaseCommit=" + r.commit + " -X main.releaseDate=" + r.date.Format(time.RFC3339)}
}

// build makes the program for a system, and says where it is.
func (r *release) build(ctx context.Context, s system) (string, error) {
	program := filepath.Join(r.work, "programs", s.os+"-"+s.arch, s.program())
	if _, err := os.Stat(program); err == nil {
		return program, nil // the one for this machine, which wrote the completions
	}
	_, err := command(ctx, r.src, goFor(s, r.date), "go", append(append([]string{"build"}, r.flags()...), "-o", program, "./cmd/foia")...)
	return program, err
}

// here is the system of this machine.
func here() system { return system{runtime.GOOS, runtime.GOARCH} }

// pages are the man pages, by name.
func (r *release) pages(ctx context.Context) (map[string][]byte, error) {
	dir := filepath.Join(r.work, "man")
	args := append(append([]string{"run"}, r.flags()...), "-tags", "pages", "./cmd/foia", "-man", dir)
	if _, err := command(ctx, r.src, goFor(here(), r.date), "go", args...); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	pages := map[string][]byte{}
	for _, e := range entries {
		if pages[e.Name()], err = os.ReadFile(filepath.Join(dir, e.Name())); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// completions are what shells complete with, by the names that they go by in an archive.
func (r *release) completions(ctx context.Context) (map[string][]byte, error) {
	program, err := r.build(ctx, here())
	if err != nil {
		return nil, err
	}
	out := map[string][]byte{}
	for shell, name := range map[string]string{"bash": "foia.bash", "zsh": "_foia", "fish": "foia.fish", "powershell": "foia.ps1"} {
		text, err := command(ctx, r.work, nil, program, "completion", shell)
		if err != nil {
			return nil, err
		}
		out[name] = []byte(text)
	}
	return out, nil
}
