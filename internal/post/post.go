package post

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"

	"foia/internal/entered"
	"foia/internal/remedy"
)

// waits are how long the mail server is waited for.
type waits struct {
	answer time.Duration // for one answer
	before time.Duration // for all of it, up to the end of the message
	accept time.Duration // for the answer to the message (RFC 5321, section 4.5.3.2.6, advises 10 minutes)
	ended  time.Duration // for that answer, once the user has interrupted the command
}

// goodbyeWait is how long the server may take to say goodbye.
const goodbyeWait = 3 * time.Second

// Longest is how long the handing over of a message takes at most; after that, no program is at it any more.
const Longest = 15 * time.Minute

func usual() waits {
	return waits{answer: 2 * time.Minute, before: 5 * time.Minute, accept: 9 * time.Minute, ended: time.Minute}
}

// Security is how the way to the server is kept from others.
type Security string

// The ways. TLS is from the first byte, STARTTLS after the greeting; Plain is for a server on this machine.
const (
	TLS      Security = "tls"
	STARTTLS Security = "starttls"
	Plainly  Security = "none"
)

// Port is where servers take mail to send in that way, unless somebody says otherwise (RFC 8314, RFC 6409).
func (s Security) Port() int {
	if s == TLS || s == "" {
		return 465
	}
	return 587
}

// Account is an account on a server that takes mail to send.
type Account struct {
	Host, User string // no user: the server lets this machine send
	Password   string // or a token, for XOAUTH2
	Port       int    // 0: that of the security
	Security   Security
	Login      string         // plain, login, scram or xoauth2; empty: the safest that the server offers
	Authority  *x509.CertPool // who vouches for the server; nil: whom this machine trusts

	wait waits // for tests; zero: the usual
}

// Server names the server for people.
func (a Account) Server() string {
	port := a.Port
	if port == 0 {
		port = a.Security.Port()
	}
	return net.JoinHostPort(a.Host, strconv.Itoa(port))
}

// Envelope is who gets a message, as the server is told.
type Envelope struct {
	From string
	To   []string // also who gets a copy
}

// EnvelopeOf is that of a message.
func EnvelopeOf(m Message) (e Envelope, err error) {
	if e.From, err = Plain(m.From.Address); err != nil {
		return e, err
	}
	for _, all := range [][]Address{m.To, m.Cc} {
		for _, a := range all {
			to, err := Plain(a.Address)
			if err != nil {
				return e, err
			}
			e.To = append(e.To, to)
		}
	}
	return e, nil
}

// Receipt is the server's word that it has the message and will see to it.
type Receipt struct{ Server, Reply string }

// Unknown says that the server was given the whole message, and that its answer did not come: it may have it or not.
type Unknown struct {
	Server string
	Why    error
}

func (u *Unknown) Error() string {
	return "the mail server (" + u.Server + ") was given the whole message and did not answer: " + u.Why.Error()
}

func (u *Unknown) Unwrap() error { return u.Why }

// Deliver hands a message over, byte for byte. An *Unknown says that nobody knows whether the server has it; any other error,
// that it surely has not. Interrupted before the end of the message, it ends at once; after that, it waits for the answer.
func (a Account) Deliver(ctx context.Context, to Envelope, message []byte) (Receipt, error) {
	if a.wait == (waits{}) {
		a.wait = usual()
	}
	if a.Security == Plainly && !entered.ThisMachine(a.Host) {
		return Receipt{}, &remedy.Error{What: "security: none would send the password in the clear", Where: a.Server(), Misuse: true,
			Do: "write security: tls or security: starttls; none is for a server on this machine"}
	}
	h := &handing{account: a, ctx: ctx, to: to, message: message}
	defer h.close()
	for _, step := range []func() error{h.connect, h.greet, h.login, h.address} {
		if err := h.patiently(step); err != nil {
			return Receipt{}, h.failed(err)
		}
	}
	if err := h.patiently(h.give); err != nil {
		return Receipt{}, h.failed(err)
	}
	return h.end()
}

// handing is the handing over of one message.
type handing struct {
	account Account
	ctx     context.Context
	to      Envelope
	message []byte

	line    *line
	client  *smtp.Client
	data    *smtp.DataCloser
	doing   string
	until   time.Time   // when the end of the message must have been reached
	release func() bool // of the context; false: it has ended the line
}

// patiently waits for one step, and for all of them together, no longer than is usual.
func (h *handing) patiently(step func() error) error {
	if err := h.ctx.Err(); err != nil {
		return err
	}
	if h.until.IsZero() {
		h.until = after(h.account.wait.before)
	}
	if h.line != nil {
		h.line.until(h.account.wait.answer, h.until)
	}
	return step()
}

