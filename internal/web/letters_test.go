package web

import (
	"context"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/remedy"
)

// A letter is shown before it is made, in its words and as its PDF; both write nothing. What must be known first is
// asked; what may not go out is refused with the reason.
func TestLetter(t *testing.T) {
	w := folder(t, 1)
	id := addReal(t, w)
	d := open(t, w)
	at := "/r/" + id + "/letter"
	if text := d.get("/r/" + id); !strings.Contains(text, `href="`+at) {
		t.Error("the page leads to no letter")
	}
	if text := d.get(at); !strings.Contains(text, `href="`+at+`/appeal"`) || !strings.Contains(text, "Not now") {
		t.Error(text)
	}
	page := d.get(at + "/appeal")
	if !strings.Contains(page, `name="f.search_gaps"`) {
		t.Fatal(page)
	}
	given := "?f.search_gaps=" + url.QueryEscape("The message of May 21 <b>\nAnother") + "&asked=" + asksOf(page)
	shown := d.get(at + "/appeal" + given)
	if !strings.Contains(shown, "The message of May 21 &lt;b&gt;") || !strings.Contains(shown, "Another") {
		t.Errorf("what was answered is not in the letter:\n%s", shown)
	}
	got := d.send(d.request("GET", at+"/appeal/preview.pdf"+given, nil))
	if raw := body(t, got); got.Header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(raw, "%PDF-") ||
		!strings.HasPrefix(got.Header.Get("Content-Security-Policy"), "sandbox;") {
		t.Errorf("%s %v", got.Status, got.Header)
	}
	if n := len(d.events(id)); n != 4 {
		t.Fatalf("looking wrote something: %d events", n)
	}
	form := fieldsOf(shown)
	if got := d.post(at+"/appeal", form); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s\n%s", got.Status, body(t, got))
	}
	if got := d.post(at+"/appeal", form); got.StatusCode != http.StatusConflict {
		t.Errorf("the same form again: %s", got.Status)
	}
	events := d.events(id)
	if len(events) != 5 || events[4].Data["letter"] != "appeal" {
		t.Fatalf("%d events", len(events))
	}
	for _, path := range []string{at + "/suit", at + "/nonsense", at + "/request", at + "/appeal?of=nonsense", at + "/stillinterest"} {
		got := d.send(d.request("GET", path, nil))
		if text := body(t, got); got.StatusCode < 400 || got.StatusCode == http.StatusInternalServerError {
			t.Errorf("%s: %s\n%s", path, got.Status, text)
		}
	}
	gone := url.Values{"after": {"4"}, "letter": {"5"}}
	if got := d.post("/r/"+id+"/discard", gone); got.StatusCode != http.StatusConflict {
		t.Errorf("thrown away by who has not seen it: %s", got.Status)
	}
	gone.Set("after", "5")
	if got := d.post("/r/"+id+"/discard", gone); got.StatusCode != http.StatusSeeOther {
		t.Errorf("%s\n%s", got.Status, body(t, got))
	}
	if got := d.post("/r/"+id+"/discard", url.Values{"after": {"6"}}); got.StatusCode/100 != 4 {
		t.Errorf("a request that was sent was thrown away: %s", got.Status)
	}
}

