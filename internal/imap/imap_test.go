package imap

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"foia/internal/imap/imaptest"
	"foia/internal/mail"
	"foia/internal/remedy"
)

// soon is how long tests wait for a server that says nothing.
const soon = time.Second

var october = time.Date(2026, 10, 20, 0, 0, 0, 0, time.UTC)

func accountAt(port int, c imaptest.Certificate) Account {
	return Account{Host: "127.0.0.1", User: imaptest.User, Mailbox: "INBOX", Port: port, Security: TLS, Authority: c.Pool(),
		Password: func(string) (string, error) { return imaptest.Password, nil }}
}

// read is everything that is due: the messages by their numbers, the words about those that were passed over.
func read(t *testing.T, a Account, due Due) (b *Box, got map[int]string, passed []string, err error) {
	t.Helper()
	if b, err = Open(t.Context(), a); err != nil {
		return nil, nil, nil, err
	}
	defer b.Close()
	got = map[int]string{}
	last := 0
	for raw, each := range b.Messages(due) {
		var unreadable *mail.Unreadable
		switch {
		case errors.As(each, &unreadable):
			passed = append(passed, each.Error())
		case each != nil:
			if err != nil {
				t.Errorf("something follows an error: %v", each)
			}
			err = each
			continue
		default:
			got[raw.Place.Number] = string(raw.Data)
		}
		if raw.Place.Number <= last || raw.Place.File != "imap://127.0.0.1/INBOX" {
			t.Errorf("%s follows %d", raw.Place, last)
		}
		last = raw.Place.Number
	}
	return b, got, passed, err
}

func fill(t *testing.T, m *imaptest.Memory, from, to int) {
	t.Helper()
	for n := from; n <= to; n++ {
		text := imaptest.Message(n)
		if err := m.Add("INBOX", strings.NewReader(text), int64(len(text)), october.AddDate(0, 0, n)); err != nil {
			t.Fatal(err)
		}
	}
}

// The good way: everything from a day on, then what is new, then nothing; by each way to the server.
func TestMessages(t *testing.T) {
	m := imaptest.StartMemory(t)
	fill(t, m, 1, 10)
	a := accountAt(m.Port, m.Certificate)
	b, got, passed, err := read(t, a, Due{Since: october.AddDate(0, 0, 4)})
	if err != nil || len(got) != 7 || len(passed) > 0 || got[4] != imaptest.Message(4) || got[10] != imaptest.Message(10) {
		t.Fatalf("%d messages, %q, %v", len(got), passed, err)
	}
	if b.Renumbered || b.Waiting != 0 || b.Short != 0 || b.Mark().UID != 10 || b.Mark().Validity == 0 {
		t.Errorf("%+v", b)
	}
	fill(t, m, 11, 12)
	for _, way := range []Security{TLS, STARTTLS, Plain} {
		a := a
		if a.Security = way; way != TLS {
			a.Port = m.Open
		}
		again, got, _, err := read(t, a, Due{After: b.Mark(), Since: october})
		if err != nil || len(got) != 2 || got[11] == "" || again.Mark().UID != 12 {
			t.Errorf("%s: %d messages, %v", way, len(got), err)
		}
	}
	done := Mark{Validity: b.Mark().Validity, UID: 12}
	if b, got, _, err := read(t, a, Due{After: done}); err != nil || len(got) != 0 || b.Mark() != done {
		t.Errorf("%d messages, %v", len(got), err)
	}
	// Once more from a day on: how far it was read before stays.
	if b, got, _, err := read(t, a, Due{After: done, Since: october.AddDate(0, 0, 12), Again: true}); err != nil || len(got) != 1 ||
		b.Mark() != done {
		t.Errorf("%d messages, %v, %v", len(got), b.Mark(), err)
	}
}

// How far it was read moves with what was dealt with, and no further.
func TestMark(t *testing.T) {
	m := imaptest.StartMemory(t)
	fill(t, m, 1, 5)
	b, err := Open(t.Context(), accountAt(m.Port, m.Certificate))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	for raw, err := range b.Messages(Due{}) {
		if err != nil {
			t.Fatal(err)
		}
		if raw.Place.Number == 3 {
			break // this one was not dealt with
		}
	}
	if b.Mark().UID != 2 {
		t.Errorf("read to %d, want 2", b.Mark().UID)
	}
}

