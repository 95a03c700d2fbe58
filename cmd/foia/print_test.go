package main

import (
	"slices"
	"testing"
)

// A table that is too wide takes the room from names and sentences, and leaves dates,
// ids, amounts and single words whole.
func TestColumnWidths(t *testing.T) {
	head := []string{"ID", "Office", "Sent", "Ackn.", "Status", "Fee"}
	rows := [][]string{{"2026-0001", "U.S. Immigration & Customs Enforcement", "2026-03-02", "2026-03-04", "processing", "$1,461,712.00"}}
	for total, want := range map[int][]int{
		200: {9, 38, 10, 10, 10, 13},
		80:  {9, 23, 10, 10, 10, 13},
		65:  {9, 8, 10, 10, 10, 13},
		60:  {9, 8, 9, 9, 10, 10}, // there is no other way
		10:  {8, 8, 8, 8, 8, 8},
	} {
		if got := columnWidths(head, rows, total); !slices.Equal(got, want) {
			t.Errorf("%d: %v, want %v", total, got, want)
		}
	}
}
