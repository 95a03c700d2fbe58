package main

import (
	"bytes"
	"context"
	"debug/buildinfo"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// notice is what the license of somebody's work has to be shipped with the program.
type notice struct {
	of       string   // a module, or a work that a module holds
	version  string   // of the module
	module   string   // for a work that a module holds: the module
	within   string   // and the work that it is part of
	licenses []string // by their SPDX identifiers
	texts    []text
}

// text is a file with a license or a notice, as it is.
type text struct{ name, words string }

// inside is what others wrote and a program is made with, with its licenses.
type inside []notice

// held are the works that a module holds and that its own license says nothing of. Their licenses lie in
// packaging/licenses. The version is that of the module for which somebody has looked what is in it: with
// another one, somebody has to look again.
type held struct {
	version string
	works   []work
}

type work struct {
	name     string
	within   string // the work that it is part of; none if it is the module itself that holds it
	licenses []string
	text     string // its file; none if the text stands above it already
}

// holding are the modules that hold works of others. PDFium is there as one file, built for WebAssembly, and with
// it what it is made with; what of that is in the file cannot all be seen, so all of it is named.
func holding() map[string]held {
	return map[string]held{
		"github.com/klippa-app/go-pdfium": {"v1.21.4", []work{
			{"PDFium", "", []string{"BSD-3-Clause", "Apache-2.0"}, "pdfium/pdfium.txt"},
			{"Abseil", "PDFium", []string{"Apache-2.0"}, ""},
			{"Dragonbox", "PDFium", []string{"Apache-2.0"}, ""},
			{"fast_float", "PDFium", []string{"Apache-2.0"}, ""},
			{"Anti-Grain Geometry", "PDFium", []string{"LicenseRef-AGG-2.3"}, "pdfium/agg23.txt"},
			{"C++ Big Integer Library", "PDFium", []string{"LicenseRef-Public-Domain"}, "pdfium/bigint.txt"},
			{"FreeType", "PDFium", []string{"FTL"}, "pdfium/freetype.txt"},
			{"ICU", "PDFium", []string{"Unicode-3.0"}, "pdfium/icu.txt"},
			{"Little CMS", "PDFium", []string{"MIT"}, "pdfium/lcms.txt"},
			{"libjpeg-turbo", "PDFium", []string{"IJG", "BSD-3-Clause", "Zlib"}, "pdfium/libjpeg-turbo.txt"},
			{"OpenJPEG", "PDFium", []string{"BSD-2-Clause"}, "pdfium/openjpeg.txt"},
			{"zlib", "PDFium", []string{"Zlib"}, "pdfium/zlib.txt"},
			{"Emscripten and musl", "PDFium", []string{"MIT"}, "pdfium/emscripten.txt"},
		}},
		"github.com/wneessen/go-mail": {"v0.8.1", []work{{"net/smtp of Go", "", []string{"BSD-3-Clause"}, ""}}},
		"github.com/pdfcpu/pdfcpu":    {"v0.15.0", []work{{"Roboto (a typeface)", "", []string{"Apache-2.0"}, ""}}},
	}
}

// inside reads from a program which modules it is made with, and from the modules their licenses. A module
// without a license that is known here stops the release: somebody has to read it.
func (r *release) inside(ctx context.Context, program string) (out inside, err error) {
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, m := range info.Deps {
		if m.Replace != nil {
			return nil, fmt.Errorf("%s is replaced: a release is made with the modules themselves", m.Path)
		}
		names = append(names, m.Path+"@"+m.Version)
	}
	folders, err := r.folders(ctx, names)
	if err != nil {
		return nil, err
	}
	own, err := r.kept("go.txt")
	if err != nil {
		return nil, err
	}
	out = inside{{of: "Go", version: info.GoVersion, licenses: []string{"BSD-3-Clause"}, texts: own}}
	var wrong []error
	for _, m := range info.Deps {
		n := notice{of: m.Path, version: m.Version}
		if n.texts, err = licenseFiles(folders[m.Path+"@"+m.Version]); err != nil {
			return nil, err
		}
		if n.licenses = recognized(n.texts); n.licenses == nil {
			wrong = append(wrong, fmt.Errorf("%s@%s has no license that is known here: read what it says, and name it in packaging",
				m.Path, m.Version))
		}
		works, err := r.worksOf(m.Path, m.Version)
		wrong = append(wrong, err)
		out = append(append(out, n), works...)
	}
	return out, errors.Join(wrong...)
}

// worksOf are the works that a module holds.
func (r *release) worksOf(module, version string) (out []notice, err error) {
	list := holding()[module]
	if list.works != nil && list.version != version {
		return nil, fmt.Errorf("%s is %s now: see what others' works are in it, and name them in packaging (they were read for %s)",
			module, version, list.version)
	}
	for _, w := range list.works {
		n := notice{of: w.name, module: module, within: w.within, licenses: w.licenses}
		if w.text != "" {
			if n.texts, err = r.kept(w.text); err != nil {
				return nil, err
			}
		}
		out = append(out, n)
	}
	return out, nil
}

// kept is a file of packaging/licenses.
func (r *release) kept(name string) ([]text, error) {
	words, err := os.ReadFile(filepath.Join(r.src, "packaging", "licenses", filepath.FromSlash(name)))
	return []text{{name, string(words)}}, err
}

// folders are where modules lie; Go verifies them against go.sum, and gets those that are missing.
func (r *release) folders(ctx context.Context, modules []string) (map[string]string, error) {
	list, err := command(ctx, r.src, goFor(here(), r.date), "go", append([]string{"mod", "download", "-json"}, modules...)...)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for in := json.NewDecoder(strings.NewReader(list)); ; {
		var m struct{ Path, Version, Dir, Error string }
		if err := in.Decode(&m); errors.Is(err, io.EOF) {
			return out, nil
		} else if err != nil {
			return nil, err
		}
		if m.Error != "" {
			return nil, errors.New(m.Error)
		}
		out[m.Path+"@"+m.Version] = m.Dir
	}
}

// licenseFile is how files with licenses and notices are called.
const licenseFile = `(?i)^(licen[cs]es?|copying|copyright|notice|patents|unlicense|ofl)([-_.][a-z0-9_-]+)*(\.(md|txt))?$`

// licenseFiles are the texts of a module's licenses and notices, those of folders in it too, without what is
// only for its tests.
func licenseFiles(module string) (texts []text, err error) {
	named := regexp.MustCompile(licenseFile)
	err = filepath.WalkDir(module, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), "_") || strings.HasPrefix(d.Name(), ".")) {
			return fs.SkipDir
		}
		if d.IsDir() || !named.MatchString(d.Name()) || filepath.Ext(name) == ".go" {
			return nil
		}
		words, err := os.ReadFile(name)
		if !slices.ContainsFunc(texts, func(t text) bool { return t.words == string(words) }) {
			texts = append(texts, text{d.Name(), string(words)})
		}
		return err
	})
	return texts, err
}