// Numbers that the server gave anew say nothing about what was read.
func TestRenumbered(t *testing.T) {
	m := imaptest.StartMemory(t)
	fill(t, m, 1, 5)
	a := accountAt(m.Port, m.Certificate)
	b, _, _, err := read(t, a, Due{})
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Renumber("INBOX"); err != nil {
		t.Fatal(err)
	}
	fill(t, m, 1, 5)
	again, got, _, err := read(t, a, Due{After: b.Mark(), Since: october.AddDate(0, 0, 2)})
	if err != nil || len(got) != 4 || !again.Renumbered || again.Mark().Validity == b.Mark().Validity || again.Mark().UID != 5 {
		t.Errorf("%d messages, %+v, %v", len(got), again, err)
	}
}

// flags are what the server has of each message besides its text, and whether it has seen a SELECT.
func flags(t *testing.T, a Account) string {
	t.Helper()
	c, err := imapclient.DialInsecure(a.server(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}()
	if err := c.Login(imaptest.User, imaptest.Password).Wait(); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Select("INBOX", &goimap.SelectOptions{ReadOnly: true}).Wait(); err != nil {
		t.Fatal(err)
	}
	all, err := c.Fetch(goimap.SeqSet{{Start: 1, Stop: 0}}, &goimap.FetchOptions{UID: true, Flags: true, InternalDate: true}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, m := range all {
		slices.Sort(m.Flags)
		fmt.Fprintln(&out, m.UID, m.Flags, m.InternalDate)
	}
	return out.String()
}

// Reading leaves every flag as it was, and asks for nothing that could change one.
func TestNothingChanges(t *testing.T) {
	m := imaptest.StartMemory(t)
	fill(t, m, 1, 3)
	open := accountAt(m.Open, m.Certificate)
	before := flags(t, open)
	if _, got, _, err := read(t, accountAt(m.Port, m.Certificate), Due{}); err != nil || len(got) != 3 {
		t.Fatal(len(got), err)
	}
	if after := flags(t, open); after != before || strings.Count(before, "\n") != 3 {
		t.Errorf("before:\n%safter:\n%s", before, after)
	}
	s := (&imaptest.Scripted{}).Start(t)
	if _, got, _, err := read(t, accountAt(s.Port, s.Certificate), Due{}); err != nil || len(got) != 3 {
		t.Fatal(len(got), err)
	}
	for _, said := range s.Said() {
		command, _, _ := strings.Cut(strings.TrimPrefix(said, "UID "), " ")
		if !slices.Contains([]string{"CAPABILITY", "LOGIN", "EXAMINE", "SEARCH", "FETCH", "LOGOUT"}, command) ||
			strings.Contains(said, "BODY[") || strings.Contains(said, "RFC822 ") {
			t.Errorf("the server was told %q", said)
		}
	}
}

// A server that lets nobody in, or has no such mailbox, is quoted; a password never is.
func TestRefused(t *testing.T) {
	m := imaptest.StartMemory(t)
	good := accountAt(m.Port, m.Certificate)
	other, err := imaptest.Certify("127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	echo := (&imaptest.Scripted{Answers: map[string]func(*imaptest.Talk){
		"LOGIN": func(c *imaptest.Talk) { c.Say("%s NO \x1b[31mnot with hunter2, hunter2!", c.Tag) }}}).Start(t)
	for _, row := range []struct {
		name, words, do string
		change          func(*Account)
	}{
		{"password", "refused the login of ana@example.org: Authentication failed", "an app password", func(a *Account) {
			a.Password = func(string) (string, error) { return "hunter2", nil }
		}},
		{"echo", "not with …, …!", "an app password", func(a *Account) {
			*a = accountAt(echo.Port, echo.Certificate)
			a.Password = func(string) (string, error) { return "hunter2", nil }
		}},
		{"mailbox", "the mailbox Récu/FOIA cannot be opened: No such mailbox", "without that line it is INBOX", func(a *Account) {
			a.Mailbox = "Récu/FOIA"
		}},
		{"certificate", "certificate is not trusted", "as certificate", func(a *Account) { a.Authority = other.Pool() }},
		{"other name", "certificate is not trusted", "check the host", func(a *Account) { a.Host = "localhost" }},
		{"certificate of STARTTLS", "certificate is not trusted", "as certificate", func(a *Account) {
			a.Port, a.Security, a.Authority = m.Open, STARTTLS, other.Pool()
		}},
		{"no TLS there", "does not speak TLS", "port", func(a *Account) { a.Port = m.Open }},
		{"nobody there", "cannot be reached: connect: ", "check the network", func(a *Account) { a.Port = 1 }},
		{"no such host", "cannot be reached: no host named", "check the network", func(a *Account) { a.Host = "mail.invalid" }},
		{"in the clear", "would send the password in the clear", "security: tls", func(a *Account) {
			a.Host, a.Security = "mail.invalid", Plain
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			a := good
			row.change(&a)
			_, _, _, err := read(t, a, Due{})
			if err == nil || !strings.Contains(err.Error(), row.words) || !strings.Contains(remedy.Of(err), row.do) {
				t.Fatalf("%v\n%s", err, remedy.Of(err))
			}
			if text := err.Error() + remedy.Of(err); strings.Contains(text, "hunter2") || strings.Contains(text, "\x1b") {
				t.Errorf("%q", text)
			}
		})
	}
}

