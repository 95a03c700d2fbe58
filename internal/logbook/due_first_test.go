package logbook

import (
	"slices"
	"testing"

	"foia/internal/bench"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// The first of a long list are the first of the list, and it is as long as it is,
// however many are asked for, whenever, and within how many days.
func TestDueFirst(t *testing.T) {
	w, err := workspace.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	log, err := w.OpenLog(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close() // the test ends
	today := workday.MustDate("2026-11-23")
	if err := bench.Fill(t.Context(), log, 900, today); err != nil {
		t.Fatal(err)
	}
	for _, day := range []workday.Date{today, today.AddDays(20), today.AddDays(-30), today.AddDays(400)} {
		for _, within := range []int{0, 14, 90} {
			want, err := Due(t.Context(), w, log, day, within, Filter{})
			if err != nil {
				t.Fatal(err)
			}
			for _, most := range []int{1, 2, 50, 200, 100_000} {
				got, all, err := DueFirst(t.Context(), w, log, day, within, Filter{}, most)
				if err != nil || all != len(want) || !slices.Equal(got, want[:min(most, len(want))]) {
					t.Errorf("%s, %d days, the first %d: %d of %d, want %d of %d, %v", day, within, most, len(got), all,
						min(most, len(want)), len(want), err)
				}
			}
		}
	}
	ofThree := Filter{Agency: "agency 3"}
	want, err := Due(t.Context(), w, log, today, 14, ofThree)
	if err != nil || len(want) < 2 {
		t.Fatal(len(want), err)
	}
	if got, all, err := DueFirst(t.Context(), w, log, today, 14, ofThree, 2); err != nil || all != len(want) ||
		!slices.Equal(got, want[:2]) {
		t.Errorf("with a filter: %v of %d, want %v of %d, %v", got, all, want[:2], len(want), err)
	}
}
