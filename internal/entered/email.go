package entered

import (
	"net/mail"
	"strings"
	"unicode"

	"foia/internal/remedy"
)

// longestEmail is the longest path that a mail server must take, in bytes (RFC 5321,
// section 4.5.3.1.3).
const longestEmail = 256

const emailRemedy = "give one address, such as name@example.org"

// ReadEmail reads one e-mail address. It may come as mail programs and web pages have
// it: with the name of its owner, between angle brackets, after mailto:, with the sign
// that ends a sentence.
func ReadEmail(s string) (string, error) {
	wrong := remedy.Cannot(Shown(s)+" is not an e-mail address", emailRemedy)
	if len(s) > 2*longestEmail {
		return "", wrong
	}
	text := strings.TrimRight(Line(s), ".,; ")
	if len(text) > 7 && strings.EqualFold(text[:7], "mailto:") {
		text = text[7:]
	}
	if strings.Count(text, "@") > 1 {
		return "", remedy.Cannot(Shown(s)+" is more than one e-mail address", emailRemedy)
	}
	a, err := mail.ParseAddress(text)
	if err != nil || len(a.Address) > longestEmail || strings.ContainsAny(a.Address, " \"\\") {
		return "", wrong
	}
	_, domain, _ := strings.Cut(a.Address, "@")
	if !strings.Contains(domain, ".") {
		return "", remedy.Cannot(Shown(s)+" is not an e-mail address: after the @ there is no dot", emailRemedy)
	}
	if !isDomain(domain) {
		return "", wrong
	}
	return a.Address, nil
}

// isDomain tells whether a name has the form of a domain: parts of letters, digits and
// hyphens, the last of letters.
func isDomain(name string) bool {
	parts := strings.Split(name, ".")
	for i, p := range parts {
		last := i == len(parts)-1
		other := func(r rune) bool {
			return !unicode.IsLetter(r) && (last && !strings.HasPrefix(p, "xn--") || !unicode.IsDigit(r) && r != '-')
		}
		if p == "" || p[0] == '-' || p[len(p)-1] == '-' || len(p) > 63 || last && len(p) < 2 || strings.ContainsFunc(p, other) {
			return false
		}
	}
	return true
}
