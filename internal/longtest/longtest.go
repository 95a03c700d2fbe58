// Package longtest tells in which form the tests run: the short one, which is what
// go test ./... does and takes minutes, or the long one, with FOIA_LONG=1, which is
// what CI does. ARCHITECTURE.md says what each form has. It is used by tests only.
package longtest

import "os"

// On tells whether the tests run in their long form.
func On() bool { return os.Getenv("FOIA_LONG") == "1" }

// Count is how many there are of something: so many in the short form, so many in
// the long one.
func Count(short, long int) int {
	if On() {
		return long
	}
	return short
}

// Sample is all of a list in the long form, and a few of it in the short one, from its
// beginning to its end: the same ones each time.
func Sample[T any](short int, all []T) []T {
	if On() || short >= len(all) {
		return all
	}
	some := make([]T, short)
	for i := range some {
		some[i] = all[i*len(all)/short]
	}
	return some
}

// Histories is how many histories a comparison of claims looks at: few in both forms,
// since the whole takes longer than everything else together; all with FOIA_MODEL=1.
func Histories[T int | uint64](few, all T) T {
	if Whole() {
		return all
	}
	return few
}

// Whole tells whether all histories are looked at.
func Whole() bool { return os.Getenv("FOIA_MODEL") == "1" }
