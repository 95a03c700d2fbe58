package web

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/inbox"
	"foia/internal/logbook"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// waiting puts replies of the tests of internal/inbox among those that wait.
func waiting(t *testing.T, w *workspace.Workspace, names ...string) {
	t.Helper()
	b := logbook.New(w, logbook.Writer{By: "ana", Today: today, Now: "2026-11-23T12:00:00Z"})
	r := &inbox.Reader{Book: b}
	for _, name := range names {
		for item, err := range r.Read(t.Context(), "../inbox/testdata/"+name) {
			if err == nil {
				_, err = r.Wait(t.Context(), &item)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
}

// addSent adds a request that was sent on a day.
func addSent(t *testing.T, w *workspace.Workspace, on workday.Date) (id string) {
	t.Helper()
	log, err := w.OpenLog(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	err = log.Write(t.Context(), func(tx *store.Tx) error {
		if id, err = tx.NextID(2026); err != nil {
			return err
		}
		event := func(k docket.Kind, data map[string]string) docket.Event {
			return docket.Event{Request: id, Kind: k, On: on, Recorded: on.String() + "T09:00:00Z", By: "ana", Data: data}
		}
		err := tx.Add(docket.Request{ID: id, Subject: "Contracts", Created: on, Law: "us-federal", Office: []byte("{}"),
			OfficeID: "dhs-ice",
			Agency:   "Department of Homeland Security", Component: "Immigration and Customs Enforcement", Via: "portal",
			Requester: []byte("{}"),
			Template:  "request", Answers: []byte("{}"), Folder: "requests/" + id, Facts: map[string]string{"fee_waiver": docket.Asked}},
			event(docket.Drafted, nil))
		if err == nil {
			_, err = tx.Append(event(docket.Sent, by("portal")))
		}
		return err
	})
	if err := errors.Join(err, log.Close()); err != nil {
		t.Fatal(err)
	}
	return id
}

// A reply that waits is shown with the words that each detail rests on and where they stand; what it would change is
// shown before it is recorded, and it is recorded once.
func TestReply(t *testing.T) {
	w := folder(t, 0)
	id := addSent(t, w, workday.MustDate("2026-10-05"))
	waiting(t, w, "d01-ice-ack.txt", "d20-out-of-office.eml")
	d := open(t, w)
	if text := d.get("/"); !strings.Contains(text, `<a href="/replies">2 messages wait</a>`) {
		t.Error("Today does not say that two wait")
	}
	list := d.get("/replies")
	all := regexp.MustCompile(`href="(/replies/[0-9a-f]{64})"><bdi>([^<]*)`).FindAllStringSubmatch(list, -1)
	if len(all) != 2 {
		t.Fatal(list)
	}
	for _, m := range all {
		text := d.get(m[1])
		if strings.Contains(text, "<script") {
			t.Error(text)
		}
	}
	at := ""
	for _, m := range all {
		if text := d.get(m[1]); strings.Contains(text, "They acknowledged it") {
			at = m[1]
		}
	}
	if at == "" {
		t.Fatal("no message tells of an acknowledgment")
	}
	page := d.get(at + "?request=" + id)
	for _, has := range []string{"(line ", "If recorded, in " + id, "sent → processing", `name="entry" value="0" checked`, "   1  "} {
		if !strings.Contains(page, has) {
			t.Errorf("no %q in\n%s", has, page)
		}
	}
	form := fieldsOf(page)
	form.Set("do", "record")
	if got := d.post(at, form); got.StatusCode != http.StatusBadRequest {
		t.Errorf("nothing was chosen: %s", got.Status)
	}
	form["entry"] = []string{"0"}
	stale := url.Values{"seen": {id + ":1"}, "request": {id}, "do": {"record"}, "entry": {"0"}}
	if got := d.post(at, stale); got.StatusCode != http.StatusConflict {
		t.Errorf("who has not seen the last event: %s", got.Status)
	}
	for name, forged := range map[string]url.Values{"no events": {"do": {"record"}, "request": {id}, "entry": {"0"}},
		"no deed": {"seen": form["seen"], "request": {id}}, "an unknown request": {"do": {"keep"}, "request": {"2026-9999"},
			"seen": {"2026-9999:1"}}} {
		if got := d.post(at, forged); got.StatusCode/100 != 4 {
			t.Errorf("%s: %s", name, got.Status)
		}
	}
	if n := len(d.events(id)); n != 2 {
		t.Fatalf("%d events", n)
	}
	got := d.post(at, form)
	if got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/r/"+id {
		t.Fatalf("%s\n%s", got.Status, body(t, got))
	}
	events := d.events(id)
	if len(events) != 3 || events[2].Kind != docket.Acknowledged || events[2].Data["files"] == "" {
		t.Fatalf("%+v", events)
	}
	if got := d.post(at, form); got.StatusCode != http.StatusNotFound {
		t.Errorf("the same form again: %s", got.Status)
	}
	for _, m := range all {
		if m[1] != at {
			if got := d.post(m[1], url.Values{"do": {"nothing"}}); got.StatusCode != http.StatusSeeOther {
				t.Errorf("nothing for the log: %s", got.Status)
			}
		}
	}
	if text := d.get("/replies"); !strings.Contains(text, "No message waits.") || len(d.events(id)) != 3 {
		t.Error("something still waits, or was recorded")
	}
}
