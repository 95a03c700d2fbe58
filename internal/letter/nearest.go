package letter

import "github.com/sahilm/fuzzy"

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
			if distance(typed, name) == slips {
				add(name)
			}
		}
	}
	for _, m := range fuzzy.Find(typed, names) {
		add(m.Str)
	}
	return out
}

// distance is the Levenshtein distance of two short names.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(x); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			diagonal, row[j] = row[j], min(row[j]+1, row[j-1]+1, diagonal+cost)
		}
	}
	return row[len(y)]
}
