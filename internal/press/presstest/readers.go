package presstest

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/pdf"
	"foia/internal/pdf/pdftest"
	"foia/internal/press"
	"foia/internal/workspace"
)

// ReadByOthers compares a PDF, as other programs read it, with its text.
func ReadByOthers(t testing.TB, pdfPath, textPath, id string) {
	t.Helper()
	pdftest.Output(t, "qpdf", "--check", pdfPath)
	for _, line := range strings.Split(pdftest.Output(t, "pdffonts", pdfPath), "\n")[2:] {
		if f := strings.Fields(line); len(f) > 4 && f[4] != "yes" && f[3] != "yes" {
			t.Errorf("%s: a font is not embedded: %s", pdfPath, line)
		}
	}
	md, err := os.ReadFile(textPath)
	if err != nil {
		t.Fatal(err)
	}
	want := words(string(md))
	got := printedWords(t, pdfPath, id)
	if i := firstDifference(want, got); i >= 0 {
		t.Errorf("%s: word %d: the text has %q, the PDF has %q", pdfPath, i, around(want, i), around(got, i))
	}
}

// words are those of letter.md without the signs of Markdown.
func words(md string) []string {
	var out []string
	enclosures := false // printed without bullets, one a line
	for line := range strings.SplitSeq(md, "\n") {
		line = strings.TrimSpace(line)
		enclosures = enclosures || slices.Contains([]string{"Enclosures:", "Anlagen:", "Anejos:"}, line)
		if rest, ok := strings.CutPrefix(line, "- "); ok {
			line = "• " + rest
			if enclosures {
				line = rest
			}
		}
		line = strings.TrimLeft(line, "# >")
		var plain strings.Builder
		for i := 0; i < len(line); i++ {
			switch {
			case line[i] == '\\' && i+1 < len(line):
				i++
				plain.WriteByte(line[i])
			case line[i] != '*':
				plain.WriteByte(line[i])
			}
		}
		for w := range strings.FieldsSeq(pdf.Printed(plain.String())) {
			if w != letter.SampleMark && !slices.Contains(strings.Fields(letter.SampleMark), w) {
				out = append(out, w)
			}
		}
	}
	return out
}

// foot is what stands at the foot of a page, after the id, in the languages of letters.
var foot = regexp.MustCompile(`^(Page \d+ of|Seite \d+ von|Página \d+ de) \d+$`)

// printedWords are those of the PDF in the order of its content, without mark
// and footer.
func printedWords(t testing.TB, path, id string) []string {
	t.Helper()
	var out []string
	for line := range strings.SplitSeq(pdftest.Output(t, "pdftotext", "-raw", path, "-"), "\n") {
		line = strings.Trim(line, "\f ")
		if line == letter.SampleMark || line == id || foot.MatchString(strings.TrimSpace(strings.TrimPrefix(line, id))) {
			continue
		}
		for w := range strings.FieldsSeq(line) {
			if !slices.Contains(strings.Fields(letter.SampleMark), w) {
				out = append(out, w)
			}
		}
	}
	return out
}

// firstDifference compares word by word; the PDF may part a long word (an
// address) at the end of a line.
func firstDifference(want, got []string) int {
	j := 0
	for i, w := range want {
		if j >= len(got) {
			return i
		}
		have := got[j]
		for len(have) < len(w) && strings.HasPrefix(w, have) && j+1 < len(got) {
			j++
			have += got[j]
		}
		if have != w {
			return i
		}
		j++
	}
	if j != len(got) {
		return len(want)
	}
	return -1
}

func around(words []string, i int) string {
	return strings.Join(words[max(0, min(i, len(words))-3):min(len(words), i+4)], " ")
}

// KeepPDF copies a PDF, with the letter that it should be.
func KeepPDF(t testing.TB, w *workspace.Workspace, r docket.Request, documents []docket.Document, to string) pdftest.File {
	t.Helper()
	f := pdftest.File{Path: to, Printed: pdf.Printed}
	for _, d := range documents {
		raw, err := os.ReadFile(w.Path(r.Folder + "/" + d.Name))
		if err != nil {
			t.Fatal(err)
		}
		switch filepath.Ext(d.Name) {
		case ".pdf":
			err = os.WriteFile(to, raw, 0o600)
		case ".json":
			if d.Name != press.PortalJSON {
				f.Letter, err = letter.ReadDocument(raw)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return f
}
