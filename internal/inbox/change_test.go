package inbox

import (
	"maps"
	"testing"

	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/reply"
	"foia/internal/workday"
)

// What somebody changed rests on them; what they left rests on its words, and whatever was reckoned from a day that is
// another now is to be checked.
func TestChange(t *testing.T) {
	day := workday.MustDate("2026-10-29")
	data := map[string]string{"outcome": "partial", "pages": "97", "appeal-by": "2027-01-27", "withheld": "46"}
	entry := func() Entry {
		return Entry{Proposal: reply.Proposal{Kind: docket.Determination, On: day, Data: maps.Clone(data),
			Words: map[string]reply.Passage{"event": {Line: 13}, "on": {Line: 6}, "outcome": {Line: 13}, "pages": {Line: 25},
				"withheld": {Line: 25}},
			Derived: map[string]string{"appeal-by": "90 days"}}, Offered: true,
			Entry: logbook.Entry{Event: docket.Event{Kind: docket.Determination, On: day, Data: maps.Clone(data)}}}
	}
	r := reader(t)
	changed := func(now docket.Event) Entry {
		item := &Item{Entries: []Entry{entry()}}
		if err := r.Change(t.Context(), item, 0, now); err != nil {
			t.Fatal(err)
		}
		return item.Entries[0]
	}
	e := changed(docket.Event{Kind: docket.Determination, On: day, Data: maps.Clone(data)})
	if len(e.Words) != 5 || len(e.Open) > 0 || !e.Offered || e.Basis("appeal-by") != "reckoned: 90 days" || e.Basis("pages") != "" {
		t.Errorf("nothing was changed: %+v", e)
	}
	told := maps.Clone(data)
	told["pages"] = "98"
	delete(told, "withheld")
	e = changed(docket.Event{Kind: docket.Determination, On: day.AddDays(1), Data: told})
	for name, basis := range map[string]string{"pages": asYouSaid, "on": asYouSaid, "outcome": "", "appeal-by": "reckoned: 90 days",
		"event": ""} {
		if e.Basis(name) != basis {
			t.Errorf("%s: %q, not %q", name, e.Basis(name), basis)
		}
	}
	if _, ok := e.Words["withheld"]; ok || len(e.Open) != 1 || e.Offered || e.Entry.Event.Data["pages"] != "98" ||
		e.Entry.Event.On != e.On || e.Reads() != docket.Determination {
		t.Errorf("%+v", e)
	}
	e = changed(docket.Event{Kind: docket.Note, On: day, Data: map[string]string{"note": "x"}})
	if e.Basis("event") != asYouSaid || e.Reads() != docket.Determination || e.Kind != docket.Note || len(e.Words) != 1 {
		t.Errorf("%+v", e)
	}
	if err := r.Book.Close(); err != nil {
		t.Fatal(err)
	}
}
