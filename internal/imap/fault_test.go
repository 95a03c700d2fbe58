package imap

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	goimap "github.com/emersion/go-imap/v2"

	"foia/internal/imap/imaptest"
	"foia/internal/mail"
	"foia/internal/remedy"
)

// answers are those of a server that does something else for one command.
func answers(command string, f func(c *imaptest.Talk)) map[string]func(*imaptest.Talk) {
	return map[string]func(*imaptest.Talk){command: f}
}

// bodies is what a server does when it is to send messages; it says their sizes as a good one.
func bodies(f func(c *imaptest.Talk)) map[string]func(*imaptest.Talk) {
	return answers("UID FETCH", func(c *imaptest.Talk) {
		if strings.Contains(c.Args, "RFC822.SIZE") {
			c.Usual()
			return
		}
		f(c)
	})
}

// Whatever a server does, reading ends, what came before counts, and it is told what failed, where, and what to do.
func TestFaults(t *testing.T) {
	const again = "it goes on after the last message"
	for _, row := range []struct {
		name     string
		server   *imaptest.Scripted
		got      []int
		words    string
		do       string
		upToMark uint32
	}{
		{"hangs at once", &imaptest.Scripted{Greeting: "-"}, nil, "while greeting: it does not answer", again, 0},
		{"hangs after the greeting", &imaptest.Scripted{Answers: answers("LOGIN", (*imaptest.Talk).Hang)}, nil,
			"while letting you in: it does not answer", again, 0},
		{"hangs in EXAMINE", &imaptest.Scripted{Answers: answers("EXAMINE", (*imaptest.Talk).Hang)}, nil,
			"while opening the mailbox: it does not answer", again, 0},
		{"hangs in SEARCH", &imaptest.Scripted{Answers: answers("UID SEARCH", (*imaptest.Talk).Hang)}, nil,
			"while listing the messages: it does not answer", again, 0},
		{"hangs before the messages", &imaptest.Scripted{Answers: bodies((*imaptest.Talk).Hang)}, nil,
			"while sending messages: it does not answer", again, 0},
		{"hangs within a message", &imaptest.Scripted{Answers: bodies(func(c *imaptest.Talk) {
			c.Say("* 1 FETCH (UID 1 BODY[]<0> {5}\r\nhello)")
			c.Say("* 2 FETCH (UID 2 BODY[]<0> {500}\r\nhel")
			c.Hang()
		})}, []int{1}, "while sending messages: it does not answer", again, 1},
		{"drops the line within a message", &imaptest.Scripted{Answers: bodies(func(c *imaptest.Talk) {
			c.Say("* 1 FETCH (UID 1 BODY[]<0> {5}\r\nhello)")
			c.Say("* 2 FETCH (UID 2 BODY[]<0> {500}\r\nhel")
			_ = c.Close()
		})}, []int{1}, "while sending messages: it ended the connection", again, 1},
		{"drops the line after the last", &imaptest.Scripted{Answers: bodies(func(c *imaptest.Talk) {
			for n := range 3 {
				c.Say("* %d FETCH (UID %d BODY[]<0> {5}\r\nhello)", n+1, n+1)
			}
			_ = c.Close()
		})}, []int{1, 2, 3}, "while sending messages: it ended the connection", again, 3},
		{"drops the line between", &imaptest.Scripted{Answers: answers("UID SEARCH", func(c *imaptest.Talk) { _ = c.Close() })}, nil,
			"while listing the messages: it ended the connection", again, 0},
		{"sends garbage as greeting", &imaptest.Scripted{Greeting: "HTTP/1.1 400 Bad Request"}, nil,
			"while greeting: it sent something that a mail server does not", again, 0},
		{"sends garbage", &imaptest.Scripted{Answers: answers("UID SEARCH", func(c *imaptest.Talk) {
			c.Say("* SEARCH 1 {((\x00\xff")
		})}, nil, "while listing the messages: it sent something that a mail server does not", again, 0},
		{"sends garbage for a message", &imaptest.Scripted{Answers: bodies(func(c *imaptest.Talk) {
			c.Say("* 1 FETCH (UID 1 BODY[]<0> {5}\r\nhello)\r\n* 2 FETCH (UID x)")
		})}, []int{1}, "it sent something that a mail server does not", again, 1},
		{"says no to everybody", &imaptest.Scripted{Greeting: "* BYE too many connections"}, nil,
			"refused the connection: too many connections", "check the network", 0},
		{"says no to a search", &imaptest.Scripted{Answers: answers("UID SEARCH", func(c *imaptest.Talk) {
			c.Say("%s NO busy", c.Tag)
		})}, nil, "does not list its messages: busy", again, 0},
		{"says a line without end", &imaptest.Scripted{Answers: answers("UID SEARCH", func(c *imaptest.Talk) {
			_, _ = io.Copy(c.Conn, forever("* SEARCH", " 1"))
		})}, nil, "while listing the messages: it sent more than it was asked for", again, 0},
		{"has more flags than fit", &imaptest.Scripted{Answers: answers("EXAMINE", func(c *imaptest.Talk) {
			_, _ = io.Copy(c.Conn, forever("* FLAGS (x", " x"))
		})}, nil, "while opening the mailbox: it sent more than it was asked for", again, 0},
		{"announces a text without end", &imaptest.Scripted{Answers: answers("UID SEARCH", func(c *imaptest.Talk) {
			_, _ = io.Copy(c.Conn, forever("* LIST () \"/\" {9000000000}\r\n", "x"))
		})}, nil, "it sent more than it was asked for", again, 0},
		{"announces a message without end", &imaptest.Scripted{Answers: bodies(func(c *imaptest.Talk) {
			c.Say("* 1 FETCH (UID 1 BODY[]<0> {5}\r\nhello)")
			_, _ = io.Copy(c.Conn, forever("* 2 FETCH (UID 2 BODY[]<0> {9000000000}\r\n", "x"))
		})}, []int{1}, "it sent more than it was asked for", again, 1},
		{"drops the line within a message without a number", &imaptest.Scripted{Answers: bodies(func(c *imaptest.Talk) {
			c.Say("* 1 FETCH (BODY[]<0> {5}\r\nhello UID 1)")
			c.Say("* 2 FETCH (BODY[]<0> {500}\r\nhel")
			_ = c.Close()
		})}, []int{1}, "it ended the connection", again, 1},
		{"announces a message without end or number", &imaptest.Scripted{Answers: bodies(func(c *imaptest.Talk) {
			_, _ = io.Copy(c.Conn, forever("* 2 FETCH (BODY[]<0> {9000000000}\r\n", "x"))
		})}, nil, "it sent more than it was asked for", again, 0},
		{"sends a message a thousand times", &imaptest.Scripted{Answers: bodies(func(c *imaptest.Talk) {
			_, _ = io.Copy(c.Conn, forever("", "* 1 FETCH (UID 1 BODY[]<0> {100000}\r\n"+
				strings.Repeat("x", 100000)+")\r\n"))
		}), Messages: map[uint32]imaptest.ScriptedMessage{1: {Text: "x"}, 2: {Text: "x"}}}, []int{1},
			"it sent more than it was asked for", again, 1},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s := row.server.Start(t)
			b, err := open(t.Context(), accountAt(s.Port, s.Certificate), soon)
			var got []int
			if err == nil {
				defer b.Close()
				for raw, each := range b.Messages(Due{}) {
					if err = each; err == nil {
						got = append(got, raw.Place.Number)
					}
				}
				if b.Mark().UID != row.upToMark {
					t.Errorf("read up to %d, want %d", b.Mark().UID, row.upToMark)
				}
			}
			if err == nil || !strings.Contains(err.Error(), row.words) || !strings.Contains(err.Error(), "127.0.0.1:") ||
				!strings.Contains(remedy.Of(err), row.do) || !slices.Equal(got, row.got) {
				t.Errorf("%v, %v\n%s", got, err, remedy.Of(err))
			}
		})
	}
}

