package imap

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"unicode"

	goimap "github.com/emersion/go-imap/v2"

	"foia/internal/remedy"
)

// What to do.
const (
	doAgain   = "nothing was changed on the server; run the command again: it goes on after the last message that was shown"
	doAddress = "check the network, and host, port and security under imap: in foia.yaml"
)

// unreachable says why there is no way to the server.
func (b *Box) unreachable(err error) error {
	if b.ctx.Err() != nil {
		return b.ctx.Err()
	}
	why := "it does not answer"
	var named *net.DNSError
	var op *net.OpError
	switch {
	case errors.As(err, &named):
		why = "no host named " + named.Name
	case isTimeout(err):
	case errors.As(err, &op) && op.Err != nil:
		why = op.Err.Error()
	}
	return &remedy.Error{What: "the mail server cannot be reached: " + why, Where: b.account.server(), Do: doAddress}
}

// failed says what went wrong while the server was doing something. A no of the server itself stays one, for whoever
// knows what it is about. What the library says is not repeated: it may hold anything that the server sent.
func (b *Box) failed(doing string, err error) error {
	if err == nil {
		return nil
	}
	if b.ctx.Err() != nil {
		return b.ctx.Err()
	}
	where := b.account.server()
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &certificate) {
		return &remedy.Error{What: "the mail server's certificate is not trusted: " + certificate.Err.Error(), Where: where,
			Do: "check the host in foia.yaml; if the server is your own organization's, get the certificate of its authority from " +
				"whoever runs it, and name the file under imap: in foia.yaml, as certificate"}
	}
	why := b.line.ended()
	var record tls.RecordHeaderError
	var said *goimap.Error
	switch {
	case errors.As(err, &record):
		return &remedy.Error{What: "the mail server does not speak TLS there", Where: where, Do: doAddress}
	case errors.As(err, &said):
		return said
	case why != nil:
	case strings.Contains(err.Error(), "EOF"):
		why = errDropped // with a goodbye of TLS, of which the line knows nothing
	default:
		why = errTalk
	}
	return &remedy.Error{What: "the mail server failed while " + doing + ": " + why.Error(), Where: where, Do: doAgain}
}

// said is a no of the server in its own words, or the error as it is.
func said(err error) (words string, ok bool) {
	var no *goimap.Error
	if !errors.As(err, &no) {
		return "", false
	}
	words = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, no.Text)
	if runes := []rune(words); len(runes) > mostSaid {
		words = string(runes[:mostSaid]) + "…"
	}
	if words == "" {
		words = "it does not say why"
	}
	return words, true
}

// mostSaid is how many characters of a server's words are repeated.
const mostSaid = 200

// refused makes a no of the server into an error with what to do.
func (b *Box) refused(err error, what, do string) error {
	words, ok := said(err)
	if !ok {
		return err
	}
	return &remedy.Error{What: what + ": " + words, Where: b.account.server(), Do: do}
}

func (b *Box) refusedLogin(err error, password string) error {
	var no *goimap.Error
	if errors.As(err, &no) && password != "" { // some servers repeat the command
		no.Text = strings.ReplaceAll(no.Text, password, "…")
	}
	return b.refused(err, "the mail server refused the login of "+b.account.User,
		"check the user in foia.yaml and the password; many providers take only a password that is made for one program, often called "+
			"an app password, which you create in the settings of your account")
}

func (b *Box) noSuchMailbox(err error) error {
	return b.refused(err, fmt.Sprintf("the mailbox %s cannot be opened", b.account.Mailbox),
		"check mailbox: under imap: in foia.yaml; without that line it is INBOX")
}

func errPlain(a Account) error {
	return &remedy.Error{What: "security: none would send the password in the clear", Where: a.server(), Misuse: true,
		Do: "write security: tls or security: starttls; none is for a server on this machine"}
}

func errNoPasswords(a Account) error {
	return &remedy.Error{What: "the mail server lets nobody in with a password", Where: a.server(),
		Do: "write security: tls in foia.yaml if it says something else; otherwise save the messages from your mail program, and " +
			"read the files"}
}
