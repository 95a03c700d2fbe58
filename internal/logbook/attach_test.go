package logbook

import (
	"strings"
	"testing"
)

// A file keeps its bytes, and gets a name that no file system or shell trips over.
func TestFileName(t *testing.T) {
	for name, want := range map[string]string{
		"scan.pdf": "scan.pdf", "my letter (1).PDF": "my-letter--1.PDF", "../../etc/passwd": "etc-passwd", ".hidden": "file.hidden",
		"…":       "file",
		"-rf.pdf": "rf.pdf", "a\nb.txt": "a-b.txt", strings.Repeat("x", 300) + ".pdf": strings.Repeat("x", 80) + ".pdf",
		"Ämter.docx": "Amter.docx", "Bescheid Straße.PDF": "Bescheid-Strasse.PDF", "Łódź.pdf": "Lodz.pdf", "письмо.pdf": "file.pdf",
		"=cmd().csv": "cmd.csv",
		// Windows drops a dot at the end, wherever the name was cut.
		strings.Repeat("x", 79) + ".y.": strings.Repeat("x", 79), strings.Repeat("x", 79) + "..y.pdf": strings.Repeat("x", 79) + ".pdf",
	} {
		if got := fileName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
