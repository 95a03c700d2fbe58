//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"foia/internal/imap/imaptest"
	"foia/internal/workspace"
)

// withMail has the foia.yaml of a folder name a mail server on this machine.
func withMail(t *testing.T, dir string, port int, public []byte) {
	t.Helper()
	path := filepath.Join(dir, workspace.ConfigFile)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text = fmt.Appendf(text, "\nimap:\n  host: 127.0.0.1\n  port: %d\n  user: %s\n  certificate: authority.pem\n", port, imaptest.User)
	if err := errors.Join(os.WriteFile(path, text, 0o600), os.WriteFile(filepath.Join(dir, "authority.pem"), public, 0o600)); err != nil {
		t.Fatal(err)
	}
}

// Of all commands, two connect to the mail servers in foia.yaml, and they say so.
func TestOnlyWhatSaysSoConnects(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var came atomic.Int32
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			came.Add(1)
			_ = c.Close() // it was counted
		}
	}()
	dir, lines := printing(t)
	port := l.Addr().(*net.TCPAddr).Port
	withMail(t, dir, port, []byte(certificate(t)))
	settings := filepath.Join(dir, workspace.ConfigFile)
	text, err := os.ReadFile(settings)
	if err == nil {
		text = fmt.Appendf(text, "smtp:\n  host: 127.0.0.1\n  port: %d\n  user: %s\n  certificate: authority.pem\n", port, imaptest.User)
		err = os.WriteFile(settings, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(workspace.MailPassword, imaptest.Password)
	for _, line := range lines {
		var out bytes.Buffer
		if code, said := inFolder(dir, &out, line...); strings.Contains(said, "mail server") {
			t.Errorf("foia %q: exit code %d, said %q", line, code, said)
		}
	}
	if came.Load() != 0 {
		t.Errorf("%d connections to the mail server", came.Load())
	}
	var out bytes.Buffer
	code, said := inFolder(dir, &out, "inbox", "--imap", "--dry-run", "--since", "2026-01-01")
	if code != exitFailed || came.Load() != 1 || !strings.Contains(said, "it ended the connection (127.0.0.1:") {
		t.Errorf("foia inbox --imap: %d connections, exit code %d, said %q", came.Load(), code, said)
	}
	// The other that sends does so only once it was told to.
	for _, line := range []string{"new request --to abmc --via email --set subject=Cameras --set records=The_contracts_of_2026",
		"send 2026-0005 --dry-run", "paper 2026-0005 eml --out draft.eml"} {
		if code, said := inFolder(dir, &out, strings.Fields(line)...); code != exitDone || came.Load() != 1 {
			t.Errorf("foia %s: %d connections, exit code %d, said %q", line, came.Load(), code, said)
		}
	}
	t.Setenv(workspace.SendPassword, imaptest.Password)
	if code, said := inFolder(dir, &out, "send", "2026-0005"); code != exitUsage || came.Load() != 1 {
		t.Errorf("foia send, unasked: %d connections, exit code %d, said %q", came.Load(), code, said)
	}
	code, said = inFolder(dir, &out, "send", "2026-0005", "--yes")
	if code != exitFailed || came.Load() != 2 || !strings.Contains(said, "the mail server failed while greeting") {
		t.Errorf("foia send: %d connections, exit code %d, said %q", came.Load(), code, said)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	<-ended
}

func certificate(t *testing.T) string {
	t.Helper()
	c, err := imaptest.Certify("127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	return string(c.Public)
}

// A line that drops in the middle: what came before is shown and counts, the exit code says that it was not all, and
// the next run goes on there.
func TestInboxImapDropped(t *testing.T) {
	dir, _ := printing(t)
	drops := true
	s := (&imaptest.Scripted{Answers: map[string]func(*imaptest.Talk){"UID FETCH": func(c *imaptest.Talk) {
		if !drops || strings.Contains(c.Args, "RFC822.SIZE") {
			c.Usual()
			return
		}
		text := imaptest.Message(1)
		c.Say("* 1 FETCH (UID 1 BODY[]<0> {%d}\r\n%s)\r\n* 2 FETCH (UID 2 BODY[]<0> {100}\r\nFrom:", len(text), text)
		_ = c.Close()
	}}}).Start(t)
	withMail(t, dir, s.Port, s.Public)
	t.Setenv(workspace.MailPassword, imaptest.Password)
	for range 2 {
		var out bytes.Buffer
		code, said := inFolder(dir, &out, "inbox", "--imap", "--accept", "certain", "--since", "2026-01-01", "--json")
		if code != exitFailed || strings.Count(out.String(), "message 1") < 1 || strings.Contains(out.String(), "message 2") ||
			!strings.Contains(said, "while sending messages: it ended the connection") ||
			!strings.Contains(said, "it goes on after the last") {
			t.Errorf("exit code %d, %q, %q", code, &out, said)
		}
	}
	drops = false
	for want := range slices.Values([]string{"message 2", "[]"}) {
		var out bytes.Buffer
		code, said := inFolder(dir, &out, "inbox", "--imap", "--accept", "certain", "--json")
		if code != exitDone || !strings.Contains(out.String(), want) || strings.Contains(out.String(), "message 1") {
			t.Errorf("exit code %d, %q, %q", code, &out, said)
		}
	}
}
