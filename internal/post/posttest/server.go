// Package posttest has mail servers that take messages, for tests: one in the memory of the test, which does whatever it is told
// also wrong, and a real Postfix.
package posttest

import (
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"io"
	"log"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"foia/internal/imap/imaptest"
)

// Who may send.
const (
	User     = imaptest.User
	Password = imaptest.Password
)

// Fault is something that a server does wrong with a message, or a no.
type Fault int

// The faults.
const (
	None        Fault = iota
	RefuseFrom        // 550 to MAIL
	RefuseTo          // 550 to RCPT
	DeferTo           // 451 to RCPT
	DropAtFrom        // the connection ends at MAIL
	DropInside        // it ends within the message
	DropAfter         // it ends after the message, which the server has, and before the answer
	HangAfter         // the answer never comes, and the server has the message
	RefuseAfter       // 554 to the message
	DeferAfter        // 451
	TooLarge          // 552
	LoseAfter         // 250, and the server throws the message away: a lie that nobody can see
)

// Got is a message that the server has.
type Got struct {
	From string
	To   []string
	Data []byte
}

// SHA256 is that of the bytes.
func (g Got) SHA256() string {
	sum := sha256.Sum256(g.Data)
	return hex.EncodeToString(sum[:])
}

// Server takes messages in the memory of the test.
type Server struct {
	imaptest.Certificate
	Port int // with TLS from the first byte
	Open int // without, and with STARTTLS

	Anybody bool // may send, without logging in

	Next func(n int) Fault // what is done with the message of that number, from 0; nil: nothing wrong

	server *smtp.Server
	ended  chan error
	mu     sync.Mutex
	n      int
	got    []Got
}

// New starts a server on 127.0.0.1. change may change what it can do.
func New(change func(*smtp.Server)) (*Server, error) {
	c, err := imaptest.Certify("127.0.0.1")
	if err != nil {
		return nil, err
	}
	s := &Server{Certificate: c, ended: make(chan error, 2)}
	s.server = smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &session{s: s, conn: c}, nil }))
	s.server.Domain, s.server.EnableSMTPUTF8, s.server.EnableDSN, s.server.AllowInsecureAuth = "127.0.0.1", true, true, true
	s.server.ErrorLog = log.New(io.Discard, "", 0)
	s.server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{c.Pair}}
	if change != nil {
		change(s.server)
	}
	for port, listen := range map[*int]func() (net.Listener, error){
		&s.Port: func() (net.Listener, error) { return tls.Listen("tcp", "127.0.0.1:0", s.server.TLSConfig) },
		&s.Open: func() (net.Listener, error) { return net.Listen("tcp", "127.0.0.1:0") }} {
		l, err := listen()
		if err != nil {
			return nil, err
		}
		*port = l.Addr().(*net.TCPAddr).Port
		go func() { s.ended <- s.server.Serve(l) }()
	}
	return s, nil
}

// Start is New for as long as a test runs.
func Start(t testing.TB, change func(*smtp.Server)) *Server {
	t.Helper()
	s, err := New(change)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// Close ends the server.
func (s *Server) Close() error { return s.server.Close() }

// Got are the messages that the server has.
func (s *Server) Got() []Got {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.got)
}

// fault is what is done with the next message.
func (s *Server) fault() Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	if s.Next == nil {
		return None
	}
	return s.Next(s.n - 1)
}

// session is one connection.
type session struct {
	s     *Server
	conn  *smtp.Conn
	fault Fault
	got   Got
	known bool
}

func (c *session) AuthMechanisms() []string { return []string{sasl.Plain, sasl.Login, "XOAUTH2"} }

func (c *session) Auth(way string) (sasl.Server, error) {
	check := func(user, password string) error {
		if user != User || password != Password {
			return smtp.ErrAuthFailed
		}
		c.known = true
		return nil
	}
	switch way {
	case sasl.Plain:
		return sasl.NewPlainServer(func(_, user, password string) error { return check(user, password) }), nil
	case sasl.Login:
		return &login{check: check}, nil
	}
	return &xoauth2{check: check}, nil
}

// login is the mechanism LOGIN, as servers have it.
type login struct {
	check      func(user, password string) error
	user       string
	asked, had bool
}

func (l *login) Next(said []byte) (challenge []byte, done bool, err error) {
	switch {
	case !l.asked:
		l.asked = true
		return []byte("Username:"), false, nil
	case !l.had:
		l.user, l.had = string(said), true
		return []byte("Password:"), false, nil
	}
	return nil, true, l.check(l.user, string(said))
}

// xoauth2 is the mechanism XOAUTH2, with the password as token.
type xoauth2 struct {
	check func(user, password string) error
}

func (x *xoauth2) Next(said []byte) (challenge []byte, done bool, err error) {
	if string(said) != "user="+User+"\x01auth=Bearer "+Password+"\x01\x01" {
		return nil, true, smtp.ErrAuthFailed
	}
	return nil, true, x.check(User, Password)
}

func no(code int, words string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 0, 0}, Message: words}
}

func (c *session) Mail(from string, _ *smtp.MailOptions) error {
	if !c.known && !c.s.Anybody {
		return smtp.ErrAuthRequired
	}
	c.fault = c.s.fault()
	c.got = Got{From: from}
	switch c.fault {
	case RefuseFrom:
		return no(550, "not you")
	case DropAtFrom:
		return c.conn.Conn().Close()
	}
	return nil
}

func (c *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	switch c.fault {
	case RefuseTo:
		return no(550, "no such user here")
	case DeferTo:
		return no(451, "greylisted, try again later")
	}
	c.got.To = append(c.got.To, to)
	return nil
}

var errGone = errors.New("the connection was ended")

func (c *session) Data(r io.Reader) (err error) {
	if c.fault == DropInside {
		_ = c.conn.Conn().Close() // the client may have been first
		return errGone
	}
	if c.got.Data, err = io.ReadAll(r); err != nil {
		return err
	}
	switch c.fault {
	case RefuseAfter:
		return no(554, "looks like spam")
	case DeferAfter:
		return no(451, "try again later")
	case TooLarge:
		return no(552, "too large")
	case LoseAfter:
		return nil
	}
	c.s.mu.Lock()
	c.s.got = append(c.s.got, c.got)
	c.s.mu.Unlock()
	switch c.fault {
	case DropAfter:
		_ = c.conn.Conn().Close() // the client may have been first
		return errGone
	case HangAfter:
		_ = c.conn.Conn().SetReadDeadline(time.Time{})
		_, _ = io.Copy(io.Discard, c.conn.Conn()) // until the client goes away
		return errGone
	}
	return &smtp.SMTPError{Code: 250, EnhancedCode: smtp.EnhancedCode{2, 0, 0}, Message: "Ok: queued as 4Fz1Qx"}
}

func (*session) Reset()        {}
func (*session) Logout() error { return nil }
