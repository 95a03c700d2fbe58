package letter

import "testing"

func TestFillWords(t *testing.T) {
	for form, want := range map[string]string{
		"":                          "",
		"no place":                  "no place",
		"Page {n} of {all}":         "Page 2 of {n}",
		"{n}{n}":                    "22",
		"{unknown} {n":              "{unknown} {n",
		"{{n}}":                     "{2}",
		"{id} is no place in these": "{id} is no place in these",
	} {
		if got := fillWords(form, "n", "2", "all", "{n}"); got != want {
			t.Errorf("fillWords(%q) = %q, want %q", form, got, want)
		}
	}
	if got := fillWords("{from}–{to}", "from", "to", "to", "X"); got != "to–X" {
		t.Errorf("a value that is the name of another: %q, want %q", got, "to–X")
	}
}
