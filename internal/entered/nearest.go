package entered

import "github.com/sahilm/fuzzy"

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
			if Slips(typed, name) == slips {
				add(name)
			}
		}
	}
	for _, m := range fuzzy.Find(typed, names) {
		add(m.Str)
	}
	return out
}
