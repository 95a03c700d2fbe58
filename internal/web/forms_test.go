package web

import (
	"bytes"
	"context"
	"errors"
	"html"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"foia/internal/docket"
)

var hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)">`)

// fieldsOf are the hidden answers of a page's form.
func fieldsOf(text string) url.Values {
	v := url.Values{}
	for _, m := range hiddenField.FindAllStringSubmatch(text, -1) {
		v.Add(m[1], html.UnescapeString(m[2]))
	}
	return v
}

// An event is recorded as in the terminal: what came, what belongs to it, what it changes, yes.
func TestRecord(t *testing.T) {
	w := folder(t, 1)
	id := addRequest(t, w, "Flight logs")
	d := open(t, w)
	if text := d.get("/r/" + id + "/record"); !strings.Contains(text, "I sent it") || !strings.Contains(text,
		"/r/"+id+"/record?kind=sent") {
		t.Fatal(text)
	}
	form := d.get("/r/" + id + "/record?kind=sent")
	v := fieldsOf(form)
	v.Set("on", "2026-11-20")
	if text := d.get("/r/" + id + "/record?" + v.Encode()); !strings.Contains(text, "aria-invalid") {
		t.Error("sent before it was made, and nothing is wrong")
	}
	v.Set("on", "today")
	v.Set("by", "portal")
	v.Set("proof", "confirmation 815 <b>")
	page := d.get("/r/" + id + "/record?" + v.Encode())
	for _, has := range []string{"What this changes", "drafted → sent", "determination", "confirmation 815 &lt;b&gt;"} {
		if !strings.Contains(page, has) {
			t.Errorf("no %q in\n%s", has, page)
		}
	}
	if n := len(d.events(id)); n != 1 {
		t.Fatalf("looking wrote something: %d events", n)
	}
	got := d.post("/r/"+id+"/record", fieldsOf(page))
	if got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/r/"+id+"#e2" {
		t.Fatalf("%s %s\n%s", got.Status, got.Header.Get("Location"), body(t, got))
	}
	e := d.events(id)[1]
	if e.Kind != docket.Sent || e.Data["by"] != "portal" || e.Data["proof"] != "confirmation 815 <b>" || e.By != "ana" ||
		e.Machine != "desk-3" ||
		e.On != today {
		t.Errorf("%+v", e)
	}
	if text := d.get("/r/" + id); !strings.Contains(text, "confirmation 815 &lt;b&gt;") {
		t.Error("the page does not show it")
	}
	if raw, err := os.ReadFile(w.Path("tracking-log.csv")); err != nil || !strings.Contains(string(raw), "Flight logs") {
		t.Errorf("the spreadsheet was not renewed: %v", err)
	}
}

// What depends on an answer is asked once that is given; what is missing or wrong is said beside its question.
func TestQuestionsThatFollow(t *testing.T) {
	d := open(t, folder(t, 20))
	at := "/r/2026-0017/record?"
	v := fieldsOf(d.get(at + "kind=determination"))
	if text := d.get(at + v.Encode()); !strings.Contains(text, "outcome-wrong") {
		t.Error("no outcome, and nothing is wrong")
	}
	v.Set("outcome", "no-records")
	v.Set("on", "2026-11-20")
	if text := d.get(at + v.Encode()); strings.Contains(text, `name="exemptions"`) || !strings.Contains(text, "What this changes") {
		t.Error("nothing was found, and exemptions are asked for")
	}
	v = fieldsOf(d.get(at + "kind=fee-notice"))
	v.Set("amount", "a lot")
	if text := d.get(at + v.Encode()); !strings.Contains(text, `id="amount-wrong"`) || !strings.Contains(text, `value="a lot"`) {
		t.Error("what was typed is gone, or not refused")
	}
}

