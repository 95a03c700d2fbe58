package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/goreleaser/nfpm/v2"
	"github.com/goreleaser/nfpm/v2/deb"
	"github.com/goreleaser/nfpm/v2/files"
	"github.com/goreleaser/nfpm/v2/rpm"
)

const (
	summary = "make solid public-records requests and track every deadline"

	// In the words of the README.
	description = "foia writes public-records requests that give an agency no technical\n" +
		"excuse to reject them, and tracks every deadline that follows. It fills in a\n" +
		"template, checks the letter against the law and the agency's own rules,\n" +
		"typesets it as a PDF with the text for the agency's web form beside it, and\n" +
		"drafts the next letter when an answer is late. It is for reporters and\n" +
		"advocacy groups."

	docs     = "/usr/share/doc/foia/"
	licenses = "/usr/share/licenses/foia/"
)

// packages writes the .deb and the .rpm for a system. The program is static and depends on no other;
// scans are read with tesseract where it is, and the desktop is asked to open what is to be opened.
func (r *release) packages(s system, list []file, in inside, made string) error {
	for _, kind := range []struct {
		name     string
		packager nfpm.Packager
		suggests []string
		zsh      string
		further  []file
		licenses string // the type of files that are licenses
	}{
		{"deb", deb.Default, []string{"xdg-utils", "wl-clipboard | xclip | xsel", "bash-completion"}, "vendor-completions",
			r.forDebian(in), files.TypeFile},
		{"rpm", rpm.DefaultRPM, []string{"xdg-utils", "wl-clipboard", "bash-completion"}, "site-functions", nil, files.TypeRPMLicense},
	} {
		contents, err := r.installed(append(list[:len(list):len(list)], kind.further...), kind.zsh, kind.licenses)
		if err != nil {
			return err
		}
		info := nfpm.WithDefaults(&nfpm.Info{
			Name: "foia", Arch: s.arch, Platform: "linux", Version: r.version, Release: "1", Section: "utils", Priority: "optional",
			Maintainer: r.by, Description: summary + "\n" + description, License: in.expression(),
			DisableGlobbing: true, MTime: r.date,
			Overridables: nfpm.Overridables{Recommends: []string{"tesseract"}, Suggests: kind.suggests, Contents: contents,
				RPM: nfpm.RPM{BuildHost: "localhost", Summary: summary, Group: "Applications/Productivity"}},
		})
		if kind.name == "deb" {
			info.Recommends, info.License = []string{"tesseract-ocr"}, "" // Debian keeps licenses in a file, copyright
		}
		if kind.name == "rpm" {
			info.Description = description
			info.Contents = append(info.Contents, r.owned(docs, docs+"docs", licenses)...)
		}
		if err := write(filepath.Join(made, kind.packager.ConventionalFileName(info)), info, kind.packager); err != nil {
			return fmt.Errorf(".%s: %w", kind.name, err)
		}
	}
	return nil
}

func write(to string, info *nfpm.Info, packager nfpm.Packager) (err error) {
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	return packager.Package(info, out)
}

// forDebian are the files that Debian wants of every package, by their whole paths.
func (r *release) forDebian(in inside) []file {
	changes := fmt.Sprintf("foia (%s-1) unstable; urgency=medium\n\n  * Version %s; see CHANGELOG.md.\n\n -- %s  %s\n",
		strings.Replace(r.version, "-", "~", 1), r.version, r.by, r.date.Format(time.RFC1123Z))
	return []file{{name: docs + "changelog.Debian.gz", data: []byte(changes), mode: 0o644},
		{name: docs + "copyright", mode: 0o644,
			data: append([]byte("The Apache License is in /usr/share/common-licenses/Apache-2.0.\n\n"), in.notices()...)}}
}

// installed are the files where a system keeps them. They are written out first: nfpm packs files by their paths.
func (r *release) installed(list []file, zsh, kindOfLicenses string) (out files.Contents, err error) {
	for i, f := range list {
		to, kind := place(f.name, zsh), files.TypeFile
		if f.name == "LICENSE" || f.name == noticesName {
			if kind = kindOfLicenses; kind != files.TypeFile {
				to = licenses + f.name
			} else {
				continue // in copyright
			}
		}
		if to == "" {
			continue
		}
		text, err := f.read()
		if err != nil {
			return nil, err
		}
		if strings.HasSuffix(to, ".gz") {
			if text, err = gzipped(text); err != nil {
				return nil, err
			}
		}
		source := filepath.Join(r.work, "installed", fmt.Sprint(i))
		if err := os.MkdirAll(filepath.Dir(source), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(source, text, 0o644); err != nil {
			return nil, err
		}
		out = append(out, &files.Content{Source: source, Destination: to, Type: kind,
			FileInfo: &files.ContentFileInfo{Mode: f.mode & fs.ModePerm, MTime: r.date}})
	}
	return out, nil
}

// owned are folders that are removed with the package; rpm, other than dpkg, leaves those that no package owns.
func (r *release) owned(folders ...string) (out files.Contents) {
	for _, f := range folders {
		out = append(out, &files.Content{Destination: f, Type: files.TypeDir, FileInfo: &files.ContentFileInfo{Mode: 0o755, MTime: r.date}})
	}
	return out
}

// place is where a file of the archive is installed; nowhere if it is of use on other systems only.
func place(name, zsh string) string {
	folder, base := filepath.Dir(name), filepath.Base(name)
	switch {
	case strings.HasPrefix(name, "/"):
		return name
	case name == "foia":
		return "/usr/bin/foia"
	case strings.HasPrefix(folder, "man/"):
		return "/usr/share/" + name + ".gz"
	case base == "foia.bash":
		return "/usr/share/bash-completion/completions/foia"
	case base == "_foia":
		return "/usr/share/zsh/" + zsh + "/_foia"
	case base == "foia.fish":
		return "/usr/share/fish/vendor_completions.d/foia.fish"
	case folder == "completions":
		return ""
	default:
		return docs + name
	}
}
