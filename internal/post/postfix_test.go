//go:build unix

package post

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"foia/internal/post/posttest"
)

// A real server takes what foia hands it, in each way to log in that a real Dovecot knows, and delivers the bytes that it was given.
func TestPostfix(t *testing.T) {
	p := posttest.StartPostfix(t)
	account := Account{Host: "127.0.0.1", Port: p.Port, User: posttest.User, Password: posttest.Password, Authority: p.Pool()}
	envelope, raw := letter(t)
	envelope.To = []string{"foia@agency.example.gov"}
	delivered := 0
	for _, security := range []Security{TLS, STARTTLS} {
		for _, login := range []string{"", "scram", "plain", "login"} {
			a := account
			if a.Security, a.Login = security, login; security == STARTTLS {
				a.Port = p.Open
			}
			receipt, err := a.Deliver(t.Context(), envelope, raw)
			if err != nil || !strings.HasPrefix(receipt.Reply, "250 2.0.0 Ok: queued as ") {
				t.Fatalf("%s, %q: %+v, %v\n%s", security, login, receipt, err, p.Log())
			}
			delivered++
		}
	}
	box := p.Box(t, delivered)
	entries, err := os.ReadDir(box)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		got, err := os.ReadFile(filepath.Join(box, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		// A mail system keeps lines as its system does, and writes above the message how it came.
		if !bytes.HasSuffix(got, bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))) {
			t.Errorf("%s: other bytes were delivered", e.Name())
		}
	}
	for name, row := range map[string]struct {
		change func(*Account, *Envelope, *[]byte)
		says   string
	}{
		"the wrong password": {func(a *Account, _ *Envelope, _ *[]byte) { a.Password = "hunter2" },
			"refused the login of ana@example.org: 535"},
		"nobody": {func(a *Account, _ *Envelope, _ *[]byte) { a.User = "" }, "554 5.7.1"},
		"too large": {func(_ *Account, _ *Envelope, raw *[]byte) { *raw = bytes.Repeat([]byte("0123456789\r\n"), 200000) },
			"too large for the mail server"},
	} {
		t.Run(name, func(t *testing.T) {
			a, e, raw := account, envelope, raw
			row.change(&a, &e, &raw)
			if _, err := a.Deliver(t.Context(), e, raw); err == nil || !strings.Contains(err.Error(), row.says) {
				t.Errorf("%v\n%s", err, p.Log())
			}
		})
	}
}
