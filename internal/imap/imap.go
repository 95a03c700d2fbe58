// Package imap reads messages from a person's mail server and changes nothing there: the mailbox is opened with
// EXAMINE, and messages are fetched with BODY.PEEK, so that none is marked as read. The server is somebody else's:
// whatever it sends or does not send, reading ends within the bounds below with what came so far, or with a reason.
// It is the only room that knows go-imap.
package imap

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"strconv"
	"time"

	"foia/internal/entered"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// Bounds of what is read. That of a message is package mail's.
const (
	MostMessages = 5000             // in one run; the rest waits for the next
	mostBytes    = 2 << 30          // in one run
	mostWaiting  = time.Hour        // in one run, for the server
	answerWait   = 60 * time.Second // until the server says anything
	commandWait  = 2 * time.Minute  // for a whole answer, and besides …
	slowest      = 32 << 10         // … a second for so many bytes: a slow line is no error
	goodbyeWait  = 3 * time.Second
)

// Security is how the way to the server is kept from others.
type Security string

// The ways. TLS is from the first byte, STARTTLS after the greeting; Plain is for a server on this machine.
const (
	TLS      Security = "tls"
	STARTTLS Security = "starttls"
	Plain    Security = "none"
)

// Port is where servers are reached in that way, unless somebody says otherwise (RFC 8314, RFC 9051).
func (s Security) Port() int {
	if s == TLS || s == "" {
		return 993
	}
	return 143
}

// Account is a mailbox on a server.
type Account struct {
	Host, User, Mailbox string
	Port                int // 0: that of the security
	Security            Security
	Authority           *x509.CertPool // who vouches for the server; nil: whom this machine trusts

	// Password brings the password when the server is known to be the right one. It is in no error.
	Password func(where string) (string, error)
}

func (a Account) server() string {
	port := a.Port
	if port == 0 {
		port = a.Security.Port()
	}
	return net.JoinHostPort(a.Host, strconv.Itoa(port))
}

// Place names the mailbox for people and programs. It holds nothing secret.
func (a Account) Place() string { return "imap://" + a.Host + "/" + a.Mailbox }

// Mark is how far a mailbox was read. The numbers of messages, UIDs, rise, and stay as long as the validity does
// (RFC 9051, section 2.3.1.1).
type Mark struct {
	Validity uint32
	UID      uint32 // the highest that was dealt with
}

// Box is an open mailbox.
type Box struct {
	Renumbered bool // the mark that was given is of numbers that the server has replaced
	Waiting    int  // how many more messages there are than one run reads
	Short      int  // how many messages have fewer bytes than the server had said

	account Account
	ctx     context.Context
	line    *line
	client  *imapclient.Client
	strays  *strays
	release func() bool // of the context

	mark  Mark
	bytes int64 // that were read in this run
}

// Open connects, logs in and opens the mailbox to read it.
func Open(ctx context.Context, a Account) (*Box, error) { return open(ctx, a, answerWait) }

func open(ctx context.Context, a Account, wait time.Duration) (*Box, error) {
	if a.Security == Plain && !entered.ThisMachine(a.Host) {
		return nil, errPlain(a)
	}
	dialer := &net.Dialer{Timeout: min(wait, answerWait/2)}
	conn, err := dialer.DialContext(ctx, "tcp", a.server())
	b := &Box{account: a, ctx: ctx}
	b.strays = newStrays(b)
	if err != nil {
		return nil, b.unreachable(err)
	}
	b.line = &line{Conn: conn, wait: wait}
	b.release = context.AfterFunc(ctx, func() { b.line.cut() })
	for _, step := range []func() error{b.greet, b.login, b.examine} {
		if err := step(); err != nil {
			b.Close()
			return nil, err
		}
	}
	return b, nil
}

