package post

import (
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"strconv"
	"strings"

	"foia/internal/lazy"
	"foia/internal/remedy"
)

// What to do.
const (
	doAgain   = "nothing was sent; run the command again"
	doAddress = "nothing was sent; check the network, and host, port and security under smtp: in foia.yaml"
)

// Why a message cannot be handed over, besides what the server says.
const (
	errNoTLS     = lazy.Failure("it does not encrypt on this port")
	errASCIIOnly = lazy.Failure("it takes only addresses in ASCII")
	errEarly     = lazy.Failure("it answered before it had the message")
)

type tooLarge struct{ most, is int }

func (t *tooLarge) Error() string {
	return fmt.Sprintf("it takes messages of at most %d MB, and this one has %d MB", t.most>>20, (t.is+1<<20-1)>>20)
}

type refusedAddress struct {
	address string
	err     error
}

func (r *refusedAddress) Error() string { return r.err.Error() }
func (r *refusedAddress) Unwrap() error { return r.err }

type refusedLogin struct{ err error }

func (r *refusedLogin) Error() string { return r.err.Error() }
func (r *refusedLogin) Unwrap() error { return r.err }

type noWay struct{ offered []string }

func (n *noWay) Error() string {
	if len(n.offered) == 0 {
		return "it lets nobody log in here"
	}
	return "it offers other ways to log in: " + shown(strings.ToLower(strings.Join(n.offered, ", ")))
}

// Temporary tells whether the server said that the same may work later.
func Temporary(err error) bool {
	var said *textproto.Error
	return errors.As(err, &said) && said.Code/100 == 4
}

// ForAll tells whether what went wrong is wrong with the server or the way to it: it will be the same with the next message.
func ForAll(err error) bool {
	var of *failure
	return errors.As(err, &of) && of.all
}

// failure is a *remedy.Error that keeps what the server said.
type failure struct {
	said  *remedy.Error
	cause error
	all   bool
}

func (f *failure) Error() string   { return f.said.Error() }
func (f *failure) Unwrap() []error { return []error{f.said, f.cause} }

// failed says what went wrong before the server had the message. What the library says is not repeated.
func (h *handing) failed(err error) error {
	if h.ctx.Err() != nil {
		return h.ctx.Err()
	}
	out := &failure{cause: err, all: true, said: &remedy.Error{Where: h.account.Server(), Do: doAddress}}
	say := func(what, do string) error { out.said.What, out.said.Do = what, do; return out }
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var address *refusedAddress
	var large *tooLarge
	var login *refusedLogin
	var none *noWay
	switch {
	case errors.As(err, &certificate):
		return say("the mail server's certificate is not trusted: "+certificate.Err.Error(), "nothing was sent; check the host in "+
			"foia.yaml; if the server is your own organization's, get the certificate of its authority from whoever runs it, and name "+
			"the file under smtp: in foia.yaml, as certificate")
	case errors.As(err, &record):
		return say("the mail server does not speak TLS there", doAddress)
	case errors.Is(err, errNoTLS):
		return say("the mail server does not encrypt on this port", "nothing was sent; write security: tls, or the port that your "+
			"provider gives for sending")
	case errors.As(err, &none):
		return say("foia cannot log in: "+none.Error(), "nothing was sent; check port, security and login under smtp: in foia.yaml")
	case errors.As(err, &login):
		return say("the mail server refused the login of "+h.account.User+h.saying(err), "nothing was sent; check the user in "+
			"foia.yaml and the password; many providers take only a password that is made for one program, often called an app "+
			"password, which you create in the settings of your account")
	}
	out.all = false
	switch {
	case errors.As(err, &large):
		return say("the message is too large for the mail server: "+large.Error(), "send it from another account, or by mail")
	case errors.Is(err, errASCIIOnly):
		return say("the mail server takes only addresses in ASCII, and one of the message's is not", "send it from another account")
	case errors.As(err, &address) && h.saying(err) != "":
		out.all = address.address == h.to.From || strings.HasPrefix(h.saying(err), ": 421")
		return say("the mail server refused "+address.address+h.saying(err), "nothing was sent; check the address")
	}
	out.all = true
	if words := h.saying(err); words != "" {
		out.all = h.doing != "taking the message" || Temporary(err)
		return say("the mail server failed while "+h.doing+words, doAgain)
	}
	if h.line == nil {
		return say("the mail server cannot be reached: "+unreachable(err), doAddress)
	}
	return say("the mail server failed while "+h.doing+": "+h.why(err).Error(), doAgain)
}

// saying is a no of the server in its own words.
func (h *handing) saying(err error) string {
	var said *textproto.Error
	if !errors.As(err, &said) {
		return ""
	}
	return ": " + strconv.Itoa(said.Code) + " " + h.shown(said.Msg)
}

// shown is what the server said, for people, without the password: some servers repeat what they were told, and that is kept in
// the log.
func (h *handing) shown(said string) string {
	if len(said) > 20*mostSaid {
		said = said[:20*mostSaid]
	}
	a := h.account
	if a.Password == "" {
		return shown(said)
	}
	for _, secret := range []string{"\x00" + a.User + "\x00" + a.Password, a.Password, // PLAIN, LOGIN, XOAUTH2, as go-mail has them
		"user=" + a.User + "\x01auth=Bearer " + a.Password + "\x01\x01"} {
		said = without(said, base64.StdEncoding.EncodeToString([]byte(secret)))
	}
	return shown(without(said, a.Password))
}

// leastTold is how much of a secret is one: a server may repeat a part.
const leastTold = 8

// without is a text in which neither a secret nor a longer part of it is told.
func without(text, secret string) string {
	text = strings.ReplaceAll(text, secret, "…")
	for i := 0; i+leastTold <= len(text); i++ {
		n := 0
		for i+n+leastTold <= len(text) && strings.Contains(secret, text[i:i+n+leastTold]) {
			n++
		}
		if n > 0 {
			text = text[:i] + "…" + text[i+n+leastTold-1:]
		}
	}
	return text
}

// why is the reason for which the line ended.
func (h *handing) why(err error) error {
	switch ended := h.line.ended(); {
	case errors.Is(err, errEarly):
		return errEarly
	case ended != nil:
		return ended
	case strings.Contains(err.Error(), "EOF"):
		return errDropped // with a goodbye of TLS, of which the line knows nothing
	}
	return errTalk
}

func unreachable(err error) string {
	var named *net.DNSError
	var op *net.OpError
	var timeout net.Error
	switch {
	case errors.As(err, &named):
		return "no host named " + named.Name
	case errors.As(err, &timeout) && timeout.Timeout():
	case errors.As(err, &op) && op.Err != nil:
		return op.Err.Error()
	}
	return "it does not answer"
}