// A day that nobody knows is an answer, as it is in the terminal; where a day is needed, that is said.
func TestRecordUnknownDay(t *testing.T) {
	w := folder(t, 20)
	id := addRequest(t, w, "Flight logs")
	d := open(t, w)
	at := "/r/" + id + "/record"
	v := fieldsOf(d.get(at + "?kind=acknowledged"))
	v.Set("on", " Unknown ")
	page := d.get(at + "?" + v.Encode())
	if !strings.Contains(page, "<strong>They acknowledged it</strong> on a day that is not known") {
		t.Fatal(page)
	}
	form := fieldsOf(page)
	if form.Get("on") != "unknown" || form.Has("day") {
		t.Errorf("%v", form)
	}
	if back := d.get(at + "?kind=acknowledged&on=unknown"); !strings.Contains(back, `name="on" value="unknown"`) {
		t.Error("the answer is gone when one goes back")
	}
	if got := d.post(at, form); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s\n%s", got.Status, body(t, got))
	}
	if e := d.events(id)[1]; e.Kind != docket.Acknowledged || !e.On.IsZero() || e.Data[docket.DayDetail] != docket.DayUnknown {
		t.Errorf("%+v", e)
	}
	found := d.get(at + "?kind=determination&on=")
	if !strings.Contains(found, `name="on" value=""`) || strings.Contains(found, "on-wrong") {
		t.Error("a day that is to be found is not asked for")
	}
	v = fieldsOf(found)
	v.Set("on", " ")
	v.Set("outcome", "granted")
	if text := d.get(at + "?" + v.Encode()); !strings.Contains(text, "The day is missing") {
		t.Error("an empty day is taken for today")
	}
	v = fieldsOf(d.get(at + "?kind=correction"))
	v.Set("on", "unknown")
	v.Set("of", "2")
	text := d.get(at + "?" + v.Encode())
	if !strings.Contains(text, `id="on-wrong"`) || !strings.Contains(text, "2: acknowledged, day not known") {
		t.Error("a correction without a day:", text)
	}
	v.Set("kind", "correction")
	v.Set("reason", "another request")
	v.Set("after", "2")
	if got := d.post(at, v); got.StatusCode != http.StatusBadRequest || len(d.events(id)) != 2 {
		t.Errorf("it was recorded: %s", got.Status)
	}
}

// A file that came with it is kept, whatever it is called.
func TestRecordWithFile(t *testing.T) {
	d := open(t, folder(t, 20))
	for i, name := range []string{"letter.pdf", `C:\Users\ana\letter two.pdf`, "../../../foia.db", "a\x00b\n.pdf", "", "...", "طلب.pdf"} {
		var sent bytes.Buffer
		form := multipart.NewWriter(&sent)
		for k, v := range note(name+"!", 10+i) {
			if err := form.WriteField(k, v[0]); err != nil {
				t.Fatal(err)
			}
		}
		file, err := form.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		_, err = file.Write([]byte("%PDF-1.7 " + name))
		if err := errors.Join(err, form.Close()); err != nil {
			t.Fatal(err)
		}
		r := d.request("POST", "/r/2026-0017/record", &sent)
		r.Header.Set("Content-Type", form.FormDataContentType())
		got := d.send(r)
		if strings.Contains(name, "\x00") && got.StatusCode == http.StatusBadRequest {
			d.post("/r/2026-0017/record", note(name, 10+i)) // no browser sends that
			continue
		}
		if got.StatusCode != http.StatusSeeOther {
			t.Fatalf("%q: %s\n%s", name, got.Status, body(t, got))
		}
		e := d.events("2026-0017")[10+i]
		files, err := e.Files()
		if want := min(len(name), 1); err != nil || len(files) != want {
			t.Errorf("%q: %d files, %v", name, len(files), err)
		}
	}
}

// What a form that nobody made here says is refused, and nothing is written.
func TestForgedForm(t *testing.T) {
	d := open(t, folder(t, 20))
	for name, form := range map[string]url.Values{
		"empty": {}, "no event seen": {"kind": {"note"}, "note": {"x"}}, "event 0": note("x", 0), "a negative event": note("x", -1),
		"a kind of foia's own":     {"kind": {"drafted"}, "after": {"10"}, "on": {"2026-11-23"}},
		"an unknown kind":          {"kind": {"nonsense"}, "after": {"10"}},
		"a day to come":            {"kind": {"acknowledged"}, "after": {"10"}, "on": {"2027-11-23"}},
		"a detail of another kind": {"kind": {"note"}, "after": {"10"}, "amount": {"5"}},
		"a child":                  {"kind": {"referred"}, "to": {""}, "child": {"2026-0001"}, "after": {"10"}},
	} {
		got := d.post("/r/2026-0017/record", form)
		if text := body(t, got); got.StatusCode/100 != 4 || strings.ContainsAny(text, "\x1b\x00") {
			t.Errorf("%s: %s\n%s", name, got.Status, text)
		}
	}
	for name, form := range map[string]url.Values{"nothing": {}, "no request": {"do": {"tag"}, "tag": {"x"}},
		"unknown": {"seen": {"2026-9999:1"}, "do": {"tag"}, "tag": {"x"}}, "no number": {"seen": {"2026-0001"}, "do": {"tag"},
			"tag": {"x"}},
		"no deed": {"seen": {"2026-0001:10"}}, "a bad tag": {"seen": {"2026-0001:10"}, "do": {"tag"}, "tag": {"!"}},
		"a bad name": {"seen": {"2026-0001:10"}, "do": {"assign"}, "person": {"a,b"}}} {
		if got := d.post("/hands", form); got.StatusCode/100 != 4 {
			t.Errorf("hands, %s: %s", name, got.Status)
		}
	}
	for _, id := range []string{"2026-0001", "2026-0017"} {
		if n := len(d.events(id)); n != 10 {
			t.Errorf("%s has %d events", id, n)
		}
	}
}

