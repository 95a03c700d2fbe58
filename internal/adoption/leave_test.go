package adoption

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"foia/internal/docket"
	"foia/internal/export"
	"foia/internal/logbook"
	"foia/internal/longtest"
	"foia/internal/moving"
	"foia/internal/workday"
)

// lived draws a request with what may have happened to it, once each, in the order of its life. A day may be unknown.
func lived(t *rapid.T, n int) moving.Request {
	q := moving.Request{Line: n + 2, Rows: []moving.Original{{Line: n + 2, Cells: []string{fmt.Sprint(n)}}}}
	subject := rapid.SampledFrom([]string{"Stops", "E-mail, “sent” and received", "تقارير", "=1+1", "A\nB"}).Draw(t, "subject") +
		fmt.Sprint(" ", n)
	agency := rapid.SampledFrom([]string{"Example PD", "Office of the Mayor, Exampleville", "Amt für Beispiele"}).Draw(t, "agency")
	id := "us-md"
	q.Subject, q.Agency, q.Law = &subject, &agency, &id
	if rapid.Bool().Draw(t, "assigned") {
		q.Assigned = "mia"
	}
	if rapid.Bool().Draw(t, "tags") {
		q.Tags = []string{"jails", "water"}
	}
	day := workday.MustDate("2026-01-05")
	add := func(k docket.Kind, data map[string]string) {
		e := moving.Event{Kind: k, Data: data}
		day = day.AddDays(rapid.IntRange(1, 20).Draw(t, "days"))
		if rapid.IntRange(0, 3).Draw(t, "known") > 0 {
			on := day
			e.On = &on
		}
		q.Events = append(q.Events, e)
	}
	chance := func(name string) bool { return rapid.IntRange(0, 2).Draw(t, name) == 0 }
	add(docket.Sent, map[string]string{"by": rapid.SampledFrom([]string{"email", "mail", "portal", "fax"}).Draw(t, "by")})
	if chance("received") {
		add(docket.Received, nil)
	}
	if chance("acknowledged") {
		add(docket.Acknowledged, map[string]string{"tracking": fmt.Sprintf("PD-26-%d", n)})
	}
	if chance("extended") {
		add(docket.Extended, map[string]string{"until": "2026-10-30"})
	}
	if chance("fees") {
		add(docket.FeeNotice, map[string]string{"amount": "120.50"})
		if chance("paid") {
			add(docket.FeeAnswered, map[string]string{"answer": "paid"})
		}
	}
	if chance("reminded") {
		add(docket.Reminded, nil)
	}
	if rapid.Bool().Draw(t, "decided") {
		data := map[string]string{"outcome": rapid.SampledFrom([]string{"granted", "partial", "denied", "no-records"}).Draw(t, "outcome")}
		if data["outcome"] == "partial" {
			data["pages"], data["withheld"] = "12", "3"
		}
		add(docket.Determination, data)
		if data["outcome"] == "denied" && rapid.Bool().Draw(t, "appealed") {
			add(docket.Appealed, nil)
		}
	}
	if chance("closed") && !slices.ContainsFunc(q.Events, func(e moving.Event) bool { return e.Kind == docket.Appealed }) {
		add(docket.Closed, map[string]string{"reason": "withdrawn"})
	}
	return q
}

// told is what a request tells, for comparing.
func told(q moving.Request) string {
	var out []string
	for _, e := range q.Events {
		on := "?"
		if e.On != nil {
			on = e.On.String()
		}
		delete(e.Data, "proof")
		out = append(out, on+" "+e.String())
	}
	slices.Sort(out)
	slices.Sort(q.Tags)
	return fmt.Sprint(strings.Join(strings.Fields(*q.Subject), " "), " | ",
		*q.Agency, " | ", *q.Law, " | ", q.Tags, " | ", strings.Join(out, "; "))
}

// leave writes what the log has of requests in a form, and reads it as a tracker.
func leave(t *rapid.T, d *Desk, dir, form string, taken []Taken) *moving.Plan {
	log, err := d.Log(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	basis, err := d.Workspace.Basis()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, form+".csv")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := csv.NewWriter(f)
	rows := [][]string{export.LeavingColumns(form)}
	for _, one := range taken {
		r, events, err := logbook.Request(logbook.Within(t.Context(), log), one.ID)
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, export.Leaving(form, r, events, docket.Fold(r, events, basis)))
	}
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	p, err := moving.Read(path, moving.Answers{}, onlyMaryland)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Rejected)+len(p.LeftOut)+len(p.Ignored) > 0 || len(p.Requests) != len(taken) {
		t.Fatalf("%d of %d requests are read back; rejected %v, left out %v, ignored %v", len(p.Requests), len(taken), p.Rejected,
			p.LeftOut, p.Ignored)
	}
	return p
}

// Whoever leaves and comes back finds the same requests and the same events: all of them in the plain sheet; of MuckRock's columns,
// which have two days, no event that the log does not have.
func TestLeaveAndComeBack(t *testing.T) {
	d, dir, round := deskIn(t), t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		if round++; round > longtest.Count(30, 100) {
			return
		}
		plan := &moving.Plan{File: "tracker.csv", Layout: "columns"}
		for n := range rapid.IntRange(1, 4).Draw(t, "requests") {
			plan.Requests = append(plan.Requests, lived(t, n))
		}
		out, err := d.Record(t.Context(), plan, Mapping{}, fmt.Sprint("round ", round))
		if err != nil || len(out.Noted)+len(out.Rejected) > 0 {
			t.Fatalf("%v, %+v", err, out)
		}
		for i, q := range leave(t, d, dir, export.ForSheet, out.New).Requests {
			if got, want := told(q)+q.Assigned, told(plan.Requests[i])+plan.Requests[i].Assigned; got != want {
				t.Errorf("from the sheet\n got %s\nwant %s", got, want)
			}
		}
		for i, q := range leave(t, d, dir, export.ForMuckRock, out.New).Requests {
			for _, e := range q.Events {
				has := slices.ContainsFunc(plan.Requests[i].Events, func(x moving.Event) bool {
					return x.Kind == e.Kind && (e.On == nil || x.On != nil && *x.On == *e.On) &&
						(e.Data["outcome"] == "" || e.Data["outcome"] == x.Data["outcome"])
				})
				if !has {
					t.Errorf("from MuckRock's columns: %v is not in the log: %s", e, told(plan.Requests[i]))
				}
			}
		}
	})
}
