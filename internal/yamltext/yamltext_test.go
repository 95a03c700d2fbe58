package yamltext

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"foia/internal/longtest"
)

// office stands for what the files of foia are decoded into.
type office struct {
	ID      string   `yaml:"id"`
	Address []string `yaml:"address"`
	Pages   int      `yaml:"pages"`
	Open    bool     `yaml:"open"`
}

type file struct {
	Offices []office       `yaml:"offices"`
	Other   map[string]any `yaml:"other"`
	Day     day            `yaml:"day"`
}

// day reads itself, as dates do, and its errors name no place.
type day struct{ text string }

func (d *day) UnmarshalText(b []byte) error {
	if d.text = string(b); d.text == "never" {
		return errors.New("never is not a day")
	}
	return nil
}

func TestDecode(t *testing.T) {
	want := file{Offices: []office{{ID: "irs", Address: []string{"1 Main St"}, Pages: 3, Open: true}}, Other: map[string]any{"a": "b"},
		Day: day{"x"}}
	for name, text := range map[string]string{
		"plain": "offices:\n- id: irs\n  address: [1 Main St]\n  pages: 3\n  open: true\nother:\n  a: b\nday: x\n",
		"indented": "offices:\n  -\n    id: 'irs'\n    address:\n      - \"1 Main St\"\n    pages: 3\n    open: true\nother: " +
			"{a: b}\nday: x",
		"on one line": "{offices: [{id: irs, address: [1 Main St], pages: 3, open: true}], other: {a: b}, day: x}",
		"from Windows": "\ufeffoffices:\r\n- id: irs\r\n  address: [1 Main St]\r\n  pages: 3\r\n  open: true\r\nother:\r\n  a: " +
			"b\r\nday: x\r\n",
		"head and foot": "# offices\n---\noffices:\n- id: irs\n  address: [1 Main St]\n  pages: 3\n  open: true\nother: {a: " +
			"b}\nday: x\n...\n",
		"an alias":        "day: &d x\noffices:\n- id: irs\n  address: [1 Main St]\n  pages: 3\n  open: true\nother: {a: b}\n",
		"an alias in use": "other: &o {a: b}\nday: x\noffices:\n- {id: irs, address: &a [1 Main St], pages: 3, open: true}\n",
	} {
		var got file
		if err := Decode(Source{File: "a.yaml", Text: []byte(text)}, &got); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	for _, empty := range []string{"", "\n\n", "# only a remark\n", "---\n"} {
		if err := Decode(Source{File: "a.yaml", Text: []byte(empty)}, &file{}); err != nil {
			t.Errorf("%q: %v", empty, err)
		}
	}
}

// A number that is not written as a program would write it stays what is written, so
// that whoever reads it can refuse what it may mean.
func TestNumbersAsWritten(t *testing.T) {
	for written, want := range map[string]any{
		"25": uint64(25), "0": uint64(0), "-5": int64(-5), "20261011": uint64(20261011), "18446744073709551615": uint64(1<<64 - 1),
		"25.00": "25.00", "1.200": "1.200", "1461712.50": "1461712.50", "25.5": "25.5", ".50": ".50", "02134": "02134", "1_000": "1_000",
		"0x10": "0x10", "0o17": "0o17", "+5": "+5",
		"25,00": "25,00", "1,200": "1,200", "2026-10-11": "2026-10-11", "2026/10/11": "2026/10/11", "5/6/2026": "5/6/2026",
		"14:30": "14:30",
	} {
		var got struct{ Value any }
		if err := Decode(Source{File: "x.yaml", Text: []byte("value: " + written + "\n")}, &got); err != nil || got.Value != want {
			t.Errorf("%s: %T %v, %v; want %T %v", written, got.Value, got.Value, err, want, want)
		}
		var text struct{ Value string }
		if err := Decode(Source{File: "x.yaml", Text: []byte("value: " + written + "\n")}, &text); err != nil || text.Value != written {
			t.Errorf("%s as text: %q, %v", written, text.Value, err)
		}
	}
	var number struct{ Value int }
	for _, written := range []string{"365", "0365"} {
		if err := Decode(Source{File: "x.yaml", Text: []byte("value: " + written + "\n")}, &number); err != nil || number.Value != 365 {
			t.Errorf("%s: %d, %v", written, number.Value, err)
		}
	}
}

func TestDecodeFields(t *testing.T) {
	var all map[string]any
	lines, err := DecodeFields(Source{File: "a.yaml", Line: 2,
		Text: []byte("template: x\nanswers:\n  subject: |\n    two\n    lines\n  'fee cap': 25\n")}, &all)
	want := map[string]int{"template": 2, "answers": 3, "answers.subject": 4, "answers.fee cap": 7}
	if err != nil || !maps.Equal(lines, want) {
		t.Errorf("%v, %v", lines, err)
	}
}

// Errors name file, line and what is wrong, in words that mean something to who wrote
// the file.
func TestErrors(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"offices:\n !0 #", "the YAML is not well formed (a.yaml:2)"},
		{"other:\n  ! 0\n", "expected a map of keys and values, found a tag (!) (a.yaml:2:3)"},
		{"a: 1\n", `unknown field "a" (a.yaml:1:1)`},
		{"day: x\nday: y\n", `the key "day" appears twice, first on line 1 (a.yaml:2:1)`},
		{"offices: 3\n", "expected a list, found a whole number (a.yaml:1:10)"},
		{"offices:\n- pages: [1]\n", "expected a whole number, found a list (a.yaml:2:10)"},
		{"offices:\n- open: perhaps\n", "expected true or false, found text (a.yaml:2:9)"},
		{"- a\n- b\n", "expected a map"},
		{"just words\n", "expected a map"},
		{"other: {a: b}\nday: never\n", "never is not a day (a.yaml:2)"},
		{"day: x\n---\nday: y\n", "a second document begins here (a.yaml:2:1)"},
		{"day: x\n...\nday: y\n", "there is text after the end of the document (a.yaml:3:1)"},
		{"other: {a: [}\n", "(a.yaml:1:"},
		{"day: \"x\n", "(a.yaml:1:"},
		{"other:\n\ta: b\n", "(a.yaml:2:"},
		{"day: x\x00\n", "the text holds a control character (U+0000) (a.yaml:1)"},
		{"day: x\nother: {a: \x1b}\n", "the text holds a control character (U+001B) (a.yaml:2)"},
		{"day: x\nother: \xff\n", "the text is not valid UTF-8 (a.yaml:2)"},
		{"\xff\xfed\x00a\x00y\x00", "the file is saved as UTF-16 (a.yaml:1)"},
		{"other: &o [*o]\n", "an alias (*) inside the value that an anchor (&) names (a.yaml:1:12)"},
		{"other: {a: *nothing}\n", "(a.yaml:1:"},
		{"other: " + strings.Repeat("[", 200_000), "the YAML is nested more than 32 levels deep (a.yaml:1:39)"},
		{"other: " + strings.Repeat("- ", 40), "the YAML is nested more than 32 levels deep (a.yaml:1:"},
		{"other: " + strings.Repeat("!x ", 40), "the YAML is nested more than 32 levels deep (a.yaml:1:"},
		{"other: " + strings.Repeat("&x ", 40), "the YAML is nested more than 32 levels deep (a.yaml:1:"},
		{"other:\n" + many("  k%d: v\n", 3000), "one map has more than 2000 keys (a.yaml:2002:"},
		{"other: {" + many("k%d: v, ", 3000) + "}", "one map has more than 2000 keys (a.yaml:1:"},
		{"other: [" + many("%d,", 200_000) + "]", "the YAML has more than 250000 parts (a.yaml:1:"},
		{"# " + strings.Repeat("x", 5_000_000), "the file is larger than 4 MB (a.yaml:1)"},
		{"other:\n  a: &a [" + strings.Repeat("x, ", 5000) + "]\n" + many("  b%d: *a\n", 20),
			"the aliases (*) expand to too much (a.yaml:12:"},
	} {
		short := row.text[:min(len(row.text), 40)]
		err := Decode(Source{File: "a.yaml", Text: []byte(row.text)}, &file{})
		var e *Error
		if !errors.As(err, &e) || e.File != "a.yaml" || e.Line < 1 || e.Remedy == "" {
			t.Errorf("%q: no error with file, line and remedy: %+v", short, err)
			continue
		}
		if !strings.Contains(err.Error(), row.want) {
			t.Errorf("%q: %v; want %s", short, err, row.want)
		}
		for _, word := range []string{"Go ", "struct", "goroutine", "panic", "interface", "reflect"} {
			if strings.Contains(err.Error(), word) {
				t.Errorf("%q: the message speaks of Go: %v", short, err)
			}
		}
	}
	err := Decode(Source{File: "a.md", Line: 2, Fix: "see the manual", Text: []byte("day: x\na: b\n")}, &file{})
	var e *Error
	if !errors.As(err, &e) || e.Line != 3 || !strings.HasSuffix(e.Hint(), "; see the manual") {
		t.Errorf("%+v", err)
	}
}