// What was typed is kept as it was typed; a page shows no character that controls something.
func TestControlCharacters(t *testing.T) {
	d := open(t, folder(t, 20))
	form := url.Values{"kind": {"renumbered"}, "tracking": {"F-\x1b[31m1\u202e7"}, "after": {"10"}, "on": {"2026-11-20"}}
	if got := d.post("/r/2026-0017/record", form); got.StatusCode != http.StatusSeeOther {
		t.Fatal(got.Status)
	}
	for _, path := range []string{"/", "/requests", "/r/2026-0017", "/log", "/requests?q=F-"} {
		if text := d.get(path); strings.ContainsAny(text, "\x1b\x00\u202e") {
			t.Errorf("%s shows one", path)
		}
	}
}

// Of two tabs that record the same, the second is told what happened, and so is who sends a form twice or goes
// back to it.
func TestTwoTabs(t *testing.T) {
	d := open(t, folder(t, 20))
	v := fieldsOf(d.get("/r/2026-0017/record?kind=acknowledged"))
	v.Set("on", "2026-11-20")
	v.Set("tracking", "F-17")
	first := fieldsOf(d.get("/r/2026-0017/record?" + v.Encode()))
	second := fieldsOf(d.get("/r/2026-0017/record?" + v.Encode()))
	if got := d.post("/r/2026-0017/record", first); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s\n%s", got.Status, body(t, got))
	}
	for name, form := range map[string]url.Values{"the other tab": second, "a double click": first} {
		got := d.post("/r/2026-0017/record", form)
		text := body(t, got)
		if got.StatusCode != http.StatusConflict || !strings.Contains(text, "Something happened meanwhile") || !strings.Contains(text,
			"F-17") {
			t.Errorf("%s: %s\n%s", name, got.Status, text)
		}
	}
	if n := len(d.events("2026-0017")); n != 11 {
		t.Errorf("%d events", n)
	}
	again := d.get("/r/2026-0017/record?" + v.Encode())
	if !strings.Contains(again, "It happened twice") {
		t.Error("the same is in the log, and the page does not say so")
	}
	form := fieldsOf(again)
	if got := d.post("/r/2026-0017/record", form); got.StatusCode != http.StatusConflict {
		t.Errorf("without a yes: %s", got.Status)
	}
	form.Set("again", "yes")
	if got := d.post("/r/2026-0017/record", form); got.StatusCode != http.StatusSeeOther {
		t.Errorf("it happened twice: %s\n%s", got.Status, body(t, got))
	}
}

// Requests are assigned and tagged from the list: all or none, and a form leads nowhere but back.
func TestHands(t *testing.T) {
	d := open(t, folder(t, 40))
	seen := []string{"2026-0013:10", "2026-0014:10"}
	for _, x := range []struct {
		form url.Values
		find string
		n    int
	}{
		{url.Values{"do": {"assign"}, "person": {"Ben"}}, "/requests?assigned=ben", 2},
		{url.Values{"do": {"tag"}, "tag": {"Urgent, Court dates"}}, "/requests?tag=court-dates", 2},
		{url.Values{"do": {"untag"}, "tag": {"urgent"}}, "/requests?tag=urgent", 0},
		{url.Values{"do": {"assign"}, "person": {"nobody"}}, "/requests?assigned=ben", 0},
	} {
		x.form["seen"], x.form["back"] = seen, []string{"/requests?sort=due"}
		got := d.post("/hands", x.form)
		if got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/requests?sort=due" {
			t.Fatalf("%v: %s\n%s", x.form, got.Status, body(t, got))
		}
		text := d.get(x.find)
		if n := strings.Count(text, `name="seen"`); n != x.n {
			t.Errorf("%s has %d requests, want %d", x.find, n, x.n)
		}
		seen = nil
		for _, m := range regexp.MustCompile(`value="(2026-001[34]:\d+)"`).FindAllStringSubmatch(d.get("/requests?sort=id"), -1) {
			seen = append(seen, m[1])
		}
	}
	got := d.post("/hands", url.Values{"do": {"tag"}, "tag": {"x"}, "seen": {seen[0], "2026-0014:10"}})
	if text := body(t, got); got.StatusCode != http.StatusConflict {
		t.Errorf("one of two has gone on: %s\n%s", got.Status, text)
	}
	if text := d.get("/requests?tag=x"); !strings.Contains(text, "No requests match") {
		t.Error("one of the two was tagged")
	}
	for _, back := range []string{"https://evil.example/", "//evil.example/", `/\evil.example`, "", "javascript:alert(1)", "/\r\nX: y"} {
		got := d.post("/hands", url.Values{"do": {"tag"}, "tag": {"y"}, "seen": {"2026-0020:10"}, "back": {back}})
		if at := got.Header.Get("Location"); got.StatusCode == http.StatusSeeOther && at != "/" {
			t.Errorf("%q leads to %q", back, at)
		}
		form := url.Values{"do": {"untag"}, "tag": {"y"}, "seen": {lastOf(d, "2026-0020")}}
		d.post("/hands", form)
	}
}

