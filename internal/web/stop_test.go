package web

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"testing"
)

// An interrupt ends the desk, and a form that was on its way is recorded.
func TestStopsWithoutLosingAForm(t *testing.T) {
	d := open(t, folder(t, 20))
	l, err := Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	d.hosts[fmt.Sprintf("127.0.0.1:%d", port)] = true
	began, pages := make(chan struct{}), d.pages
	d.pages = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(began)
		pages.ServeHTTP(w, r)
	})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- d.Serve(ctx, l) }()
	text := note("on its way", 10).Encode()
	half, whole := io.Pipe()
	r, err := http.NewRequestWithContext(t.Context(), "POST", fmt.Sprintf("http://127.0.0.1:%d/r/2026-0001/record", port), half)
	if err != nil {
		t.Fatal(err)
	}
	r.ContentLength = int64(len(text))
	r.AddCookie(d.cookie)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answered := make(chan int, 1)
	go func() {
		got, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Error(err)
			answered <- 0
			return
		}
		answered <- got.StatusCode
		_ = got.Body.Close()
	}()
	if _, err := io.WriteString(whole, text[:10]); err != nil {
		t.Fatal(err)
	}
	<-began
	stop()
	for { // until the server takes nobody else
		c, err := net.Dial("tcp4", l.Addr().String())
		if err != nil {
			break
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := io.WriteString(whole, text[10:]); err != nil {
		t.Fatal(err)
	}
	if got := <-answered; got != http.StatusSeeOther {
		t.Errorf("the form was answered with %d", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if events := d.events("2026-0001"); len(events) != 11 || events[10].Data["note"] != "on its way" {
		t.Errorf("%d events", len(events))
	}
	if _, err := os.Stat(d.w.Path(servingFile)); err == nil {
		t.Error("the folder says that the desk is still open")
	}
}
