package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"foia/internal/docket"
	"foia/internal/longtest"
	"foia/internal/post/posttest"
	"foia/internal/workspace"
)

// outbox is a campaign that goes by e-mail, in a folder of its own, with a mail server.
type outbox struct {
	*killable
	server *posttest.Server
}

func newOutbox(t *testing.T, letters int) *outbox {
	t.Helper()
	var list strings.Builder
	list.WriteString("Office,Address,City,State,ZIP,Email\n")
	for i := range letters {
		fmt.Fprintf(&list, "Springfield %d Police Department,%d Main St,Springfield,IL,62701,foia%d@agency%d.example.org\n", i, i+1, i, i)
	}
	o := &outbox{killable: newKillable(t, map[string]string{"list.csv": list.String(),
		"ask.yaml": "subject: Cameras\nrecords: [The camera contracts in force on January 20, 2025]\n"}), server: posttest.Start(t, nil)}
	o.must("batch", "list.csv", "--template", "public-records", "--answers", "ask.yaml", "--name", "cameras", "--via", "email")
	settings, err := os.OpenFile(filepath.Join(o.dir, "foia.yaml"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = fmt.Fprintf(settings, "\nsmtp:\n  host: 127.0.0.1\n  port: %d\n  security: none\n  user: %s\n  rate: none\n", o.server.Open,
		posttest.User)
	if err != nil {
		t.Fatal(err)
	}
	if err := settings.Close(); err != nil {
		t.Fatal(err)
	}
	t.Setenv(workspace.SendPassword, posttest.Password)
	return o
}

// messageID finds the request of a message that the server has.
var messageID = regexp.MustCompile(`Message-ID: <foia\.(\d+-\d+)\.`)

// has counts the messages that the server has of each request.
func (o *outbox) has() map[string]int {
	out := map[string]int{}
	for _, m := range o.server.Got() {
		if of := messageID.FindSubmatch(m.Data); of != nil {
			out[string(of[1])]++
		}
	}
	return out
}

// within runs a command to its end within the test's process.
func (o *outbox) within(args ...string) string {
	o.t.Helper()
	a := testApp()
	var out, said bytes.Buffer
	a.in, a.out, a.err = strings.NewReader(""), &out, &said
	if code := run(append([]string{"-w", o.dir}, args...), a); code != exitDone {
		o.t.Fatalf("foia %s: %s", strings.Join(args, " "), &said)
	}
	return out.String()
}

// log is what the log says of each request: sent, sent or not, drafted.
func (o *outbox) log() map[string]docket.Status {
	o.t.Helper()
	var rows []docket.Row
	if err := json.Unmarshal([]byte(o.within("log", "--json")), &rows); err != nil {
		o.t.Fatal(err)
	}
	out := map[string]docket.Status{}
	for _, r := range rows {
		out[r.ID] = docket.Status(r.Status)
	}
	return out
}

// compare holds the log to what the server has: each letter there once or known as unknown, and none that the log calls sent is
// lacking. It returns those that are unclear.
func (o *outbox) compare() (unclear []string) {
	o.t.Helper()
	has := o.has()
	for id, status := range o.log() {
		switch n := has[id]; {
		case status == docket.IsUnclear:
			unclear = append(unclear, id)
			if n > 1 {
				o.t.Errorf("%s is at the server %d times", id, n)
			}
		case status == docket.IsSent && n != 1, status == docket.IsDrafted && n != 0:
			o.t.Errorf("%s: the log says %s, and the server has %d", id, status, n)
		case status != docket.IsSent && status != docket.IsDrafted:
			o.t.Errorf("%s: the log says %s", id, status)
		}
	}
	return unclear
}

// foia send, killed at any moment: what the server has is what the log says was sent, or that nobody knows.
func TestSendKilled(t *testing.T) {
	kills := 10
	if longtest.On() {
		kills = number(t, "FOIA_SEND_KILLS", 60)
	}
	letters := 6 * kills
	o := newOutbox(t, letters)
	random := rand.New(rand.NewPCG(11, 29))
	killed, were := 0, 0
	for i := range kills {
		c := o.command("send", "--campaign", "cameras", "--yes", "--limit", "6")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		before, soon := len(o.server.Got()), time.Duration(random.IntN(400))*time.Millisecond
		if i%2 > 0 { // in the midst of a sending: just when the server has one of the next messages
			soon = time.Duration(random.IntN(8000)) * time.Microsecond
			for wait := 0; len(o.server.Got()) < before+1+i%3 && wait < 4000; wait++ {
				time.Sleep(500 * time.Microsecond)
			}
		}
		time.Sleep(soon)
		_ = c.Process.Kill() // it may be done already
		if c.Wait() != nil {
			killed++
		}
		has := o.has()
		for _, id := range o.compare() { // a person looks, and says what became of it
			were++
			word := "--it-did-not"
			if has[id] > 0 {
				word = "--it-went"
			}
			o.within("send", id, word)
		}
	}
	if killed < kills/2 || were == 0 {
		t.Errorf("of %d commands, %d were killed before they were done, with %d letters of which nobody knew", kills, killed, were)
	}
	o.must("send", "--campaign", "cameras", "--yes")
	if left := o.compare(); len(left) > 0 || len(o.has()) != letters {
		t.Errorf("of %d letters, %d are at the server, and nobody knows of %v", letters, len(o.has()), left)
	}
	o.must("verify")
	t.Logf("%d commands killed, %d letters of which nobody knew", killed, were)
}

// Two programs that send the same letters at once: one sends each.
func TestSendTogether(t *testing.T) {
	const letters, programs = 24, 3
	o := newOutbox(t, letters)
	var all sync.WaitGroup
	for range programs {
		all.Go(func() {
			// Those that another program is sending are refused: that is an exit code of 1.
			_ = o.command("send", "--campaign", "cameras", "--yes").Run()
		})
	}
	all.Wait()
	if left := o.compare(); len(left) > 0 {
		t.Errorf("nobody knows of %v", left)
	}
	if out := o.must("send", "--campaign", "cameras", "--yes"); len(o.has()) != letters {
		t.Errorf("the server has %d of %d: %s", len(o.has()), letters, out)
	}
	for id, n := range o.has() {
		if n != 1 {
			t.Errorf("%s is at the server %d times", id, n)
		}
	}
}

// A limit, a pause, and Ctrl-C: the letter that is on its way is finished, and the same command goes on.
func TestSendStopped(t *testing.T) {
	o := newOutbox(t, 12)
	if out := o.must("send", "--campaign", "cameras", "--yes", "--limit", "5"); !strings.Contains(out, "Left for the next run: 7.") ||
		len(o.has()) != 5 {
		t.Errorf("%d sent: %s", len(o.has()), out)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	c := o.command("send", "--campaign", "cameras", "--yes", "--rate", "600/h") // six seconds between two letters
	var said strings.Builder
	c.Stdout, c.Stderr = &said, &said
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	for len(o.has()) < 6 && ctx.Err() == nil {
		time.Sleep(5 * time.Millisecond)
	}
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err == nil || !strings.Contains(said.String(), "Left for the next run: 6.") || len(o.has()) != 6 {
		t.Errorf("%v, %d sent: %s", err, len(o.has()), &said)
	}
	if left := o.compare(); len(left) > 0 {
		t.Errorf("nobody knows of %v", left)
	}
	o.must("send", "--campaign", "cameras", "--yes")
	if len(o.has()) != 12 {
		t.Errorf("%d sent", len(o.has()))
	}
}

// A server that refuses one after another, as providers do whose limit is reached, is not asked 500 times; the rest goes out later.
func TestSendRefused(t *testing.T) {
	o := newOutbox(t, 12)
	o.server.Next = func(n int) posttest.Fault {
		if n < 5 {
			return posttest.RefuseTo
		}
		return posttest.None
	}
	out, err := o.command("send", "--campaign", "cameras", "--yes").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "Not sent: 5.") || !strings.Contains(string(out), "Left for the next run: 7.") {
		t.Errorf("%v: %s", err, out)
	}
	o.must("send", "--campaign", "cameras", "--yes")
	if len(o.has()) != 12 || len(o.compare()) > 0 {
		t.Errorf("%d sent", len(o.has()))
	}
}

// Nobody knows of one: the run stops, and the next goes on with the others and leaves that one alone.
func TestSendStopsWhereNobodyKnows(t *testing.T) {
	o := newOutbox(t, 6)
	o.server.Next = func(n int) posttest.Fault {
		return map[int]posttest.Fault{1: posttest.RefuseTo, 2: posttest.DropAfter}[n]
	}
	out, err := o.command("send", "--campaign", "cameras", "--yes").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "nobody knows whether it went out") {
		t.Errorf("%v: %s", err, out)
	}
	if left := o.compare(); len(left) != 1 {
		t.Errorf("nobody knows of %v", left)
	}
	out, err = o.command("send", "--campaign", "cameras", "--yes").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "Sent 4 letters") || !strings.Contains(string(out), "Not sent: 1.") {
		t.Errorf("%v: %s", err, out)
	}
	if len(o.has()) != 6 {
		t.Errorf("%d sent", len(o.has()))
	}
}
