package workspace

import (
	"crypto/x509"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"foia/internal/entered"
	"foia/internal/remedy"
)

// SendServer is an account on the server that takes mail to send, and what holds for all that is sent.
type SendServer struct {
	Host        string `yaml:"host"`
	User        string `yaml:"user"` // empty: the server lets this machine send without logging in
	Port        int    `yaml:"port"` // 0: that of the security
	Security    string `yaml:"security"`
	Certificate string `yaml:"certificate"` // as of a MailServer
	Login       string `yaml:"login"`       // plain, login, scram or xoauth2; empty: the safest that the server offers

	From string   `yaml:"from"` // the address that letters come from; empty: the requester's
	Cc   []string `yaml:"cc"`   // who gets a copy of every letter, such as your lawyer
	Rate string   `yaml:"rate"` // how many letters go out in a time, such as 20/h

	PasswordCommand []string `yaml:"password_command"` // a program that prints the password, with its arguments
	Keyring         bool     `yaml:"keyring"`          // the password is in the keyring of the system

	Password any `yaml:"password"` // is refused: the file is no place for it
}

// The environment variables for the password of the server that sends: itself, or a file of which it is the first line.
const (
	SendPassword = "FOIA_SMTP_PASSWORD"
	SendPassfile = "FOIA_SMTP_PASSFILE"
)

// NoSendPassword is what to do instead of writing that password into a file or a command.
const NoSendPassword = "leave it out: foia asks for it, or takes it from " + SendPassfile + ", " + SendPassword +
	", password_command or the keyring"

// Logins are the ways to log in that foia.yaml may name.
var Logins = []string{"", "plain", "login", "scram", "xoauth2"}

// checkSending makes sure that what foia.yaml says of sending is possible, and that no password is in it.
func (c *Config) checkSending(name string) error {
	m := &c.Send
	wrong := func(what, do string) error { return &remedy.Error{Where: name, What: "smtp: " + what, Do: do} }
	if m.Password != nil {
		return wrong("a password does not belong into this file", NoSendPassword)
	}
	for _, address := range append(slices.Clone(m.Cc), m.From) {
		if address == "" {
			continue
		}
		if _, err := entered.ReadEmail(address); err != nil {
			return wrong(err.Error(), "write one address, such as ana@example.org")
		}
	}
	if _, err := ReadRate(m.Rate); err != nil {
		return wrong("rate: "+err.Error(), remedy.Of(err))
	}
	switch {
	case m.Host == "" && (m.User != "" || m.Port != 0):
		return wrong("there is no host", "write host: smtp.example.org, as your provider names it")
	case m.Host != "" && !isHost(m.Host):
		return wrong("host is not the name of a server", "write host: smtp.example.org, without user, port or smtp://")
	case !slices.Contains(Logins, m.Login):
		return wrong("login must be scram, plain, login or xoauth2, not "+m.Login,
			"leave the line out, which takes the safest that there is")
	case m.Keyring && len(m.PasswordCommand) > 0:
		return wrong("keyring and password_command are two places for one password", "leave one of them out")
	}
	return checkWay(m.Host, m.Port, m.Security, wrong)
}

// SendPassword is the password for sending, if the environment has it, or names a private file for it.
func (*Workspace) SendPassword() (password string, ok bool, err error) {
	return passwordOf(SendPassword, SendPassfile)
}

// SendAuthority are the certificates that vouch for the server that sends; nil: those that this machine trusts.
func (w *Workspace) SendAuthority() (*x509.CertPool, error) {
	return w.authority("smtp", w.Config.Send.Certificate)
}

// DefaultRate is how many letters go out in a time unless somebody says otherwise. Providers block accounts that send
// hundreds of letters at once; how many they let pass, they hardly ever say.
const DefaultRate = "60/h"

// ReadRate is the pause between two letters at a rate such as 20/h, 2/m or none; empty is DefaultRate.
func ReadRate(rate string) (pause time.Duration, err error) {
	wrong := remedy.Misuse("“"+entered.Shown(rate)+"” is not a number of letters in a time", "write a number for an hour or a minute, "+
		"such as 20/h or 2/m, or none for no pause")
	switch rate {
	case "none":
		return 0, nil
	case "":
		rate = DefaultRate
	}
	number, unit, _ := strings.Cut(rate, "/")
	n, err := strconv.Atoi(strings.TrimSpace(number))
	per, known := map[string]time.Duration{"h": time.Hour, "hour": time.Hour, "m": time.Minute, "min": time.Minute,
		"minute": time.Minute}[strings.TrimSpace(unit)]
	if err != nil || n < 1 || n > 100000 || !known {
		return 0, wrong
	}
	return per / time.Duration(n), nil
}

// RateWords is a rate in words, as what is announced says it.
func RateWords(rate string) string {
	switch {
	case rate == "none":
		return "without a pause"
	case rate == "":
		rate = DefaultRate
	}
	return fmt.Sprintf("at most %s", strings.NewReplacer("/h", " an hour", "/m", " a minute").Replace(rate))
}
