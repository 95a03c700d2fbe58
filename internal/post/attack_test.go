package post

import (
	"bufio"
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"errors"
	"io"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	"foia/internal/post/posttest"
)

// Servers that lie: none makes foia wait or read without end, say what is not so, or send to where nobody listens.
func TestLyingServers(t *testing.T) {
	envelope, raw := letter(t)
	hello := says("220 here\r\n")
	for name, row := range map[string]struct {
		greets  func(net.Conn)
		own     map[string]string
		says    string
		unknown bool
	}{
		"a greeting of one line of 1 MB": {says("220 " + strings.Repeat("x", 1<<20) + "\r\n"), nil, "it sends without end", false},
		"a line that never ends":         {says("220 " + strings.Repeat("x", 1<<18-10)), nil, "failed while greeting", false},
		"extensions without end": {hello, map[string]string{"EHLO": strings.Repeat("250-X\r\n", 1<<17)},
			"failed while greeting: it sends without end", false},
		"an answer without end": {hello, map[string]string{".": strings.Repeat("250-Ok\r\n", 1<<17)},
			"did not answer: it sends without end", true},
		"yes to all, then garbage": {says("220 here\r\n250 Ok\r\n250 Ok\r\n250 Ok\r\n\xff\xfe\x00garbage\r\n"), nil, "failed while", false},
		"354 before it was asked": {hello, map[string]string{"RCPT": "250 Ok\r\n354 go on\r\n250 Ok: queued as lie\r\n"},
			"refused counsel@example.org: 354 go on", false},
		"all of it at MAIL": {hello, map[string]string{"MAIL": "250 Ok\r\n250 Ok\r\n250 Ok\r\n354 go on\r\n250 Ok: queued as lie\r\n"},
			"it answered before it had", false},
		"a size that is none": {hello, map[string]string{"EHLO": "250-here\r\n250 SIZE -99999999999999999999\r\n", "MAIL": "550 no\r\n"},
			"550 no", false},
	} {
		t.Run(name, func(t *testing.T) {
			a := odd(t, row.greets, good(row.own))
			receipt, err := a.Deliver(t.Context(), envelope, raw)
			var unknown *Unknown
			if err == nil || !strings.Contains(err.Error(), row.says) || errors.As(err, &unknown) != row.unknown {
				t.Errorf("%+v, %v", receipt, err)
			}
			if err != nil && len(err.Error()) > 600 {
				t.Errorf("%d bytes of error", len(err.Error()))
			}
		})
	}
}

// A server that repeats what it was told does not get the password into an error or into the log, in whatever form.
func TestEchoedPassword(t *testing.T) {
	envelope, raw := letter(t)
	const password = "correct horse battery"
	told := map[string]string{"plain": base64.StdEncoding.EncodeToString([]byte("\x00ana@example.org\x00" + password)),
		"login":   base64.StdEncoding.EncodeToString([]byte(password)),
		"xoauth2": base64.StdEncoding.EncodeToString([]byte("user=ana@example.org\x01auth=Bearer " + password + "\x01\x01"))}
	for way, secret := range told {
		answers := map[string]string{"EHLO": "250-here\r\n250 AUTH PLAIN LOGIN XOAUTH2\r\n",
			"AUTH": "535 no: AUTH " + secret + " or half: " + secret[len(secret)/2:] + ", " + password + "\r\n"}
		a := odd(t, says("220 here\r\n"), good(answers))
		a.User, a.Password, a.Login = "ana@example.org", password, way
		_, err := a.Deliver(t.Context(), envelope, raw)
		if err == nil || !strings.Contains(err.Error(), "refused the login of ana@example.org: 535 no: ") {
			t.Errorf("%s: %v", way, err)
		}
		for _, part := range []string{secret, secret[len(secret)/2:], password} {
			if err != nil && strings.Contains(err.Error(), part) {
				t.Errorf("%s: %q is told: %v", way, part, err)
			}
		}
		answers["AUTH"], answers["."] = "235 in\r\n", "250 Ok "+password+" "+secret+"\r\n"
		a = odd(t, says("220 here\r\n"), good(answers))
		a.User, a.Password, a.Login = "ana@example.org", password, "plain"
		receipt, err := a.Deliver(t.Context(), envelope, raw)
		if err != nil || strings.Contains(receipt.Reply, password) || strings.Contains(receipt.Reply, secret) ||
			!strings.HasPrefix(receipt.Reply, "250 Ok …") {
			t.Errorf("%s: %+v, %v", way, receipt, err)
		}
	}
}