// STARTTLS is begun or there is no login: not where a server refuses it, says that it knows the caller already, says
// more than it should before, or says nothing after.
func TestSTARTTLSFaults(t *testing.T) {
	for _, row := range []struct {
		name, greeting string
		answer         func(c *imaptest.Talk)
		words          string
	}{
		{"refused", "", func(c *imaptest.Talk) { c.Say("%s BAD unknown", c.Tag) }, "refused the connection: unknown"},
		{"knows the caller", "* PREAUTH [CAPABILITY IMAP4rev1] hello", (*imaptest.Talk).OK, "while greeting: "},
		{"no answer", "", (*imaptest.Talk).Hang, "while greeting: it does not answer"},
		{"no handshake", "", func(c *imaptest.Talk) { c.OK(); c.Hang() }, "while greeting: it does not answer"},
		{"more than it should", "", func(c *imaptest.Talk) {
			c.Say("%s OK go on\r\n* OK injected\r\nT2 OK [CAPABILITY IMAP4rev1] injected", c.Tag)
			c.Hang()
		}, "does not speak TLS"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s := (&imaptest.Scripted{Clear: true, Greeting: row.greeting, Answers: answers("STARTTLS", row.answer)}).Start(t)
			a := accountAt(s.Port, s.Certificate)
			a.Security = STARTTLS
			a.Password = func(string) (string, error) { t.Error("a password was asked for"); return "", nil }
			if _, err := open(t.Context(), a, soon); err == nil || !strings.Contains(err.Error(), row.words) {
				t.Errorf("%v; want %q", err, row.words)
			}
			for _, said := range s.Said() {
				if strings.HasPrefix(said, "LOGIN") || strings.HasPrefix(said, "AUTHENTICATE") {
					t.Errorf("the server was told %q", said)
				}
			}
		})
	}
}

