package disk

import (
	"strings"
	"testing"
)

// A name works on every system, or is known not to, wherever the test runs.
func TestPortable(t *testing.T) {
	for name, want := range map[string]bool{
		"letter.pdf": true, "2026-0001-irs-x": true, ".foia.lock": true, "Łódź – “Bescheid”.txt": true, "console.txt": true,
		"com.txt": true, "COM10": true, "a b": true, "null": true, "COMa": true, " x": true, "lpt": true, strings.Repeat("n", 255): true,
		"": false, ".": false, "..": false, "nul": false, "NUL.txt": false, "con": false, "Aux.tar.gz": false, "prn .txt": false,
		"COM1": false, "com9.log": false, "LPT¹": false, "lpt0": false, "CONIN$": false, "conout$.x": false, "x.": false, "x ": false,
		"x. .": false, "a:b": false, "C:": false, `a\b`: false, "a/b": false, "a?": false, "a*": false, `a"b`: false, "a<b": false,
		"a|b": false, "a\x00b": false, "a\tb": false, "a\xff": false, strings.Repeat("n", 256): false, strings.Repeat("ł", 128): false,
	} {
		if got := Portable(name); got != want {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
}

// What Windows would write elsewhere than the user said, is refused there and says why.
func TestRefusedByWindows(t *testing.T) {
	for path, why := range map[string]string{
		`C:\Users\ana\out.pdf`: "", `c:out.pdf`: "", `\\server\share\out.pdf`: "", `..\out.pdf`: "", "./out/x.pdf": "", `C:/a\b/c.pdf`: "",
		`\\?\C:\x\nul`: "", "": "", ".": "", "C:": "",
		"NUL": "device", `C:\x\aux.pdf`: "device", `nul\x.pdf`: "device", "out.pdf:stream": "takes no name", "what?.pdf": "takes no name",
		"out.": "dots and spaces", `C:\x \y.pdf`: "dots and spaces", `\\server\share\x.\y`: "dots and spaces",
	} {
		if got := refusedByWindows(path); (got == "") != (why == "") || !strings.Contains(got, why) {
			t.Errorf("%q: %q, want %q", path, got, why)
		}
	}
}

func TestUnderOnWindows(t *testing.T) {
	for _, row := range []struct{ dir, name, want string }{
		{`C:\desk`, "signs/logo.png", `C:\desk\signs\logo.png`},
		{`C:\desk\`, `signs\logo.png`, `C:\desk\signs\logo.png`},
		{`C:\desk`, `D:\fonts\x.ttf`, `D:\fonts\x.ttf`},
		{`C:\desk`, "D:/fonts/x.ttf", `D:\fonts\x.ttf`},
		{`C:\desk`, `\fonts\x.ttf`, `C:\fonts\x.ttf`},
		{`C:\desk`, "/fonts/x.ttf", `C:\fonts\x.ttf`},
		{`C:\desk`, `\\server\share\x.ttf`, `\\server\share\x.ttf`},
		{`C:\desk`, "//server/share/x.ttf", `\\server\share\x.ttf`},
		{`\\server\share\desk`, "x.ttf", `\\server\share\desk\x.ttf`},
		{`\\server\share\desk`, `\x.ttf`, `\\server\share\x.ttf`},
		{`\\?\UNC\server\share\desk`, `\x.ttf`, `\\?\UNC\server\share\x.ttf`},
	} {
		if got, wrong := underOnWindows(row.dir, row.name); got != row.want || wrong != "" {
			t.Errorf("%s, %s: %s, %s; want %s", row.dir, row.name, got, wrong, row.want)
		}
	}
	if got, wrong := underOnWindows(`C:\desk`, "D:x.ttf"); got != "" || !strings.Contains(wrong, "the current folder of drive D") {
		t.Error(got, wrong)
	}
}

func TestOfWindows(t *testing.T) {
	for name, want := range map[string]bool{`signs\logo.png`: true, "C:/x": true, "C:x": true, "a:": true,
		"signs/logo.png": false, "1:x": false, "/x": false} {
		if got := ofWindows(name); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}