func lastOf(d *desk, id string) string {
	return id + ":" + sprint(len(d.events(id)))
}

// A log that another program holds, one that is gone and one that is damaged: the page says so, and what was typed
// is still there, to be sent again.
func TestLogThatCannotBeUsed(t *testing.T) {
	d := open(t, folder(t, 20))
	d.patience = 50 * time.Millisecond
	d.get("/")
	release := lockLog(t, d)
	got := d.post("/r/2026-0017/record", note("typed with care", 10))
	text := body(t, got)
	if got.StatusCode != http.StatusServiceUnavailable || !strings.Contains(text, "typed with care") || !strings.Contains(text,
		"Try again") {
		t.Errorf("locked: %s\n%s", got.Status, text)
	}
	release()
	again := fieldsOf(text)
	if got := d.post("/r/2026-0017/record", again); got.StatusCode != http.StatusSeeOther {
		t.Errorf("no longer locked: %s\n%s", got.Status, body(t, got))
	}
	at := d.w.Path("foia.db")
	if err := os.Rename(at, at+".away"); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/", "/requests", "/r/2026-0017", "/log"} {
		got := d.send(d.request("GET", path, nil))
		if text := body(t, got); got.StatusCode != http.StatusServiceUnavailable || !strings.Contains(text,
			"There is no tracking log yet") {
			t.Errorf("gone, %s: %s\n%s", path, got.Status, text)
		}
	}
	if got := d.post("/r/2026-0017/record", note("also typed", 11)); got.StatusCode != http.StatusServiceUnavailable ||
		!strings.Contains(body(t, got), "also typed") {
		t.Errorf("gone: %s", got.Status)
	}
	if _, err := os.Stat(at); err == nil {
		t.Error("a log was made in its place")
	}
	if err := os.Rename(at+".away", at); err != nil {
		t.Fatal(err)
	}
	d.get("/")
	if got := d.post("/r/2026-0017/record", note("also typed", 11)); got.StatusCode != http.StatusSeeOther {
		t.Errorf("it came back: %s\n%s", got.Status, body(t, got))
	}
}

// lockLog holds the log as a writing program does.
func lockLog(t *testing.T, d *desk) (release func()) {
	t.Helper()
	unlock, err := d.w.Lock(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := unlock(); err != nil {
			t.Fatal(err)
		}
	}
}

// A browser without cookies is told what it needs.
func TestWithoutCookies(t *testing.T) {
	d := open(t, folder(t, 20))
	d.cookie = nil
	got := d.enterBy(d.Link())
	if text := body(t, got); !strings.Contains(text, "refuses cookies") {
		t.Error(text)
	}
	d.cookie = nil
	got = d.send(d.request("GET", "/", nil))
	if text := body(t, got); got.StatusCode != http.StatusUnauthorized || !strings.Contains(text, "must accept cookies") ||
		!strings.Contains(text, "foia serve") {
		t.Error(text)
	}
}

// A form that is too large is refused without being held.
func TestTooLarge(t *testing.T) {
	d := open(t, folder(t, 20))
	v := note(strings.Repeat("x", 11<<20), 10)
	got := d.post("/r/2026-0017/record", v)
	if text := body(t, got); got.StatusCode/100 != 4 || len(text) > 1<<20 {
		t.Errorf("%s, %d bytes", got.Status, len(text))
	}
}
