package docket

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"foia/internal/remedy"
	"foia/internal/workday"
)

// deskEvent draws a change of who works on a request and who may see it.
func deskEvent(t *rapid.T) Event {
	day := workday.MustDate("2025-01-01").AddDays(rapid.IntRange(0, 500).Draw(t, "day"))
	some := func(words ...string) string {
		return strings.Join(rapid.SliceOfNDistinct(rapid.SampledFrom(words), 0, 3, rapid.ID).Draw(t, "words"), ",")
	}
	switch kind := rapid.SampledFrom(deskKinds).Draw(t, "kind"); kind {
	case Assigned:
		return Event{Kind: kind, On: day, By: "ben",
			Data: map[string]string{"to": rapid.SampledFrom([]string{"", "ana", "ben"}).Draw(t, "to")}}
	case Tagged, Untagged:
		return Event{Kind: kind, On: day, By: "ben", Data: map[string]string{"tags": some("urgent", "old", "court")}}
	default:
		return Event{Kind: kind, On: day, By: "ben", Data: map[string]string{"people": some("ben", "eve", "zoë")}}
	}
}

// What the desk does among itself changes nothing of what follows from the law and
// the letters, and comes out the same however the events are handed over.
func TestHandsDisturbNothing(t *testing.T) {
	b := basis(t)
	rapid.Check(t, func(t *rapid.T) {
		r, events := anyRequest(t), anyEvents(t)
		events = slices.DeleteFunc(events, func(e Event) bool { return slices.Contains(deskKinds, e.Kind) })
		alone := Fold(r, events, b)
		last := events[len(events)-1].Seq
		for i := range rapid.IntRange(1, 8).Draw(t, "changes") {
			e := deskEvent(t)
			e.Seq = last + i + 1
			events = append(events, e)
		}
		s := Fold(r, events, b)
		if again := Fold(r, rapid.Permutation(events).Draw(t, "order"), b); !reflect.DeepEqual(s, again) {
			t.Fatalf("in another order: %+v, not %+v", again, s)
		}
		if !reflect.DeepEqual(s.Hands, HandsOf(events)) || !reflect.DeepEqual(s.Brief().Hands, s.Hands) {
			t.Fatalf("the state has %+v", s.Hands)
		}
		if !slices.IsSorted(s.Tags) || !slices.IsSorted(s.People) || !s.Private && s.People != nil {
			t.Fatalf("%+v", s.Hands)
		}
		s.Hands = alone.Hands
		if !reflect.DeepEqual(s, alone) {
			t.Fatalf("%+v, without the desk's own events %+v", s, alone)
		}
	})
}

// A change brings about what it says, once; made again it is no event.
func TestChangeOfHands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := []Event{{Seq: 1, Kind: Drafted, By: "ana"}}
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "ana", "ben"}), 0, 4)
		for range rapid.IntRange(1, 10).Draw(t, "changes") {
			given, other := words.Draw(t, "given"), words.Draw(t, "other")
			other = without(other, given)
			name := rapid.SampledFrom([]string{"", "ana", "ben"}).Draw(t, "name")
			change := rapid.SampledFrom([]func(Hands) []Event{
				func(h Hands) []Event { return h.Assign(name) },
				func(h Hands) []Event { return h.Tag(given, other) },
				func(h Hands) []Event { return h.Hide(given, "ben") },
				Hands.Show,
			}).Draw(t, "change")
			for _, e := range change(HandsOf(events)) {
				e.Seq = len(events) + 1
				events = append(events, e)
			}
			h := HandsOf(events)
			if again := change(h); len(again) > 0 {
				t.Fatalf("done already, and still %+v", again)
			}
			if h.Private && (!slices.Contains(h.Sees(), "ana") || !slices.Contains(h.Sees(), "ben")) {
				t.Fatalf("the owner and who hid it must see it: %+v", h)
			}
		}
	})
}

