package adoption

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/moving"
	"foia/internal/press/presstest"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// deskIn is a desk in an empty folder whose user foia knows.
func deskIn(t *testing.T) *Desk {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "foia.yaml"), []byte("requesters:\n"+
		"- {id: ana, name: Ana Ruiz, street: [1 Main Street], city: Albany, "+
		"state: NY, zip: \"12207\", email: ana@example.org}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	offices, err := agency.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	book := presstest.Book(t, w, logbook.Writer{By: "ana", Today: workday.MustDate("2026-11-29"), Now: "2026-11-29T12:00:00Z"})
	return &Desk{Book: book, Directory: offices}
}

func samples(t *testing.T) (out []string) {
	t.Helper()
	all, err := filepath.Glob("../moving/testdata/[0-9]*")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range all {
		if !strings.HasSuffix(path, ".json") {
			out = append(out, path)
		}
	}
	return out
}

// answered is a sample's plan with every answer given.
func answered(t *testing.T, d *Desk, path string) (*moving.Plan, Mapping) {
	t.Helper()
	p, err := moving.Read(path, moving.Answers{}, onlyMaryland)
	if err != nil {
		t.Fatal(err)
	}
	m := Form(p, Mapping{}, d.Directory)
	m.Law, m.Prose, m.Agency = "us-federal", yes, or(strings.Replace(m.Agency, open, "Example University", 1), m.Agency)
	for name, place := range m.Agencies {
		if place.Law == open {
			place.Law = "us-md"
		}
		m.Agencies[name] = place
	}
	if left := m.Open(); len(left) > 0 {
		t.Fatalf("open: %q", left)
	}
	text, err := m.Text()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "m.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	again, err := Read(file)
	if err != nil {
		t.Fatal(err)
	}
	answers, err := again.Answers()
	if err != nil {
		t.Fatal(err)
	}
	if p, err = moving.Read(path, answers, onlyMaryland); err != nil {
		t.Fatal(err)
	}
	return p, again
}

// Each sample is taken over whole: every event of the plan is in the log, with its day or as one without, or is kept as a note; the
// log is sound; and the same file again records nothing.
func TestRecord(t *testing.T) {
	paths := samples(t)
	if len(paths) != 6 {
		t.Fatalf("%d samples", len(paths))
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			d := deskIn(t)
			p, m := answered(t, d, path)
			out, err := d.Record(t.Context(), p, m, "sample")
			if err != nil {
				t.Fatal(err)
			}
			if len(out.New)+len(out.Rejected) != len(p.Requests)+len(p.Rejected) {
				t.Fatalf("%d new and %d rejected of %d", len(out.New), len(out.Rejected), len(p.Requests))
			}
			presstest.Sound(t, d.Workspace)
			inLog(t, d, p, out)
			again, err := d.Record(t.Context(), p, m, "sample")
			if err != nil || len(again.New) > 0 || len(again.Changed) > 0 || again.Events > 0 || again.Same != len(out.New) {
				t.Errorf("again: %+v (%v)", again, err)
			}
		})
	}
}

// inLog compares the log with the plan.
func inLog(t *testing.T, d *Desk, p *moving.Plan, out *Result) {
	t.Helper()
	log, err := d.Log(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	missing := 0
	for _, taken := range out.New {
		r, events, err := logbook.Request(logbook.Within(t.Context(), log), taken.ID)
		if err != nil {
			t.Fatal(err)
		}
		q := p.Requests[slices.IndexFunc(p.Requests, func(q moving.Request) bool { return (planned{request: q}).lines() == taken.Line })]
		for _, e := range q.Events {
			if !slices.ContainsFunc(events, func(x docket.Event) bool {
				return x.Kind == e.Kind && (e.On == nil && x.Undated() && x.Data[docket.DayDetail] == docket.DayUnknown ||
					e.On != nil && x.On == *e.On)
			}) {
				missing++
			}
		}
		if !r.Imported() || events[0].Kind != docket.Imported || events[0].Data["row_sha256"] != r.Documents[0].SHA256 {
			t.Errorf("%s does not say what it rests on: %+v", r.ID, events[0])
		}
	}
	if missing != len(out.Noted) {
		t.Errorf("%d events are not in the log, and %d are kept as notes: %v", missing, len(out.Noted), out.Noted)
	}
}

// A request is found again when it gets a number later, when another row has none, and when its number turns out to be that of two.
func TestNumbersThatCome(t *testing.T) {
	d := deskIn(t)
	for i, step := range []struct {
		rows  string
		fresh int
	}{
		{"1,FBI,A,2026-01-05\n2,FBI,B,2026-01-06\n", 2},
		{"1,FBI,A,2026-01-05\n2,FBI,B,2026-01-06\n,FBI,C,2026-01-07\n", 1},
		{"1,FBI,A,2026-01-05\n2,FBI,B,2026-01-06\n3,FBI,C,2026-01-07\n", 0},
		{"1,FBI,A,2026-01-05\n2,FBI,B,2026-01-06\n3,FBI,C,2026-01-07\n2,FBI,D,2026-01-08\n", 1},
		{"1,FBI,A of the mayor,2026-01-05\n2,FBI,B,2026-01-06\n", 0},
	} {
		path := filepath.Join(t.TempDir(), "t.csv")
		if err := os.WriteFile(path, []byte("No,Agency,Request,Sent\n"+step.rows), 0o600); err != nil {
			t.Fatal(err)
		}
		p, err := moving.Read(path, moving.Answers{}, func(string) string { return "" })
		if err != nil {
			t.Fatal(err)
		}
		if out, err := d.Record(t.Context(), p, Mapping{Law: "us-federal"}, "t"); err != nil || len(out.New) != step.fresh {
			t.Errorf("step %d: %+v (%v), want %d new", i, out, err, step.fresh)
		}
	}
}

// A newer file adds what is new, gives days to events that had none, and takes nothing away.
func TestNewer(t *testing.T) {
	d := deskIn(t)
	m := Mapping{Law: "us-federal", Prose: yes}
	record := func(text string) *Result {
		t.Helper()
		path := filepath.Join(t.TempDir(), "t.csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		p, err := moving.Read(path, moving.Answers{}, func(string) string { return "" })
		if err != nil {
			t.Fatal(err)
		}
		out, err := d.Record(t.Context(), p, m, "t")
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	const head = "Agency,Request,Sent,Status,Answer date,Tags\n"
	record(head + "FBI,A,2026-01-05,Denied,,\nFBI,A,2026-01-05,waiting,,\n")
	for _, step := range []struct {
		text                         string
		fresh, changed, same, events int
	}{
		{head + "FBI,A,2026-01-05,Denied,,\nFBI,A,2026-01-05,waiting,,\n", 0, 0, 2, 0},
		{head + "FBI,A,2026-01-05,Denied,2026-03-01,urgent\nFBI,A,2026-01-05,waiting,,\nFBI,B,2026-02-05,waiting,,\n", 1, 1, 1, 3},
		{head + "FBI,A,2026-01-05,Denied,,\nFBI,A,2026-01-05,Granted,2026-04-01,\n", 0, 1, 1, 1},
	} {
		out := record(step.text)
		if len(out.New) != step.fresh || len(out.Changed) != step.changed || out.Same != step.same || out.Events != step.events {
			t.Errorf("%s: %+v", step.text, out)
		}
	}
	presstest.Sound(t, d.Workspace)
}

// onlyMaryland knows one law.
func onlyMaryland(called string) string {
	if called == "us-md" {
		return called
	}
	return ""
}
