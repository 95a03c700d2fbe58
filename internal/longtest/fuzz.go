package longtest

import (
	"flag"
	"testing"
)

// minimizing is the flag that says for how long a fuzzer makes an input shorter.
const minimizing = "test.fuzzminimizetime"

// LargeInputs is for a fuzz test whose inputs are whole files. By default a fuzzer spends up to
// a minute on making each input shorter that reached something new, in some n² tries for n
// bytes, and tries nothing else meanwhile: with files, that is all that it does. Ten tries are
// enough to keep what was found. Who says otherwise on the command line gets that, such as
// -fuzzminimizetime 60s for the file of a failure.
func LargeInputs(f *testing.F) {
	f.Helper()
	said := false
	flag.Visit(func(set *flag.Flag) { said = said || set.Name == minimizing })
	if said {
		return
	}
	if err := flag.Set(minimizing, "10x"); err != nil {
		f.Fatal(err)
	}
}
