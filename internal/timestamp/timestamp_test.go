package timestamp

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"foia/internal/longtest"
	"foia/internal/timestamp/authority"
)

const text = "foia seal 1, the text that is stamped\n"

func ask(t testing.TB) ([]byte, Asked) {
	t.Helper()
	request, err := Request(sha256.Sum256([]byte(text)), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	asked, err := ParseRequest(request)
	if err != nil || asked.Nonce == nil || asked.Digest != sha256.Sum256([]byte(text)) {
		t.Fatal(asked, err)
	}
	return request, asked
}

func answered(t testing.TB, a *authority.Authority, request []byte) []byte {
	t.Helper()
	answer, err := a.Answer(request)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

func rootsOf(a *authority.Authority) *x509.CertPool {
	roots := x509.NewCertPool()
	roots.AddCert(a.Root)
	return roots
}

// What OpenSSL stamps is read, and OpenSSL finds the same.
func TestOpenSSL(t *testing.T) {
	for _, digest := range []string{"sha1", "sha256", "sha512"} {
		a := authority.New(t, digest)
		request, asked := ask(t)
		answer := answered(t, a, request)
		stamp, err := Check(answer, asked, rootsOf(a))
		if err != nil || stamp.Untraced != nil {
			t.Fatal(digest, err, stamp.Untraced)
		}
		if d := time.Since(stamp.Time); d < -time.Minute || d > time.Minute || stamp.Accuracy != 1500*time.Millisecond ||
			stamp.Policy != "1.2.3.4.1" ||
			stamp.Signer != "CN=Authority of the test" || stamp.Issuer != "CN=Root of the test" {
			t.Errorf("%+v", stamp)
		}
		dir := t.TempDir()
		for name, data := range map[string][]byte{"text": []byte(text), "answer": answer} {
			if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := a.Verify(filepath.Join(dir, "text"), filepath.Join(dir, "answer")); err != nil {
			t.Error(err)
		}
		if of, err := Of(answer); err != nil || of != asked.Digest {
			t.Error(of, err)
		}
	}
}

func TestUntraced(t *testing.T) {
	a, other := authority.New(t, "sha256"), authority.New(t, "sha256")
	request, asked := ask(t)
	answer := answered(t, a, request)
	for name, roots := range map[string]*x509.CertPool{"none": nil, "empty": x509.NewCertPool(), "another": rootsOf(other)} {
		if stamp, err := Check(answer, asked, roots); err != nil || stamp.Untraced == nil {
			t.Error(name, err)
		}
	}
}

func TestRefused(t *testing.T) {
	a := authority.New(t, "sha256")
	request, asked := ask(t)
	answer := answered(t, a, request)
	another := asked
	another.Digest[0]++
	again := asked
	again.Nonce = new(big.Int).Add(asked.Nonce, big.NewInt(1))
	bare, err := asn1.Marshal(timeStampReq{Version: 1, CertReq: true,
		Imprint: imprint{pkix.AlgorithmIdentifier{Algorithm: oidSHA256}, asked.Digest[:]}})
	if err != nil {
		t.Fatal(err)
	}
	noCert, err := asn1.Marshal(timeStampReq{Version: 1, Nonce: asked.Nonce,
		Imprint: imprint{pkix.AlgorithmIdentifier{Algorithm: oidSHA256}, asked.Digest[:]}})
	if err != nil {
		t.Fatal(err)
	}
	rejected := []byte{0x30, 0x09, 0x30, 0x07, 0x02, 0x01, 0x02, 0x03, 0x02, 0x05, 0x20} // status 2, failure bit 2
	for _, row := range []struct {
		name   string
		answer []byte
		asked  Asked
		want   string
	}{
		{"of another text", answer, another, "covers something else"},
		{"of another request", answer, again, "answers another request"},
		{"without a nonce", answered(t, a, bare), asked, "answers another request"},
		{"without a certificate", answered(t, a, noCert), asked, "does not have the certificate"},
		{"rejected", rejected, asked, "granted nothing: rejected, bad request"},
		{"no token", []byte{0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x00}, asked, "has no time stamp"},
		{"the text itself", []byte(text), asked, "not an answer to a time-stamp request"},
		{"nothing", nil, asked, "not an answer to a time-stamp request"},
		{"with something after it", append(bytes.Clone(answer), 0), asked, "extra data after it"},
		{"too long", make([]byte, longest+1), asked, "too long"},
	} {
		if _, err := Check(row.answer, row.asked, rootsOf(a)); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: want %q, got %v", row.name, row.want, err)
		}
	}
}

// No bit of an answer can be changed so that another time comes out, or a signer.
func TestEachBit(t *testing.T) {
	a := authority.New(t, "sha256")
	request, asked := ask(t)
	answer := answered(t, a, request)
	want, err := Check(answer, asked, rootsOf(a))
	if err != nil {
		t.Fatal(err)
	}
	for at := range answer {
		changed := bytes.Clone(answer)
		changed[at] ^= 1 << (at % 8)
		got, err := Check(changed, asked, rootsOf(a))
		if err != nil || got.Untraced != nil {
			continue
		}
		if !got.Time.Equal(want.Time) || got.Signer != want.Signer || got.Serial.Cmp(want.Serial) != 0 || got.Policy != want.Policy {
			t.Errorf("byte %d: %+v", at, got)
		}
	}
}

func TestCertificates(t *testing.T) {
	a, other := authority.New(t, "sha256"), authority.New(t, "sha256")
	request, _ := ask(t)
	token, info, err := open(answered(t, a, request))
	if err != nil {
		t.Fatal(err)
	}
	if err := namesCertificate(token, other.Cert); err == nil || !strings.Contains(err.Error(), "not the one that the signature names") {
		t.Error(err)
	}
	if _, err := signerOf(token, info.Time.AddDate(300, 0, 0)); err == nil || !strings.Contains(err.Error(), "was not valid at") {
		t.Error(err)
	}
	critical := pkix.Extension{Id: oidExtKeyUsage, Critical: true}
	stamping := []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping}
	for name, c := range map[string]*x509.Certificate{
		"for anything":       {Extensions: []pkix.Extension{critical}},
		"for more":           {Extensions: []pkix.Extension{critical}, ExtKeyUsage: append(stamping, x509.ExtKeyUsageCodeSigning)},
		"for something else": {Extensions: []pkix.Extension{critical}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}},
		"for the unknown too": {Extensions: []pkix.Extension{critical}, ExtKeyUsage: stamping,
			UnknownExtKeyUsage: []asn1.ObjectIdentifier{{1, 2}}},
		"not critical":         {Extensions: []pkix.Extension{{Id: oidExtKeyUsage}}, ExtKeyUsage: stamping},
		"a key for other ends": {Extensions: []pkix.Extension{critical}, ExtKeyUsage: stamping, KeyUsage: x509.KeyUsageCertSign},
	} {
		if forTimeStamps(c) == nil {
			t.Errorf("%s: passes", name)
		}
	}
	if err := forTimeStamps(a.Cert); err != nil {
		t.Error(err)
	}
}