// forever is a text that goes on as long as somebody reads it.
func forever(start, more string) io.Reader {
	return &endless{strings.NewReader(start), []byte(strings.Repeat(more, 1+(32<<10)/len(more)))}
}

type endless struct {
	io.Reader
	more []byte
}

func (e *endless) Read(p []byte) (int, error) {
	if n, err := e.Reader.Read(p); err == nil {
		return n, nil
	}
	e.Reader = bytes.NewReader(e.more)
	return e.Reader.Read(p)
}

// A server that drips is given up when the time for the whole answer is over.
func TestSlow(t *testing.T) {
	s := (&imaptest.Scripted{Answers: answers("UID SEARCH", func(c *imaptest.Talk) {
		c.Say("* OK wait")
		if _, err := c.Write([]byte("* SEARCH")); err != nil {
			t.Error(err)
		}
		for range 1000 {
			if _, err := c.Write([]byte(" 1")); err != nil {
				return
			}
			time.Sleep(5 * time.Millisecond)
		}
	})}).Start(t)
	b, err := Open(t.Context(), accountAt(s.Port, s.Certificate))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	b.line.begin(100*time.Millisecond, 1<<20)
	_, err = b.client.UIDSearch(&goimap.SearchCriteria{}, nil).Wait()
	if err = b.failed("listing", err); err == nil || !strings.Contains(err.Error(), "it answers too slowly") {
		t.Error(err)
	}
}

// What a server says of sizes is believed only as far as it can do no harm.
func TestSizes(t *testing.T) {
	text := imaptest.Message(2)
	const tooLarge = "message 2: the message has more than 200 MB and was not read"
	for _, row := range []struct {
		name   string
		size   int
		text   string
		got    bool
		short  int
		passed string
	}{
		{"true", 0, text, true, 0, ""},
		{"larger than announced", 10, text, true, 0, ""},
		{"much larger than announced", 10, strings.Repeat(text, batchBytes/len(text)+2), true, 0, ""},
		{"smaller than announced", len(text) + 1, text, true, 1, ""},
		{"announced as more than is read", mail.MostBytes + 1, text, false, 0, tooLarge},
		{"announced as nonsense", 1 << 60, text, false, 0, tooLarge},
		{"empty", 0, "", true, 0, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := (&imaptest.Scripted{Messages: map[uint32]imaptest.ScriptedMessage{1: {Text: "first"}, 2: {Text: row.text, Size: row.size},
				3: {Text: "last"}}}).Start(t)
			b, got, passed, err := read(t, accountAt(s.Port, s.Certificate), Due{})
			if err != nil || got[1] != "first" || got[3] != "last" || b.Mark().UID != 3 || b.Short != row.short {
				t.Errorf("%d messages, %v", len(got), err)
			}
			if have, ok := got[2]; ok != row.got || ok && have != row.text || strings.Join(passed, "") != prefixed(row.passed) {
				t.Errorf("%d bytes, %q", len(have), passed)
			}
		})
	}
}

func prefixed(s string) string {
	if s == "" {
		return ""
	}
	return "imap://127.0.0.1/INBOX, " + s
}

// A message that is gone when it is to be read is told, and the rest is read.
func TestGone(t *testing.T) {
	s := (&imaptest.Scripted{Answers: answers("UID SEARCH", func(c *imaptest.Talk) { c.Say("* SEARCH 1 2 3 8 9"); c.OK() })}).Start(t)
	b, got, passed, err := read(t, accountAt(s.Port, s.Certificate), Due{})
	if err != nil || len(got) != 3 || len(passed) != 2 || !strings.Contains(passed[0], "message 8: the server did not send it") ||
		b.Mark().UID != 9 {
		t.Errorf("%d messages, %q, %v", len(got), passed, err)
	}
}

// A server may send the text before the number, and tell of flags that nobody asked for.
func TestOrder(t *testing.T) {
	s := (&imaptest.Scripted{Answers: bodies(func(c *imaptest.Talk) {
		c.Say("* 9 FETCH (FLAGS (\\Seen))\r\n* 1 FETCH (BODY[]<0> {3}\r\none UID 1)\r\n* 9 FETCH (BODY[]<0> {4}\r\nnine UID 9)")
		c.Say("* 3 FETCH (UID 3 BODY[]<0> {5}\r\nthree)\r\n* 2 FETCH (FLAGS (\\Seen) BODY[]<0> {3}\r\ntwo UID 2)")
		c.Say("* 2 FETCH (BODY[]<0> {5}\r\nagain UID 2)\r\n* 3 FETCH (UID 3 BODY[]<0> {5}\r\nagain)")
		c.OK()
	})}).Start(t)
	b, got, passed, err := read(t, accountAt(s.Port, s.Certificate), Due{})
	if err != nil || len(got) != 3 || len(passed) > 0 || got[1] != "one" || got[2] != "two" || got[3] != "three" || b.Mark().UID != 3 {
		t.Errorf("%v, %q, %v", got, passed, err)
	}
}

