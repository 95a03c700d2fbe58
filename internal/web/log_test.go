package web

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"foia/internal/backup"
	"foia/internal/docket"
	"foia/internal/evidence"
	"foia/internal/store"
	"foia/internal/workday"
)

// sealOn seals the log of a desk on a day.
func sealOn(t *testing.T, d *desk, day workday.Date) {
	t.Helper()
	log, err := d.w.ReadLog(t.Context())
	if err == nil {
		_, err = evidence.Take(t.Context(), d.w, log, day)
		err = errors.Join(err, log.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// The page of the log says how old the last seal and the last backup are, in days, and what was entered since; of a backup
// that nobody noted it says that it is unknown.
func TestLogAge(t *testing.T) {
	w := folder(t, 3)
	d := open(t, w)
	text := d.get("/log")
	if !strings.Contains(text, "never sealed") || !strings.Contains(text, "Last backup: unknown.") ||
		!strings.Contains(text, "<code>foia backup FILE</code>") {
		t.Error(text)
	}
	sealOn(t, d, today.AddDays(-41))
	if err := backup.Note(w, backup.Manifest{Day: today.AddDays(-1), Log: store.Sum{Events: 28}}); err != nil {
		t.Fatal(err)
	}
	text = d.get("/log")
	for _, has := range []string{"Last seal: Tuesday, October 13, 2026, 41 days ago", "Nothing was entered since.",
		"Last backup that foia made: Sunday, November 22, 2026, 1 day ago, with 28 events. 2 events were entered since."} {
		if !strings.Contains(text, has) {
			t.Errorf("no %q in\n%s", has, text)
		}
	}
	d.post("/r/2026-0001/record", note("called", 10))
	text = d.get("/log")
	if !strings.Contains(text, "1 event was entered since") || !strings.Contains(text, "3 events were entered since") {
		t.Error(text)
	}
	sealOn(t, d, today)
	if text = d.get("/log"); !strings.Contains(text, "November 23, 2026, today (") {
		t.Error(text)
	}
	for _, odd := range []string{"", "{", `{"day":"2026-11-20","events":-4}`, `{"day":"yesterday"}`, "[]"} {
		if err := os.WriteFile(w.Path(".last-backup.json"), []byte(odd), 0o600); err != nil {
			t.Fatal(err)
		}
		if text = d.get("/log"); !strings.Contains(text, "Last backup: unknown.") {
			t.Errorf("%q: %s", odd, text)
		}
	}
}

// What has to be made clear is listed there: replies that wait, events whose day nobody knows, imports of which something
// is asked or whose answers cannot be read.
func TestLogUnclear(t *testing.T) {
	w := folder(t, 0)
	id := addSent(t, w, workday.MustDate("2026-10-05"))
	d := open(t, w)
	if text := d.get("/log"); !strings.Contains(text, "<p>Nothing.</p>") {
		t.Error(text)
	}
	waiting(t, w, "d01-ice-ack.txt")
	log, err := w.OpenLog(t.Context(), false)
	if err == nil {
		err = log.Write(context.Background(), func(tx *store.Tx) error {
			_, err := tx.Append(docket.Event{Request: id, Kind: docket.Determination, Recorded: "2026-11-23T09:00:00Z", By: "ana",
				Data: map[string]string{"outcome": "denied", docket.DayDetail: docket.DayUnknown}})
			return err
		})
		err = errors.Join(err, log.Close())
	}
	if err == nil {
		err = os.MkdirAll(w.Path("imports"), 0o700)
	}
	herald := "file: herald.xlsx\nlayout: columns\ndates: ANSWER\nagencies:\n  <b>Police:\n    law: ANSWER\n"
	for name, text := range map[string]string{"herald.yaml": herald, "done.yaml": "file: done.csv\nlayout: columns\n",
		"broken.yaml": "file: [\n", "notes.txt": "ANSWER"} {
		if err == nil {
			err = os.WriteFile(w.Path("imports/"+name), []byte(text), 0o600)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	text := d.get("/log")
	for _, has := range []string{`<a href="/replies">1 message waits</a>`,
		"1 event has a day that nobody knows, of <a href=\"/r/" + id + "\">",
		"<bdi>imports/herald.yaml</bdi>: 2 answers are missing.", "<li>Dates</li>", "<li>Agencies: &lt;b&gt;Police</li>",
		"<bdi>imports/broken.yaml</bdi>: <span class=\"wrong\">"} {
		if !strings.Contains(text, has) {
			t.Errorf("no %q in\n%s", has, text)
		}
	}
	if strings.Contains(text, "done.yaml") || strings.Contains(text, "notes.txt") {
		t.Error("what is clear is listed")
	}
}