func TestHandsOf(t *testing.T) {
	event := func(kind Kind, key, value string) Event {
		return Event{Kind: kind, Data: map[string]string{key: value}}
	}
	for _, row := range []struct {
		name   string
		events []Event // from number 2
		want   Hands
	}{
		{"nothing", nil, Hands{}},
		{"assigned twice", []Event{event(Assigned, "to", "ben"), event(Assigned, "to", "eve")}, Hands{Assigned: "eve"}},
		{"taken away", []Event{event(Assigned, "to", "ben"), event(Assigned, "to", "")}, Hands{}},
		{"a correction of who", []Event{event(Assigned, "to", "ben"), event(Assigned, "to", "eve"), event(Correction, "of", "3")},
			Hands{Assigned: "ben"}},
		{"a correction of that", []Event{event(Assigned, "to", "ben"), event(Correction, "of", "2"), event(Correction, "of", "3")},
			Hands{Assigned: "ben"}},
		{"tags", []Event{event(Tagged, "tags", "urgent,court"), event(Tagged, "tags", "a,urgent"), event(Untagged, "tags", "court,none")},
			Hands{Tags: []string{"a", "urgent"}}},
		{"no tag is left", []Event{event(Tagged, "tags", "a"), event(Untagged, "tags", "a")}, Hands{}},
		{"a tag that was taken away wrongly",
			[]Event{event(Tagged, "tags", "a"), event(Untagged, "tags", "a"), event(Correction, "of", "3")}, Hands{Tags: []string{"a"}}},
		{"another list", []Event{event(MadePrivate, "people", "ben,eve"), event(MadePrivate, "people", "zoë")},
			Hands{Private: true, People: []string{"zoë"}}},
		{"for the owner alone", []Event{event(MadePrivate, "people", "")}, Hands{Private: true}},
		{"public again", []Event{event(MadePrivate, "people", "ben"), {Kind: MadePublic}}, Hands{}},
		{"public by mistake", []Event{event(MadePrivate, "people", "ben"), {Kind: MadePublic}, event(Correction, "of", "3")},
			Hands{Private: true, People: []string{"ben"}}},
	} {
		events := []Event{{Seq: 1, Kind: Drafted, By: "ana"}}
		for i, e := range row.events {
			e.Seq = i + 2
			events = append(events, e)
		}
		row.want.Owner = "ana"
		if got := HandsOf(events); !reflect.DeepEqual(got, row.want) {
			t.Errorf("%s: %+v, want %+v", row.name, got, row.want)
		}
	}
}

// The log's last event is what happened with the agency, and a closed request can be
// assigned and tagged.
func TestRowOfHands(t *testing.T) {
	day := workday.MustDate
	r := Request{ID: "2026-0007", Created: day("2025-04-07")}
	events := []Event{{Seq: 1, Kind: Drafted, On: day("2025-04-07"), By: "ana"}, {Seq: 2, Kind: Closed, On: day("2025-05-01")},
		{Seq: 3, Kind: Assigned, On: day("2025-06-01"), Data: map[string]string{"to": "ben"}},
		{Seq: 4, Kind: Tagged, On: day("2025-06-02"), Data: map[string]string{"tags": "court,urgent"}}}
	row := RowOf(r, Fold(r, events, basis(t)), day("2025-06-03"))
	if row.Assigned != "ben" || row.Tags != "court; urgent" || row.LastEvent != "closed 2025-05-01" || row.Status != "closed" {
		t.Errorf("%+v", row)
	}
	note := Proposed{Request: r, Events: events, Today: day("2025-06-03"),
		Event: Event{Kind: Note, On: day("2025-06-03"), Data: map[string]string{"note": "x"}}}
	if _, unusual, err := note.Check(); err != nil || len(unusual) > 0 {
		t.Errorf("%v, %v", unusual, err)
	}
	for _, k := range deskKinds {
		note.Event.Kind = k
		if _, _, err := note.Check(); err == nil {
			t.Errorf("%s is recorded like a letter", k)
		}
	}
	note.Event = Event{Kind: Correction, On: day("2025-06-03"), Data: map[string]string{"of": "3", "reason": "x"}}
	if _, _, err := note.Check(); err != nil {
		t.Error(err)
	}
}

func TestReadTag(t *testing.T) {
	for s, want := range map[string]string{
		"urgent": "urgent", " Urgent ": "urgent", "Follow Up": "follow-up", "follow_up": "follow-up", "--a--b": "a-b", "2026": "2026",
		"ÉTÉ": "été", "e\u0301te": "éte",
		strings.Repeat("x", 40): strings.Repeat("x", 40),
		"":                      "", " - ": "", "+urgent": "", "a,b": "", "a/b": "", "=cmd()": "", "a\x1b[31m": "", "a\tb": "", "a\nb": "",
		"\u202eabc": "", "😀": "", "\xff": "",
		strings.Repeat("x", 41): "", strings.Repeat("x", 200): "",
	} {
		got, err := ReadTag(s)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", s, got, err)
		}
		if r, ok := err.(*remedy.Error); err != nil && (!ok || r.Hint() == "" || len(r.Error()) > 200) {
			t.Errorf("%q: %v", s, err)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		tag, err := ReadTag(rapid.String().Draw(t, "tag"))
		if again, e := ReadTag(tag); err == nil && (e != nil || again != tag) {
			t.Fatalf("%q becomes %q: %v", tag, again, e)
		}
	})
}

func TestReadPerson(t *testing.T) {
	for s, want := range map[string]string{
		"ana": "ana", " Ana  Ruiz ": "Ana Ruiz", "zoe\u0308": "zoë", `DESK\ana`: `DESK\ana`, "o'neil": "o'neil",
		"": "", " \t ": "", "ana,ben": "", "a\x00b": "", "a\nb": "", "\u202eana": "", "a\u200bna": "", "\xffana": "",
		strings.Repeat("x", 64): "",
	} {
		got, err := ReadPerson(s)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", s, got, err)
		}
	}
}

// ExampleHands_Hide shows what the event of a private request holds for the database.
func ExampleHands_Hide() {
	h := Hands{Owner: "ana"}
	fmt.Println(h.Hide([]string{"eve", "ana"}, "ben")[0].Data["people"])
	// Output: ben,eve
}
