// Package imaptest has mail servers for tests: one in the memory of the test, one that does as it is told, also what
// no server should, and a real Dovecot.
package imaptest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
)

// Who may come in.
const (
	User     = "ana@example.org"
	Password = "corréct \"hörse'"
)

// Certificate is that of this machine, with the key, and the authority that vouches for it: itself.
type Certificate struct {
	Public, Key []byte // PEM
	Pair        tls.Certificate
}

// Certify makes a certificate for a host, which may be an address.
func Certify(host string) (c Certificate, err error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return c, err
	}
	about := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: host}, DNSNames: []string{host},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature}
	if ip := net.ParseIP(host); ip != nil {
		about.IPAddresses = []net.IP{ip}
	}
	raw, err := x509.CreateCertificate(rand.Reader, about, about, &key.PublicKey, key)
	if err != nil {
		return c, err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return c, err
	}
	c.Public = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw})
	c.Key = pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})
	c.Pair, err = tls.X509KeyPair(c.Public, c.Key)
	return c, err
}

// Pool trusts the certificate alone.
func (c Certificate) Pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(c.Public)
	return pool
}

// Memory is a server within this process, with one account.
type Memory struct {
	Certificate
	Port    int // from the first byte with TLS
	Open    int // without, and with STARTTLS
	Account *imapmemserver.User

	server *imapserver.Server
	ended  chan error
}

// NewMemory starts a server with an empty INBOX, on 127.0.0.1.
func NewMemory() (*Memory, error) {
	c, err := Certify("127.0.0.1")
	if err != nil {
		return nil, err
	}
	m := &Memory{Certificate: c, Account: imapmemserver.NewUser(User, Password), ended: make(chan error, 2)}
	if err := m.Account.Create("INBOX", nil); err != nil {
		return nil, err
	}
	users := imapmemserver.New()
	users.AddUser(m.Account)
	config := &tls.Config{Certificates: []tls.Certificate{c.Pair}}
	m.server = imapserver.New(&imapserver.Options{Caps: imap.CapSet{imap.CapIMAP4rev1: {}}, TLSConfig: config, InsecureAuth: true,
		Logger: log.New(io.Discard, "", 0),
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return users.NewSession(), nil, nil
		}})
	for port, listen := range map[*int]func() (net.Listener, error){
		&m.Port: func() (net.Listener, error) { return tls.Listen("tcp", "127.0.0.1:0", config) },
		&m.Open: func() (net.Listener, error) { return net.Listen("tcp", "127.0.0.1:0") }} {
		l, err := listen()
		if err != nil {
			return nil, err
		}
		*port = l.Addr().(*net.TCPAddr).Port
		go func() { m.ended <- m.server.Serve(l) }()
	}
	return m, nil
}

// Close ends the server.
func (m *Memory) Close() error { return m.server.Close() }

// StartMemory is NewMemory for as long as a test runs.
func StartMemory(t testing.TB) *Memory {
	t.Helper()
	m, err := NewMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	return m
}

// literal is a message for the server.
type literal struct {
	io.Reader
	size int64
}

func (l literal) Size() int64 { return l.size }

// Add puts a message into a mailbox, as it came on that day.
func (m *Memory) Add(mailbox string, text io.Reader, size int64, at time.Time) error {
	_, err := m.Account.Append(mailbox, literal{text, size}, &imap.AppendOptions{Time: at})
	return err
}

// Renumber gives the mailbox another validity, and takes its messages away.
func (m *Memory) Renumber(mailbox string) error {
	if err := m.Account.Delete(mailbox); err != nil {
		return err
	}
	return m.Account.Create(mailbox, nil)
}
