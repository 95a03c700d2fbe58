package entered

import (
	"slices"
	"testing"
)

func TestNearest(t *testing.T) {
	names := []string{"subject", "records", "date_from", "date_to", "fee_waiver", "fee_category"}
	for _, x := range []struct {
		typed string
		n     int
		want  []string
	}{
		{"subjet", 3, []string{"subject"}},
		{"recrods", 3, []string{"records"}}, // two letters in the wrong order are two slips
		{"date_tp", 1, []string{"date_to"}}, // the nearest first
		{"fee", 3, []string{"fee_waiver", "fee_category"}},
		{"fee", 1, []string{"fee_waiver"}},
		{"xyz", 3, nil},
	} {
		if got := Nearest(x.typed, names, x.n); !slices.Equal(got, x.want) {
			t.Errorf("%s: %v, want %v", x.typed, got, x.want)
		}
	}
}

func TestOneSlip(t *testing.T) {
	for _, x := range []struct {
		a, b string
		want bool
	}{
		{"enviromental", "environmental", true},
		{"harbors", "harvors", true},
		{"hrabors", "harbors", true}, // in the wrong order
		{"hrabosr", "harbors", false},
		{"harbors", "harbors", false},
		{"ab", "abcdefgh", false},
	} {
		if got := OneSlip(x.a, x.b); got != x.want {
			t.Errorf("%s, %s: %t", x.a, x.b, got)
		}
	}
}
