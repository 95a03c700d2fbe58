package remedy

import (
	"testing"
)

func TestDidYouMean(t *testing.T) {
	for _, x := range []struct {
		near            []string
		otherwise, want string
	}{
		{nil, "see all: foia log", "see all: foia log"},
		{[]string{"2026-0001"}, "see all: foia log", "did you mean 2026-0001? See all: foia log"},
		{[]string{"a", "b"}, "see all", "did you mean a, b? See all"},
		{[]string{"“late”"}, "", "did you mean “late”?"},
	} {
		if got := DidYouMean(x.near, x.otherwise); got != x.want {
			t.Errorf("%v, %q: %q, want %q", x.near, x.otherwise, got, x.want)
		}
	}
}

// A letter of two bytes is one letter, and what has no capital stays.
func TestCapital(t *testing.T) {
	for text, want := range map[string]string{"": "", "a": "A", "über": "Über", "“late”": "“late”", "5 days": "5 days", "\xff": "\xff"} {
		if got := Capital(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestCounted(t *testing.T) {
	for n, want := range map[int]string{0: "0 days", 1: "1 day", 2: "2 days", 1234: "1234 days"} {
		if got := Counted(n, "day"); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
