package letter

import (
	"errors"
	"strings"
	"testing"
)

// hostile is what a user may type, by malice or by copying.
var hostile = []string{
	"{{.topic}}", "{{template \"x\"}}", "{nb}", "<script>alert(1)</script>", "=cmd()", "../../etc/passwd",
	"**bold** _it_ `code`", "# heading", "1. item", "- bullet", "> quote", "[a](http://b)", "![a](b)", "&amp; &#42;",
	"a\\*b\\", "| a | b |", "---", "~~~", "<https://example.org>", "5 * 3 * 2", "$100 & 5% of C:\\temp", "`", "\\", "*", "_a_b_",
	"“quoted” – 'straight'", "Łódź Ελλάδα Київ",
}

// What a user typed comes out as plain text, letter for letter, wherever it is
// printed.
func TestTypedIsPlain(t *testing.T) {
	text := head + "One {{.topic}} two.\n\n## {{.topic}}\n\n- {{.topic}}\n\n{{paragraphs .more}}\n\n{{bullets .names}}\n\n*{{.topic}}*\n"
	for _, s := range hostile {
		d, err := fillWith(t, text, Answers{"topic": s, "more": "first\n\n" + s, "names": []string{s, "two"}})
		if err != nil {
			t.Errorf("%q: %v", s, err)
			continue
		}
		want := []string{"One " + s + " two.", s, "•", s, "first", s, "•", s, "•", "two", s}
		var got []string
		eachText(d.Document.Body, func(_ *Block, text string) { got = append(got, text) })
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%q came out as %q", s, got)
		}
		if d.Document.Meta.Title != "About "+s {
			t.Errorf("%q: subject is %q", s, d.Document.Meta.Title)
		}
	}
}

// A line break in a one-line answer is a space; blank lines part paragraphs.
func TestLineBreaks(t *testing.T) {
	d, err := fillWith(t, head+"{{.topic}}\n\n{{paragraphs .more}}", Answers{"topic": "a\nb\r\n c", "more": "one\ntwo\r\n\r\n\r\nthree"})
	if err != nil {
		t.Fatal(err)
	}
	if got := d.Document.BodyText(func(Block) bool { return true }); got != "a b c\n\none two\n\nthree" {
		t.Errorf("got %q", got)
	}
}

// A character that cannot be printed is named, with its code point and the
// field; nothing is filled.
func TestUnprintable(t *testing.T) {
	for s, want := range map[string]string{
		"smile 😀":     "U+1F600 (GRINNING FACE)",
		"שלום":        "U+05E9 (HEBREW LETTER SHIN)",
		"مرحبا":       "U+0645 (ARABIC LETTER MEEM)",
		"bell \a":     "U+0007 (<control>)",
		"nul \x00":    "U+0000 (<control>)",
		"\xff\xfe":    "not valid UTF-8",
		"\ue000+x":    "U+E000",
		"esc \x1b[2J": "U+001B",
	} {
		for _, field := range []string{"topic", "more", "names"} {
			answers := Answers{"topic": "fine"}
			answers[field] = s
			_, err := fillWith(t, head+"{{.topic}}", answers)
			if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "field "+field) {
				t.Errorf("%q in %s: %v", s, field, err)
			}
		}
	}
}

// Each type of field takes what people type, in one form, and refuses the rest.
func TestClean(t *testing.T) {
	for _, row := range []struct {
		kind FieldType
		in   any
		want any // nil: empty; error: refused
	}{
		{Line, "  a   b ", "a b"}, {Line, 7, "7"}, {Line, "", nil}, {Line, []any{"a"}, errRefused},
		{Day, "2025-05-06", "2025-05-06"}, {Day, "2025-02-30", errRefused}, {Day, "05/06/2025", errRefused}, {Day, "", nil},
		{Day, "2824-01-01", errRefused},
		{Days, "2025-01-20..2025-05-06", [2]string{"2025-01-20", "2025-05-06"}}, {Days, "2025-01-20", errRefused},
		{Days, map[string]any{"from": "2025-01-20", "to": "2025-05-06"}, [2]string{"2025-01-20", "2025-05-06"}},
		{YesNo, "Yes", true}, {YesNo, false, false}, {YesNo, "n", false}, {YesNo, "maybe", errRefused},
		{Money, "$1,250.5", "1250.50"}, {Money, 25, "25"}, {Money, "25.00", "25"}, {Money, "-5", errRefused}, {Money, "$", nil},
		{Money, "9999999", errRefused}, {Money, "1.234", errRefused},
		{Choice, "MEDIA", "media"}, {Choice, "press", errRefused},
		{List, "a\nb\n\n", []string{"a", "b"}}, {List, []any{"a", 2}, []string{"a", "2"}}, {List, map[string]any{}, errRefused},
	} {
		f := Field{Name: "f", Type: row.kind, Choices: []string{"media", "other"}}
		got, err := f.Clean(row.in, "x.yaml", Typing{})
		if row.want == errRefused {
			if err == nil {
				t.Errorf("%s %v: taken as %v", row.kind, row.in, got)
			}
			continue
		}
		if err != nil || !equal(got, row.want) {
			t.Errorf("%s %v: got %v, %v; want %v", row.kind, row.in, got, err, row.want)
		}
	}
}

var errRefused = errors.New("refused")

func equal(a, b any) bool {
	x, ok := a.([]string)
	y, ok2 := b.([]string)
	if ok && ok2 {
		return strings.Join(x, "|") == strings.Join(y, "|")
	}
	return a == b
}

// The limits on size hold, and what is within them works.
func TestLimits(t *testing.T) {
	long := strings.Repeat("word ", 40_000) // 200,000 characters
	if _, err := fillWith(t, head+"{{paragraphs .more}}", Answers{"topic": "t", "more": long}); err != nil {
		t.Errorf("a text of 200,000 characters: %v", err)
	}
	if _, err := fillWith(t, head+"{{.topic}}", Answers{"topic": strings.Repeat("x", maxText+1)}); err == nil {
		t.Error("a text above the limit is taken")
	}
	if _, err := fillWith(t, head+"{{bullets .names}}", Answers{"topic": "t", "names": make([]any, maxItems+1)}); err == nil {
		t.Error("a list above the limit is taken")
	}
}