// A letter that was not sent is changed: the form begins with its answers, and what is made takes its place, both or
// none. Who has not seen the last event changes nothing.
func TestLetterInstead(t *testing.T) {
	w := folder(t, 1)
	id := addReal(t, w)
	d := open(t, w)
	at := "/r/" + id + "/letter/appeal"
	given := url.Values{"f.search_gaps": {"The message of May 21\nAnother"}, "asked": {fieldsOf(d.get(at)).Get("asked")}}
	if got := d.post(at, fieldsOf(d.get(at+"?"+given.Encode()))); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s\n%s", got.Status, body(t, got))
	}
	if text := d.get("/r/" + id); !strings.Contains(text, `href="`+at+`?instead=5"`) {
		t.Fatal(text)
	}
	page := d.get(at + "?instead=5")
	form := formOf(t, page)
	if got := strings.ReplaceAll(form.Get("f.search_gaps"), "\r\n", "\n"); got != "The message of May 21\nAnother" ||
		!strings.Contains(page, "takes the place of letter 5") {
		t.Fatalf("%q\n%s", got, page)
	}
	form.Set("f.search_gaps", "Only this")
	shown := d.get(at + "?" + form.Encode())
	if !strings.Contains(shown, "Only this") || strings.Contains(shown, "The message of May 21") {
		t.Error(shown)
	}
	form = formOf(t, shown)
	if got := d.post(at, form); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s\n%s", got.Status, body(t, got))
	}
	events := d.events(id)
	if len(events) != 7 || events[5].Kind != docket.Discarded || events[5].Data["of"] != "5" || events[6].Data["letter"] != "appeal" {
		t.Fatalf("%v", events)
	}
	if got := d.post(at, form); got.StatusCode != http.StatusConflict || len(d.events(id)) != 7 {
		t.Errorf("the same form again: %s", got.Status)
	}
	if text := d.get("/r/" + id); strings.Contains(text, "instead=5") || !strings.Contains(text, "instead=7") {
		t.Error(text)
	}
	for _, bad := range []string{"5", "7x", "0", "-1", "99", "1"} {
		got := d.send(d.request("GET", at+"?instead="+bad, nil))
		if text := body(t, got); got.StatusCode != http.StatusBadRequest {
			t.Errorf("instead of %s: %s\n%s", bad, got.Status, text)
		}
	}
	if got := d.send(d.request("GET", "/r/"+id+"/letter/rolling?instead=7", nil)); got.StatusCode != http.StatusBadRequest {
		t.Errorf("a letter of another kind: %s", got.Status)
	}
}

// An answer of 100 KB goes through the address of a letter.
func TestLetterLarge(t *testing.T) {
	w := folder(t, 1)
	id := addReal(t, w)
	d := open(t, w)
	at := "/r/" + id + "/letter/appeal"
	given := url.Values{"f.search_gaps": {strings.Repeat("é word ", 100<<10/8)}, "asked": {fieldsOf(d.get(at)).Get("asked")}}
	l, err := Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(d.Options, l)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	for _, address := range []string{s.Link(), "http://" + s.address + at + "?" + given.Encode()} {
		got, err := client.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		if text := body(t, got); got.StatusCode != http.StatusOK {
			t.Errorf("%s\n%.500s", got.Status, text)
		}
		if err := got.Body.Close(); err != nil {
			t.Error(err)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// Where the desk has a form, a text leads to it instead of naming a command; what comes from elsewhere never becomes one.
func TestLinked(t *testing.T) {
	d := open(t, folder(t, 1))
	strike := remedy.To(remedy.Record, "2026-0001", "correction").With("of", "2").With("reason", remedy.Open("…"))
	for text, want := range map[string]string{
		remedy.To(remedy.Record, "2026-0001", "closed").String(): `<a href="/r/2026-0001/record?kind=closed">“I am done with it”</a>`,
		strike.String(): `<a href="/r/2026-0001/record?kind=correction&amp;of=2">record a correction</a>`,
		"see " + remedy.To(remedy.Next, "2026-0001").String():       `see <a href="/r/2026-0001">the page of 2026-0001</a>`,
		remedy.To(remedy.Change, "2026-0001").String():              `<a href="/r/2026-0001/edit">change the request</a>`,
		remedy.To(remedy.Seal).String():                             `<code>foia seal</code>`,
		remedy.To(remedy.Show, remedy.Open("ID")).String():          `<code>foia show `,
		remedy.To(remedy.Show, `"><b>`).String():                    `<a href="/r/%22%3E%3Cb%3E">the page of &#34;&gt;&lt;b&gt;</a>`,
		"<b>\x1b\u202e" + linkBegin + "0" + linkEnd + " and 7":      "&lt;b&gt;\ufffd0 and 7",
		linkBegin + "9" + linkEnd + remedy.To(remedy.Seal).String(): `9<code>foia seal</code>`,
	} {
		if got := string(d.linked(text)); !strings.HasPrefix(got, want) {
			t.Errorf("%q is %q, not %q", text, got, want)
		}
	}
	events := string(d.linked(remedy.To(remedy.Events).String(), "2026-0001"))
	if got, want := events, `<a href="/r/2026-0001/record">record what happened</a>`; got != want {
		t.Error(got)
	}
}
