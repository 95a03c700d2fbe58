package docket

import (
	"testing"

	"pgregory.net/rapid"

	"foia/internal/workday"
)

// How many days are left of what a letter asks for, from the day on which that presses to the last.
func TestGoing(t *testing.T) {
	day := workday.MustDate
	video := Kept{Item: 1, Time: "30 days", Oldest: day("2026-12-05"), Newest: day("2026-12-15"), Ahead: 30}
	plates := Kept{Item: 2, Time: "3 years", Oldest: day("2026-12-08"), Newest: day("2026-12-08"), Ahead: 30}
	open := Kept{Item: 3, Time: "2 years", Newest: day("2026-12-10"), Ahead: 30}
	for why, row := range map[string]struct {
		kept  []Kept
		today string
		want  string // empty: nothing is said
	}{
		"six days":     {[]Kept{video}, "2026-11-29", "item 1: kept 30 days: 6 left"},
		"the last day": {[]Kept{video}, "2026-12-05", "item 1: kept 30 days: 0 left"},
		"the oldest may be gone": {[]Kept{video}, "2026-12-06",
			"item 1: kept 30 days, so the oldest may be gone: 9 left for the newest"},
		"all may be gone":                   {[]Kept{video}, "2026-12-16", ""},
		"long before it presses":            {[]Kept{plates}, "2026-11-07", ""},
		"the first day on which it presses": {[]Kept{plates}, "2026-11-08", "item 2: kept 3 years: 30 left"},
		"the item that goes first":          {[]Kept{plates, video}, "2026-11-29", "item 1: kept 30 days: 6 left"},
		"the next when the first is gone":   {[]Kept{video, plates}, "2026-12-06", "item 2: kept 3 years: 2 left"},
		"of a period without a beginning": {[]Kept{open}, "2026-12-01",
			"item 3: kept 2 years, so the oldest may be gone: 9 left for the newest"},
		"nothing is known of what it asks": {nil, "2026-11-29", ""},
		"two that go on one day: by the item": {[]Kept{{2, "a", video.Oldest, video.Oldest, 30}, video}, "2026-11-29",
			"item 1: kept 30 days: 6 left"},
	} {
		v, ok := State{Kept: row.kept}.Going(day(row.today))
		got := ""
		if ok {
			got = v.Says()
		}
		if got != row.want {
			t.Errorf("%s: %q", why, got)
		}
	}
}

// Only a letter that has not gone out presses; then the step names the day, and it goes before all else.
func TestGoingUntilSent(t *testing.T) {
	b, today := basis(t), workday.MustDate("2026-11-29")
	r := Request{ID: "2026-0001", Created: today, Law: "us-federal", Via: "portal",
		Kept: []Kept{{1, "30 days", workday.MustDate("2026-12-05"), workday.MustDate("2026-12-05"), 30}}}
	events := []Event{{Seq: 1, Request: r.ID, Kind: Drafted, On: today}}
	s := Fold(r, events, b)
	step := Next(r, s, today)
	if step.Left == nil || *step.Left != 6 || step.By.String() != "2026-12-05" || PlaceOf(s, step, today) != Going {
		t.Errorf("a draft: %+v", step)
	}
	for _, then := range []Event{{Seq: 2, Request: r.ID, Kind: Sent, On: today, Data: map[string]string{"by": "portal"}},
		{Seq: 2, Request: r.ID, Kind: Discarded, On: today}, {Seq: 2, Request: r.ID, Kind: Received, On: today}} {
		s := Fold(r, append(events[:1:1], then), b)
		if step := Next(r, s, today); step.Left != nil || len(s.Kept) > 0 || PlaceOf(s, step, today) == Going {
			t.Errorf("%s: %+v", then.Kind, step)
		}
	}
	r.Sample = true
	if s := Fold(r, events, b); len(s.Kept) > 0 {
		t.Error("a sample is sent to nobody")
	}
}

// From day to day there is one day less, until the next of its records is what goes; never less than none.
func TestGoingCountsDown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		today := workday.MustDate("2026-11-29")
		var s State
		for i := range rapid.IntRange(1, 4).Draw(t, "items") {
			oldest := today.AddDays(rapid.IntRange(-40, 60).Draw(t, "oldest"))
			s.Kept = append(s.Kept, Kept{i + 1, "30 days", oldest, oldest.AddDays(rapid.IntRange(0, 60).Draw(t, "period")), 30})
		}
		a, ok := s.Going(today)
		b, later := s.Going(today.AddDays(1))
		switch {
		case ok && (a.Left < 0 || a.Left > 30 || today.AddDays(a.Left) != a.Last):
			t.Fatalf("%+v", a)
		case ok && a.Left > 0 && (!later || b.Left != a.Left-1):
			t.Fatalf("%+v, and then %+v", a, b)
		}
	})
}
