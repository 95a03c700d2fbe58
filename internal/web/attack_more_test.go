package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
)

// A cookie of the same name that another port set, which the browser sends first, neither lets in nor keeps out.
func TestAttackByTossedCookie(t *testing.T) {
	d := open(t, folder(t, 20))
	r := d.request("GET", "/requests", nil)
	r.Header.Set("Cookie", d.cookie.Name+"=tossed; "+d.cookie.Name+"="+d.cookie.Value)
	if got := d.send(r); got.StatusCode != http.StatusOK {
		t.Errorf("kept out: %s", got.Status)
	}
	r.Header.Set("Cookie", d.cookie.Name+"=tossed; "+d.cookie.Name+"=another; foia-1="+d.cookie.Value)
	if got := d.send(r); got.StatusCode != http.StatusUnauthorized {
		t.Errorf("let in: %s", got.Status)
	}
}

// What is sent in a form leads to no other site and into no header.
func TestAttackByHeaderInjection(t *testing.T) {
	d := open(t, folder(t, 20))
	for i, back := range []string{"/x\r\nSet-Cookie: a=b", "/\t/evil.example", "/\n/evil.example", "//evil.example", `/\evil.example`,
		"https://evil.example/", "/\x00/evil.example", "javascript:alert(1)", "/\u0085/evil.example", ""} {
		got := d.post("/hands", url.Values{"seen": {fmt.Sprintf("2026-0017:%d", 10+i)}, "do": {"tag"}, "tag": {fmt.Sprintf("t%d", i)},
			"back": {back}})
		if at := got.Header.Get("Location"); got.StatusCode != http.StatusSeeOther || at != "/" || len(got.Header["Set-Cookie"]) > 0 {
			t.Errorf("back %q leads to %q, %s", back, at, got.Status)
		}
	}
	for _, path := range []string{"/r/2026-0001%0d%0aSet-Cookie:a=b", "/r/2026-0001/files/x%0d%0aX:y?save", "/requests.csv?q=%0d%0aX:y",
		"/requests?status=%0d%0aSet-Cookie:a"} {
		got := d.send(d.request("GET", path, nil))
		for name, values := range got.Header {
			if name == "Set-Cookie" || name == "X" || strings.ContainsAny(strings.Join(values, ""), "\r\n") {
				t.Errorf("%s: %s %q", path, name, values)
			}
		}
	}
}

// A form that a foreign page can send without asking, as text or as JSON, says nothing here, even where no header tells
// whose it is; and an address or a header cannot make a form of a page.
func TestAttackByOtherForms(t *testing.T) {
	d := open(t, folder(t, 20))
	form := note("forged", 10).Encode()
	for _, kind := range []string{"text/plain", "application/json", "", "application/octet-stream", "text/plain; boundary=x",
		"multipart/form-data"} {
		r := d.request("POST", "/r/2026-0001/record", strings.NewReader(form))
		r.Header.Set("Content-Type", kind)
		if got := d.send(r); got.StatusCode/100 != 4 {
			t.Errorf("a form as %q: %s", kind, got.Status)
		}
	}
	if got := d.post("/r/2026-0001/record?"+form, url.Values{}); got.StatusCode != http.StatusBadRequest {
		t.Errorf("a form in the address: %s", got.Status)
	}
	for _, name := range []string{"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"} {
		for _, path := range []string{"/hands?_method=POST&do=tag&tag=x&seen=2026-0001:10", "/r/2026-0001/record?_method=POST&" + form} {
			r := d.request("GET", path, nil)
			r.Header.Set(name, "POST")
			_ = d.send(r)
		}
	}
	if n := len(d.events("2026-0001")); n != 10 {
		t.Errorf("%d events", n)
	}
}

// No page may be framed, whatever it is and whoever asks.
func TestAttackByFraming(t *testing.T) {
	d := open(t, folder(t, 20))
	for _, path := range append(everywhere, "/style.css", "/?token=x", "/replies/x") {
		h := d.send(d.request("GET", path, nil)).Header
		if h.Get("X-Frame-Options") != "DENY" || !strings.Contains(h.Get("Content-Security-Policy"), "frame-ancestors 'none'") {
			t.Errorf("%s: %v", path, h)
		}
	}
}

// An address with what no name has, or with a request of another folder, is no page, and no form.
func TestAttackByStrangeID(t *testing.T) {
	d := open(t, folder(t, 20))
	for _, id := range []string{"%00", "2026-0001%00", "2026-0001%00.pdf", "%ff%fe", "..%2fother%2f2026-0001", "2026-0021", "2025-0001",
		"2026-0001%20", "2026-0001'--", "%2e%2e", strings.Repeat("9", 4000), "2026-1", "-1", "%E2%80%AE2026-0001"} {
		for _, path := range []string{"/r/" + id, "/r/" + id + "/record", "/r/" + id + "/letter", "/r/" + id + "/edit",
			"/r/" + id + "/files/letter.pdf", "/r/2026-0001/files/" + id, "/replies/" + id, "/replies/" + id + "/change"} {
			got := d.send(d.request("GET", path, nil))
			if text := body(t, got); got.StatusCode/100 != 4 && got.StatusCode/100 != 3 || strings.Contains(text, "\x00") ||
				strings.Contains(text, "SQL") {
				t.Errorf("%.80s: %s\n%.300s", path, got.Status, text)
			}
		}
		for _, path := range []string{"/r/" + id + "/record", "/r/" + id + "/discard", "/r/" + id + "/edit", "/replies/" + id} {
			if got := d.post(path, note("forged", 10)); got.StatusCode/100 != 4 && got.StatusCode/100 != 3 {
				t.Errorf("a form to %.80s: %s", path, got.Status)
			}
		}
		raw, err := url.PathUnescape(id)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.post("/hands", url.Values{"seen": {raw + ":10"}, "do": {"tag"}, "tag": {"x"}}); got.StatusCode/100 != 4 {
			t.Errorf("tagged %q: %s", raw, got.Status)
		}
	}
	if n := len(d.events("2026-0001")); n != 10 {
		t.Errorf("%d events", n)
	}
	if len(d.failed) > 0 {
		t.Errorf("it failed inside: %.600s", d.failed)
	}
}

// The same form sent many times at once is recorded once.
func TestAttackByRace(t *testing.T) {
	d := open(t, folder(t, 20))
	codes := make(chan int, 8)
	var all sync.WaitGroup
	for i := range cap(codes) {
		all.Go(func() { codes <- d.post("/r/2026-0017/record", note(fmt.Sprintf("at once %d", i%2), 10)).StatusCode })
	}
	all.Wait()
	close(codes)
	taken := 0
	for code := range codes {
		if code == http.StatusSeeOther {
			taken++
		} else if code != http.StatusConflict {
			t.Errorf("answered with %d", code)
		}
	}
	if n := len(d.events("2026-0017")); taken != 1 || n != 11 {
		t.Errorf("%d were taken; %d events", taken, n)
	}
}
