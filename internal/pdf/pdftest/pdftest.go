// Package pdftest asks other programs what a PDF is: qpdf whether it is sound,
// Apache Preflight whether it is PDF/A-1b, poppler what a screen reader would
// read, what can be copied and which fonts are in it. It is used by tests only.
package pdftest

import (
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"foia/internal/letter"
)

// File is a PDF and the letter that it should be.
type File struct {
	Path    string
	Letter  letter.Document
	Printed func(string) string // the text as it is printed
}

// Programs that are asked; a fault is named after the one that found it.
const (
	Sound     = "qpdf"
	Archival  = "preflight"
	Structure = "structure"
	Text      = "text"
	Fonts     = "fonts"
)

// Check fails the test for each fault of each file.
func Check(t testing.TB, files []File) {
	t.Helper()
	for _, f := range Faults(t, files) {
		t.Error(f)
	}
}

// Fault is what a program found wrong.
type Fault struct{ Program, Path, What string }

func (f Fault) String() string { return f.Program + ": " + f.Path + ": " + f.What }

// Faults returns what is wrong with the files. On a machine without the programs
// the test is skipped; where FOIA_CI is set it fails.
func Faults(t testing.TB, files []File) []Fault {
	t.Helper()
	for _, name := range []string{"qpdf", "pdfinfo", "pdftotext", "pdffonts"} {
		_, err := exec.LookPath(name)
		need(t, name, err == nil)
	}
	found := make([][]Fault, len(files))
	var next atomic.Int64
	var all sync.WaitGroup
	for range runtime.NumCPU() {
		all.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(files)); i = next.Add(1) - 1 {
				for program, ask := range map[string]func(File) string{Sound: sound, Structure: structure, Text: text, Fonts: fonts} {
					if what := ask(files[i]); what != "" {
						found[i] = append(found[i], Fault{program, files[i].Path, what})
					}
				}
			}
		})
	}
	all.Wait()
	return append(slices.Concat(found...), preflight(t, files)...)
}

func need(t testing.TB, name string, there bool) {
	t.Helper()
	if there {
		return
	}
	if os.Getenv("FOIA_CI") == "1" {
		t.Fatalf("%s is not installed", name)
	}
	t.Skipf("%s is not installed", name)
}

func ask(name string, args ...string) (string, error) {
	out, err := exec.Command(name, args...).CombinedOutput()
	return string(out), err
}

func sound(f File) string {
	out, err := ask("qpdf", "--check", f.Path)
	if err != nil {
		return fmt.Sprintf("%v: %s", err, out)
	}
	return ""
}

// jars are Debian's: libpdfbox2-java, libactivation-java, libjaxb-api-java.
var jars = []string{"preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "javax.activation", "jaxb-api"}

const jarFolder = "/usr/share/java/"

// preflight asks about all files at once, since Java takes long to start; for a minute's
// work, its quick compiler and a collector of one thread take half the time of its best.
func preflight(t testing.TB, files []File) []Fault {
	t.Helper()
	java, err := exec.LookPath("java")
	need(t, "java", err == nil)
	var path, names []string
	for _, j := range jars {
		_, err := os.Stat(jarFolder + j + ".jar")
		need(t, j+".jar", err == nil)
		path = append(path, jarFolder+j+".jar")
	}
	byName := map[string]string{} // Preflight reports the name without its folder
	dir := t.TempDir()
	for i, f := range files {
		name := fmt.Sprintf("%05d.pdf", i)
		raw, err := os.ReadFile(f.Path)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), raw, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		byName[name] = f.Path
		names = append(names, filepath.Join(dir, name))
	}
	list := filepath.Join(dir, "list")
	if err := os.WriteFile(list, []byte(strings.Join(names, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", strings.Join(path, ":"),
		"org.apache.pdfbox.preflight.Validator_A1b", "xml", "group", list).CombinedOutput()
	if err != nil {
		t.Fatalf("preflight: %v\n%s", err, out)
	}
	raw, err := os.ReadFile(list + ".preflight.xml")
	if err != nil {
		t.Fatal(err)
	}
	var report struct {
		Files []struct {
			Name   string `xml:"name,attr"`
			Valid  string `xml:"isValid"`
			Errors struct {
				Inner string `xml:",innerxml"`
			} `xml:"errors"`
			Exception struct {
				Inner string `xml:",innerxml"`
			} `xml:"exceptionThrown"`
		} `xml:"preflight"`
	}
	if err := xml.Unmarshal(raw, &report); err != nil {
		t.Fatalf("preflight: %v\n%s", err, raw)
	}
	if len(report.Files) != len(files) {
		t.Fatalf("preflight speaks of %d of %d files", len(report.Files), len(files))
	}
	var faults []Fault
	for _, f := range report.Files {
		if f.Valid != "true" {
			faults = append(faults, Fault{Archival, byName[f.Name], f.Errors.Inner + f.Exception.Inner})
		}
	}
	return faults
}

// fonts asks whether each font is in the file, in part, with its Unicode.
func fonts(f File) string {
	out, err := ask("pdffonts", f.Path)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if err != nil || len(lines) < 3 {
		return "no fonts: " + out
	}
	for _, line := range lines[2:] {
		if !strings.Contains(line, " yes yes yes ") || strings.Contains(line, "Type 3") {
			return line
		}
	}
	return ""
}

// text asks whether each word can be copied, in its order. An address may be
// parted at the end of a line.
func text(f File) string {
	out, err := ask("pdftotext", "-raw", f.Path, "-")
	if err != nil {
		return out
	}
	got := strings.Join(strings.Fields(out), " ")
	at := 0
	for _, n := range expected(f) {
		for word := range strings.FieldsSeq(n.text) {
			// No further than a footer and a parted address away.
			i := strings.Index(got[at:min(len(got), at+len(word)+300)], word)
			if strings.Contains(word, "://") && (i < 0 || i > 1) {
				continue // parted, and perhaps there again further on
			}
			if i < 0 {
				return fmt.Sprintf("the word %q of %q is not there in its order", word, n.text)
			}
			at += i + len(word)
		}
	}
	return ""
}
