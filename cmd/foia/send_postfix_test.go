//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"foia/internal/post/posttest"
	"foia/internal/workspace"
)

// By way of a real mail server: a letter arrives as it was frozen, and the notice that another could not be delivered is read back
// to its request.
func TestSendByPostfix(t *testing.T) {
	t.Setenv("FOIA_TEST_DAY", time.Now().UTC().Format(time.DateOnly)) // the server writes its own day into what it sends
	p := posttest.StartPostfix(t)
	k := newKillable(t, map[string]string{"ask.yaml": "subject: Cameras\nrecords: [The camera contracts in force on January 20, 2025]\n",
		"authority.pem": string(p.Public),
		"list.csv": "Office,Address,City,State,ZIP,Email\n" +
			"Springfield Police Department,1 Main St,Springfield,IL,62701,foia@agency.example.gov\n" +
			"Shelbyville Police Department,1 Main St,Shelbyville,IL,62565,foia@bounce.example.gov\n"})
	k.must("batch", "list.csv", "--template", "public-records", "--answers", "ask.yaml", "--name", "cameras", "--via", "email")
	settings, err := os.ReadFile(filepath.Join(k.dir, "foia.yaml"))
	if err == nil {
		settings = fmt.Appendf(settings, "\nsmtp:\n  host: 127.0.0.1\n  port: %d\n  security: starttls\n  user: %s\n"+
			"  certificate: authority.pem\n  rate: none\n  password_command: [cat, secret]\n", p.Open, posttest.User)
		err = os.WriteFile(filepath.Join(k.dir, "foia.yaml"), settings, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(k.dir, "secret"), []byte(posttest.Password+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv(workspace.SendPassword, "")
	if out := k.must("send", "--campaign", "cameras", "--yes"); !strings.Contains(out, "Sent 2 letters.") {
		t.Fatalf("%s%s", out, p.Log())
	}
	for id, status := range (&outbox{killable: k}).log() {
		if status != "sent" {
			t.Errorf("%s is %s", id, status)
		}
	}
	box := p.Box(t, 2) // the letter that arrived, and the notice of the other
	t.Setenv("FOIA_TEST_DAY", time.Now().UTC().AddDate(0, 0, 1).Format(time.DateOnly))
	out := k.must("inbox", box, "--dry-run")
	if !strings.Contains(out, "about 2026-0002, by our message that it answers") || !strings.Contains(out, "undelivered") {
		t.Errorf("the notice is not read back to its request: %s", out)
	}
	if strings.Contains(out, "acknowledged") {
		t.Errorf("the copy of our own letter is taken for an answer: %s", out)
	}
	k.must("inbox", box, "--accept", "all")
	if out := k.must("show", "2026-0002"); !strings.Contains(out, "undelivered") {
		t.Errorf("%s", out)
	}
	k.must("send", "2026-0002", "--dry-run") // what came back may go out again
}
