package store

import (
	"fmt"
	"strconv"
	"strings"
)

// FormatID writes the id of a request: the year and at least four digits.
func FormatID(year, number int) string { return fmt.Sprintf("%d-%04d", year, number) }

// ParseID reads an id such as 2026-0007. Only the one way of writing a number
// is an id, so that two ids never mean the same request.
func ParseID(id string) (year, number int, err error) {
	y, n, _ := strings.Cut(id, "-")
	year, yearErr := strconv.Atoi(y)
	number, numberErr := strconv.Atoi(n)
	if yearErr != nil || numberErr != nil || year < 1000 || number < 1 || FormatID(year, number) != id {
		return 0, 0, &Failure{Kind: ErrRefused, Detail: fmt.Sprintf("%q is not the id of a request, such as 2026-0007", id)}
	}
	return year, number, nil
}
