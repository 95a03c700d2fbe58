package packet

import "testing"

// What foia puts before the names of files that it keeps is taken off, and nothing else.
func TestWithoutNumbers(t *testing.T) {
	for name, want := range map[string]string{
		"003-letter.pdf": "letter.pdf", "1234-2-letter.pdf": "letter.pdf", "003-2025-05-06.pdf": "05-06.pdf", "003-a-b.pdf": "a-b.pdf",
		"03-letter.pdf": "03-letter.pdf", "letter.pdf": "letter.pdf", "003.pdf": "003.pdf", "003--x.pdf": "-x.pdf", "": "",
		"00a-x.pdf": "00a-x.pdf", "003-7": "7",
	} {
		if got := withoutNumbers(name); got != want {
			t.Errorf("%q: %q instead of %q", name, got, want)
		}
	}
}
