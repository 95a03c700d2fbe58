package web

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"foia/internal/agency"
	"foia/internal/bench"
	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
	"foia/templates"
)

// noon is when the clock of the tests stands, unless a test moves it.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

var today = workday.MustDate("2026-11-23")

// desk is a server of a folder, as one browser has it.
type desk struct {
	*Server
	t      testing.TB
	w      *workspace.Workspace
	now    time.Time
	cookie *http.Cookie
	failed []string
	writer logbook.Writer
}

// inTerminal words acts so that a test sees them.
type inTerminal struct{}

func (inTerminal) Act(a remedy.Act) string {
	name := strings.Replace(string(a.Verb), string(remedy.Make), "letter", 1)
	for _, word := range a.Words {
		if open, ok := remedy.IsOpen(word); ok {
			word = open
		}
		name += " " + word
	}
	return "foia " + name
}
func (inTerminal) Detail(d remedy.Detail) string { return "--" + d.Name + " " + d.Value }

// folder is one with a made-up log of so many requests.
func folder(t testing.TB, requests int) *workspace.Workspace {
	t.Helper()
	w, err := workspace.Open(filepath.Join(t.TempDir(), "folder"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(w.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	log, err := w.OpenLog(context.Background(), true)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(bench.Fill(context.Background(), log, requests, today), log.Close()); err != nil {
		t.Fatal(err)
	}
	return w
}

// open is a desk that lets this browser in.
func open(t testing.TB, w *workspace.Workspace) *desk {
	t.Helper()
	l, err := Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, w: w, now: noon, writer: logbook.Writer{By: "ana", Machine: "desk-3"}}
	entered := 0
	d.Server, err = New(Options{Workspace: w, Now: func() time.Time { return d.now }, Terminal: inTerminal{},
		Writer: func() logbook.Writer {
			entered++
			who := d.writer
			who.Today, who.Now = workday.DateOf(d.now), d.now.Add(time.Duration(entered)*time.Millisecond).Format(time.RFC3339Nano)
			return who
		},
		Stock:  stockOf,
		Redact: covering(t),
		Failed: func(what string) { d.failed = append(d.failed, what) }}, l)
	if err := errors.Join(err, l.Close()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	d.enterBy(d.Link())
	return d
}

// enterBy follows a link and keeps the cookie.
func (d *desk) enterBy(link string) *http.Response {
	d.t.Helper()
	at, err := url.Parse(link)
	if err != nil {
		d.t.Fatal(err)
	}
	r := d.request("GET", at.RequestURI(), nil)
	got := d.send(r)
	for _, c := range got.Cookies() {
		d.cookie = c
	}
	return got
}

func (d *desk) request(method, path string, body io.Reader) *http.Request {
	r := httptest.NewRequest(method, "http://"+d.address+path, body)
	if d.cookie != nil {
		r.AddCookie(d.cookie)
	}
	return r
}

func (d *desk) send(r *http.Request) *http.Response {
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	return w.Result()
}

// body is what an answer says.
func body(t testing.TB, r *http.Response) string {
	t.Helper()
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// get is a page that must be there.
func (d *desk) get(path string) string {
	d.t.Helper()
	got := d.send(d.request("GET", path, nil))
	text := body(d.t, got)
	if got.StatusCode != http.StatusOK {
		d.t.Fatalf("%s: %s\n%s\n%.600s", path, got.Status, text, d.failed)
	}
	return text
}

// post sends a form as a page of this desk does.
func (d *desk) post(path string, form url.Values) *http.Response {
	r := d.request("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Origin", "http://"+d.address)
	return d.send(r)
}

// events are those of a request.
func (d *desk) events(id string) []docket.Event {
	d.t.Helper()
	log, err := d.w.ReadLog(context.Background())
	if err != nil {
		d.t.Fatal(err)
	}
	events, err := log.Events(context.Background(), id)
	if err := errors.Join(err, log.Close()); err != nil {
		d.t.Fatal(err)
	}
	return events
}

// note is the form by which a note is recorded for a request of ten events.
func note(text string, after int) url.Values {
	return url.Values{"kind": {"note"}, "on": {"2026-11-23"}, "note": {text}, "after": {strconv.Itoa(after)}}
}

// addRequest adds a request with that subject to the log.
func addRequest(t testing.TB, w *workspace.Workspace, subject string) string {
	t.Helper()
	log, err := w.OpenLog(context.Background(), false)
	if err != nil {
		t.Fatal(err)
	}
	id := ""
	err = log.Write(context.Background(), func(tx *store.Tx) error {
		if id, err = tx.NextID(2026); err != nil {
			return err
		}
		return tx.Add(docket.Request{ID: id, Subject: subject, Created: today, Law: "us-federal", Office: []byte("{}"), OfficeID: "made-up",
			Agency: "Made-up agency", Component: "Made-up office", Via: "mail", Requester: []byte("{}"), Template: "request",
			Answers: []byte("{}"), Folder: "requests/" + id, Facts: map[string]string{"fee_waiver": docket.Asked,
				"expedited": docket.NotAsked}},
			docket.Event{Request: id, Kind: docket.Drafted, On: today, Recorded: "2026-11-23T09:00:00Z", By: "ana"})
	})
	if err := errors.Join(err, log.Close()); err != nil {
		t.Fatal(err)
	}
	return id
}

// addReal adds a request to an office of the directory, which is late, so that letters can be written about it.
func addReal(t testing.TB, w *workspace.Workspace) string {
	t.Helper()
	offices, err := agency.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	match, err := offices.Find("irs")
	if err != nil {
		t.Fatal(err)
	}
	office, err := json.Marshal(match.Office)
	if err != nil {
		t.Fatal(err)
	}
	who, err := json.Marshal(letter.Requester{ID: "desk", Name: "Ana Reyes", Organization: "Courier", Street: []string{"1 Main St"},
		City: "Albany", State: "NY",
		ZIP: "12207", Email: "ana@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	log, err := w.OpenLog(context.Background(), false)
	if err != nil {
		t.Fatal(err)
	}
	id, made := "", today.AddDays(-90)
	err = log.Write(context.Background(), func(tx *store.Tx) error {
		if id, err = tx.NextID(2026); err != nil {
			return err
		}
		event := func(k docket.Kind, data map[string]string) docket.Event {
			return docket.Event{Request: id, Kind: k, On: made, Recorded: "2026-11-23T09:00:00Z", By: "ana", Data: data}
		}
		err := tx.Add(docket.Request{ID: id, Subject: "Contracts", Created: made, Law: "us-federal", Office: office,
			OfficeID: match.Office.ID,
			Agency:   match.Office.AgencyName(), Component: match.Office.ComponentName(), Via: "portal", Requester: who,
			Template: "request",
			Answers:  []byte("{}"),
			Folder:   "requests/" + id, Facts: map[string]string{"fee_waiver": docket.Asked, "expedited": docket.NotAsked}},
			event(docket.Drafted, nil))
		for _, e := range []docket.Event{event(docket.Sent, by("portal")), event(docket.Acknowledged, detail("tracking", "F-1")),
			event(docket.Determination, map[string]string{"outcome": "partial", "exemptions": "b5"})} {
			if err == nil {
				_, err = tx.Append(e)
			}
		}
		return err
	})
	if err := errors.Join(err, log.Close()); err != nil {
		t.Fatal(err)
	}
	return id
}

// stockOf are the built-in letters and offices.
func stockOf(w *workspace.Workspace) (*press.Stock, error) {
	offices, err := agency.Embedded()
	if err != nil {
		return nil, err
	}
	return press.NewStock(w, letter.NewLibrary(templates.Files), offices)
}
