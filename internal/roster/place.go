package roster

import (
	"fmt"
	"strconv"
)

// Limits of a sheet (Microsoft, Excel specifications and limits).
const (
	mostRows    = 1 << 20
	mostColumns = 1 << 14
)

// placeOf reads the name of a cell, such as AB12: its column from 0, its line from 1.
func placeOf(name string) (column, line int, err error) {
	at := 0
	for ; at < len(name) && column <= mostColumns; at++ {
		letter := name[at] &^ 0x20 // in upper case
		if letter < 'A' || letter > 'Z' {
			break
		}
		column = column*26 + int(letter-'A') + 1
	}
	n, err := strconv.ParseUint(name[at:], 10, 32)
	if err != nil || column == 0 || column > mostColumns || n == 0 || n > mostRows {
		return 0, 0, fmt.Errorf("%.20q is not the name of a cell", name)
	}
	return column - 1, int(n), nil
}

// nameOf is the name of a cell.
func nameOf(column, line int) string {
	letters := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		letters = string(rune('A'+(n-1)%26)) + letters
	}
	return letters + strconv.Itoa(line)
}
