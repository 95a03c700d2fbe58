package moving

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"foia/internal/workday"
)

var scored = flag.String("imports", "testdata", "score the files of this `folder`, each with its NAME.expected.json, and log what differs")

// points is how much of what is expected of a file it became, by part of the plan.
type points struct{ right, wanted, wrong int }

func (p *points) add(other points) {
	p.right, p.wanted, p.wrong = p.right+other.right, p.wanted+other.wanted, p.wrong+other.wrong
}

func (p points) String() string { return fmt.Sprintf("%d of %d, %d wrong", p.right, p.wanted, p.wrong) }

// parts of a plan that are scored.
var parts = []string{"requests", "fields", "events", "rejected", "left_out", "ignored_rows", "ask", "duplicates"}

// TestScore tells how much of what is expected files become: go test ./internal/moving -run TestScore -v -imports FOLDER.
// Of the samples it is everything.
func TestScore(t *testing.T) {
	sum := scoreOf(t, *scored)
	for _, part := range parts {
		if p := sum[part]; *scored == "testdata" && (p.right < p.wanted || p.wrong > 0) {
			t.Errorf("%s: %s", part, p)
		}
	}
}

// What was read of the others when they were written down: of each part, what is right, and what is not expected.
var leastOfOthers = map[string][2]int{"requests": {115, 1}, "fields": {335, 0}, "events": {248, 7}, "rejected": {4, 0},
	"left_out": {4, 1}, "ignored_rows": {6, 0}, "ask": {3, 1}, "duplicates": {2, 0}}

// What was read of the second set.
var leastOfOthers2 = map[string][2]int{"requests": {64, 0}, "fields": {234, 2}, "events": {172, 0}, "rejected": {4, 0},
	"left_out": {3, 0}, "ignored_rows": {3, 0}, "ask": {1, 0}, "duplicates": {0, 0}}

// What was read of the third set. The row that is hidden is left out, as in all workbooks.
var leastOfOthers3 = map[string][2]int{"requests": {39, 0}, "fields": {122, 0}, "events": {100, 0}, "rejected": {3, 0},
	"left_out": {1, 1}, "ignored_rows": {5, 0}, "ask": {1, 0}, "duplicates": {1, 0}}

// Files of other layouts. What is read of them does not become less, and no more is made up.
func TestOthers(t *testing.T) {
	holds(t, "testdata/others", leastOfOthers)
	holds(t, "testdata/others2", leastOfOthers2)
	holds(t, "testdata/others3", leastOfOthers3)
}

func holds(t *testing.T, dir string, all map[string][2]int) {
	t.Helper()
	sum := scoreOf(t, dir)
	for _, part := range parts {
		t.Logf("%s: %s", part, sum[part])
		if p, least := sum[part], all[part]; p.right < least[0] || p.wrong > least[1] {
			t.Errorf("%s: %s; it was %d, and %d wrong", part, p, least[0], least[1])
		}
	}
}

func scoreOf(t *testing.T, dir string) map[string]*points {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.expected.json"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no samples in %s: %v", dir, err)
	}
	sum := map[string]*points{}
	for _, part := range parts {
		sum[part] = &points{}
	}
	for _, path := range paths {
		var want expected
		raw, err := os.ReadFile(path)
		if err == nil {
			err = json.Unmarshal(raw, &want)
		}
		if err != nil {
			t.Fatal(path, err)
		}
		s := &scorer{name: strings.TrimSuffix(filepath.Base(path), ".expected.json"), t: t, of: map[string]*points{}}
		for _, part := range parts {
			s.of[part] = &points{}
		}
		s.file(fileOf(t, path), want)
		var said []string
		for _, part := range parts {
			if p := *s.of[part]; p.wanted+p.wrong > 0 {
				said = append(said, part+" "+p.String())
			}
			sum[part].add(*s.of[part])
		}
		t.Logf("%s: %s", s.name, strings.Join(said, "; "))
	}
	return sum
}

// fileOf is the file that an expectation is about.
func fileOf(t *testing.T, path string) string {
	t.Helper()
	files, err := filepath.Glob(strings.TrimSuffix(path, "expected.json") + "*")
	files = slices.DeleteFunc(files, func(name string) bool { return name == path })
	if err != nil || len(files) != 1 {
		t.Fatalf("%s is about %q: %v", path, files, err)
	}
	return files[0]
}

// scorer compares one file.
type scorer struct {
	name string
	t    *testing.T
	of   map[string]*points
}

func (s *scorer) differs(format string, args ...any) {
	s.t.Helper()
	s.t.Logf("%s: "+format, append([]any{s.name}, args...)...)
}