func (h *handing) connect() error {
	h.doing = "being called"
	dialer := &net.Dialer{Timeout: h.account.wait.answer / 4}
	conn, err := dialer.DialContext(h.ctx, "tcp", h.account.Server())
	if err != nil {
		return err
	}
	h.line = &line{Conn: conn}
	h.line.until(h.account.wait.answer, h.until)
	h.release = context.AfterFunc(h.ctx, func() { h.line.cut() })
	return nil
}

// greet makes the way safe, and says who calls. Nothing of this machine is told.
func (h *handing) greet() (err error) {
	h.doing = "greeting"
	a := h.account
	config := &tls.Config{ServerName: a.Host, RootCAs: a.Authority, MinVersion: tls.VersionTLS12}
	var way net.Conn = h.line
	if a.Security == TLS || a.Security == "" {
		safe := tls.Client(h.line, config)
		if err = safe.HandshakeContext(h.ctx); err != nil {
			return err
		}
		way = safe
	}
	if h.client, err = smtp.NewClient(way, a.Host); err != nil {
		return err
	}
	if err = h.client.Hello("[127.0.0.1]"); err != nil || a.Security != STARTTLS {
		return err
	}
	if offered, _ := h.client.Extension("STARTTLS"); !offered {
		return errNoTLS
	}
	return h.client.StartTLS(config)
}

// address says from whom the message comes and to whom it goes, if the server can take it at all.
func (h *handing) address() error {
	h.doing = "taking the addresses"
	if _, most := h.client.Extension("SIZE"); most != "" {
		if n, err := strconv.Atoi(most); err == nil && n > 0 && n < len(h.message) {
			return &tooLarge{most: n, is: len(h.message)}
		}
	}
	abroad := false
	for _, one := range append([]string{h.to.From}, h.to.To...) {
		abroad = abroad || !isASCII(one)
	}
	if takes, _ := h.client.Extension("SMTPUTF8"); abroad && !takes {
		return errASCIIOnly
	}
	h.client.SkipSMTPUTF8(!abroad)
	h.client.SetDSNMailReturnOption("HDRS")
	h.client.SetDSNRcptNotifyOption("FAILURE,DELAY")
	if err := h.client.Mail("<" + h.to.From + ">"); err != nil {
		return &refusedAddress{h.to.From, err}
	}
	for _, one := range h.to.To {
		if err := h.client.Rcpt("<" + one + ">"); err != nil {
			return &refusedAddress{one, err}
		}
	}
	return nil
}

// give sends the message, but for its end: up to there the server cannot have it.
func (h *handing) give() error {
	h.doing = "taking the message"
	data, err := h.client.Data()
	if err != nil {
		return err
	}
	h.data, _ = data.(*smtp.DataCloser)
	for rest := h.message; len(rest) > 0; {
		n := min(len(rest), 64<<10)
		h.line.until(h.account.wait.answer, h.until)
		if _, err := data.Write(rest[:n]); err != nil {
			return err
		}
		rest = rest[n:]
	}
	if h.client.Text.R.Buffered() > 0 {
		return errEarly // an answer to a message that it cannot have
	}
	return nil
}

// end sends the end of the message, and waits for the answer.
func (h *handing) end() (Receipt, error) {
	server := h.account.Server()
	if !h.release() {
		return Receipt{}, h.ctx.Err()
	}
	h.line.until(h.account.wait.accept, after(h.account.wait.accept))
	hurry := context.AfterFunc(h.ctx, func() { h.line.until(h.account.wait.ended, after(h.account.wait.ended)) })
	defer hurry()
	err := h.data.Close()
	var said *textproto.Error
	switch {
	case err == nil:
		return Receipt{Server: server, Reply: "250 " + h.shown(h.data.ServerResponse())}, nil
	case errors.As(err, &said) && said.Code/100 == 2:
		return Receipt{Server: server, Reply: strconv.Itoa(said.Code) + " " + h.shown(said.Msg)}, nil
	case errors.As(err, &said) && (said.Code/100 == 4 || said.Code/100 == 5):
		h.doing = "taking the message"
		return Receipt{}, h.failed(err)
	}
	return Receipt{}, &Unknown{Server: server, Why: h.why(err)}
}

// close says goodbye, which the server need not answer.
func (h *handing) close() {
	if h.line == nil {
		return
	}
	h.release()
	if h.client != nil && h.line.works() && h.ctx.Err() == nil && h.doing != "being called" {
		h.line.until(goodbyeWait, after(goodbyeWait))
		if h.data == nil || h.data.ServerResponse() != "" {
			_ = h.client.Quit() // whatever it says, this is the end
		}
	}
	h.line.cut()
}

// shown is what a server said, for people: short, and without what a terminal would obey.
func shown(said string) string {
	words := oneLine(said)
	if runes := []rune(words); len(runes) > mostSaid {
		words = string(runes[:mostSaid]) + "…"
	}
	return strings.TrimSpace(words)
}

// mostSaid is how many characters of a server's words are repeated.
const mostSaid = 200
