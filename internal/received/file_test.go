package received

import (
	"strings"
	"testing"
)

// What would turn a text around, or a terminal would obey, stands there by its number; lines stay lines.
func TestShown(t *testing.T) {
	for s, want := range map[string]string{
		"plain – “text” § 5":     "plain – “text” § 5",
		"a\u202efdp.exe":         "a[U+202E]fdp.exe",
		"\u2066x\u2069 \u200fy":  "[U+2066]x[U+2069] [U+200F]y",
		"a\x1b[31m\x07b\x00":     "a[U+001B][31m[U+0007]b[U+0000]",
		"two\nlines\u2028three":  "two lines[U+2028]three",
		"soft\u00adhyphen\u200b": "softhyphen",
		"bad \xff byte":          "bad \ufffd byte",
		"a\tb":                   "a\tb",
	} {
		if got := Shown(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

// The names of files as they were sent are data: they are told, and no file has them.
func TestNamesAsSent(t *testing.T) {
	const part = "--b\nContent-Type: application/pdf; name=\"%s\"\n\n%%PDF-1.4\n"
	raw := "From: a@example.org\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n"
	for _, name := range []string{"../../etc/passwd", "a\u202efdp.exe", "C:\\\\con.pdf", "plain.pdf"} {
		raw += strings.NewReplacer("%s", name, "%%", "%").Replace(part)
	}
	text := mustPage(t, raw+"--b--\n").Plain()
	for _, want := range []string{"passwd.pdf (part 1;", "sent under the name “../../etc/passwd”", "sent under the name “a[U+202E]fdp.exe”",
		"_con.pdf (part 3;", "plain.pdf (part 4; application/pdf, "} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %s", want, text)
		}
	}
	if strings.ContainsRune(text, '\u202e') || strings.Contains(text, "sent under the name “plain.pdf”") {
		t.Error(text)
	}
}

// Sizes are said as a person says them.
func TestBytesOf(t *testing.T) {
	for n, want := range map[int64]string{0: "0 bytes", 1: "1 byte", 1023: "1023 bytes",
		1024: "1 KB", 1 << 20: "1.0 MB", 3 << 19: "1.5 MB"} {
		if got := BytesOf(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}
