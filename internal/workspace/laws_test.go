package workspace

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"foia/internal/law"
)

// zenith is the file of an invented law.
const zenith = `id: us-zz
name: Zenith
kind: state
law_name: Zenith Records Act
short_name: ZRA
citation: Zen. Code § 1-101
custodian_title: Records Officer
response: {standard: promptly, text: Answer promptly.}
requester: {who: anyone, residency: none, text: Any person.}
use: {deadline: {says: Please answer promptly., rests: [response.text]}}
sources:
  - {grade: statute, ref: "https://example.org", as_of: "2026", accessed: "2026-11-28"}
`

// withLaws is a folder with files in laws.
func withLaws(t *testing.T, files map[string]string) *Workspace {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, LawsDir), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, LawsDir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// Two folders have their own laws each, and what the log keeps of its dates is folded
// anew when those change.
func TestOwnLaws(t *testing.T) {
	with, without := withLaws(t, map[string]string{"us-zz.yaml": zenith, "notes.txt": "x", ".us-yy.yaml": "x"}), withLaws(t, nil)
	names := map[string]bool{}
	for _, w := range []*Workspace{with, without, withLaws(t, map[string]string{"us-zz.yaml": zenith + "# changed\n"})} {
		b, err := w.Basis()
		if err != nil {
			t.Fatal(err)
		}
		if b.Book.Knows("us-zz") == (w == without) {
			t.Errorf("%s: knows us-zz: %v", w.Dir, w != without)
		}
		p, err := w.projection()
		if err != nil {
			t.Fatal(err)
		}
		names[p.Basis] = true
	}
	if len(names) != 3 {
		t.Errorf("%d bases for three folders with different laws", len(names))
	}
}

// A fault in an own law, and a name that would be passed over, are errors that say what
// to do.
func TestOwnLawsRefused(t *testing.T) {
	builtIn, err := law.LoadRecords()
	if err != nil {
		t.Fatal(err)
	}
	for want, files := range map[string]map[string]string{
		"kind is “county”, which foia does not know (laws/us-zz.yaml:3)": {
			"us-zz.yaml": strings.Replace(zenith, "kind: state", "kind: county", 1)},
		"does not end in .yaml":        {"us-zz.yml": zenith},
		"whose name does not end":      {"us-zz.YAML": zenith},
		"the federal law is no law of": {"us-federal.yaml": strings.Replace(zenith, "us-zz", "us-federal", 1)},
		"expected a list, found text":  {"us-tx.yaml": "appeals: none\n"},
		"is no field of a law":         {"us-tx.yaml": "deadline: 5\n"},
	} {
		_, err := withLaws(t, files).Basis()
		var hinted interface{ Hint() string }
		if err == nil || !strings.Contains(err.Error(), want) || !errors.As(err, &hinted) || hinted.Hint() == "" {
			t.Errorf("%s: %v", want, err)
		}
	}
	if b, err := law.LoadRecords(); err != nil || !slices.Equal(b.IDs(), builtIn.IDs()) {
		t.Error("the built-in laws have changed", err)
	}
}
