package web

import (
	"path/filepath"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// Beside what you have to do stands the day by which you have to, not one that the agency has missed.
func TestDateOf(t *testing.T) {
	item := func(who docket.Who, day string) docket.Item {
		due := workday.MustDate(day)
		return docket.Item{ID: "2026-0001", What: day, Who: who, Due: due, DaysLeft: today.DaysUntil(due)}
	}
	theirs, fees, reminder := item(docket.Agency, "2026-09-30"), item(docket.You, "2026-11-28"), item(docket.You, "2026-10-30")
	for name, c := range map[string]struct {
		by    string
		items []docket.Item
		what  string // of the item
		late  string
	}{
		"yours, and theirs is late":        {"2026-11-28", []docket.Item{theirs, fees}, "2026-11-28", "in 5 days"},
		"beyond what is listed":            {"2027-01-13", []docket.Item{theirs}, "", "in 51 days"},
		"theirs on the same day":           {"2026-11-28", []docket.Item{item(docket.Agency, "2026-11-28")}, "", "in 5 days"},
		"no day: what presses most":        {"", []docket.Item{theirs, reminder}, "2026-10-30", "24 days late"},
		"no day, and only theirs":          {"", []docket.Item{theirs}, "2026-09-30", "54 days late"},
		"no day at all":                    {"", nil, "", ""},
		"a day, and nothing on the agenda": {"2026-11-23", nil, "", "today"},
	} {
		step := docket.Step{}
		if c.by != "" {
			step.By = workday.MustDate(c.by)
		}
		got, late := dateOf(step, c.items, today)
		if late != c.late || got == nil != (c.what == "") || got != nil && got.What != c.what {
			t.Errorf("%s: %+v, %q", name, got, late)
		}
	}
}

// Whose move it is agrees with what is next: where nobody owes a date and there is something to do, it is yours.
func TestWhose(t *testing.T) {
	agency := []docket.Deadline{{What: docket.DueDetermination, Who: docket.Agency, Due: today.AddDays(5)}}
	over := []docket.Deadline{{What: docket.DueDetermination, Who: docket.Agency, Due: today.AddDays(-5), Over: "decided"}}
	wait, do := docket.Step{What: "wait"}, docket.Step{What: "check that everything arrived, then close it"}
	for name, c := range map[string]struct {
		state docket.State
		next  docket.Step
		want  string
	}{
		"closed":                 {docket.State{Status: docket.IsClosed}, docket.Step{What: "none"}, "nobody’s: it is over"},
		"they owe a date":        {docket.State{Status: docket.IsProcessing, Deadlines: agency}, wait, "the agency’s"},
		"decided, to be closed":  {docket.State{Status: docket.IsDetermined, Deadlines: over}, do, "yours"},
		"nothing owed, and wait": {docket.State{Status: docket.IsSent}, wait, "the agency’s"},
		"they ask":               {docket.State{Status: docket.IsWaiting, Deadlines: agency}, do, "yours"},
		"a draft":                {docket.State{Status: docket.IsDrafted}, do, "yours"},
		"an appeal of yours": {docket.State{Status: docket.IsDetermined, Deadlines: append([]docket.Deadline{{What: docket.DueAppeal,
			Who: docket.You, Due: today}}, agency...)}, do, "yours"},
	} {
		if got := whose(c.state, c.next, today); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// The page of a request names the department beside an office that many have, such as headquarters; replies that do not
// wait say how they come.
func TestNoDeadEnds(t *testing.T) {
	d := open(t, folder(t, 20))
	if text := d.get("/replies"); !strings.Contains(text, "<code>foia replies FILE</code>") {
		t.Error(text)
	}
	if name := (&Server{Options: Options{Workspace: &workspace.Workspace{Dir: "."}}}).nameOfFolder(); !filepath.IsAbs(name) {
		t.Errorf("the pages call the folder %q", name)
	}
	log, err := d.w.ReadLog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r, err := log.Request(t.Context(), "2026-0017")
	if err != nil {
		t.Fatal(err)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	if text := d.get("/r/2026-0017"); r.Component == "" || !strings.Contains(text, "<bdi>"+r.Component+"</bdi>, <bdi>"+r.Agency+"</bdi>") {
		t.Errorf("component %q of agency %q", r.Component, r.Agency)
	}
}

// The digest of a row is as short as that of a file.
func TestToldOfARow(t *testing.T) {
	e := docket.Event{Kind: docket.Imported, Data: map[string]string{"from": "t.csv", "line": "3", "row_sha256": strings.Repeat("0a", 32)}}
	if got := told(e); got != "from t.csv; line 3; SHA-256 of the row 0a0a0a0a0a0a0a0a…" {
		t.Error(got)
	}
}
