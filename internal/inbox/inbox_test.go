package inbox

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"foia/internal/logbook"
	"foia/internal/pdftext"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// pdfs reads the PDFs of all tests: to start its reader takes some seconds.
var pdfs = pdftext.New(filepath.Join(os.TempDir(), "foia-test-cache"))

// reader reads messages against a log without requests.
func reader(t *testing.T) *Reader {
	t.Helper()
	return readerIn(t, t.TempDir())
}

func readerIn(t *testing.T, folder string) *Reader {
	t.Helper()
	w, err := workspace.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	who := logbook.Writer{By: "ana", Today: workday.MustDate("2026-11-29"), Now: "2026-11-29T12:00:00Z"}
	return &Reader{Book: logbook.New(w, who), PDF: pdfs}
}

// The messages of the corpus as they came: what is no reply proposes nothing, and what must not be proposed is not.
func TestMessages(t *testing.T) {
	raw, err := os.ReadFile("../reply/testdata/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []struct {
		File    string              `json:"file"`
		Kind    Kind                `json:"kind"`
		Events  []map[string]string `json:"events"`
		MustNot []map[string]string `json:"must_not"`
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	r := reader(t)
	for _, x := range list {
		for item, err := range r.Read(t.Context(), filepath.Join("testdata", x.File)) {
			if err != nil {
				t.Fatal(err)
			}
			if reply := x.Kind == Letter || x.Kind == Mail; !reply && item.Kind != x.Kind {
				t.Errorf("%s is %s, want %s", x.File, item.Kind, x.Kind)
			}
			if len(item.Entries) > 0 && len(x.Events) == 0 {
				t.Errorf("%s: proposes %v", x.File, item.Entries)
			}
			for _, want := range x.Events {
				found := want["event"] == "note"
				for _, e := range item.Entries {
					all := string(e.Kind) == want["event"] && e.On.String() == want["on"]
					for name, value := range want {
						all = all && (name == "event" || name == "on" || name == "request" || e.Data[name] == value)
					}
					found = found || all
				}
				if !found {
					t.Errorf("%s: %v is not proposed", x.File, want)
				}
			}
		}
	}
}

// The same message in two places is read once.
func TestOnce(t *testing.T) {
	dir := t.TempDir()
	raw, err := os.ReadFile("testdata/d19-status-estimate.eml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a.eml", "b.eml"} {
		if err := os.WriteFile(filepath.Join(dir, name), raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	n := 0
	for _, err := range reader(t).Read(t.Context(), dir) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != 1 {
		t.Errorf("%d messages, want 1", n)
	}
}