func many(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// Whatever short piece a text repeats, up to the limits, it is read or refused within
// bounds of time and memory. The bound of time is wide, since other programs may be at
// work; what it is there to find takes minutes.
func TestRepeated(t *testing.T) {
	repeated := longtest.Count(3_000, 20_000) // bytes; 200,000 take ten minutes under the race detector
	pieces := []string{"a", " ", "\n", "- ", ": ", "? ", "[", "]", "{", "}", ",", "&a ", "*a ", "! ", "!!str ", "|\n", ">\n", "'", "\"",
		"#", "%", "---\n", "...\n", "<<: ", "\t", "\r", "\\", "0", "~", "`", "a: ", "a: b\n", "- a\n"}
	var before runtime.MemStats
	for _, first := range pieces {
		for _, second := range pieces {
			for _, begin := range []string{"other:\n ", "other: ["} {
				piece := first + second
				text := begin + strings.Repeat(piece, repeated/len(piece))
				runtime.ReadMemStats(&before)
				start := time.Now()
				var v file
				err := Decode(Source{File: "a.yaml", Text: []byte(text)}, &v)
				var e *Error
				if err != nil && (!errors.As(err, &e) || e.Line < 1) {
					t.Errorf("%q repeated: %v", piece, err)
				}
				var after runtime.MemStats
				runtime.ReadMemStats(&after)
				if took, mb := time.Since(start), (after.TotalAlloc-before.TotalAlloc)>>20; took > 30*time.Second || mb > 2000 {
					t.Errorf("%q repeated after %q: %v, %d MB", piece, begin, took, mb)
				} else if took > time.Second || mb > 300 {
					t.Logf("%q repeated after %q: %v, %d MB", piece, begin, took, mb)
				}
			}
		}
	}
}

// Any text is read or refused, with file and line, within bounds of memory.
func FuzzDecode(f *testing.F) {
	for _, text := range []string{"offices:\n- id: irs\n", "offices:\n !0 #", "other: &a {b: [*a]}\n", "other:\n  <<: *a\n", "? [a]\n: b\n",
		"day: |+2\n   x\n", "%YAML 1.2\n---\nday: x\n...\n"} {
		f.Add(text)
	}
	var before, after runtime.MemStats
	f.Fuzz(func(t *testing.T, text string) {
		lines := strings.Count(text, "\n") + strings.Count(text, "\r") + 1 // either ends a line
		runtime.ReadMemStats(&before)
		for _, v := range []any{&file{}, &map[string]any{}, new(any)} {
			keys, err := DecodeFields(Source{File: "a.yaml", Text: []byte(text)}, v)
			var e *Error
			if err != nil && (!errors.As(err, &e) || e.Line < 1 || e.Line > lines || e.What == "" || e.Remedy == "") {
				t.Errorf("%+v", err)
			}
			for key, line := range keys {
				if line < 1 || line > lines {
					t.Errorf("%q is said to be on line %d", key, line)
				}
			}
		}
		if runtime.ReadMemStats(&after); after.TotalAlloc-before.TotalAlloc > 1<<30 {
			t.Errorf("%d MB for %d bytes", (after.TotalAlloc-before.TotalAlloc)>>20, len(text))
		}
	})
}

// Time and memory for the file of a user with five thousand offices.
func BenchmarkDecode(b *testing.B) {
	text := []byte("offices:\n" + many("- id: office-%d\n  address: [1 Main St, Albany]\n  pages: 3\n  open: true\n", 5000))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if err := Decode(Source{File: "a.yaml", Text: text}, &file{}); err != nil {
			b.Fatal(err)
		}
	}
}
