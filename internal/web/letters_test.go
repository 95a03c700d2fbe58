package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
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