// recognized are the licenses that texts are, by words that no other license has; none if there is one among
// them that is not known, or none at all. Notices, grants of patents, and lists of what a module took from
// others stand beside a license, as does where the picture in a README is from.
func recognized(texts []text) (out []string) {
	beside := regexp.MustCompile(`(?i)^(notice|patents)|-(3rd-party|logo)\b`)
	for _, t := range texts {
		if beside.MatchString(t.name) {
			continue
		}
		words := strings.ToLower(strings.Join(strings.Fields(t.words), " "))
		found := false
		for _, l := range knownLicenses() {
			if l.in(words) {
				out, found = append(out, l.id), true
			}
		}
		if !found {
			return nil
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

type license struct {
	id   string
	has  []string // all of them
	hasn []string // none of them
}

func (l license) in(words string) bool {
	return !slices.ContainsFunc(l.has, func(s string) bool { return !strings.Contains(words, s) }) &&
		!slices.ContainsFunc(l.hasn, func(s string) bool { return strings.Contains(words, s) })
}

func knownLicenses() []license {
	const bsd = "redistribution and use in source and binary forms"
	return []license{
		{"Apache-2.0", []string{"apache license", "version 2.0"}, nil},
		{"MIT", []string{"permission is hereby granted, free of charge", "the software is provided \"as is\""}, nil},
		{"ISC", []string{"permission to use, copy, modify, and/or distribute this software for any purpose"}, nil},
		{"BSD-3-Clause", []string{bsd, "endorse or promote"}, nil},
		{"BSD-2-Clause", []string{bsd}, []string{"endorse or promote"}},
		{"OFL-1.1", []string{"sil open font license"}, nil},
		{"Unlicense", []string{"this is free and unencumbered software released into the public domain"}, nil},
		{"LicenseRef-Public-Domain", []string{"sqlite is public domain"}, nil},
		{"MPL-2.0", []string{"mozilla public license", "version 2.0"}, nil},
	}
}

// notices is the text of THIRD-PARTY-NOTICES.txt.
func (in inside) notices() []byte {
	var out bytes.Buffer
	out.WriteString("foia is under the Apache License, version 2.0, in the file LICENSE. The program is made with the works of others\n" +
		"below, each under its own license. Portions of it are copyright The FreeType Project (www.freetype.org), all rights\n" +
		"reserved; it is based in part on the work of the Independent JPEG Group and of the FreeType Team.\n\n")
	for _, n := range in {
		fmt.Fprintf(&out, "  %s: %s\n", n.title(), strings.Join(n.licenses, ", "))
	}
	for _, n := range in {
		fmt.Fprintf(&out, "\n%s\n%s: %s\n", strings.Repeat("=", 100), n.title(), strings.Join(n.licenses, ", "))
		if n.texts == nil {
			out.WriteString("The license stands above.\n")
		}
		for _, t := range n.texts {
			fmt.Fprintf(&out, "%s\n\n%s\n", strings.Repeat("-", 100), strings.TrimRight(t.words, "\n"))
		}
	}
	return out.Bytes()
}

func (n notice) title() string {
	switch {
	case n.within != "":
		return n.of + ", part of " + n.within
	case n.module != "":
		return n.of + ", in " + n.module
	default:
		return n.of + " " + n.version
	}
}

// expression are all licenses of a program, its own first, as SPDX writes it.
func (in inside) expression() string {
	var all []string
	for _, n := range in {
		for _, l := range n.licenses {
			if !slices.Contains(all, l) && l != "Apache-2.0" {
				all = append(all, l)
			}
		}
	}
	slices.Sort(all)
	return strings.Join(append([]string{"Apache-2.0"}, all...), " AND ")
}