// The bytes of a request, as RFC 3161 has them.
func TestRequestBytes(t *testing.T) {
	if _, err := Request([32]byte{}, strings.NewReader("seven b")); err == nil {
		t.Error("a nonce of seven bytes")
	}
	request, err := Request([32]byte{1, 2}, strings.NewReader("\x8112345678"))
	want := "3043" + "020101" + "3031300d060960864801650304020105000420" + "0102" + strings.Repeat("00", 30) + "0208" + "4131323334353637" +
		"0101ff"
	if got := hex.EncodeToString(request); err != nil || got != want {
		t.Error(got, want, err)
	}
	if _, err := ParseRequest([]byte("x")); err == nil {
		t.Error("x is a request")
	}
}

func FuzzCheck(f *testing.F) {
	longtest.LargeInputs(f)
	a := authority.New(f, "sha256")
	request, asked := ask(f)
	f.Add(answered(f, a, request))
	roots := rootsOf(a)
	f.Fuzz(func(t *testing.T, answer []byte) {
		if stamp, err := Check(answer, asked, roots); err == nil && stamp.Untraced == nil && stamp.Signer != "CN=Authority of the test" {
			t.Fatalf("%+v", stamp)
		}
	})
}

// Roots are certificates in PEM that the user got from somebody: an error or a pool, never a
// panic, and no pool without a certificate.
func FuzzParseRoots(f *testing.F) {
	longtest.LargeInputs(f)
	root, err := os.ReadFile("testdata/root.pem")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(root)
	f.Add(slices.Concat(root, []byte("\n"), root))
	f.Add([]byte("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		pool, err := ParseRoots(text)
		if (pool == nil) == (err == nil) {
			t.Fatal(pool, err)
		}
		if block, _ := pem.Decode(text); err == nil && block == nil {
			t.Fatalf("a certificate in %q", text)
		}
	})
}

func FuzzParseRequest(f *testing.F) {
	request, _ := ask(f)
	f.Add(request)
	f.Fuzz(func(t *testing.T, der []byte) { _, _ = ParseRequest(der) })
}
