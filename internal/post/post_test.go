package post

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"foia/internal/post/posttest"
	"foia/internal/remedy"
)

// The server is a machine's own process here: it answers at once, or never.
func impatient() waits {
	return waits{answer: 400 * time.Millisecond, before: 3 * time.Second, accept: 500 * time.Millisecond, ended: 100 * time.Millisecond}
}

func accountAt(s *posttest.Server) Account {
	return Account{Host: "127.0.0.1", Port: s.Port, User: posttest.User, Password: posttest.Password, Authority: s.Pool(),
		wait: impatient()}
}

func letter(t *testing.T) (Envelope, []byte) {
	t.Helper()
	m := Message{From: Address{"Ana Ruiz-Peña", "ana@example.org"}, To: []Address{{Address: "foia@agency.example.gov"}},
		Cc: []Address{{Address: "counsel@example.org"}}, Subject: "Request § 4 (2026-0001)",
		ID: "foia.2026-0001.request.00000000@example.org", Date: time.Date(2026, 11, 29, 9, 0, 0, 0, time.FixedZone("", -5*3600)),
		Text:  "Dear FOIA Officer:\n\n.\nA line that begins with a dot.\n",
		Files: []Attachment{{"letter.pdf", "application/pdf", bytes.Repeat([]byte("%PDF\x00\r\n.\r\n\xff"), 9000)}}}
	raw, err := m.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	e, err := EnvelopeOf(m)
	if err != nil {
		t.Fatal(err)
	}
	return e, raw
}

// What the server has is what foia says of it, whatever goes wrong.
func TestFaults(t *testing.T) {
	envelope, raw := letter(t)
	for _, row := range []struct {
		fault     posttest.Fault
		has       bool   // the server has the message
		says      string // of an error; empty: it was taken
		unknown   bool
		temporary bool
	}{
		{fault: posttest.None, has: true},
		{fault: posttest.RefuseFrom, says: "refused ana@example.org: 550 5.0.0 not you"},
		{fault: posttest.RefuseTo, says: "refused foia@agency.example.gov: 550 5.0.0 no such user here"},
		{fault: posttest.DeferTo, says: "refused foia@agency.example.gov: 451 4.0.0 greylisted, try again later", temporary: true},
		{fault: posttest.DropAtFrom, says: "failed while taking the addresses: it ended the connection"},
		{fault: posttest.DropAfter, has: true, says: "the whole message and did not answer: it ended the connection", unknown: true},
		{fault: posttest.HangAfter, has: true, says: "the whole message and did not answer: it does not answer", unknown: true},
		{fault: posttest.RefuseAfter, says: "failed while taking the message: 554 5.0.0 looks like spam"},
		{fault: posttest.DeferAfter, says: "failed while taking the message: 451 4.0.0 try again later", temporary: true},
		{fault: posttest.TooLarge, says: "failed while taking the message: 552 5.0.0 too large"},
		{fault: posttest.LoseAfter},
	} {
		for _, security := range []Security{TLS, STARTTLS, Plainly} {
			t.Run(fmt.Sprint(row.fault, security), func(t *testing.T) {
				s := posttest.Start(t, nil)
				s.Next = func(int) posttest.Fault { return row.fault }
				a := accountAt(s)
				if a.Security = security; security != TLS {
					a.Port = s.Open
				}
				receipt, err := a.Deliver(t.Context(), envelope, raw)
				var unknown *Unknown
				switch {
				case row.says == "" && err != nil, row.says != "" && (err == nil || !strings.Contains(err.Error(), row.says)):
					t.Errorf("%v, want %q", err, row.says)
				case errors.As(err, &unknown) != row.unknown, Temporary(err) != row.temporary:
					t.Errorf("unknown %v, temporary %v: %v", errors.As(err, &unknown), Temporary(err), err)
				case row.fault == posttest.None && receipt.Reply != "250 2.0.0 Ok: queued as 4Fz1Qx":
					t.Errorf("the receipt says %q", receipt.Reply)
				}
				got := s.Got()
				if (len(got) == 1) != row.has {
					t.Fatalf("the server has %d messages", len(got))
				}
				if row.has && (!bytes.Equal(got[0].Data, raw) || fmt.Sprint(got[0].To) != fmt.Sprint(envelope.To)) {
					t.Errorf("the server has other bytes, or for others: %v", got[0].To)
				}
			})
		}
	}
}

// Where the connection ends within the message, the system may have taken the rest of it already: then foia cannot know. It never
// says that the server has it.
func TestDroppedInside(t *testing.T) {
	envelope, raw := letter(t)
	s := posttest.Start(t, nil)
	s.Next = func(int) posttest.Fault { return posttest.DropInside }
	for range 20 {
		if receipt, err := accountAt(s).Deliver(t.Context(), envelope, raw); err == nil || len(s.Got()) > 0 {
			t.Fatalf("%+v, %v", receipt, err)
		}
	}
}