// The password is asked for when the server has shown who it is, and not before.
func TestPasswordAsked(t *testing.T) {
	m := imaptest.StartMemory(t)
	other, err := imaptest.Certify("127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	a := accountAt(m.Port, other)
	a.Password = func(where string) (string, error) {
		asked++
		return "", fmt.Errorf("nobody is there to type the one of %s", where)
	}
	if _, err := Open(t.Context(), a); err == nil || asked != 0 {
		t.Errorf("asked %d times: %v", asked, err)
	}
	a.Authority = m.Pool()
	if _, err := Open(t.Context(), a); err == nil || asked != 1 || !strings.Contains(err.Error(), "nobody is there") {
		t.Errorf("asked %d times: %v", asked, err)
	}
}

// Where LOGIN is forbidden, the password is sent as PLAIN, if that is allowed.
func TestLoginDisabled(t *testing.T) {
	for _, caps := range []string{"AUTH=PLAIN", "AUTH=XOAUTH2"} {
		var sent string
		s := (&imaptest.Scripted{Greeting: "* OK [CAPABILITY IMAP4rev1 SASL-IR LOGINDISABLED " + caps + "] ready",
			Answers: map[string]func(*imaptest.Talk){"AUTHENTICATE": func(c *imaptest.Talk) { sent = c.Args; c.OK() },
				"CAPABILITY": func(c *imaptest.Talk) {
					c.Say("* CAPABILITY IMAP4rev1 SASL-IR LOGINDISABLED %s", caps)
					c.OK()
				}}}).Start(t)
		_, got, _, err := read(t, accountAt(s.Port, s.Certificate), Due{})
		if caps == "AUTH=PLAIN" {
			if err != nil || len(got) != 3 || !strings.HasPrefix(sent, "PLAIN ") {
				t.Errorf("%s: %d messages, %q, %v", caps, len(got), sent, err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), "lets nobody in with a password") {
			t.Errorf("%s: %v", caps, err)
		}
	}
}

// Whoever interrupts the program waits for nobody.
func TestInterrupted(t *testing.T) {
	s := (&imaptest.Scripted{Answers: map[string]func(*imaptest.Talk){"UID FETCH": (*imaptest.Talk).Hang}}).Start(t)
	ctx, cancel := context.WithCancel(t.Context())
	b, err := open(ctx, accountAt(s.Port, s.Certificate), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	time.AfterFunc(50*time.Millisecond, cancel)
	for _, err := range b.Messages(Due{}) {
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		return
	}
	t.Error("nothing was told")
}
