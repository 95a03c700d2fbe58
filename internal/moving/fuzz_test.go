package moving

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"foia/internal/longtest"
)

// Whatever a file holds: a plan, or an error that says what is wrong; and never a day that has no form of a day.
func FuzzRead(f *testing.F) {
	longtest.LargeInputs(f)
	all, err := filepath.Glob("testdata/[0-9]*")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range all {
		if raw, err := os.ReadFile(path); err == nil && !strings.HasSuffix(path, ".json") {
			f.Add(raw)
		}
	}
	f.Add([]byte("Agency;Sent\nFBI;1/2/3\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		path := filepath.Join(t.TempDir(), "tracker")
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		p, err := Read(path, Answers{}, func(string) string { return "" })
		if err != nil {
			if p != nil || err.Error() == "" {
				t.Errorf("a plan beside an error, or an error without words: %v", err)
			}
			return
		}
		for _, q := range p.Requests {
			for _, e := range q.Events {
				if e.On != nil && (e.On.Year() < 1776 || e.On.Year() > 2200) {
					t.Errorf("%s on %s", e.Kind, e.On)
				}
			}
		}
	})
}