func (s *scorer) file(path string, want expected) {
	s.t.Helper()
	got, err := Read(path, Answers{Today: workday.MustDate("2026-11-29")}, laws(s.t))
	if err != nil {
		s.differs("is not read: %v", err)
		got = &Plan{}
	}
	if want.Encoding != "" && want.Encoding != got.Encoding || want.Sheet != "" && want.Sheet != got.Sheet ||
		!sameHeading(want.HeadingRow, got) {
		s.differs("read as %s, sheet %q, heading in line %d", got.Encoding, got.Sheet, got.HeadingRow)
	}
	s.lists("rejected", said(got.Rejected), said(want.Rejected))
	s.lists("left_out", said(got.LeftOut), said(want.LeftOut))
	s.lists("ignored_rows", said(got.Ignored), said(want.Ignored))
	s.lists("ask", firstWords(got.Ask), firstWords(want.Ask))
	s.lists("duplicates", twice(got.Duplicates), twice(want.Duplicates))
	byLine := map[string]map[string]any{}
	for _, q := range got.Requests {
		m := object(s.t, q)
		byLine[lineOf(m)] = m
	}
	for _, raw := range want.Requests {
		w := object(s.t, raw)
		line := lineOf(w)
		s.of["requests"].wanted++
		g, ok := byLine[line]
		if !ok {
			s.differs("line %s: no request", line)
			s.of["events"].wanted += len(list(w["events"]))
			continue
		}
		s.of["requests"].right++
		delete(byLine, line)
		s.request(line, g, w)
	}
	for line := range byLine {
		s.of["requests"].wrong++
		s.differs("line %s is no request", line)
	}
}

// sameHeading compares the line of the headings, or those of each sheet.
func sameHeading(want any, got *Plan) bool {
	switch w := want.(type) {
	case float64:
		return int(w) == got.HeadingRow
	case map[string]any:
		for _, s := range got.Sheets {
			if w[s.Name] != float64(s.HeadingRow) {
				return false
			}
		}
		return len(w) == len(got.Sheets)
	}
	return true
}

// request compares what a request is besides its events, and these one by one.
func (s *scorer) request(line string, got, want map[string]any) {
	s.t.Helper()
	for _, name := range []string{"subject", "agency", "law", "owner", "assigned", "tags", "external", "errors"} {
		g, w := text(s.t, got[name]), text(s.t, want[name])
		if w != "" {
			s.of["fields"].wanted++
		}
		switch {
		case g == w && w != "":
			s.of["fields"].right++
		case g != w:
			s.of["fields"].wrong++
			s.differs("line %s: %s %s, want %s", line, name, g, w)
		}
	}
	var g, w []string
	for _, e := range list(got["events"]) {
		g = append(g, text(s.t, e))
	}
	for _, e := range list(want["events"]) {
		w = append(w, text(s.t, e))
	}
	s.lists("events", g, w, line)
}

// lists compares two lists as sets.
func (s *scorer) lists(part string, got, want []string, where ...string) {
	s.t.Helper()
	p := s.of[part]
	p.wanted += len(want)
	left := slices.Clone(got)
	var missing []string
	for _, w := range want {
		if i := slices.Index(left, w); i >= 0 {
			left = slices.Delete(left, i, i+1)
			p.right++
		} else {
			missing = append(missing, w)
		}
	}
	p.wrong += len(left)
	if len(left)+len(missing) > 0 {
		s.differs("%s %s: not expected %q, missing %q", part, strings.Join(where, " "), left, missing)
	}
}

func said(lines []Line) (out []string) {
	for _, l := range lines {
		out = append(out, strings.TrimSpace(l.Sheet+" "+fmt.Sprint(l.Line)))
	}
	return out
}

func twice(all []Duplicate) (out []string) {
	for _, d := range all {
		out = append(out, fmt.Sprint(d.Value, d.Lines))
	}
	return out
}

func object(t *testing.T, v any) (m map[string]any) {
	t.Helper()
	raw, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(raw, &m)
	}
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// lineOf is the line of a request, or its first.
func lineOf(m map[string]any) string {
	if lines := list(m["lines"]); len(lines) > 0 {
		return fmt.Sprint(lines)
	}
	if m["sheet"] != nil {
		return fmt.Sprint(m["sheet"], " ", m["line"])
	}
	return fmt.Sprint(m["line"])
}

func list(v any) []any {
	out, _ := v.([]any)
	return out
}

// text is a value as JSON; what is null or empty is nothing.
func text(t *testing.T, v any) string {
	t.Helper()
	if m, ok := v.(map[string]any); ok {
		if data, ok := m["data"].(map[string]any); ok && len(data) == 0 {
			delete(m, "data")
		}
		if data, ok := m["data"].(map[string]any); ok && data["amount"] != nil { // as a number
			data["amount"] = strings.TrimSuffix(fmt.Sprint(data["amount"]), ".00")
		}
	}
	if v == nil || v == "" || v != nil && fmt.Sprint(v) == "[]" {
		return ""
	}
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
