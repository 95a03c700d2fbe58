// Package authority is a time-stamp authority for tests: certificates that are made
// for the test, and OpenSSL, which is not ours, as the one that stamps.
package authority

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// Authority is one that answers.
type Authority struct {
	dir   string
	Roots string            // the file with its root, PEM
	Root  *x509.Certificate // the same
	Cert  *x509.Certificate // that of the signer
}

const config = `[tsa]
serial = %s/serial
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1, millisecs:500
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = %s
signer_digest = sha256
crypto_device = builtin
`

// New makes an authority. idDigest is that by which it names its certificate: sha1
// or sha256. Without OpenSSL the test is skipped; where FOIA_CI is set it fails.
func New(t testing.TB, idDigest string) *Authority {
	t.Helper()
	if _, err := exec.LookPath("openssl"); err != nil {
		if os.Getenv("FOIA_CI") != "" {
			t.Fatal("openssl is not installed")
		}
		t.Skip("openssl is not installed")
	}
	a, err := Make(t.TempDir(), idDigest)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Make makes an authority in a folder.
func Make(dir, idDigest string) (*Authority, error) {
	a := &Authority{dir: dir, Roots: filepath.Join(dir, "root.pem")}
	begin := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	root := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Root of the test"}, NotBefore: begin,
		NotAfter: begin.AddDate(200, 0, 0),
		IsCA:     true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	eku, err := asn1.Marshal([]asn1.ObjectIdentifier{{1, 3, 6, 1, 5, 5, 7, 3, 8}}) // id-kp-timeStamping
	if err != nil {
		return nil, err
	}
	signer := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "Authority of the test"},
		NotBefore: root.NotBefore, NotAfter: root.NotAfter,
		KeyUsage:        x509.KeyUsageDigitalSignature,
		ExtraExtensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Critical: true, Value: eku}}}
	rootKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	a.Root, err = a.certify("root.pem", root, root, rootKey, rootKey)
	if err == nil {
		a.Cert, err = a.certify("signer.pem", signer, a.Root, key, rootKey)
	}
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	return a, errors.Join(err, a.write("key.pem", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})),
		a.write("serial", []byte("01\n")), a.write("tsa.cnf", fmt.Appendf(nil, config, dir, idDigest)))
}

func (a *Authority) write(name string, data []byte) error {
	return os.WriteFile(filepath.Join(a.dir, name), data, 0o600)
}

func (a *Authority) certify(name string, c, parent *x509.Certificate, key, parentKey *ecdsa.PrivateKey) (*x509.Certificate, error) {
	der, err := x509.CreateCertificate(rand.Reader, c, parent, &key.PublicKey, parentKey)
	if err != nil {
		return nil, err
	}
	if err := a.write(name, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})); err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}

// Answer stamps what a request asks for.
func (a *Authority) Answer(request []byte) ([]byte, error) {
	if err := a.write("request.tsq", request); err != nil {
		return nil, err
	}
	out := filepath.Join(a.dir, "answer.tsr")
	cmd := exec.Command("openssl", "ts", "-reply", "-config", filepath.Join(a.dir, "tsa.cnf"), "-section", "tsa", "-queryfile",
		filepath.Join(a.dir, "request.tsq"),
		"-signer", filepath.Join(a.dir, "signer.pem"), "-inkey", filepath.Join(a.dir, "key.pem"), "-out", out)
	if said, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("openssl: %w: %s", err, said)
	}
	return os.ReadFile(out)
}

// Verify asks OpenSSL whether an answer is a time stamp of a file.
func (a *Authority) Verify(file, answer string) error {
	said, err := exec.Command("openssl", "ts", "-verify", "-data", file, "-in", answer, "-CAfile", a.Roots).CombinedOutput()
	if err != nil {
		return fmt.Errorf("openssl: %w: %s", err, said)
	}
	return nil
}
