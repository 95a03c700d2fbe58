package pdftest

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Bound is a PDF that was put together of many, as other programs read it.
type Bound struct {
	t    testing.TB
	path string
}

// ReadBound opens a PDF. qpdf and poppler must read it without complaint. On a
// machine without them the test is skipped; where FOIA_CI is set it fails.
func ReadBound(t testing.TB, path string) Bound {
	t.Helper()
	for _, name := range []string{"qpdf", "pdfinfo", "pdftotext"} {
		_, err := exec.LookPath(name)
		need(t, name, err == nil)
	}
	b := Bound{t, path}
	if out := b.ask("qpdf", "--check", path); !strings.Contains(out, "No syntax or stream encoding errors") {
		t.Errorf("qpdf: %s", out)
	}
	return b
}

func (b Bound) ask(name string, args ...string) string {
	b.t.Helper()
	var complaints strings.Builder
	cmd := exec.Command(name, args...)
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil || complaints.Len() > 0 {
		b.t.Errorf("%s %s: %v\n%s", name, strings.Join(args, " "), err, complaints.String())
	}
	return string(out)
}

var pageLine = regexp.MustCompile(`(?m)^Pages: +(\d+)$`)

// Pages is how many pages it has.
func (b Bound) Pages() int {
	b.t.Helper()
	m := pageLine.FindStringSubmatch(b.ask("pdfinfo", b.path))
	if m == nil {
		b.t.Fatal("pdfinfo names no number of pages")
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		b.t.Fatal(err)
	}
	return n
}

// Text is the text of the pages from one to another, as it is laid out.
func (b Bound) Text(from, to int) string {
	b.t.Helper()
	return b.ask("pdftotext", "-layout", "-f", fmt.Sprint(from), "-l", fmt.Sprint(to), b.path, "-")
}

// Bookmarks are its bookmarks, as "page title".
func (b Bound) Bookmarks() []string {
	b.t.Helper()
	var read struct {
		Outlines []struct {
			Title string
			Page  int `json:"destpageposfrom1"`
		}
	}
	if err := json.Unmarshal([]byte(b.ask("qpdf", "--json", "--json-key=outlines", b.path)), &read); err != nil {
		b.t.Fatal(err)
	}
	var out []string
	for _, o := range read.Outlines {
		out = append(out, fmt.Sprintf("%d %s", o.Page, o.Title))
	}
	return out
}
