package logbook

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"foia/internal/bench"
	"foia/internal/docket"
	"foia/internal/longtest"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// aLog is a log of so many made-up requests as they stand on a day.
func aLog(t testing.TB, n int, day workday.Date) (*workspace.Workspace, *store.Log) {
	t.Helper()
	w, err := workspace.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	log, err := w.OpenLog(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { log.Close() })
	if err := bench.Fill(t.Context(), log, n, day); err != nil {
		t.Fatal(err)
	}
	return w, log
}

func add(t testing.TB, log *store.Log, e docket.Event) {
	t.Helper()
	e.Recorded, e.By = "2026-11-23T13:00:00Z", "ana"
	err := log.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Append(e)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func asIs(s string) string { return s }

// The dates of a calendar that are open are those that are listed as due, on any day.
func TestCalendarIsDue(t *testing.T) {
	today := workday.MustDate("2026-11-23")
	w, log := aLog(t, longtest.Count(60, 400), today)
	add(t, log, docket.Event{Request: "2026-0017", Kind: docket.Correction, On: today, Data: map[string]string{"of": "2", "reason": "x"}})
	cancelled := 0
	for _, day := range []workday.Date{today, today.AddDays(-40), today.AddDays(200)} {
		var out bytes.Buffer
		made, err := WriteCalendar(t.Context(), w, log, &out, Dates{Day: day, Words: asIs})
		if err != nil {
			t.Fatal(err)
		}
		cancelled += made.Cancelled
		var got, want []string
		uids := map[string]bool{}
		for event := range strings.SplitSeq(strings.ReplaceAll(out.String(), "\r\n ", ""), "BEGIN:VEVENT\r\n") {
			lines := map[string]string{}
			for line := range strings.SplitSeq(event, "\r\n") {
				name, value, _ := strings.Cut(line, ":")
				lines[name] = value
			}
			uid := lines["UID"]
			if uids[uid] {
				t.Errorf("%s: two are %s", day, uid)
			}
			if uids[uid] = true; lines["STATUS"] == "CONFIRMED" {
				id, _, _ := strings.Cut(uid, ".")
				got = append(got, id+" "+lines["DTSTART;VALUE=DATE"])
			}
		}
		items, err := Due(t.Context(), w, log, day, 100_000, Filter{})
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range items {
			want = append(want, i.ID+" "+strings.ReplaceAll(i.Due.String(), "-", ""))
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) || len(got) != made.Open || len(got) == 0 {
			t.Errorf("on %s the calendar has %d dates, %d are due, and %d are said to be:\n%q\n%q", day, len(got), len(want), made.Open,
				got, want)
		}
		var again bytes.Buffer
		_, err = WriteCalendar(t.Context(), w, log, &again, Dates{Day: day, Words: asIs})
		if err != nil || !bytes.Equal(out.Bytes(), again.Bytes()) {
			t.Errorf("on %s the same log gives other bytes: %v", day, err)
		}
	}
	if cancelled == 0 {
		t.Error("nothing was taken back")
	}
}

// A private request is left out of every list and of the calendar, unless it is asked for; who reads
// them is not told that there are any.
func TestPrivateLeftOut(t *testing.T) {
	today := workday.MustDate("2026-11-23")
	w, log := aLog(t, 20, today)
	const secret = "2026-0020"
	add(t, log, docket.Event{Request: secret, Kind: docket.MadePrivate, On: today})
	for _, private := range []bool{false, true} {
		hidden := 1
		if private {
			hidden = 0
		}
		var document, calendar bytes.Buffer
		listed, err := WriteJSON(t.Context(), w, log, &document, Listing{Today: today, Private: private, Words: asIs})
		if err != nil || listed.Hidden != hidden || listed.Requests != 20-hidden || listed.Events != 201-11*hidden {
			t.Fatalf("%+v, %v", listed, err)
		}
		dated, err := WriteCalendar(t.Context(), w, log, &calendar, Dates{Day: today, Private: private, Words: asIs})
		if err != nil || dated.Hidden != hidden {
			t.Fatalf("%+v, %v", dated, err)
		}
		for name, text := range map[string]string{"document": document.String(), "calendar": calendar.String()} {
			if strings.Contains(text, secret) != private || strings.Contains(text, "hidden") {
				t.Errorf("%s with --private %v: %v", name, private, strings.Contains(text, secret))
			}
		}
		if strings.Contains(calendar.String(), "CLASS:PRIVATE") != private {
			t.Errorf("the class of a private request in a calendar, with --private %v", private)
		}
		var counted struct {
			About                       map[string]any
			Requests, Deadlines, Events []map[string]any
		}
		if err := json.Unmarshal(document.Bytes(), &counted); err != nil {
			t.Fatal(err)
		}
		if len(counted.Requests) != listed.Requests || len(counted.Deadlines) != listed.Deadlines || len(counted.Events) != listed.Events {
			t.Errorf("%+v, and there are %d, %d, %d", listed, len(counted.Requests), len(counted.Deadlines), len(counted.Events))
		}
	}
}

// An event that a later one corrects does not count, whatever lies between them.
func TestCorrectedDoesNotCount(t *testing.T) {
	today := workday.MustDate("2026-11-23")
	w, log := aLog(t, 3, today)
	add(t, log, docket.Event{Request: "2026-0001", Kind: docket.Correction, On: today, Data: map[string]string{"of": "3", "reason": "x"}})
	var out bytes.Buffer
	if _, err := WriteJSON(t.Context(), w, log, &out, Listing{Today: today, Words: asIs}); err != nil {
		t.Fatal(err)
	}
	var document struct {
		Events []struct {
			ID     string
			Number int
			Counts bool
		}
	}
	if err := json.Unmarshal(out.Bytes(), &document); err != nil {
		t.Fatal(err)
	}
	for _, e := range document.Events {
		if e.Counts == (e.ID == "2026-0001" && e.Number == 3) {
			t.Errorf("event %d of %s counts: %v", e.Number, e.ID, e.Counts)
		}
	}
	if len(document.Events) != 31 {
		t.Errorf("%d events", len(document.Events))
	}
}

// The same log is the same workbook, and a list that is chosen has only what was chosen.
func TestSheetTwice(t *testing.T) {
	today := workday.MustDate("2026-11-23")
	w, log := aLog(t, 20, today)
	var files [3]bytes.Buffer
	for i, f := range []Filter{{}, {}, {OpenOnly: true}} {
		if _, err := WriteSheet(t.Context(), w, log, &files[i], Listing{Today: today, Filter: f, Words: asIs}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0].Bytes(), files[1].Bytes()) {
		t.Error("the same log is another workbook")
	}
	if files[2].Len() >= files[0].Len() {
		t.Error("the open requests are as many as all")
	}
}

// huge is a log of one request with so many events.
type huge struct {
	Records
	events int
}

func (h huge) Find(_ context.Context, _ store.Query, f func(store.Standing) error) error {
	return f(store.Standing{Request: docket.Request{ID: "2026-0001"}, State: docket.State{Status: docket.IsSent}})
}

func (h huge) History(_ context.Context, _ int, f func(n int, e docket.Event) error) error {
	for n := range h.events {
		if err := f(n+1, docket.Event{Request: "2026-0001", Seq: n + 1, Kind: docket.Note}); err != nil {
			return err
		}
	}
	return nil
}

// A log that no sheet has room for is refused before a byte is written, with what to do instead.
func TestTooManyForASheet(t *testing.T) {
	w, err := workspace.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	_, err = WriteSheet(t.Context(), w, huge{events: 1_048_576}, &out, Listing{Today: workday.MustDate("2026-11-23"), Words: asIs})
	if err == nil || out.Len() > 0 || !strings.Contains(err.Error(), "the list Events has 1048576") || remedy.Of(err) == "" {
		t.Errorf("%d bytes, %v", out.Len(), err)
	}
}

// How the workbook and the calendar grow with the log. A hundred thousand requests are measured if
// FOIA_BENCH_MILLION is set.
func BenchmarkExports(b *testing.B) {
	sizes := []int{1_000, 10_000}
	if os.Getenv("FOIA_BENCH_MILLION") != "" {
		sizes = append(sizes, 100_000)
	}
	today := workday.MustDate("2026-11-23")
	for _, n := range sizes {
		w, log := aLog(b, n, today)
		for name, write := range map[string]func() error{
			"workbook": func() error {
				_, err := WriteSheet(b.Context(), w, log, io.Discard, Listing{Today: today, Words: asIs})
				return err
			},
			"calendar": func() error {
				_, err := WriteCalendar(b.Context(), w, log, io.Discard, Dates{Day: today, Words: asIs})
				return err
			},
		} {
			b.Run(fmt.Sprint(name, "/", n), func(b *testing.B) {
				for b.Loop() {
					peak, _ := longtest.Cost(func() {
						if err := write(); err != nil {
							b.Fatal(err)
						}
					})
					b.ReportMetric(float64(peak)/(1<<20), "MB-peak")
				}
			})
		}
	}
}
