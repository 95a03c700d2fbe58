package web

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"foia/internal/correspondence"
	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/workspace"
)

// A letter that may have gone out by e-mail, or not, stands on Today, in the log and with its request, and in the list by its address.
func TestMayBeSent(t *testing.T) {
	w := folder(t, 30)
	d := open(t, w)
	found := regexp.MustCompile(`(?m)^"?(\d{4}-\d+)`).FindStringSubmatch(d.get("/requests.csv?open=yes"))
	if found == nil {
		t.Fatal("no request is open")
	}
	id := found[1]
	mayHaveGone(t, w, id)
	for path, has := range map[string]string{"/": "Sent or not? Only you can find out", "/log": "no answer is in the log",
		"/r/" + id: "find out whether the e-mail", "/requests?place=sent-or-not": id} {
		if text := strings.ToLower(d.get(path)); !strings.Contains(text, strings.ToLower(has)) || !strings.Contains(text, id) {
			t.Errorf("%s does not say it of %s: %q", path, id, has)
		}
	}
	for _, path := range []string{"/", "/log", "/r/" + id} {
		if text := d.get(path); !strings.Contains(text, `href="/r/`+id+`/word">Say what became of it</a>`) {
			t.Errorf("%s does not lead to the form", path)
		}
	}
}

// mayHaveGone begins to send the letter of a request, and says nothing of what became of it.
func mayHaveGone(t *testing.T, w *workspace.Workspace, id string) {
	t.Helper()
	book := logbook.New(w, logbook.Writer{By: "ana", Today: today, Now: noon.Format(time.RFC3339)})
	err := book.Holding(t.Context(), false, func() error {
		return book.Write(t.Context(), func(turn *logbook.Turn) error {
			_, err := turn.AddEvent(docket.Event{Request: id, Kind: docket.Sending, On: today,
				Data: map[string]string{"recipient": "foia@agency.example.gov", "message-id": "foia." + id + ".request.0@example.org"}})
			return err
		})
	})
	if err := errors.Join(err, book.Close()); err != nil {
		t.Fatal(err)
	}
}

// What became of a letter is said on a page, once, by somebody who has seen all that happened: with it, it is sent or may be sent.
func TestWord(t *testing.T) {
	for became, want := range map[string]docket.Kind{itWent: docket.Sent, itDidNot: docket.NotSent} {
		t.Run(became, func(t *testing.T) {
			w := folder(t, 1)
			id := addRequest(t, w, "Flight logs")
			mayHaveGone(t, w, id)
			d := open(t, w)
			page := d.get("/r/" + id + "/word")
			for _, has := range []string{"foia@agency.example.gov", "November 23, 2026", "foia." + id + ".request.0@example.org",
				"foia send " + id} {
				if !strings.Contains(page, has) {
					t.Errorf("no %q in\n%s", has, page)
				}
			}
			form := fieldsOf(page)
			form.Set("proof", " in my Sent folder <b>")
			refuses := func(what string, form url.Values, status int, has string) {
				t.Helper()
				got := d.post("/r/"+id+"/word", form)
				if text := body(t, got); got.StatusCode != status || !strings.Contains(text, has) {
					t.Errorf("%s: %s\n%s", what, got.Status, text)
				}
			}
			refuses("nothing chosen", form, http.StatusBadRequest, "is not chosen")
			form.Set("became", became)
			form.Set("after", "")
			refuses("a form of elsewhere", form, http.StatusBadRequest, "which event it has seen last")
			form.Set("after", "1")
			refuses("one that has not seen the sending", form, http.StatusConflict, "Something happened meanwhile")
			form.Set("after", "2")
			long := maps.Clone(form)
			long.Set("proof", strings.Repeat("x", 200_001))
			refuses("a long proof", long, http.StatusBadRequest, "is longer than")
			if n := len(d.events(id)); n != 2 {
				t.Fatalf("%d events", n)
			}
			got := d.post("/r/"+id+"/word", form)
			if got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/r/"+id+"#e3" {
				t.Fatalf("%s %s\n%s", got.Status, got.Header.Get("Location"), body(t, got))
			}
			e := d.events(id)[2]
			said := e.Data["proof"] + e.Data["reason"]
			if e.Kind != want || said != "in my Sent folder <b>" || e.By != "ana" || e.On != today {
				t.Errorf("%+v", e)
			}
			refuses("a double click", form, http.StatusConflict, "Something happened meanwhile")
			form.Set("after", "3")
			refuses("a second word", form, http.StatusBadRequest, "no letter is known that may have gone out")
			if text := body(t, d.send(d.request("GET", "/r/"+id+"/word", nil))); !strings.Contains(text, "no letter is known") {
				t.Error(text)
			}
			if n := len(d.events(id)); n != 3 {
				t.Errorf("%d events", n)
			}
		})
	}
}

// While a command may still be sending the letter, nobody can say what became of it.
func TestWordWhileItIsSent(t *testing.T) {
	w := folder(t, 1)
	id := addRequest(t, w, "Flight logs")
	mayHaveGone(t, w, id)
	d := open(t, w)
	d.now = noon.Add(5 * time.Minute)
	end, err := w.BeginSending(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	form := fieldsOf(d.get("/r/" + id + "/word"))
	form.Set("became", itDidNot)
	got := d.post("/r/"+id+"/word", form)
	if text := body(t, got); got.StatusCode != http.StatusBadRequest || !strings.Contains(text, "may be on its way right now") {
		t.Errorf("%s\n%s", got.Status, text)
	}
	if err := end(); err != nil {
		t.Fatal(err)
	}
	if got := d.post("/r/"+id+"/word", form); got.StatusCode != http.StatusSeeOther {
		t.Errorf("%s\n%s", got.Status, body(t, got))
	}
}

// Somebody begins to send it again while a word on it is being written: the word was on the one before, and is refused.
func TestWordMeanwhile(t *testing.T) {
	for _, went := range []bool{true, false} {
		w := folder(t, 1)
		id := addRequest(t, w, "Flight logs")
		mayHaveGone(t, w, id)
		book, again := logbook.New(w, logbook.Writer{By: "ana", Today: today}), false
		s := &correspondence.Sender{Book: book, Now: func() time.Time {
			if !again {
				again = true
				mayHaveGone(t, w, id)
			}
			return noon.Add(time.Hour)
		}}
		_, err := s.Say(t.Context(), correspondence.Word{Request: id, Went: went})
		var moved *logbook.MovedOn
		if err := errors.Join(err, book.Close()); !errors.As(err, &moved) {
			t.Errorf("went %v: %v", went, err)
		}
		if n := len(open(t, w).events(id)); n != 3 {
			t.Errorf("went %v: %d events", went, n)
		}
	}
}

// Where foia.yaml names a mail server, a letter that goes by e-mail may be sent in a terminal, too.
func TestSentInATerminal(t *testing.T) {
	w := folder(t, 1)
	s := open(t, w).Server
	act := remedy.To(remedy.Record, "2026-0001", string(docket.Sent)).With("by", "email").With("on", today.String())
	if got := s.deedOf("2026-0001", act); got.Command != "" || got.At == "" {
		t.Errorf("without a server: %+v", got)
	}
	w.Config.Send.Host = "smtp.example.org"
	if got := s.deedOf("2026-0001", act); !strings.Contains(got.Command, "send 2026-0001") || got.At == "" {
		t.Errorf("with a server: %+v", got)
	}
}
