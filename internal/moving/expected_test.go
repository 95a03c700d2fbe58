package moving

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"foia/internal/law"
	"foia/internal/workday"
)

func laws(t testing.TB) Laws {
	t.Helper()
	return (&law.Book{}).Records().Called
}

// expected is what a file is to become. Free words (notes, meaning, reasons) are not compared.
type expected struct {
	Encoding   string            `json:"encoding"`
	Sheet      string            `json:"sheet"`
	HeadingRow any               `json:"heading_row"`
	Requests   []json.RawMessage `json:"requests"`
	Rejected   []Line            `json:"rejected"`
	LeftOut    []Line            `json:"left_out"`
	Ignored    []Line            `json:"ignored_rows"`
	Ask        []string          `json:"ask"`
	Duplicates []Duplicate       `json:"duplicates"`
}

// Each sample becomes what is expected of it, with no more questions than are named there.
func TestSamples(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.expected.json")
	if err != nil || len(paths) < 6 {
		t.Fatalf("%d samples: %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			var want expected
			raw, err := os.ReadFile(path)
			if err == nil {
				err = json.Unmarshal(raw, &want)
			}
			if err != nil {
				t.Fatal(err)
			}
			files, _ := filepath.Glob(strings.TrimSuffix(path, "expected.json") + "[ctx]*")
			plan, err := Read(files[0], Answers{Today: workday.MustDate("2026-11-29")}, laws(t))
			if err != nil {
				t.Fatal(err)
			}
			compare(t, plan, want)
		})
	}
}

func compare(t *testing.T, got *Plan, want expected) {
	t.Helper()
	if want.Encoding != "" && want.Encoding != got.Encoding || want.Sheet != got.Sheet ||
		!sameHeading(want.HeadingRow, got) {
		t.Errorf("read as %s, sheet %q, heading in row %d", got.Encoding, got.Sheet, got.HeadingRow)
	}
	for _, pair := range [][2][]Line{{got.Rejected, want.Rejected}, {got.LeftOut, want.LeftOut}, {got.Ignored, want.Ignored}} {
		if !slices.Equal(linesOf(pair[0]), linesOf(pair[1])) {
			t.Errorf("got lines %v, want %v", pair[0], pair[1])
		}
	}
	if g, w := firstWords(got.Ask), firstWords(want.Ask); !slices.Equal(g, w) {
		t.Errorf("asks %v, want %v", g, w)
	}
	for i := range max(len(got.Duplicates), len(want.Duplicates)) {
		if i >= len(got.Duplicates) || i >= len(want.Duplicates) || got.Duplicates[i].Value != want.Duplicates[i].Value ||
			!slices.Equal(got.Duplicates[i].Lines, want.Duplicates[i].Lines) {
			t.Errorf("duplicates %+v, want %+v", got.Duplicates, want.Duplicates)
			break
		}
	}
	if len(got.Requests) != len(want.Requests) {
		t.Fatalf("%d requests, want %d", len(got.Requests), len(want.Requests))
	}
	for i, q := range got.Requests {
		if g, w := plain(t, q), plain(t, want.Requests[i]); g != w {
			t.Errorf("request %d\n got %s\nwant %s", i, g, w)
		}
	}
}

func linesOf(lines []Line) (out []int) {
	for _, l := range lines {
		out = append(out, l.Line)
	}
	return out
}

func firstWords(texts []string) (out []string) {
	for _, text := range texts {
		word, _, _ := strings.Cut(text, ":")
		word, _, _ = strings.Cut(word, " ")
		out = append(out, word)
	}
	return out
}

// plain is a request as JSON without its free words; what is null or empty is not there.
func plain(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	var m map[string]any
	if err == nil {
		err = json.Unmarshal(raw, &m)
	}
	if err != nil {
		t.Fatal(err)
	}
	delete(m, "notes")
	for name, value := range m {
		if list, ok := value.([]any); value == nil || ok && len(list) == 0 && name != "events" {
			delete(m, name)
		}
	}
	out, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
