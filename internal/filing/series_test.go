package filing

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/workday"
	"foia/templates"
)

// rota is a template with a field of every type.
const rota = `---
id: rota
title: Rota
kind: request
law: us-federal
summary: Every type of field.
subject: "Request: {{.subject}}"
clauses: [records]
fields:
  - {name: subject, label: What, type: line, required: true}
  - {name: period, label: A period, type: dates}
  - {name: urgent, label: Urgent, type: yesno}
  - {name: most, label: Most, type: money}
  - {name: way, label: Way, type: choice, choices: [paper, file]}
  - {name: places, label: Places, type: list}
---
This asks under {{cite "act"}}.{{if .urgent}} Urgent.{{end -}}
{{range .places}} {{.}}.{{end -}}
{{with .period}} Shift {{.from}} to {{.to}}.{{end}}{{if .most}} {{.most}} dollars.{{end}}{{if .way}} By {{.way}}.{{end}}

{{template "records" .}}
`

func withTemplate(d *Desk, text string) {
	d.Library = letter.NewLibrary(fstest.MapFS{"letters/rota.md": &fstest.MapFile{Data: []byte(text)}}, templates.Files)
}

// A request of a series repeats every answer of the one before, whatever its type;
// what the template asks for no more is left out and said.
func TestFollowingRepeatsEverything(t *testing.T) {
	d := desk(t)
	withTemplate(d, rota)
	given := letter.Answers{"subject": "Rota", "period": "2020-01-01..2020-02-01", "urgent": true, "most": "12.50", "way": "file",
		"places":     []string{"Reno", "Elko"},
		"custodians": []string{"Head"}, "search_terms": []string{"rota"},
		"records": []any{map[string]any{"title": "Rota", "text": "The rota", "custodians": []any{"Desk"}}}}
	ask := Ask{Name: "rota", Offices: []string{"irs"},
		Requester: letter.Requester{ID: "me", Name: "Ana Ruiz", Street: []string{"1 Main St"}, City: "Albany", State: "NY", ZIP: "12207"},
		Date:      workday.MustDate("2026-04-01"), Given: []letter.Layer{{Answers: given, File: "test"}}}
	ask, err := ask.Repeated(docket.Monthly, workday.MustDate("2026-01-31"))
	if err != nil {
		t.Fatal(err)
	}
	first := file(t, d, ask, Options{Force: "a test"})[0].Request
	if first.Series == nil || first.Series.First != first.ID || first.Series.To.String() != "2026-02-27" {
		t.Fatalf("%+v", first.Series)
	}
	follow := func(after docket.Request, on string) (Planned, []string, error) {
		log, err := d.Workspace.ReadLog(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer log.Close()
		return d.PlanFollowing(t.Context(), log, Following{After: after, Date: workday.MustDate(on)})
	}
	p, notes, err := follow(first, "2026-04-01")
	if err != nil || len(notes) > 0 {
		t.Fatal(notes, err)
	}
	plain, err := d.Plan(Ask{Name: "rota", Offices: []string{"irs"}, Requester: ask.Requester, Date: ask.Date,
		Given: []letter.Layer{{Answers: forPeriod(given, "2026-02-28", "2026-03-30"), File: "test"}}})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(p.answered), fmt.Sprint(plain[0].answered); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}

	withTemplate(d, strings.NewReplacer("  - {name: way, label: Way, type: choice, choices: [paper, file]}\n", "",
		"{{if .way}} By {{.way}}.{{end}}", "").Replace(rota))
	p2, notes, err := follow(first, "2026-04-02")
	if err != nil || len(notes) != 2 || !strings.Contains(notes[0], "no longer asks for way") ||
		!strings.Contains(notes[1], "has changed since "+first.ID) {
		t.Errorf("%q, %v", notes, err)
	}
	if p2.Digest != p.Digest {
		t.Error("another template makes another request for the same period")
	}
	results, err := d.File(t.Context(), []Planned{p, p2}, Options{Force: "a test"})
	if err != nil || len(results) != 2 || results[0].Before || !results[1].Before {
		t.Errorf("%+v, %v", results, err)
	}
	if s := results[0].Request.Series; s == nil || s.First != first.ID || s.Number != 2 || s.From.String() != "2026-02-28" ||
		s.To.String() != "2026-03-30" {
		t.Errorf("%+v", s)
	}
}

// forPeriod are answers with the days of a period.
func forPeriod(a letter.Answers, from, to string) letter.Answers {
	a = maps.Clone(a)
	a["date_from"], a["date_to"] = from, to
	return a
}
