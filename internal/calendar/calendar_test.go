package calendar

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"foia/internal/docket"
	"foia/internal/workday"
)

var update = flag.Bool("update", false, "write the golden calendar anew; then open it in a calendar")

// aCalendar has what a calendar may have, and texts that break what does not escape them.
func aCalendar(t testing.TB) []byte {
	t.Helper()
	at := time.Date(2026, 11, 23, 9, 14, 5, 0, time.UTC)
	var out bytes.Buffer
	c := New(&out, "FOIA deadlines", 7)
	for i, e := range []Event{
		{UID: UID{Request: "2026-0001", What: docket.DueAppeal, Of: "fee-waiver", Nth: 1, Log: "5f0c2a9b41d7e863"},
			Title: "Appeal, safe day: 2026-0001 a; b, c \\ d", Text: "one\ntwo\r\nthree\x00\x1b[31m", Alarm: true},
		{UID: UID{Request: "2026-0002", What: docket.DueDetermination, Nth: 2, Log: "5f0c2a9b41d7e863"},
			Title: "Agency’s determination: 2026-0002 " + Isolated("طلب\u202e السجلات") + " §", Text: strings.Repeat("Überfällig · ", 30)},
		{UID: UID{Request: "2026-0003", What: docket.DueFees, Nth: 1, Log: "5f0c2a9b41d7e863"}, Title: "Answer on fees: 2026-0003",
			Text: strings.Repeat("😀", 60), Alarm: true, Cancelled: true, Private: true},
	} {
		e.Changed, e.Number, e.Day = at.AddDate(0, 0, i), i+2, workday.MustDate("2026-12-01").AddDays(i)
		if err := c.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// The calendar as it is written, and the same bytes each time.
func TestCalendar(t *testing.T) {
	raw := aCalendar(t)
	if !bytes.Equal(raw, aCalendar(t)) {
		t.Error("the same events are other bytes")
	}
	golden := filepath.Join("testdata", "calendar.golden")
	if *update {
		if err := os.WriteFile(golden, raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(raw, want) {
		t.Errorf("the calendar is another one; with -update it is written to %s:\n%s", golden, raw)
	}
	mustBeLines(t, raw)
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// mustBeLines holds a calendar to RFC 5545, 3.1: lines end in CRLF, have 75 octets at most, and are
// UTF-8 each for itself.
func mustBeLines(t failer, raw []byte) {
	t.Helper()
	text, ended := strings.CutSuffix(string(raw), "\r\n")
	if !ended {
		t.Fatalf("the last line does not end")
	}
	for line := range strings.SplitSeq(text, "\r\n") {
		if len(line) > longest || strings.ContainsAny(line, "\r\n") || !utf8.ValidString(line) || line == "" {
			t.Fatalf("no line of a calendar: %d octets, %q", len(line), line)
		}
	}
}

// unfolded is what a reader makes of a calendar: its properties with their values.
func unfolded(raw []byte) (properties [][2]string) {
	for line := range strings.SplitSeq(strings.TrimSuffix(strings.ReplaceAll(string(raw), "\r\n ", ""), "\r\n"), "\r\n") {
		name, value, _ := strings.Cut(line, ":")
		value = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\;`, ";", `\,`, ",").Replace(value)
		properties = append(properties, [2]string{name, value})
	}
	return properties
}

// Whatever a title holds, it comes back, and no line of it becomes a property.
func TestTextsRandom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		title := rapid.OneOf(rapid.String(), rapid.StringMatching(`[\\n;,: "a-zäß漢😀]{0,200}`)).Draw(t, "title")
		var out bytes.Buffer
		c := New(&out, title, 0)
		if err := errors.Join(c.Add(Event{Title: title, Text: title, Day: workday.MustDate("2026-12-01")}), c.Close()); err != nil {
			t.Fatal(err)
		}
		mustBeLines(t, out.Bytes())
		got := unfolded(out.Bytes())
		const properties = 18
		if len(got) != properties || got[12][0] != "SUMMARY" || got[13][0] != "DESCRIPTION" {
			t.Fatalf("%d properties: %q", len(got), got)
		}
		want := strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\;`, ";", `\,`, ",").Replace(text(title))
		if got[12][1] != want || got[13][1] != want {
			t.Fatalf("%q came back as %q", title, got[12][1])
		}
		if plain := !strings.ContainsFunc(title, func(r rune) bool { return r < ' ' || r == 0x7f }); plain && utf8.ValidString(title) &&
			!strings.ContainsAny(title, "\u0085\u2028\u2029") && !hasControl(title) && got[12][1] != title {
			t.Fatalf("%q came back as %q", title, got[12][1])
		}
	})
}

func hasControl(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return 0x80 <= r && r < 0xa0 })
}

// Each thing that can be due has a code of its own, which does not change with docket's words.
func TestCodes(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../docket/state.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	codes, n := map[string]string{}, 0
	ast.Inspect(file, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok || !strings.HasPrefix(spec.Names[0].Name, "Due") || len(spec.Values) == 0 {
			return true
		}
		what, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		n++
		name := spec.Names[0].Name
		if other := codes[code(what)]; other != "" {
			t.Errorf("%s and %s are both %s", name, other, code(what))
		}
		codes[code(what)] = name
		return true
	})
	if n < 16 || len(codes) != n {
		t.Errorf("%d codes for %d things", len(codes), n)
	}
	var fixed []string
	for _, c := range []string{"acknowledgment", "response", "determination", "release", "promised", "reminder", "expedition", "perfection",
		"clarification", "fees", "interest", "message", "appeal", "appeal-last-day", "appeal-decision", "suit"} {
		if codes[c] == "" {
			t.Errorf("nothing has the code %s: calendars would keep what they have of it", c)
		}
		fixed = append(fixed, c)
	}
	if len(fixed) != n {
		t.Errorf("%d codes are fixed of %d: add the new one here", len(fixed), n)
	}
}

func TestUID(t *testing.T) {
	for _, c := range []struct {
		uid  UID
		want string
	}{
		{UID{"2026-0001", docket.DueDetermination, "", 1, "ab"}, "2026-0001.determination@ab"},
		{UID{"2026-0001", docket.DueAppeal, "determination", 1, "ab"}, "2026-0001.appeal@ab"},
		{UID{"2026-0001", docket.DueAppeal, "fee-waiver", 1, "ab"}, "2026-0001.appeal.fee-waiver@ab"},
		{UID{"2026-0001", docket.DueAppealLast, "fee-waiver", 2, "ab"}, "2026-0001.appeal-last-day.fee-waiver.2@ab"},
		{UID{"2026-0001", "something new (and odd)", "x\r\nEND:VEVENT", 1, "ab"}, "2026-0001.something-new-and-odd.x-end-vevent@ab"},
	} {
		if got := c.uid.String(); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

// A text from right to left is set apart; what turns the direction itself is left out.
func TestIsolated(t *testing.T) {
	for in, want := range map[string]string{"": "", "Contracts §": "Contracts §", "طلب": "\u2068طلب\u2069", "שלום 5": "\u2068שלום 5\u2069",
		"a\u202eb": "\u2068ab\u2069", "x\u2069\u2069y": "\u2068xy\u2069", "\ufeffa": "\ufeffa"} {
		if got := Isolated(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// failing takes so many bytes, and then fails.
type failing struct{ left int }

func (f *failing) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, io.ErrClosedPipe
	}
	return len(p), nil
}

// What cannot be written is an error, also in the middle of a long calendar.
func TestNotWritten(t *testing.T) {
	for _, left := range []int{0, 100, 40_000} {
		c, err := New(&failing{left}, "x", 0), error(nil)
		for i := 0; i < 1000 && err == nil; i++ {
			err = c.Add(Event{Title: fmt.Sprint(i), Day: workday.MustDate("2026-12-01")})
		}
		if err == nil {
			err = c.Close()
		}
		if !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("after %d bytes: %v", left, err)
		}
	}
}

// How long 20,000 events take.
func BenchmarkCalendar(b *testing.B) {
	for b.Loop() {
		c := New(io.Discard, "x", 7)
		for range 20_000 {
			if err := c.Add(Event{Title: "Agency’s determination: 2026-0001", Text: strings.Repeat("counted, ", 40),
				Day: workday.MustDate("2026-12-01")}); err != nil {
				b.Fatal(err)
			}
		}
		if err := c.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
