// Package timestamp is about the word of a third party that something existed at a
// time: the time-stamp protocol of RFC 3161. It makes the request and checks the
// answer; carrying them is left to the user. It is the only room that knows pkcs7.
package timestamp

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"io"
	"math/big"
)

// longest is more than any request or answer: an answer with a whole chain of
// certificates has some ten thousand bytes.
const longest = 1 << 16

// oidSHA256 is that of RFC 5754, section 2.2.
var oidSHA256 = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}

// imprint is MessageImprint of RFC 3161, section 2.4.1.
type imprint struct {
	Algorithm pkix.AlgorithmIdentifier
	Hash      []byte
}

// timeStampReq is that of RFC 3161, section 2.4.1.
type timeStampReq struct {
	Version    int
	Imprint    imprint
	Policy     asn1.ObjectIdentifier `asn1:"optional"`
	Nonce      *big.Int              `asn1:"optional"`
	CertReq    bool                  `asn1:"optional"`
	Extensions []pkix.Extension      `asn1:"optional,tag:0"`
}

// Request asks for a time stamp of a SHA-256. The nonce ties the answer to this very
// request; the certificate of the signer is asked for, so that the answer can be
// checked with nothing else at hand.
func Request(digest [sha256.Size]byte, random io.Reader) ([]byte, error) {
	nonce := make([]byte, 8)
	if _, err := io.ReadFull(random, nonce); err != nil {
		return nil, err
	}
	nonce[0] = nonce[0]&0x7f | 0x40 // positive and of full length
	return asn1.Marshal(timeStampReq{Version: 1, Nonce: new(big.Int).SetBytes(nonce), CertReq: true,
		Imprint: imprint{pkix.AlgorithmIdentifier{Algorithm: oidSHA256, Parameters: asn1.NullRawValue}, digest[:]}})
}

// Asked is what an answer must repeat.
type Asked struct {
	Digest [sha256.Size]byte
	Nonce  *big.Int // nil: none was sent
}

// ParseRequest reads a request that Request made.
func ParseRequest(der []byte) (a Asked, err error) {
	var req timeStampReq
	if err := unmarshal(der, &req); err != nil {
		return a, fmt.Errorf("this is not a time-stamp request: %w", err)
	}
	a.Nonce = req.Nonce
	a.Digest, err = req.Imprint.digest()
	return a, err
}

func (i imprint) digest() (d [sha256.Size]byte, err error) {
	if !i.Algorithm.Algorithm.Equal(oidSHA256) || len(i.Hash) != len(d) {
		return d, errors.New("it does not cover a SHA-256")
	}
	return [sha256.Size]byte(i.Hash), nil
}

// Of tells over which SHA-256 an answer says to be, without checking anything else.
func Of(answer []byte) (d [sha256.Size]byte, err error) {
	_, info, err := open(answer)
	if err != nil {
		return d, err
	}
	return info.Imprint.digest()
}

func (a Asked) fits(info tstInfo) error {
	digest, err := info.Imprint.digest()
	switch {
	case err != nil:
		return err
	case !bytes.Equal(digest[:], a.Digest[:]):
		return errors.New("it covers something else: its SHA-256 is not that of the seal")
	case a.Nonce == nil:
		return nil
	case info.Nonce == nil || info.Nonce.Cmp(a.Nonce) != 0:
		return errors.New("it answers another request: its nonce is not the one that was sent")
	}
	return nil
}

// unmarshal reads one value and nothing after it.
func unmarshal(der []byte, to any) error {
	if len(der) > longest {
		return fmt.Errorf("it has %d bytes, which is too long", len(der))
	}
	rest, err := asn1.Unmarshal(der, to)
	if err == nil && len(rest) > 0 {
		err = errors.New("there is extra data after it")
	}
	return err
}
