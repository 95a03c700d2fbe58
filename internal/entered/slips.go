package entered

import "slices"

// Slips is how many slips of the keyboard lie between two short names: letters
// left out, put in, or taken for another (the Levenshtein distance). Names whose
// lengths are far apart are not compared; they are 100 slips apart.
func Slips(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y)+maxSlips || len(y) > len(x)+maxSlips {
		return 100
	}
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

// maxSlips is more than anybody makes in one name.
const maxSlips = 4

// OneSlip tells whether two words are one slip of the keyboard apart: a letter left out,
// put in, taken for another, or two in the wrong order.
func OneSlip(a, b string) bool {
	if Slips(a, b) == 1 {
		return true
	}
	x, y := []rune(a), []rune(b)
	if len(x) != len(y) {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	return i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && slices.Equal(x[i+2:], y[i+2:])
}
