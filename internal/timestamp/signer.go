package timestamp

import (
	"bytes"
	"crypto"
	_ "crypto/sha1" // ESSCertID names a certificate by its SHA-1
	_ "crypto/sha256"
	_ "crypto/sha512"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/smallstep/pkcs7"
)

var (
	oidTSTInfo              = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}  // RFC 3161, section 2.4.2
	oidSigningCertificate   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 12} // RFC 2634, section 5.4
	oidSigningCertificateV2 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47} // RFC 5035, section 3
	oidExtKeyUsage          = asn1.ObjectIdentifier{2, 5, 29, 37}                       // RFC 5280, section 4.2.1.12
)

// sound are the digests that a signature may be over, with the hash that names them
// in an ESSCertIDv2.
var sound = []struct {
	oid  asn1.ObjectIdentifier
	hash crypto.Hash
}{
	{pkcs7.OIDDigestAlgorithmSHA256, crypto.SHA256},
	{pkcs7.OIDDigestAlgorithmSHA384, crypto.SHA384},
	{pkcs7.OIDDigestAlgorithmSHA512, crypto.SHA512},
}

func hashNamed(oid asn1.ObjectIdentifier) (crypto.Hash, bool) {
	for _, s := range sound {
		if s.oid.Equal(oid) {
			return s.hash, true
		}
	}
	return 0, false
}

// signerOf returns the certificate of who signed the token, after all checks but the
// one of its chain. The library checks the signature and the digest of the content;
// the rest is here.
func signerOf(token *pkcs7.PKCS7, at time.Time) (*x509.Certificate, error) {
	signer := token.GetOnlySigner()
	if signer == nil {
		return nil, errors.New("the time stamp does not have the certificate of exactly one signer")
	}
	if err := soundSignature(token); err != nil {
		return nil, err
	}
	var content asn1.ObjectIdentifier
	if err := token.UnmarshalSignedAttribute(pkcs7.OIDAttributeContentType, &content); err != nil || !content.Equal(oidTSTInfo) {
		return nil, errors.New("what was signed does not claim to be a time stamp")
	}
	if err := token.Verify(); err != nil {
		return nil, fmt.Errorf("the time stamp's signature is not valid: %w", err)
	}
	if err := namesCertificate(token, signer); err != nil {
		return nil, err
	}
	if err := forTimeStamps(signer); err != nil {
		return nil, err
	}
	if at.Before(signer.NotBefore) || at.After(signer.NotAfter) {
		return nil, fmt.Errorf("the signer's certificate was not valid at %s", at.UTC().Format(time.RFC3339))
	}
	return signer, nil
}

// soundSignature refuses what the library would still take: SHA-1, for which two
// contents with one signature can be made, and DSA.
func soundSignature(token *pkcs7.PKCS7) error {
	s := token.Signers[0]
	unsound := []asn1.ObjectIdentifier{pkcs7.OIDDigestAlgorithmECDSASHA1, pkcs7.OIDEncryptionAlgorithmRSASHA1, pkcs7.OIDDigestAlgorithmDSA,
		pkcs7.OIDDigestAlgorithmDSASHA1}
	_, ok := hashNamed(s.DigestAlgorithm.Algorithm)
	if !ok || slices.ContainsFunc(unsound, s.DigestEncryptionAlgorithm.Algorithm.Equal) {
		return errors.New("the time stamp is signed with a method that is no longer safe, or that foia does not know")
	}
	return nil
}

// certID is ESSCertIDv2, and ESSCertID, which has no algorithm.
type certID struct {
	Algorithm pkix.AlgorithmIdentifier `asn1:"optional"`
	Hash      []byte
	Issuer    asn1.RawValue `asn1:"optional"`
}

type signingCertificate struct {
	Certificates []certID
	Policies     asn1.RawValue `asn1:"optional"`
}

// namesCertificate makes sure that the certificate is the one that the signer meant:
// the certificates of a token are not signed with it (RFC 3161, section 2.4.2).
func namesCertificate(token *pkcs7.PKCS7, signer *x509.Certificate) error {
	var named signingCertificate
	hash := crypto.SHA256 // the default of RFC 5035
	err := token.UnmarshalSignedAttribute(oidSigningCertificateV2, &named)
	if err != nil {
		hash = crypto.SHA1
		err = token.UnmarshalSignedAttribute(oidSigningCertificate, &named)
	}
	if err != nil || len(named.Certificates) == 0 {
		return errors.New("the signature does not say which certificate made it")
	}
	id := named.Certificates[0] // the first is that of the signer (RFC 5035, section 3)
	if len(id.Algorithm.Algorithm) > 0 {
		var ok bool
		if hash, ok = hashNamed(id.Algorithm.Algorithm); !ok {
			return errors.New("the signature names its certificate by a digest that foia does not know")
		}
	}
	h := hash.New()
	h.Write(signer.Raw)
	if !bytes.Equal(h.Sum(nil), id.Hash) {
		return errors.New("the certificate that came with the time stamp is not the one that the signature names")
	}
	return nil
}

// forTimeStamps makes sure that the certificate is for time stamps and nothing else,
// and says so in a critical extension (RFC 3161, section 2.3).
func forTimeStamps(c *x509.Certificate) error {
	only := len(c.UnknownExtKeyUsage) == 0 && slices.Equal(c.ExtKeyUsage, []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping})
	critical := slices.ContainsFunc(c.Extensions, func(e pkix.Extension) bool { return e.Id.Equal(oidExtKeyUsage) && e.Critical })
	if !only || !critical {
		return errors.New("the signer's certificate is not for time stamps alone")
	}
	if c.KeyUsage != 0 && c.KeyUsage&(x509.KeyUsageDigitalSignature|x509.KeyUsageContentCommitment) == 0 {
		return errors.New("the signer's key is not for signing")
	}
	return nil
}

// trace looks for a way from the certificate to a root, as of the time of the stamp:
// certificates end sooner than what they attest.
func trace(signer *x509.Certificate, others []*x509.Certificate, at time.Time, roots *x509.CertPool) error {
	if roots == nil {
		return errors.New("no roots are known")
	}
	between := x509.NewCertPool()
	for _, c := range others {
		between.AddCert(c)
	}
	_, err := signer.Verify(x509.VerifyOptions{Roots: roots, Intermediates: between, CurrentTime: at,
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping}})
	return err
}

// ParseRoots reads root certificates in PEM (RFC 7468, section 5), as the user got them from
// somebody; what is none is passed over. No certificate at all is an error.
func ParseRoots(text []byte) (*x509.CertPool, error) {
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(text) {
		return nil, errors.New("there is no certificate in PEM")
	}
	return roots, nil
}