// odd is a server that answers line by line as a test says, without TLS.
func odd(t *testing.T, greets func(net.Conn), answers func(net.Conn, string) bool) Account {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		greets(conn)
		lines := bufio.NewScanner(conn)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() && answers(conn, lines.Text()) {
		}
	}()
	t.Cleanup(func() { _ = l.Close(); <-ended })
	return Account{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, Security: Plainly, wait: impatient()}
}

func says(words string) func(net.Conn) {
	return func(c net.Conn) { _, _ = io.WriteString(c, words) }
}

// good answers a command as a good server does; what has an answer of its own is answered so.
func good(own map[string]string) func(net.Conn, string) bool {
	inside := false
	return func(c net.Conn, line string) bool {
		word, _, _ := strings.Cut(line, " ")
		switch {
		case inside && line != ".":
			return true
		case inside:
			inside, word = false, "."
		}
		usual := map[string]string{"EHLO": "250-here\r\n250 SIZE 100000000\r\n", "DATA": "354 go on\r\n", "QUIT": "221 bye\r\n"}
		answer, ok := own[word]
		if !ok {
			if answer, ok = usual[word]; !ok {
				answer = "250 Ok\r\n"
			}
		}
		inside = word == "DATA" && strings.HasPrefix(answer, "354")
		_, err := io.WriteString(c, answer)
		return err == nil && answer != ""
	}
}

// Servers that do what none should: none of them has the message, unless foia says that nobody knows.
func TestOddServers(t *testing.T) {
	envelope, raw := letter(t)
	hello := says("220 here\r\n")
	for name, row := range map[string]struct {
		greets  func(net.Conn)
		own     map[string]string
		says    string
		unknown bool
		sent    bool
	}{
		"a good one":      {hello, nil, "", false, true},
		"no greeting":     {says(""), nil, "failed while greeting: it does not answer", false, false},
		"refuses at once": {says("554 no service\r\n"), nil, "failed while greeting: 554 no service", false, false},
		"a slow greeting": {func(c net.Conn) { time.Sleep(200 * time.Millisecond); says("220 here\r\n")(c) },
			nil, "", false, true},
		"a greeting without end": {says(strings.Repeat("220-x\r\n", 50000)),
			nil, "failed while greeting: it sends without end", false, false},
		"another protocol": {says("+OK POP3 ready\r\n"), nil,
			"failed while greeting: it sent something that a mail server does not", false, false},
		"no to DATA": {hello,
			map[string]string{"DATA": "554 no recipients\r\n"}, "failed while taking the message: 554", false, false},
		"an answer before the message": {hello,
			map[string]string{"DATA": "354 go on\r\n250 Ok: queued as lie\r\n"}, "it answered before it had", false, false},
		"a message that is too large": {hello,
			map[string]string{"EHLO": "250-here\r\n250 SIZE 1000\r\n"}, "too large for the mail server", false, false},
		"garbage for an answer": {hello,
			map[string]string{".": "what?\r\n"}, "did not answer: it sent something", true, false},
		"another yes":            {hello, map[string]string{".": "252 will try\r\n"}, "", false, true},
		"an intermediate answer": {hello, map[string]string{".": "354 go on\r\n"}, "did not answer", true, false},
		"half of an answer": {hello,
			map[string]string{".": "250-Ok\r\n"}, "did not answer: it does not answer", true, false},
		"421 and away": {hello,
			map[string]string{".": "421 shutting down\r\n"}, "failed while taking the message: 421", false, false},
		"what a terminal would obey":    {hello, map[string]string{"MAIL": "550 \x1b[2Jgone\r\n"}, "550 [2Jgone", false, false},
		"no way to log in, and no user": {hello, map[string]string{"EHLO": "250 here\r\n"}, "", false, true},
		"EHLO unknown, HELO known":      {hello, map[string]string{"EHLO": "502 what\r\n"}, "", false, true},
		"8BITMIME, SMTPUTF8, DSN, unasked": {hello,
			map[string]string{"EHLO": "250-x\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 DSN\r\n"}, "", false, true},
	} {
		t.Run(name, func(t *testing.T) {
			a := odd(t, row.greets, good(row.own))
			receipt, err := a.Deliver(t.Context(), envelope, raw)
			var unknown *Unknown
			if (err == nil) != row.sent || err != nil && !strings.Contains(err.Error(), row.says) ||
				errors.As(err, &unknown) != row.unknown {
				t.Errorf("%+v, %v", receipt, err)
			}
			if err != nil && strings.ContainsRune(err.Error(), 0x1b) {
				t.Errorf("%q", err)
			}
		})
	}
}