// greet makes the way safe, and waits for the server's first words.
func (b *Box) greet() error {
	config := &tls.Config{ServerName: b.account.Host, RootCAs: b.account.Authority, MinVersion: tls.VersionTLS12}
	options := &imapclient.Options{TLSConfig: config,
		UnilateralDataHandler: &imapclient.UnilateralDataHandler{Fetch: b.strays.take}}
	return b.refused(b.ask("greeting", smallAnswer, 0, func() (err error) {
		switch b.account.Security {
		case Plain:
			b.client = imapclient.New(b.line, options)
		case STARTTLS:
			b.client, err = imapclient.NewStartTLS(b.line, options)
		default:
			safe := tls.Client(b.line, config)
			if err = safe.HandshakeContext(b.ctx); err == nil {
				b.client = imapclient.New(safe, options)
			}
		}
		if err != nil {
			return err
		}
		return b.client.WaitGreeting()
	}), "the mail server refused the connection", doAddress)
}

// login asks for the password only now that the server has shown who it is.
func (b *Box) login() error {
	if b.client.State() == goimap.ConnStateAuthenticated {
		return nil // the server knows who calls
	}
	var caps goimap.CapSet
	if err := b.ask("letting you in", smallAnswer, 0, func() error { caps = b.client.Caps(); return nil }); err != nil {
		return err
	}
	if caps.Has(goimap.CapLoginDisabled) && !caps.Has(goimap.AuthCap("PLAIN")) {
		return errNoPasswords(b.account)
	}
	password, err := b.account.Password(b.account.server())
	if err != nil {
		return err
	}
	err = b.ask("letting you in", smallAnswer, 0, func() error {
		if caps.Has(goimap.CapLoginDisabled) {
			return b.client.Authenticate(&plain{b.account.User, password})
		}
		return b.client.Login(b.account.User, password).Wait()
	})
	return b.refusedLogin(err, password)
}

// plain is the mechanism PLAIN (RFC 4616).
type plain struct{ user, password string }

func (p *plain) Start() (string, []byte, error) {
	return "PLAIN", []byte("\x00" + p.user + "\x00" + p.password), nil
}

func (p *plain) Next([]byte) ([]byte, error) { return nil, errTalk }

// examine opens the mailbox so that reading changes nothing in it.
func (b *Box) examine() error {
	return b.noSuchMailbox(b.ask("opening the mailbox", smallAnswer, 0, func() error {
		data, err := b.client.Select(b.account.Mailbox, &goimap.SelectOptions{ReadOnly: true}).Wait()
		if err == nil {
			b.mark.Validity = data.UIDValidity
		}
		return err
	}))
}

// ask has the server do something. It reads no more than so many bytes, and waits no longer than an answer with the
// expected ones takes.
func (b *Box) ask(doing string, bytes, expected int64, f func() error) error {
	if b.ctx.Err() != nil {
		return b.ctx.Err()
	}
	most := commandWait + time.Duration(expected/slowest)*time.Second
	b.line.begin(min(most, max(mostWaiting-b.line.spent(), commandWait)), withEncryption(bytes))
	err := f()
	b.line.end()
	return b.failed(doing, err)
}

// smallAnswer is how much an answer can have that holds no message: with the lists of what a server can do and of
// its flags, servers send a few thousand.
const smallAnswer = 256 << 10

// withEncryption is how many bytes there are on the line when so many are asked for.
func withEncryption(bytes int64) int64 { return bytes + bytes/4 + 64<<10 }

// Mark is how far the mailbox was dealt with.
func (b *Box) Mark() Mark { return b.mark }

// Close says goodbye to the server, which need not answer.
func (b *Box) Close() {
	b.release()
	if b.client != nil && b.line.works() {
		b.line.begin(goodbyeWait, withEncryption(smallAnswer))
		_ = b.client.Logout().Wait() // whatever it says, this is the end
	}
	b.line.cut()
	if b.client != nil {
		_ = b.client.Close() // the line is cut: that is all that it can say
	}
}
