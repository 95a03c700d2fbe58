package web

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"
)

// everywhere are addresses of every kind of page.
var everywhere = []string{"/", "/requests", "/requests.csv", "/requests.json", "/due.json", "/due.csv", "/r/2026-0001",
	"/r/2026-0001/record",
	"/r/2026-0001/record?kind=acknowledged", "/offices", "/report", "/report.html", "/report.csv", "/log", "/nowhere",
	"/r/2026-0001/files/x"}

// Another machine reaches nothing: the desk listens on 127.0.0.1, and refuses a listener of another address.
func TestAttackFromAnotherMachine(t *testing.T) {
	l, err := Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	if ip := l.Addr().(*net.TCPAddr).IP; !ip.Equal(net.IPv4(127, 0, 0, 1)) {
		t.Errorf("it listens on %s", ip)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"0.0.0.0:0", "127.0.0.2:0"} {
		wide, err := net.Listen("tcp4", address)
		if err != nil {
			t.Logf("%s cannot be listened on here: %v", address, err)
			continue
		}
		if _, err := New(Options{}, wide); !errors.Is(err, errElsewhere) {
			t.Errorf("a desk for %s: %v", address, err)
		}
		if err := wide.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// A name of elsewhere that was made to mean this machine gets nothing, cookie or not.
func TestAttackByDNSRebinding(t *testing.T) {
	d := open(t, folder(t, 20))
	for _, host := range []string{"evil.example:" + fmt.Sprint(d.port), "evil.example", "127.0.0.1", "127.0.0.1:1", "127.0.0.2:" +
		fmt.Sprint(d.port), "localhost.evil.example:" + fmt.Sprint(d.port), "", "2130706433:" + fmt.Sprint(d.port)} {
		for _, path := range append(everywhere, "/style.css", "/?token=x") {
			r := d.request("GET", path, nil)
			r.Host = host
			got := d.send(r)
			if text := body(t, got); got.StatusCode != http.StatusMisdirectedRequest || strings.Contains(text, "2026-") {
				t.Errorf("host %q, %s: %s %s", host, path, got.Status, text)
			}
		}
	}
	for _, host := range []string{"localhost:" + fmt.Sprint(d.port), "[::1]:" + fmt.Sprint(d.port), "LOCALHOST:" + fmt.Sprint(d.port)} {
		r := d.request("GET", "/", nil)
		r.Host = host
		if got := d.send(r); got.StatusCode != http.StatusOK {
			t.Errorf("host %q: %s", host, got.Status)
		}
	}
}

// Another user of this machine reaches the port, and gets nothing without the link.
func TestAttackByAnotherUser(t *testing.T) {
	d := open(t, folder(t, 20))
	real := d.cookie
	for name, cookie := range map[string]*http.Cookie{"none": nil, "a guess": {Name: real.Name, Value: "AAAAAAAAAAAAAAAAAAAAAAAAAA"},
		"empty": {Name: real.Name}, "of another port": {Name: "foia-1", Value: real.Value}} {
		d.cookie = cookie
		for _, path := range everywhere {
			got := d.send(d.request("GET", path, nil))
			if text := body(t, got); got.StatusCode != http.StatusUnauthorized || strings.Contains(text, "2026-0") ||
				strings.Contains(text, "Made-up") {
				t.Errorf("cookie %s, %s: %s\n%s", name, path, got.Status, text)
			}
		}
		if got := d.post("/r/2026-0001/record", note("forged", 10)); got.StatusCode != http.StatusUnauthorized {
			t.Errorf("cookie %s, a form: %s", name, got.Status)
		}
	}
	if n := len(d.events("2026-0001")); n != 10 {
		t.Errorf("%d events", n)
	}
	for _, token := range []string{"", "x", strings.Repeat("A", 26)} {
		if got := d.enterBy("http://x/?token=" + token); got.StatusCode != http.StatusForbidden || len(got.Cookies()) > 0 {
			t.Errorf("token %q: %s", token, got.Status)
		}
	}
	info, err := os.Stat(d.w.Path("foia.db"))
	if err != nil || info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		t.Errorf("the log can be read by others: %v, %v", info, err)
	}
}

// A link works once, and for two minutes; who looks at its head does not use it up.
func TestAttackWithAnOldLink(t *testing.T) {
	d := open(t, folder(t, 1))
	link := d.Link()
	at, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	d.cookie = nil
	if got := d.send(d.request("HEAD", at.RequestURI(), nil)); len(got.Cookies()) > 0 {
		t.Error("who asks for the head alone was let in")
	}
	if got := d.enterBy(link); got.StatusCode != http.StatusOK || d.cookie == nil || !strings.Contains(got.Header.Get("Refresh"), "url=/") {
		t.Fatalf("%s, %v", got.Status, d.cookie)
	}
	d.cookie = nil
	if got := d.enterBy(link); got.StatusCode != http.StatusForbidden || d.cookie != nil {
		t.Errorf("the same link again: %s", got.Status)
	}
	link = d.Link()
	d.now = d.now.Add(linkLasts + time.Second)
	if got := d.enterBy(link); got.StatusCode != http.StatusForbidden || d.cookie != nil {
		t.Errorf("after two minutes: %s", got.Status)
	}
}

// Another command makes a further link through a file that only the user can write; it works once, too.
func TestFurtherLink(t *testing.T) {
	w := folder(t, 1)
	if _, err := FurtherLink(w, noon); err == nil {
		t.Fatal("a link to a desk that is not open")
	}
	l, err := Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	clock := noon
	s, err := New(Options{Workspace: w, Now: func() time.Time { return clock }, Terminal: inTerminal{}}, l)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	ask := func(link string) int {
		t.Helper()
		r, err := http.Get(link)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Body.Close(); err != nil {
			t.Fatal(err)
		}
		return r.StatusCode
	}
	var link string
	for range 100 { // until the server has said that it runs
		if link, err = FurtherLink(w, noon); err == nil {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(w.Path(servingFile))
	if err != nil || strings.Contains(string(raw), link[strings.Index(link, "token=")+6:]) {
		t.Errorf("the file holds the link itself: %s, %v", raw, err)
	}
	if got := [2]int{ask(link), ask(link)}; got != [2]int{http.StatusOK, http.StatusForbidden} {
		t.Errorf("%v", got)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if _, err := FurtherLink(w, noon); err == nil {
		t.Error("the desk is closed, and has a link")
	}
}

// The cookie is of this site, out of reach of scripts, and named with the port.
func TestCookie(t *testing.T) {
	d := open(t, folder(t, 1))
	c := d.cookie
	if c.Name != fmt.Sprintf("foia-%d", d.port) || !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Domain != "" ||
		c.Path != "/" ||
		len(c.Value) < 26 || c.MaxAge != 0 {
		t.Errorf("%+v", c)
	}
}

// A page of another site, or of another port of this machine, which the same browser shows, can send no form.
func TestAttackByForeignForm(t *testing.T) {
	d := open(t, folder(t, 20))
	for name, headers := range map[string]map[string]string{
		"another site":             {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
		"another port":             {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:1"},
		"an old browser":           {"Origin": "https://evil.example"},
		"a sandboxed page":         {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
		"a file":                   {"Origin": "null"},
		"its own name, other site": {"Sec-Fetch-Site": "cross-site", "Origin": "http://" + d.address},
	} {
		for path, form := range map[string]url.Values{"/r/2026-0001/record": note("forged", 10), "/log/verify": {},
			"/hands": {"seen": {"2026-0001:10"}, "do": {"tag"}, "tag": {"forged"}}} {
			r := d.request("POST", path, strings.NewReader(form.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			for n, v := range headers {
				r.Header.Set(n, v)
			}
			if got := d.send(r); got.StatusCode != http.StatusForbidden {
				t.Errorf("%s, %s: %s", name, path, got.Status)
			}
		}
	}
	if n := len(d.events("2026-0001")); n != 10 {
		t.Errorf("%d events", n)
	}
}

// Nor can it take a page of the desk as a picture, a script or a frame; a link to one may be followed.
func TestAttackByForeignPart(t *testing.T) {
	d := open(t, folder(t, 20))
	for _, site := range []string{"cross-site", "same-site"} {
		for dest, mode := range map[string]string{"image": "no-cors", "script": "no-cors", "iframe": "navigate", "object": "navigate",
			"empty": "cors", "style": "no-cors"} {
			for _, path := range append(everywhere, "/style.css") {
				r := d.request("GET", path, nil)
				r.Header.Set("Sec-Fetch-Site", site)
				r.Header.Set("Sec-Fetch-Dest", dest)
				r.Header.Set("Sec-Fetch-Mode", mode)
				if got := d.send(r); got.StatusCode != http.StatusForbidden {
					t.Errorf("%s as %s of a %s page: %s", path, dest, site, got.Status)
				}
			}
		}
		r := d.request("GET", "/requests", nil)
		r.Header.Set("Sec-Fetch-Site", site)
		r.Header.Set("Sec-Fetch-Dest", "document")
		r.Header.Set("Sec-Fetch-Mode", "navigate")
		if got := d.send(r); got.StatusCode != http.StatusOK {
			t.Errorf("a link of a %s page: %s", site, got.Status)
		}
	}
}

// Every answer says what a page may do, that it is kept nowhere, and that it is of the kind that it says.
func TestHeaders(t *testing.T) {
	d := open(t, folder(t, 20))
	for _, path := range append(everywhere, "/style.css", "/?token=x", "/favicon.ico") {
		for _, cookie := range []*http.Cookie{d.cookie, nil} {
			r := d.request("GET", path, nil)
			if cookie == nil {
				r.Header.Del("Cookie")
			}
			h := d.send(r).Header
			for name, want := range map[string]string{"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff",
				"Cache-Control": "no-store", "Referrer-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
				"Cross-Origin-Opener-Policy": "same-origin"} {
				if got := h.Get(name); got != want {
					t.Errorf("%s: %s is %q, want %q", path, name, got, want)
				}
			}
			if h.Get("Access-Control-Allow-Origin") != "" || h.Get("Server") != "" {
				t.Errorf("%s: %v", path, h)
			}
		}
	}
	if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Error(policy)
	}
}

// There is no way to a file but by its name in the log, and no list of files.
func TestAttackByPath(t *testing.T) {
	d := open(t, folder(t, 20))
	for _, path := range []string{"/templates/", "/r", "/r/", "/r/2026-0001/files", "/r/2026-0001/files/", "/r/2026-0001/files/foia.db",
		"/r/2026-0001/files/..%2f..%2f..%2ffoia.db", "/r/2026-0001/files/%2e%2e/%2e%2e/%2e%2e/foia.db", "/foia.db", "/.serving.json",
		"/r/2026-0001/files/%2fetc%2fpasswd", "/r/2026-9999", "/r/..%2f..", "/debug/pprof/", "/r/2026-0001/files/C:%5Cx", "/requests.exe"} {
		got := d.send(d.request("GET", path, nil))
		if text := body(t, got); got.StatusCode != http.StatusNotFound && got.StatusCode/100 != 3 || strings.Contains(text, "SQLite") {
			t.Errorf("%s: %s\n%s", path, got.Status, text)
		}
	}
}

// What went wrong inside is told in the terminal, and not on the page.
func TestNoStackTrace(t *testing.T) {
	d := open(t, folder(t, 1))
	d.Server.pages = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("a secret of the inside") })
	got := d.send(d.request("GET", "/", nil))
	text := body(t, got)
	if got.StatusCode != http.StatusInternalServerError || strings.Contains(text, "secret") || strings.Contains(text, "goroutine") ||
		strings.Contains(text, ".go") {
		t.Errorf("%s %s", got.Status, text)
	}
	if len(d.failed) != 1 || !strings.Contains(d.failed[0], "a secret of the inside") || !strings.Contains(d.failed[0], "goroutine") {
		t.Errorf("the terminal was told %q", d.failed)
	}
}

// Only what a page sends is taken.
func TestMethods(t *testing.T) {
	d := open(t, folder(t, 1))
	for _, method := range []string{"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"} {
		if got := d.send(d.request(method, "/r/2026-0001", nil)); got.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("%s: %s", method, got.Status)
		}
	}
	if got := d.send(d.request("GET", "/hands", nil)); got.StatusCode == http.StatusOK {
		t.Error("a form by its address")
	}
}
