package timestamp

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/smallstep/pkcs7"
)

// timeStampResp is that of RFC 3161, section 2.4.2.
type timeStampResp struct {
	Status statusInfo
	Token  asn1.RawValue `asn1:"optional"`
}

type statusInfo struct {
	Status int
	Text   []asn1.RawValue `asn1:"optional"`
	Fail   asn1.BitString  `asn1:"optional"`
}

// tstInfo is TSTInfo of RFC 3161, section 2.4.2.
type tstInfo struct {
	Version    int
	Policy     asn1.ObjectIdentifier
	Imprint    imprint
	Serial     *big.Int
	Time       time.Time        `asn1:"generalized"`
	Accuracy   accuracy         `asn1:"optional"`
	Ordering   bool             `asn1:"optional"`
	Nonce      *big.Int         `asn1:"optional"`
	Authority  asn1.RawValue    `asn1:"optional,explicit,tag:0"`
	Extensions []pkix.Extension `asn1:"optional,tag:1"`
}

type accuracy struct {
	Seconds int `asn1:"optional"`
	Millis  int `asn1:"optional,tag:0"`
	Micros  int `asn1:"optional,tag:1"`
}

// Stamp is what an answer proves.
type Stamp struct {
	Time     time.Time
	Accuracy time.Duration // either way; 0: the authority does not say
	Serial   *big.Int
	Policy   string
	Signer   string // as its certificate names it
	Issuer   string
	Untraced error // why the certificate does not lead to a root; nil: it does
}

// Check checks an answer against what was asked: the status, the imprint and the nonce
// (RFC 3161, section 2.4.2), the signature of the token and that its certificate is
// the one that the signature names (RFC 5035), is for time stamps alone (section 2.3)
// and was valid at that time. Whether the certificate leads to one of the roots is
// said in the stamp, and for the caller to judge. No revocation list is asked for.
func Check(answer []byte, asked Asked, roots *x509.CertPool) (Stamp, error) {
	token, info, err := open(answer)
	if err != nil {
		return Stamp{}, err
	}
	if err := asked.fits(info); err != nil {
		return Stamp{}, err
	}
	signer, err := signerOf(token, info.Time)
	if err != nil {
		return Stamp{}, err
	}
	s := Stamp{Time: info.Time.UTC(), Serial: info.Serial, Policy: info.Policy.String(), Signer: signer.Subject.String(),
		Issuer: signer.Issuer.String(),
		Accuracy: time.Duration(info.Accuracy.Seconds)*time.Second + time.Duration(info.Accuracy.Millis)*time.Millisecond +
			time.Duration(info.Accuracy.Micros)*time.Microsecond}
	s.Untraced = trace(signer, token.Certificates, info.Time, roots)
	return s, nil
}

// open reads an answer that was granted, without checking who signed it.
func open(answer []byte) (token *pkcs7.PKCS7, info tstInfo, err error) {
	var resp timeStampResp
	if err := unmarshal(answer, &resp); err != nil {
		return nil, info, fmt.Errorf("this is not an answer to a time-stamp request: %w", err)
	}
	if err := resp.Status.granted(); err != nil {
		return nil, info, err
	}
	if len(resp.Token.FullBytes) == 0 {
		return nil, info, errors.New("the answer has no time stamp")
	}
	token, err = pkcs7.Parse(resp.Token.FullBytes)
	if err != nil {
		return nil, info, fmt.Errorf("the time stamp cannot be read: %w", err)
	}
	if err := unmarshal(token.Content, &info); err != nil {
		return nil, info, fmt.Errorf("the time stamp cannot be read: %w", err)
	}
	if info.Version != 1 || info.Serial == nil {
		return nil, info, errors.New("the time stamp has a version that foia does not know")
	}
	return token, info, nil
}

// granted is nil for the two states in which there is a time stamp (RFC 3161, section 2.4.2).
func (s statusInfo) granted() error {
	if s.Status == 0 || s.Status == 1 {
		return nil
	}
	names := map[int]string{2: "rejected", 3: "waiting", 4: "revocation warning", 5: "revoked"}
	name := names[s.Status]
	if name == "" {
		name = fmt.Sprintf("status %d", s.Status)
	}
	var said []string
	for _, t := range s.Text {
		said = append(said, fmt.Sprintf("%q", t.Bytes))
	}
	for bit, why := range map[int]string{0: "unknown algorithm", 2: "bad request", 5: "bad data format", 14: "no source of time",
		15: "unknown policy", 16: "unknown extension", 17: "no more information", 25: "system failure"} {
		if s.Fail.At(bit) == 1 {
			said = append(said, why)
		}
	}
	return errors.New(strings.Join(append([]string{"the time-stamp authority granted nothing: " + name}, said...), ", "))
}
