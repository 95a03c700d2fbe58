package docket

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// What is kept of a request suffices: on whatever day, a list proposes what is proposed for the
// request folded from its events, and shows the same row.
func TestBriefSuffices(t *testing.T) {
	b := basis(t)
	steps := map[string]bool{}
	same := func(t interface{ Fatalf(string, ...any) }, r Request, events []Event, days ...int) {
		s := Fold(r, events, b)
		kept, err := json.Marshal(s.Brief())
		if err != nil {
			t.Fatalf("%v", err)
		}
		var brief State
		if err := json.Unmarshal(kept, &brief); err != nil {
			t.Fatalf("%v", err)
		}
		for _, after := range days {
			day := events[len(events)-1].On.AddDays(after)
			got, want := Next(r.Brief(), brief, day), Next(r, s, day)
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("on %s a list says %+v, and it is %+v\nof %s", day, got, want, kept)
			}
			if got, want := RowOf(r.Brief(), brief, day), RowOf(r, s, day); got != want {
				t.Fatalf("on %s the row is %+v, and it is %+v", day, got, want)
			}
			steps[want.What] = true
		}
	}
	var days []int // near ones, and some of many years
	for i := range 60 {
		days = append(days, i*i*i/30)
	}
	for _, folder := range []string{"lives", "states"} {
		for _, l := range livesIn(t, folder, 12) {
			for upTo := range l.events {
				same(t, l.request, l.events[:upTo+1], days...)
			}
		}
	}
	if len(steps) < 60 {
		t.Errorf("only %d steps were seen", len(steps))
	}
	rapid.Check(t, func(t *rapid.T) {
		same(t, anyRequest(t), anyEvents(t), rapid.SliceOfN(rapid.IntRange(-400, 3000), 1, 20).Draw(t, "days")...)
	})
}
