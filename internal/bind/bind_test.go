package bind

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"foia/internal/letter"
	"foia/internal/pdf"
	"foia/internal/workday"
)

// program skips the test on a machine that lacks a program; where FOIA_CI is set it
// fails.
func program(t *testing.T, name string) {
	t.Helper()
	if _, err := exec.LookPath(name); err == nil {
		return
	}
	if os.Getenv("FOIA_CI") == "1" {
		t.Fatalf("%s is not installed", name)
	}
	t.Skipf("%s is not installed", name)
}

func say(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// letterOf makes a letter of some pages, each of which says whose it is.
func letterOf(t *testing.T, name string, pages int) []byte {
	t.Helper()
	fonts, err := pdf.LoadFonts()
	if err != nil {
		t.Fatal(err)
	}
	doc := letter.Document{Meta: letter.Meta{Title: name, Author: "Ana Ruiz", Language: "en-US", Date: workday.MustDate("2026-11-23")},
		Reference:  "The letter " + name,
		Letterhead: []string{"Ana Ruiz"}, Date: "November 23, 2026", Addressee: []string{name, "Reno, NV 89501"}, Subject: "Contracts",
		Salutation: "Dear FOIA Officer:",
		Closing:    "Sincerely,", Signature: []letter.Signer{{Name: "Ana Ruiz"}}}
	file := &pdf.File{}
	for file.Pages < pages {
		doc.Body = append(doc.Body, letter.Block{Kind: letter.Paragraph,
			Text: []letter.Span{{Text: strings.Repeat("The contracts of the office. ", 20)}}})
		if file, err = fonts.Typeset(doc, pdf.Stationery{}); err != nil {
			t.Fatal(err)
		}
	}
	return file.Bytes
}

// bookmarks are those of a PDF as qpdf reads them: "title page".
func bookmarks(t *testing.T, path string) string {
	t.Helper()
	var read struct {
		Outlines []struct {
			Title string
			Page  int `json:"destpageposfrom1"`
		}
	}
	if err := json.Unmarshal([]byte(say(t, "qpdf", "--json", "--json-key=outlines", path)), &read); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, o := range read.Outlines {
		out = append(out, fmt.Sprintf("%s %d", o.Title, o.Page))
	}
	return strings.Join(out, "; ")
}

// Pages are in order, each letter has its bookmark, and printed on both
// sides each begins on a sheet of its own. The letters are not changed.
func TestVolume(t *testing.T) {
	for _, name := range []string{"qpdf", "pdfinfo", "pdftotext"} {
		program(t, name)
	}
	parts := []Part{{"2026-0002 Büro für Łódź § 1", letterOf(t, "two", 1)}, {"2026-0001 Reno (NV)", letterOf(t, "one", 3)},
		{"2026-0003 \\ Albany", letterOf(t, "three", 2)}}
	var before [][]byte
	for _, p := range parts {
		before = append(before, bytes.Clone(p.PDF))
	}
	for _, c := range []struct {
		twoSided         bool
		pages, bookmarks string
	}{
		{false, "two one one one three three", "2026-0002 Büro für Łódź § 1 1; 2026-0001 Reno (NV) 2; 2026-0003 \\ Albany 5"},
		{true, "two - one one one - three three", "2026-0002 Büro für Łódź § 1 1; 2026-0001 Reno (NV) 3; 2026-0003 \\ Albany 7"},
	} {
		v := NewVolume("Letters of the campaign cameras", c.twoSided)
		for _, p := range parts {
			if err := v.Add(p); err != nil {
				t.Fatal(err)
			}
		}
		var out bytes.Buffer
		pages, err := v.Write(&out)
		if err != nil || pages != len(strings.Fields(c.pages)) {
			t.Fatalf("%d pages, %v", pages, err)
		}
		path := filepath.Join(t.TempDir(), "letters.pdf")
		if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		say(t, "qpdf", "--check", path)
		if got := bookmarks(t, path); got != c.bookmarks {
			t.Errorf("bookmarks: %s\nwant %s", got, c.bookmarks)
		}
		var got []string
		for i := range pages {
			text := say(t, "pdftotext", "-f", fmt.Sprint(i+1), "-l", fmt.Sprint(i+1), path, "-")
			_, of, ok := strings.Cut(text, "The letter ")
			if !ok {
				of = "-"
			}
			got = append(got, strings.Fields(of)[0])
		}
		if strings.Join(got, " ") != c.pages {
			t.Errorf("pages: %v, want %s", got, c.pages)
		}
		info := say(t, "pdfinfo", path)
		if !strings.Contains(info, "Title:           Letters of the campaign cameras\n") || strings.Contains(info, "Ana Ruiz") ||
			!strings.Contains(info, "Tagged:          no") {
			t.Errorf("it says of itself what is not so:\n%s", info)
		}
	}
	for i, p := range parts {
		if !bytes.Equal(p.PDF, before[i]) {
			t.Errorf("%s was changed", p.Title)
		}
	}
}

// What is no PDF is named, and nothing is made of nothing.
func TestBroken(t *testing.T) {
	v := NewVolume("x", false)
	good := letterOf(t, "one", 1)
	for _, raw := range [][]byte{nil, []byte("no PDF"), good[:len(good)/2]} {
		if err := v.Add(Part{Title: "2026-0001", PDF: raw}); err == nil || !strings.Contains(err.Error(), "2026-0001 cannot be bound") {
			t.Errorf("%d bytes: %v", len(raw), err)
		}
	}
	if _, err := v.Write(&bytes.Buffer{}); err == nil {
		t.Error("a PDF of nothing was written")
	}
}

// Nothing is written into the user's home.
func TestLeavesHomeAlone(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, ".config"))
	v := NewVolume("x", false)
	if err := v.Add(Part{Title: "one", PDF: letterOf(t, "one", 1)}); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Write(&bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	if entries, err := os.ReadDir(home); err != nil || len(entries) > 0 {
		t.Errorf("%v, %v", entries, err)
	}
}
