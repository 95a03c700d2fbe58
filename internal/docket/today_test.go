package docket

import (
	"testing"

	"foia/internal/remedy"
	"foia/internal/workday"
)

// Where a request stands on the list of a day: what you owe goes before what they owe.
func TestPlaceOf(t *testing.T) {
	day := workday.MustDate
	today := day("2026-05-04")
	yours := func(what, due string) Deadline {
		return Deadline{What: what, Who: You, Due: day(due), Lenient: day(due)}
	}
	theirs := Deadline{What: DueDetermination, Who: Agency, Due: day("2026-04-01"), Lenient: day("2026-04-03")}
	letter := Step{What: "ask", Act: remedy.To(remedy.Make, "2026-0001", "status")}
	by := func(d string) Step {
		return Step{What: "answer", By: day(d), Act: remedy.To(remedy.Make, "2026-0001", "clarification")}
	}
	doubted := Deadline{What: DueDetermination, Who: Agency, Due: day("2026-05-01"), Lenient: today}
	met := yours(DueFees, "2026-04-01")
	met.Met = day("2026-03-30")
	for what, row := range map[string]struct {
		deadlines []Deadline
		step      Step
		want      Place
	}{
		"you missed your answer":            {[]Deadline{theirs, yours(DueClarification, "2026-05-03")}, letter, YouAreLate},
		"you missed it, and may wait":       {[]Deadline{yours(DueFees, "2026-05-03")}, Step{What: "wait"}, YouAreLate},
		"you answered in time":              {[]Deadline{met}, Step{What: "wait"}, Waits},
		"today is the last day":             {[]Deadline{yours(DueClarification, "2026-05-04")}, by("2026-05-04"), DueSoon},
		"in a week":                         {nil, by("2026-05-11"), DueSoon},
		"later":                             {nil, by("2026-05-12"), ToDo},
		"they are late by every calendar":   {[]Deadline{theirs}, letter, TheyAreLate},
		"not by every calendar":             {[]Deadline{doubted}, letter, ToDo},
		"they are late, and you may wait":   {[]Deadline{theirs}, Step{What: "wait for the office"}, Waits},
		"made and not sent":                 {nil, Step{What: "mail it", Act: remedy.To(remedy.Record, "2026-0001", "sent")}, ToSend},
		"find out":                          {nil, Step{What: "find out", Act: remedy.To(remedy.Record, "2026-0001", "received")}, ToDo},
		"an appeal that was missed is over": {[]Deadline{yours(DueAppeal, "2026-05-01")}, Step{What: "wait"}, Waits},
	} {
		if got := PlaceOf(State{Deadlines: row.deadlines}, row.step, today); got != row.want {
			t.Errorf("%s: %d, want %d", what, got, row.want)
		}
	}
}
