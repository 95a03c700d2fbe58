package letter

import (
	"github.com/sahilm/fuzzy"

	"foia/internal/agency"
)

// nearest returns the name that the user most likely meant, or "".
func nearest(typed string, names []string) string {
	if near := Nearest(typed, names, 1); len(near) > 0 {
		return near[0]
	}
	return ""
}

// Nearest returns up to n names that resemble what was typed, best first:
// names within a few slips of the keyboard, then names that hold its letters
// in order.
func Nearest(typed string, names []string, n int) []string {
	var out []string
	seen := map[string]bool{}
	add := func(s string) {
		if !seen[s] && len(out) < n {
			seen[s] = true
			out = append(out, s)
		}
	}
	for slips := 1; slips <= 1+len(typed)/4; slips++ {
		for _, name := range names {
			if agency.Slips(typed, name) == slips {
				add(name)
			}
		}
	}
	for _, m := range fuzzy.Find(typed, names) {
		add(m.Str)
	}
	return out
}
