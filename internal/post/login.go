package post

import (
	"slices"
	"strings"

	"foia/internal/entered"

	"github.com/wneessen/go-mail/smtp"
)

// login logs in, if there is a user, in the way that tells the server least: SCRAM shows it no password. It comes after the server
// has shown who it is.
func (h *handing) login() error {
	h.doing = "letting you in"
	a := h.account
	if a.User == "" {
		return nil
	}
	_, offered := h.client.Extension("AUTH")
	way, err := a.way(strings.Fields(strings.ToUpper(offered)))
	if err != nil {
		return err
	}
	auth := smtp.Auth(nil)
	switch way {
	case "SCRAM-SHA-256":
		auth = smtp.ScramSHA256Auth(a.User, a.Password)
	case "SCRAM-SHA-1":
		auth = smtp.ScramSHA1Auth(a.User, a.Password)
	case "PLAIN":
		auth = smtp.PlainAuth("", a.User, a.Password, a.Host, entered.ThisMachine(a.Host))
	case "LOGIN":
		auth = smtp.LoginAuth(a.User, a.Password, a.Host, entered.ThisMachine(a.Host))
	case "XOAUTH2":
		auth = smtp.XOAuth2Auth(a.User, a.Password)
	}
	if err := h.client.Auth(auth); err != nil {
		return &refusedLogin{err}
	}
	return nil
}

// way is the first way to log in that both sides know.
func (a Account) way(offered []string) (string, error) {
	wanted := map[string][]string{"scram": {"SCRAM-SHA-256", "SCRAM-SHA-1"}, "plain": {"PLAIN"}, "login": {"LOGIN"}, "xoauth2": {"XOAUTH2"},
		"": {"SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "LOGIN"}}[a.Login]
	for _, w := range wanted {
		if slices.Contains(offered, w) {
			return w, nil
		}
	}
	return "", &noWay{offered}
}
