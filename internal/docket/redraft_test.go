package docket

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"foia/internal/workday"
)

// versionsOf are a request and its events after it was changed so many times.
func versionsOf(t testing.TB, n int) (Request, []Event) {
	t.Helper()
	r := Request{ID: "2026-0001", Subject: "Subject 1", Folder: "requests/2026-0001-irs-x", OfficeID: "treasury-irs",
		Created: workday.MustDate("2026-03-03"), Documents: []Document{{Name: "letter.pdf", SHA256: "1"}, {Name: "letter.md", SHA256: "1"}}}
	events := []Event{{Request: r.ID, Seq: 1, Kind: Drafted, On: r.Created}}
	for v := 2; v <= n; v++ {
		now := r
		now.Subject, now.Created = fmt.Sprint("Subject ", v), r.Created.AddDays(v)
		now.Documents = []Document{{Name: VersionName("letter.pdf", v), SHA256: fmt.Sprint(v)}}
		e, err := Redraft(now, []string{"subject"})
		if err != nil {
			t.Fatal(err)
		}
		e.Seq = len(events) + 1
		events = append(events, e)
	}
	return r, events
}

// A request is as its last version says, whatever the order in which its events come, and no
// two files of it have one name.
func TestVersions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "versions")
		r, events := versionsOf(new(testing.T), n)
		now, err := Current(r, rapid.Permutation(events).Draw(t, "order"))
		if err != nil || now.Subject != fmt.Sprint("Subject ", n) || Versions(events) != n {
			t.Fatalf("%s, %d versions, %v", now.Subject, Versions(events), err)
		}
		if d, ok := now.Document("letter.pdf"); !ok || d.Name != VersionName("letter.pdf", n) {
			t.Fatalf("its letter is %+v", d)
		}
		superseded, err := Superseded(r, events)
		if err != nil {
			t.Fatal(err)
		}
		names := map[string]bool{}
		for _, d := range append(superseded, now.Documents...) {
			if names[d.Name] {
				t.Fatalf("two files are called %s", d.Name)
			}
			names[d.Name] = true
		}
		if want := n + 1; len(names) != want { // one each, and the text of the first
			t.Fatalf("%d files, want %d", len(names), want)
		}
	})
}

func TestVersionName(t *testing.T) {
	for _, row := range []struct {
		name    string
		version int
		want    string
	}{{"letter.pdf", 1, "letter.pdf"}, {"letter.pdf", 2, "letter-2.pdf"}, {"portal.json", 10, "portal-10.json"}} {
		if got := VersionName(row.name, row.version); got != row.want || firstName(got) != row.name {
			t.Errorf("%s, version %d: %s, and back %s", row.name, row.version, got, firstName(got))
		}
	}
	for _, name := range []string{"letter-1.pdf", "letter-0.pdf", "letter-02.pdf", "letter-.pdf", "-2", "scan-x.pdf", "letter"} {
		if got := firstName(name); got != name {
			t.Errorf("%s is no version, and became %s", name, got)
		}
	}
}

// What an event holds of another request, or cannot be read, is an error and never another request.
func TestVersionOfAnother(t *testing.T) {
	r, events := versionsOf(t, 2)
	for what, data := range map[string]string{"no JSON": "{", "another id": `{"id":"2026-0002","folder":"` + r.Folder + `"}`,
		"another folder": `{"id":"2026-0001","folder":"../x"}`, "nothing": ""} {
		events[1].Data["request"] = data
		if now, err := Current(r, events); err == nil || now.Subject != r.Subject {
			t.Errorf("%s: %v, %v", what, now.Subject, err)
		}
	}
}

// What may be changed or thrown away: what no event says went out.
func TestMayChange(t *testing.T) {
	on := workday.MustDate("2026-03-04")
	event := func(kind Kind, data ...string) Event {
		e := Event{Request: "2026-0001", Kind: kind, On: on, Data: map[string]string{}}
		for i := 0; i < len(data); i += 2 {
			e.Data[data[i]] = data[i+1]
		}
		return e
	}
	for what, row := range map[string]struct {
		events []Event
		says   string
	}{
		"made":                  {nil, ""},
		"noted":                 {[]Event{event(Note, "note", "x"), event(FileAdded, "files", "[]"), event(Tagged, "tags", "a")}, ""},
		"sent":                  {[]Event{event(Sent)}, "was sent on March 4, 2026"},
		"sent and struck out":   {[]Event{event(Sent), event(Correction, "of", "2", "reason", "x")}, ""},
		"came back":             {[]Event{event(Sent), event(Undelivered)}, "was sent, and came back on March 4, 2026"},
		"answered":              {[]Event{event(Acknowledged)}, "is no draft any more: acknowledged"},
		"closed":                {[]Event{event(Closed)}, "is no draft any more: closed"},
		"discarded":             {[]Event{event(Discarded)}, "was discarded on March 4, 2026"},
		"discarded and back":    {[]Event{event(Discarded), event(Correction, "of", "2", "reason", "x")}, ""},
		"a letter of it thrown": {[]Event{event(LetterMade, "letter", "status"), event(Discarded, "of", "2")}, ""},
	} {
		r, events := versionsOf(t, 1)
		for _, e := range row.events {
			e.Seq = len(events) + 1
			events = append(events, e)
		}
		err := MayChange(r, events)
		if (err == nil) != (row.says == "") || err != nil && !strings.Contains(err.Error(), row.says) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A discarded request is in no list of what is due, and nothing more happens to it.
func TestDiscardedIsOver(t *testing.T) {
	r, events := versionsOf(t, 1)
	events = append(events, Event{Request: r.ID, Seq: 2, Kind: Discarded, On: workday.MustDate("2026-03-04"), Data: map[string]string{}})
	s := Fold(r, events, basis(t))
	if s.Status != IsDiscarded || s.Open() {
		t.Errorf("status %s, open %v", s.Status, s.Open())
	}
	for _, kind := range []Kind{Sent, Acknowledged, Closed} {
		p := Proposed{Request: r, Events: events, Today: workday.MustDate("2026-03-05"),
			Event: Event{Request: r.ID, Kind: kind, On: workday.MustDate("2026-03-05")}}
		if _, _, err := p.Check(); err == nil || !strings.Contains(err.Error(), "was discarded") {
			t.Errorf("%s: %v", kind, err)
		}
	}
}
