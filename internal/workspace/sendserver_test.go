package workspace

import (
	"strings"
	"testing"
	"time"
)

// What foia.yaml says of sending: what is possible, what is refused and why, and never a password.
func TestSendServer(t *testing.T) {
	for text, says := range map[string]string{
		"host: smtp.example.org\n  user: ana@example.org":                "",
		"host: 127.0.0.1\n  security: none\n  port: 2525":                "",
		"host: '::1'\n  security: none":                                  "",
		"cc: [counsel@example.org]":                                      "",
		"host: smtp.example.org\n  login: xoauth2\n  rate: 2/m":          "",
		"host: smtp.example.org\n  password_command: [pass, show, mail]": "",
		"host: smtp.example.org\n  password: hunter2":                    "a password does not belong into this file",
		"host: smtp.example.org\n  password:\n    it: hunter2":           "a password does not belong into this file",
		"user: ana":                                                           "there is no host",
		"host: smtp://smtp.example.org":                                       "host is not the name of a server",
		"host: smtp.example.org:465":                                          "host is not the name of a server",
		"host: smtp.example.org\n  security: none":                            "would send your password in the clear",
		"host: smtp.example.org\n  security: ssl":                             "security must be tls, starttls or none",
		"host: smtp.example.org\n  port: 70000":                               "there is no such port",
		"host: smtp.example.org\n  login: cram":                               "login must be",
		"host: smtp.example.org\n  rate: fast":                                "rate: ",
		"host: smtp.example.org\n  from: 'ana@example.org, ben@example.org'":  "more than one e-mail address",
		"host: smtp.example.org\n  cc: [nobody]":                              "is not an e-mail address",
		"host: smtp.example.org\n  keyring: true\n  password_command: [x]":    "two places for one password",
		"host: smtp.example.org\n  passwort: x":                               "passwort",
		"host: smtp.example.org\n  cc: [\"a@example.org\\r\\nBcc: b@x.org\"]": "e-mail address",
		"host: \"smtp.example.org\\r\\nX\"":                                   "host is not the name of a server",
	} {
		_, err := ParseConfig("foia.yaml", []byte("smtp:\n  "+text+"\n"))
		if (err == nil) != (says == "") || err != nil && !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", text, err)
		}
		if err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("the password is repeated: %v", err)
		}
	}
}

func TestReadRate(t *testing.T) {
	for rate, want := range map[string]time.Duration{"": time.Minute, "20/h": 3 * time.Minute, "2/m": 30 * time.Second, "none": 0,
		" 60 / hour ": time.Minute, "3600/h": time.Second} {
		if got, err := ReadRate(rate); got != want || err != nil {
			t.Errorf("%q: %v, %v", rate, got, err)
		}
	}
	for _, rate := range []string{"0/h", "-1/h", "20", "h", "20/d", "1e9/h", "∞/h", "20/h/h"} {
		if got, err := ReadRate(rate); err == nil {
			t.Errorf("%q is %v", rate, got)
		}
	}
}
