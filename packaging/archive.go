package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// noticesName is the file with the licenses of what others wrote and foia is made with.
const noticesName = "THIRD-PARTY-NOTICES.txt"

// file is a file of an archive, by its path there with forward slashes. What it holds is either
// in source, a path, or in data.
type file struct {
	name   string
	source string
	data   []byte
	mode   fs.FileMode
}

func (f file) read() ([]byte, error) {
	if f.source == "" {
		return f.data, nil
	}
	return os.ReadFile(f.source)
}

// common are the files that are the same for all systems: what is to be read, man pages, completions.
func (r *release) common(ctx context.Context) (files []file, err error) {
	for _, name := range []string{"README.md", "CHANGELOG.md", "SECURITY.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "VERIFYING.md",
		"verify_bundle.py", "LICENSE"} {
		files = append(files, file{name: name, source: filepath.Join(r.src, name), mode: 0o644})
	}
	docs, err := os.ReadDir(filepath.Join(r.src, "docs"))
	if err != nil {
		return nil, err
	}
	for _, d := range docs {
		files = append(files, file{name: "docs/" + d.Name(), source: filepath.Join(r.src, "docs", d.Name()), mode: 0o644})
	}
	pages, err := r.pages(ctx)
	if err != nil {
		return nil, fmt.Errorf("man pages: %w", err)
	}
	for name, page := range pages {
		files = append(files, file{name: "man/man" + strings.TrimPrefix(path.Ext(name), ".") + "/" + name, data: page, mode: 0o644})
	}
	completions, err := r.completions(ctx)
	if err != nil {
		return nil, fmt.Errorf("completions: %w", err)
	}
	for name, text := range completions {
		files = append(files, file{name: "completions/" + name, data: text, mode: 0o644})
	}
	slices.SortFunc(files, func(a, b file) int { return cmp.Compare(a.name, b.name) })
	return files, nil
}

// archive writes the archive for a system: a ZIP for Windows, which opens it by itself, and a
// tar.gz for the others. All of it lies in one folder.
func (r *release) archive(s system, base string, files []file, made string) (err error) {
	ending, pack := ".tar.gz", tarred
	if s.os == "windows" {
		ending, pack = ".zip", zipped
	}
	out, err := os.OpenFile(filepath.Join(made, base+ending), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	return pack(out, base, files, r.date)
}

func tarred(w io.Writer, base string, files []file, date time.Time) error {
	squeezed, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	out := tar.NewWriter(squeezed)
	for _, f := range files {
		text, err := f.read()
		if err != nil {
			return err
		}
		if err := out.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: base + "/" + f.name, Size: int64(len(text)), Mode: int64(f.mode),
			ModTime: date, Format: tar.FormatUSTAR}); err != nil {
			return err
		}
		if _, err := out.Write(text); err != nil {
			return err
		}
	}
	return errors.Join(out.Close(), squeezed.Close())
}

func zipped(w io.Writer, base string, files []file, date time.Time) error {
	out := zip.NewWriter(w)
	for _, f := range files {
		text, err := f.read()
		if err != nil {
			return err
		}
		h := &zip.FileHeader{Name: base + "/" + f.name, Method: zip.Deflate, Modified: date}
		h.SetMode(f.mode)
		entry, err := out.CreateHeader(h)
		if err != nil {
			return err
		}
		if _, err := entry.Write(text); err != nil {
			return err
		}
	}
	return out.Close()
}

// gzipped is a file as man pages and changelogs are installed; no name and no time of its own.
func gzipped(text []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	err = w.Close()
	return out.Bytes(), err
}

// checksums writes SHA256SUMS, as sha256sum writes it and checks it.
func checksums(made string) error {
	entries, err := os.ReadDir(made)
	if err != nil {
		return err
	}
	var list strings.Builder
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(made, e.Name()))
		if err != nil {
			return err
		}
		fmt.Fprintf(&list, "%x  %s\n", sha256.Sum256(text), e.Name())
	}
	return os.WriteFile(filepath.Join(made, "SHA256SUMS"), []byte(list.String()), 0o644)
}
