package imaptest

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
)

// Scripted is a server that answers as a good one with three messages would, but for what a test has it do.
type Scripted struct {
	Certificate
	Port int

	Clear    bool                       // without TLS
	Greeting string                     // instead of the usual one; "-" hangs
	Answers  map[string]func(c *Talk)   // by the command, such as EXAMINE or "UID FETCH"
	Messages map[uint32]ScriptedMessage // nil: three

	mu   sync.Mutex
	said []string // the commands that came, without their tags
}

// ScriptedMessage is a message, and what the server says of its size.
type ScriptedMessage struct {
	Text string
	Size int // 0: the true one
}

// Talk is one connection of a Scripted.
type Talk struct {
	net.Conn
	Tag, Command, Args string
	Server             *Scripted
}

// Say sends a line. Who went away meanwhile hears nothing.
func (c *Talk) Say(format string, args ...any) { _, _ = fmt.Fprintf(c.Conn, format+"\r\n", args...) }

// OK ends an answer.
func (c *Talk) OK() { c.Say("%s OK done", c.Tag) }

// Hang says nothing until the client goes away or the test ends.
func (c *Talk) Hang() { _, _ = io.Copy(io.Discard, c.Conn) }

// Start starts the server; what it does is told before.
func (s *Scripted) Start(t testing.TB) *Scripted {
	t.Helper()
	var err error
	if s.Certificate, err = Certify("127.0.0.1"); err != nil {
		t.Fatal(err)
	}
	if s.Messages == nil {
		s.Messages = map[uint32]ScriptedMessage{}
		for n := range uint32(3) {
			s.Messages[n+1] = ScriptedMessage{Text: Message(int(n + 1))}
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if !s.Clear {
		l = tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{s.Pair}})
	}
	s.Port = l.Addr().(*net.TCPAddr).Port
	ended := make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() {
				stop := make(chan struct{})
				all.Go(func() {
					select {
					case <-ended:
					case <-stop:
					}
					_ = conn.Close() // by whichever end
				})
				s.serve(&Talk{Conn: conn, Server: s})
				close(stop)
			})
		}
	})
	t.Cleanup(func() {
		close(ended)
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		all.Wait()
	})
	return s
}

// Said are the commands that came so far.
func (s *Scripted) Said() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string{}, s.said...)
}

func (s *Scripted) serve(c *Talk) {
	switch s.Greeting {
	case "":
		c.Say("* OK [CAPABILITY IMAP4rev1] ready")
	case "-":
		c.Hang()
		return
	default:
		c.Say("%s", s.Greeting)
	}
	in := bufio.NewReader(c.Conn)
	for {
		line, err := c.line(in)
		if err != nil {
			return
		}
		tag, rest, _ := strings.Cut(line, " ")
		command, args, _ := strings.Cut(rest, " ")
		if command == "UID" {
			var second string
			second, args, _ = strings.Cut(args, " ")
			command += " " + second
		}
		s.mu.Lock()
		s.said = append(s.said, rest)
		s.mu.Unlock()
		c.Tag, c.Command, c.Args = tag, command, args
		if f := s.Answers[command]; f != nil {
			f(c)
		} else {
			c.Usual()
		}
	}
}

// line is a command, with the texts that it announces.
func (c *Talk) line(in *bufio.Reader) (string, error) {
	line, err := in.ReadString('\n')
	line = strings.TrimRight(line, "\r\n")
	var size int
	if at := strings.LastIndexByte(line, '{'); err == nil && at >= 0 && strings.HasSuffix(line, "}") {
		if k, _ := fmt.Sscanf(line[at:], "{%d}", &size); k == 1 && size < 1<<20 {
			c.Say("+ go on")
			text := make([]byte, size)
			if _, err = io.ReadFull(in, text); err == nil {
				var rest string
				rest, err = c.line(in)
				return line[:at] + string(text) + rest, err
			}
		}
	}
	return line, err
}

// Usual is what a good server answers.
func (c *Talk) Usual() {
	switch c.Command {
	case "CAPABILITY":
		c.Say("* CAPABILITY IMAP4rev1")
	case "EXAMINE":
		c.Say("* FLAGS (\\Seen)")
		c.Say("* %d EXISTS", len(c.Server.Messages))
		c.Say("* OK [UIDVALIDITY 7] valid")
		c.Say("* OK [UIDNEXT 100] next")
		c.Say("%s OK [READ-ONLY] done", c.Tag)
		return
	case "UID SEARCH":
		var found strings.Builder
		for n := range c.Server.Messages {
			fmt.Fprintf(&found, " %d", n)
		}
		c.Say("* SEARCH%s", found.String())
	case "UID FETCH":
		for n := range uint32(100) {
			if m, there := c.Server.Messages[n]; there && c.asked(n) {
				c.fetched(n, m)
			}
		}
	case "LOGOUT":
		c.Say("* BYE")
	}
	c.OK()
}

// asked tells whether a number is in the set of a FETCH.
func (c *Talk) asked(n uint32) bool {
	set, _, _ := strings.Cut(c.Args, " ")
	for part := range strings.SplitSeq(set, ",") {
		var from, to uint32
		if k, _ := fmt.Sscanf(part, "%d:%d", &from, &to); k == 1 {
			to = from
		}
		if from <= n && n <= to {
			return true
		}
	}
	return false
}

func (c *Talk) fetched(n uint32, m ScriptedMessage) {
	size := m.Size
	if size == 0 {
		size = len(m.Text)
	}
	if strings.Contains(c.Args, "RFC822.SIZE") {
		c.Say("* %d FETCH (UID %d RFC822.SIZE %d)", n, n, size)
		return
	}
	text := m.Text[:c.Partial(int64(len(m.Text)))]
	c.Say("* %d FETCH (UID %d BODY[]<0> {%d}\r\n%s)", n, n, len(text), text)
}

// Partial is how many of so many bytes of a message are asked for.
func (c *Talk) Partial(size int64) int64 {
	var most int64
	_, partial, _ := strings.Cut(c.Args, "<0.")
	if k, _ := fmt.Sscanf(partial, "%d>", &most); k == 1 {
		return min(size, most)
	}
	return size
}

// Message is a message of an agency.
func Message(n int) string {
	return fmt.Sprintf("From: FOIA Office <foia@agency.example.gov>\r\nTo: %s\r\nSubject: Request %d\r\n"+
		"Date: Tue, 20 Oct 2026 10:00:00 -0400\r\nMessage-ID: <%d@agency.example.gov>\r\nMIME-Version: 1.0\r\n"+
		"Content-Type: text/plain\r\n\r\nThank you for message %d.\r\n", User, n, n, n)
}