// Numbers are taken from a list as far as they can be messages.
func TestLists(t *testing.T) {
	for _, row := range []struct {
		list  string
		after Mark
		got   int
	}{
		{"* SEARCH 3", Mark{7, 3}, 0}, // servers answer a search from beyond the last with the last
		{"* SEARCH 3 2 1 2 3", Mark{}, 3},
		{"* SEARCH", Mark{}, 0},
		{"* ESEARCH (TAG \"x\") UID", Mark{}, 0},
		{"* OK nothing", Mark{}, 0},
		{"* SEARCH 3 2 1", Mark{7, 1<<32 - 1}, 0},
	} {
		s := (&imaptest.Scripted{Answers: answers("UID SEARCH", func(c *imaptest.Talk) { c.Say("%s", row.list); c.OK() })}).Start(t)
		if _, got, _, err := read(t, accountAt(s.Port, s.Certificate), Due{After: row.after}); err != nil || len(got) != row.got {
			t.Errorf("%s: %d messages, %v", row.list, len(got), err)
		}
	}
	s := (&imaptest.Scripted{Answers: answers("UID SEARCH", func(c *imaptest.Talk) {
		c.Say("* ESEARCH (TAG \"%s\") UID ALL 1:4294967295", c.Tag)
		c.OK()
	})}).Start(t)
	b, err := Open(t.Context(), accountAt(s.Port, s.Certificate))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if uids, err := b.find(Due{}); err != nil || len(uids) != mostNumbers {
		t.Errorf("%d numbers, %v", len(uids), err)
	}
}

// While nothing is asked, a server may say little, and a person may take their time.
func TestIdle(t *testing.T) {
	quiet := (&imaptest.Scripted{}).Start(t)
	b, err := open(t.Context(), accountAt(quiet.Port, quiet.Certificate), soon)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	time.Sleep(2 * soon)
	if _, err := b.find(Due{}); err != nil {
		t.Errorf("after a while: %v", err)
	}
	loud := (&imaptest.Scripted{Answers: answers("EXAMINE", func(c *imaptest.Talk) {
		c.Usual()
		_, _ = io.Copy(c.Conn, forever("", "* 5 EXISTS\r\n"))
	})}).Start(t)
	b, err = open(t.Context(), accountAt(loud.Port, loud.Certificate), soon)
	if err == nil {
		defer b.Close()
		_, err = b.find(Due{})
	}
	if err == nil || !strings.Contains(err.Error(), "it sent more than it was asked for") {
		t.Error(err)
	}
}

// A server that answers at random breaks nothing.
func TestRandomAnswers(t *testing.T) {
	pieces := []string{"* ", "1 ", "FETCH ", "(", ")", "UID 1 ", "BODY[]<0> ", "{5}\r\n", "hello", "\r\n", "OK ", "NO ", "T1 ", "T2 ",
		"T3 ", "T4 ", "T5 ", "+ ", "SEARCH ", "ESEARCH ", "EXISTS", "[UIDVALIDITY 1] ", "\"", "NIL ", "\x00", "{9999999}\r\n",
		"FLAGS ", "BYE ", "[CAPABILITY IMAP4rev1] "}
	for seed := range uint64(60) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 1))
			command := []string{"LOGIN", "EXAMINE", "UID SEARCH", "UID FETCH", "CAPABILITY"}[r.IntN(5)]
			s := (&imaptest.Scripted{Answers: answers(command, func(c *imaptest.Talk) {
				var text strings.Builder
				for range 1 + r.IntN(40) {
					text.WriteString(pieces[r.IntN(len(pieces))])
				}
				c.Say("%s", text.String())
				if r.IntN(2) == 0 {
					c.OK()
				}
				_ = c.Close()
			})}).Start(t)
			b, err := open(t.Context(), accountAt(s.Port, s.Certificate), soon)
			if err != nil {
				return
			}
			defer b.Close()
			for raw, err := range b.Messages(Due{}) {
				if err == nil && len(raw.Data) > 5 && !strings.HasPrefix(string(raw.Data), "From: ") {
					t.Errorf("%q was read", raw.Data)
				}
			}
		})
	}
}