// certified is a certificate for a host of 127.0.0.1, with the pool that vouches for it.
func certified(t *testing.T, change func(*x509.Certificate)) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotBefore: time.Now().Add(-48 * time.Hour),
		NotAfter: time.Now().Add(48 * time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	change(c)
	raw, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key}, pool
}

// safely answers with STARTTLS: injected is what stands in the clear behind the yes, as somebody on the way would put it there.
func safely(t *testing.T, c tls.Certificate, injected string, told *bytes.Buffer) Account {
	t.Helper()
	return odd(t, says("220 here\r\n"), func(conn net.Conn, line string) bool {
		told.WriteString(line + "\n")
		if !strings.HasPrefix(line, "STARTTLS") {
			_, err := io.WriteString(conn, "250-here\r\n250 STARTTLS\r\n")
			return err == nil
		}
		if _, err := io.WriteString(conn, "220 go\r\n"+injected); err != nil {
			return false
		}
		safe := tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{c}})
		answers := good(map[string]string{"EHLO": "250-here\r\n250 AUTH PLAIN\r\n", "AUTH": "235 in\r\n",
			".": "250 Ok: queued within\r\n"})
		lines := bufio.NewScanner(safe)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() && answers(safe, lines.Text()) {
		}
		return false
	})
}

// A certificate that has run out, is not yet valid or is another's ends it, before the password is told; and so it is with
// STARTTLS, where what comes in the clear behind the yes is dropped.
func TestCertificates(t *testing.T) {
	envelope, raw := letter(t)
	for name, row := range map[string]struct {
		change   func(*x509.Certificate)
		injected string
		says     string
	}{
		"good": {func(*x509.Certificate) {}, "", ""},
		"injected": {func(*x509.Certificate) {},
			"250-evil\r\n250 AUTH LOGIN\r\n235 in\r\n250 Ok\r\n250 Ok\r\n354 go\r\n250 Ok: queued as lie\r\n", ""},
		"expired": {func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Hour) }, "",
			"certificate is not trusted: x509: certificate has expired"},
		"not yet valid": {func(c *x509.Certificate) { c.NotBefore = time.Now().Add(time.Hour) }, "",
			"not trusted: x509: certificate has expired or is not yet"},
		"of another name": {func(c *x509.Certificate) { c.IPAddresses, c.DNSNames = nil, []string{"smtp.example.org"} }, "",
			"certificate is not trusted: x509: cannot validate certificate for 127.0.0.1"},
		"of a client": {func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} }, "",
			"certificate is not trusted: x509: certificate specifies an incompatible key usage"},
	} {
		t.Run(name, func(t *testing.T) {
			c, pool := certified(t, row.change)
			var told bytes.Buffer
			a := safely(t, c, row.injected, &told)
			a.Security, a.Authority, a.User, a.Password = STARTTLS, pool, "ana@example.org", posttest.Password
			receipt, err := a.Deliver(t.Context(), envelope, raw)
			if (err == nil) != (row.says == "") || err != nil && !strings.Contains(err.Error(), row.says) ||
				err == nil && receipt.Reply != "250 Ok: queued within" {
				t.Errorf("%+v, %v", receipt, err)
			}
			if strings.Contains(told.String(), "AUTH") || strings.Contains(told.String(), "MAIL") {
				t.Errorf("told in the clear: %s", told.String())
			}
		})
	}
}

// A Message-ID that would break its line, or that has what a server must be asked about, is none.
func TestNoOddMessageID(t *testing.T) {
	for _, id := range []string{"", "x", "x@example.org>\r\nBcc: evil@example.org", "x@example.org\nBcc: e", "x y@example.org",
		"x@büro.example"} {
		m := Message{From: Address{"", "ana@example.org"}, To: []Address{{"", "foia@agency.example.gov"}}, Subject: "x", ID: id}
		if raw, err := m.Bytes(); err == nil {
			t.Errorf("%q: %s", id, raw)
		}
	}
}