// TLS that is refused, closed, of a stranger, or not there.
func TestTLS(t *testing.T) {
	envelope, raw := letter(t)
	s := posttest.Start(t, nil)
	good := accountAt(s)
	for name, row := range map[string]struct {
		change func(*Account)
		says   string
	}{
		"a stranger's certificate":    {func(a *Account) { a.Authority = nil }, "certificate is not trusted"},
		"TLS on a port without":       {func(a *Account) { a.Port = s.Open }, "does not speak TLS there"},
		"STARTTLS on a port with TLS": {func(a *Account) { a.Security = STARTTLS }, "failed while greeting"},
		"in the clear to another host": {func(a *Account) { a.Security, a.Host = Plainly, "smtp.example.org" },
			"would send the password in the clear"},
		"no such host":                   {func(a *Account) { a.Host = "no-such-host.invalid" }, "cannot be reached: "},
		"nobody listens":                 {func(a *Account) { a.Port = 1 }, "cannot be reached"},
		"the wrong password":             {func(a *Account) { a.Password = "hunter2" }, "refused the login of ana@example.org: 535"},
		"a way to log in that is not on": {func(a *Account) { a.Login = "scram" }, "offers other ways to log in: plain, login, xoauth2"},
	} {
		t.Run(name, func(t *testing.T) {
			a := good
			row.change(&a)
			_, err := a.Deliver(t.Context(), envelope, raw)
			if err == nil || !strings.Contains(err.Error(), row.says) || !ForAll(err) && a.Security != Plainly || remedy.Of(err) == "" {
				t.Errorf("%v; %s", err, remedy.Of(err))
			}
			if err != nil && strings.Contains(err.Error(), "hunter2") {
				t.Error("the password is told")
			}
		})
	}
	if len(s.Got()) > 0 {
		t.Error("the server has a message")
	}
}

// STARTTLS is not left out where the server does not offer it.
func TestNoDowngrade(t *testing.T) {
	envelope, raw := letter(t)
	a := odd(t, says("220 here\r\n"), good(nil))
	a.Security = STARTTLS
	if _, err := a.Deliver(t.Context(), envelope, raw); err == nil || !strings.Contains(err.Error(), "does not encrypt on this port") {
		t.Error(err)
	}
}

// Each way to log in that the server has.
func TestLogins(t *testing.T) {
	envelope, raw := letter(t)
	for _, way := range []string{"", "plain", "login", "xoauth2"} {
		s := posttest.Start(t, nil)
		a := accountAt(s)
		a.Login = way
		if _, err := a.Deliver(t.Context(), envelope, raw); err != nil || len(s.Got()) != 1 {
			t.Errorf("%q: %v", way, err)
		}
	}
}

// An address that is not ASCII needs a server that takes such.
func TestAddressesAbroad(t *testing.T) {
	_, raw := letter(t)
	for takes, want := range map[bool]string{true: "", false: "takes only addresses in ASCII"} {
		s := posttest.Start(t, func(s *smtp.Server) { s.EnableSMTPUTF8 = takes })
		_, err := accountAt(s).Deliver(t.Context(), Envelope{"ana@example.org", []string{"büro@example.org"}}, raw)
		if (err == nil) != takes || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("takes %v: %v", takes, err)
		}
	}
}

// Interrupted before the end of the message, the server does not have it; after that, foia waits for the answer.
func TestInterrupted(t *testing.T) {
	envelope, raw := letter(t)
	for name, row := range map[string]struct {
		at      string
		unknown bool
		sent    bool
	}{"at the greeting": {"EHLO", false, false}, "at the recipient": {"RCPT", false, false}, "at the end": {".", false, true}} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			answer := good(nil)
			inside := false
			a := odd(t, says("220 here\r\n"), func(c net.Conn, line string) bool {
				word, _, _ := strings.Cut(line, " ")
				inside = inside && line != "." || word == "DATA"
				if word == row.at && !inside {
					cancel()
					time.Sleep(20 * time.Millisecond)
				}
				return answer(c, line)
			})
			_, err := a.Deliver(ctx, envelope, raw)
			if (err == nil) != row.sent || err != nil && !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
		})
	}
}

// Whatever is in a name, a subject or an address: the head has the fields that it should, and no other.
func TestNothingGetsIntoTheHead(t *testing.T) {
	for _, bad := range []string{"x\r\nBcc: evil@example.org", "x\nBcc: evil@example.org", "x\x00y", "=?utf-8?B?AA==?=",
		"a, b <c@d.example>", "\"quoted\\\""} {
		m := Message{From: Address{bad, "ana@example.org"}, To: []Address{{bad, "foia@agency.example.gov"}}, Subject: bad,
			ID: "foia.1@example.org", Text: bad, Files: []Attachment{{bad + ".pdf", "application/pdf", []byte("x")}}}
		raw, err := m.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		head, _, _ := bytes.Cut(raw, []byte("\r\n\r\n"))
		for line := range strings.SplitSeq(string(head), "\r\n") {
			name, _, _ := strings.Cut(line, ":")
			known := strings.Contains("From To Subject Message-ID X-Unsent MIME-Version Content-Type", name)
			if !strings.HasPrefix(line, " ") && !known || len(line) > 78 {
				t.Errorf("%q: %q", bad, line)
			}
		}
		for _, address := range []string{bad, "ana@example.org" + bad, "ana@example.org\r\nRCPT TO:<evil@example.org>"} {
			if plain, err := Plain(address); err == nil {
				t.Errorf("%q is taken for the address %q", address, plain)
			}
		}
	}
}
