package longtest

import (
	"flag"
	"slices"
	"testing"
)

func TestForms(t *testing.T) {
	all := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
	for _, row := range []struct {
		form   string
		on     bool
		count  int
		sample []int
	}{{"", false, 2, []int{0, 3, 6}}, {"0", false, 2, []int{0, 3, 6}}, {"1", true, 200, all}} {
		t.Setenv("FOIA_LONG", row.form)
		if On() != row.on || Count(2, 200) != row.count || !slices.Equal(Sample(3, all), row.sample) ||
			!slices.Equal(Sample(20, all), all) {
			t.Errorf("FOIA_LONG=%s: %v, %d, %v, %v", row.form, On(), Count(2, 200), Sample(3, all), Sample(20, all))
		}
	}
}

func TestHistories(t *testing.T) {
	t.Setenv("FOIA_MODEL", "")
	if Histories(3, 10) != 3 || Whole() {
		t.Error("all without FOIA_MODEL")
	}
	t.Setenv("FOIA_MODEL", "1")
	if Histories(uint64(3), 10) != 10 || !Whole() {
		t.Error("few with FOIA_MODEL=1")
	}
}

// The fuzzer is told, unless the command line said something.
func FuzzLargeInputs(f *testing.F) {
	LargeInputs(f)
	if got := flag.Lookup(minimizing).Value.String(); got != "10x" {
		f.Skip("the command line says " + got)
	}
	f.Add([]byte("x"))
	f.Fuzz(func(*testing.T, []byte) {})
}
