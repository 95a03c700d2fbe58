package docket

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"foia/internal/law"
	"foia/internal/workday"
)

// anyEvents draws a history: kinds, days and details in any order, sensible or not.
func anyEvents(t *rapid.T) []Event {
	start := workday.MustDate("2025-01-01")
	n := rapid.IntRange(1, 14).Draw(t, "events")
	events := []Event{{Seq: 1, Kind: Drafted, On: start}}
	for seq := 2; seq <= n; seq++ {
		spec := Specs[rapid.IntRange(0, len(Specs)-1).Draw(t, "kind")]
		e := Event{Seq: seq, Kind: spec.Kind, On: start.AddDays(rapid.IntRange(0, 500).Draw(t, "day")), Data: map[string]string{}}
		for _, d := range spec.Details {
			if !rapid.Bool().Draw(t, "told") {
				continue
			}
			switch d.Type {
			case Day:
				e.Data[d.Name] = start.AddDays(rapid.IntRange(-50, 600).Draw(t, d.Name)).String()
			case Choice:
				e.Data[d.Name] = rapid.SampledFrom(d.Choices).Draw(t, d.Name)
			case Number:
				e.Data[d.Name] = fmt.Sprint(rapid.IntRange(0, 40).Draw(t, d.Name))
			default:
				e.Data[d.Name] = "x"
			}
		}
		events = append(events, e)
	}
	return events
}

func anyRequest(t *rapid.T) Request {
	asked := []string{Asked, NotAsked}
	under := law.Federal
	if rapid.Bool().Draw(t, "of a state or country") {
		book, err := law.LoadRecords()
		if err != nil {
			t.Fatal(err)
		}
		under = rapid.SampledFrom(book.IDs()).Draw(t, "law")
	}
	return Request{ID: "2025-0001", Law: under, Created: workday.MustDate("2025-01-01"),
		OfficeID: rapid.SampledFrom([]string{"treasury-irs", "treasury-do", "dhs-ice", "doj-jmd", "epa-hq"}).Draw(t, "office"),
		Via:      rapid.SampledFrom([]string{"portal", "mail", "email", ""}).Draw(t, "via"),
		Facts: map[string]string{"fee_category": "media", "expedited": rapid.SampledFrom(asked).Draw(t, "expedited"),
			"fee_waiver": rapid.SampledFrom(asked).Draw(t, "waiver")}}
}

// Whatever happened in whatever order: the fold gives one answer, that does not
// depend on how the events are handed over, never claims a day before its start,
// and never moves the end of the 20 days more than the law lets it.
func TestFoldAnything(t *testing.T) {
	b := basis(t)
	rapid.Check(t, func(t *rapid.T) {
		r, events := anyRequest(t), anyEvents(t)
		s := Fold(r, events, b)
		mixed := rapid.Permutation(events).Draw(t, "order")
		if again := Fold(r, mixed, b); !reflect.DeepEqual(s, again) {
			t.Fatalf("in another order: %+v, not %+v", again, s)
		}
		for _, d := range s.Deadlines {
			if d.Due.IsZero() && d.Why == "" {
				t.Fatalf("%s has neither a day nor a reason: %+v", d.What, d)
			}
			if !d.Due.IsZero() && !d.Lenient.IsZero() && d.Lenient.Before(d.Due) {
				t.Fatalf("%s: late by every calendar on %s, before %s", d.What, d.Lenient, d.Due)
			}
			if d.Cite == "" && d.Who == Agency || d.Explain() == "" {
				t.Fatalf("%s rests on nothing: %+v", d.What, d)
			}
			if r.Law == law.Federal && d.What == DueDetermination && d.Count != nil && (d.Count.Days < 20 || d.Count.Days > 30) {
				t.Fatalf("%d working days for a determination", d.Count.Days)
			}
			if r.Law == law.Federal && d.What == DueDetermination && d.Count != nil { // one question, 552(a)(6)(A)(I)
				questions := 0
				for _, p := range d.Count.Pauses {
					if p.Why == "the agency asked for information" {
						questions++
					}
				}
				if questions > 1 {
					t.Fatalf("the clock stood still for %d questions: %+v", questions, d.Count.Pauses)
				}
			}
		}
		for _, day := range []string{"2025-01-01", "2025-06-15", "2027-01-01"} {
			today := workday.MustDate(day)
			known := Known(events, today)
			state := Fold(r, known, b)
			if step := Next(r, state, today); step.What == "" || step.Why == "" || step.ID != r.ID {
				t.Fatalf("no next step: %+v", step)
			}
			view := At(r, known, today, b)
			for _, needs := range Conditions() {
				if err := view.Ready(needs); err != nil {
					if n, ok := err.(*NotReady); !ok || n.Fails == "" || n.Why == "" || n.Hint() == "" {
						t.Fatalf("%s is refused without a reason: %v", needs, err)
					}
				}
			}
			claims := view.Claims("")
			for _, name := range ClaimNames() {
				if _, holds := claims.Hold[name]; holds == (claims.Why[name] != "") {
					t.Fatalf("the claim %s holds: %t, and why not: %q", name, holds, claims.Why[name])
				}
			}
			RowOf(r, state, today)
		}
	})
}

// The log as it stood on a day is the fold of what was known then: what came later
// does not change it.
func TestKnown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := anyEvents(t)
		day := workday.MustDate("2025-01-01").AddDays(rapid.IntRange(0, 500).Draw(t, "day"))
		known := Known(events, day)
		if slices.ContainsFunc(known, func(e Event) bool { return e.On.After(day) }) {
			t.Fatal("an event of a later day is known")
		}
	})
}

// Each kind has its words, and each detail its help.
func TestSpecs(t *testing.T) {
	seen := map[Kind]bool{}
	for _, s := range Specs {
		if s.Says == "" || s.Who == "" || seen[s.Kind] {
			t.Errorf("%+v", s)
		}
		seen[s.Kind] = true
		for _, d := range s.Details {
			if d.Help == "" || (d.Type == Choice || d.Type == Picks) != (len(d.Choices) > 0) {
				t.Errorf("%s: %+v", s.Kind, d)
			}
		}
	}
}
