package web

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// served is a desk that listens, and how to talk to it.
func served(t *testing.T, requests int) (d *desk, address string) {
	t.Helper()
	d = open(t, folder(t, requests))
	l, err := Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	address = l.Addr().String()
	d.hosts[address] = true
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- d.Serve(ctx, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return d, address
}

// dial sends the beginning of a request, and no more.
func dial(t *testing.T, address, text string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp4", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	return c
}

// look asks for a page over the network, as the browser that was let in.
func (d *desk) look(address, path string) (int, error) {
	within, cancel := context.WithTimeout(d.t.Context(), time.Minute)
	defer cancel()
	r, err := http.NewRequestWithContext(within, "GET", "http://"+address+path, nil)
	if err != nil {
		return 0, err
	}
	r.AddCookie(d.cookie)
	got, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	_, err = io.Copy(io.Discard, got.Body)
	return got.StatusCode, errors.Join(err, got.Body.Close())
}

// Who sends a form bit by bit, let in or not, keeps nobody from a page.
func TestAttackBySlowBody(t *testing.T) {
	d, address := served(t, 20)
	cookie := d.cookie.String()
	for _, who := range []string{"Cookie: " + cookie + "\r\n", ""} {
		for _, path := range []string{"/r/2026-0001/record", "/hands", "/log/verify"} {
			dial(t, address, "POST "+path+" HTTP/1.1\r\nHost: "+address+"\r\n"+who+
				"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nkind=no")
		}
		dial(t, address, "POST /r/2026-0001/record HTTP/1.1\r\nHost: "+address+"\r\n"+who+
			"Content-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n--x")
	}
	for _, path := range []string{"/", "/requests", "/r/2026-0001"} {
		if code, err := d.look(address, path); code != http.StatusOK || err != nil {
			t.Errorf("%s: %d, %v", path, code, err)
		}
	}
}

// A browser that takes a page or a file and does not read on, such as while it asks where to save it, keeps nobody from
// another page.
func TestAttackBySlowReader(t *testing.T) {
	d := open(t, folder(t, 20))
	stuck, began := make(chan struct{}), make(chan struct{}, 2)
	var waiting sync.WaitGroup
	for _, path := range []string{"/requests.csv", "/r/2026-0001"} {
		waiting.Go(func() {
			d.ServeHTTP(&slowWriter{ResponseRecorder: httptest.NewRecorder(), began: began, stuck: stuck}, d.request("GET", path, nil))
		})
	}
	<-began
	<-began
	done := make(chan string, 1)
	go func() { done <- d.get("/requests") }()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Error("no page while another one is being read")
	}
	close(stuck)
	waiting.Wait()
}

type slowWriter struct {
	*httptest.ResponseRecorder
	began chan struct{}
	stuck chan struct{}
	once  sync.Once
}

func (w *slowWriter) Write(b []byte) (int, error) {
	w.once.Do(func() { w.began <- struct{}{} })
	<-w.stuck
	return w.ResponseRecorder.Write(b)
}

// Ten thousand connections that say nothing keep nobody from a page, nor a form from the log.
func TestAttackByManyConnections(t *testing.T) {
	d, address := served(t, 20)
	var all []net.Conn
	for range 10_000 {
		c, err := net.Dial("tcp4", address)
		if err != nil {
			t.Logf("this machine gives %d connections: %v", len(all), err)
			break
		}
		all = append(all, c)
	}
	if len(all) < 200 {
		t.Fatalf("%d connections", len(all))
	}
	for i, c := range all {
		if i >= len(all)-100 { // what the desk and the test need themselves
			if err := c.Close(); err != nil {
				t.Fatal(err)
			}
			continue
		}
		t.Cleanup(func() { _ = c.Close() })
	}
	if code, err := d.look(address, "/"); code != http.StatusOK || err != nil {
		t.Errorf("a page: %d, %v", code, err)
	}
	if got := d.post("/r/2026-0001/record", note("amid them", 10)); got.StatusCode != http.StatusSeeOther {
		t.Errorf("a form: %s", got.Status)
	}
}

// Forms of many fields or many parts are refused, and not held nor shown again.
func TestAttackByHugeForm(t *testing.T) {
	d := open(t, folder(t, 20))
	many := "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n"
	for name, form := range map[string]struct{ kind, body string }{
		"names":  {"application/x-www-form-urlencoded", strings.Repeat("=&", 4<<20)},
		"fields": {"application/x-www-form-urlencoded", strings.Repeat("a&", 4<<20)},
		"parts":  {"multipart/form-data; boundary=x", strings.Repeat(many, 50_000) + "--x--\r\n"},
		"a file": {"multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n" +
			strings.Repeat("x", mostSent+1) + "\r\n--x--\r\n"},
		"a name": {"application/x-www-form-urlencoded", strings.Repeat("a", 4<<20) + "=1"},
	} {
		r := d.request("POST", "/r/2026-0017/record", strings.NewReader(form.body))
		r.Header.Set("Content-Type", form.kind)
		got := d.send(r)
		if text := body(t, got); got.StatusCode/100 != 4 || len(text) > 300_000 {
			t.Errorf("%s: %s, %d bytes", name, got.Status, len(text))
		}
	}
	if n := len(d.events("2026-0017")); n != 10 {
		t.Errorf("%d events", n)
	}
}
