package evidence

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"fmt"
	"path"

	"foia/internal/remedy"
	"foia/internal/timestamp"
	"foia/internal/workspace"
)

// Stamped is a time stamp that was checked.
type Stamped struct {
	Seal Kept
	File string // where the answer lies
	timestamp.Stamp
}

// KeepAnswer checks the answer of a time-stamp authority and keeps it beside its seal:
// the one that is named, or the one that it is over. With needRoot, the certificate
// must lead to one of the roots.
func KeepAnswer(ctx context.Context, w *workspace.Workspace, answer []byte, name string, roots *x509.CertPool, needRoot bool) (s Stamped,
	err error) {
	unlock, err := w.Lock(ctx)
	if err != nil {
		return s, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	if s.Seal, err = sealOf(w, answer, name); err != nil {
		return s, err
	}
	if s.Stamp, err = check(w, s.Seal, answer, roots); err != nil {
		return s, &Failure{What: "the time stamp was not kept", Err: err,
			Remedy: "ask the authority again with " + path.Join(workspace.SealsDir, s.Seal.Name+".tsq")}
	}
	if needRoot && s.Untraced != nil {
		return s, &Failure{What: "the time stamp was not kept: its certificate does not lead to a root in " + remedy.Name("roots"),
			Err: s.Untraced,
			Remedy: "give the authority's root certificate, from its own website; the answer must contain every certificate between it " +
				"and the signer"}
	}
	for _, file := range s.Seal.Answers {
		if old, err := w.ReadSmall(file, longest); err == nil && bytes.Equal(old, answer) {
			s.File = file
			return s, nil
		}
	}
	s.File = path.Join(workspace.SealsDir, s.Seal.Name+".tsr")
	for n := 2; w.Exists(s.File); n++ {
		s.File = path.Join(workspace.SealsDir, fmt.Sprintf("%s.%d.tsr", s.Seal.Name, n))
	}
	return s, w.KeepNew(s.File, answer)
}

// sealOf finds the seal that an answer is for.
func sealOf(w *workspace.Workspace, answer []byte, name string) (Kept, error) {
	if name != "" {
		return Find(w, name)
	}
	digest, err := timestamp.Of(answer)
	if err != nil {
		return Kept{}, &Failure{What: "the time stamp was not kept", Err: err, Remedy: "ask the authority again"}
	}
	kept, _, err := List(w)
	if err != nil {
		return Kept{}, err
	}
	for _, k := range kept {
		if sha256.Sum256(k.Seal.Text()) == digest {
			return k, nil
		}
	}
	return Kept{}, &Failure{What: "the time stamp does not match any seal kept here", Remedy: "see the folder " + workspace.SealsDir}
}

// check checks an answer against the seal and the request that was made for it.
func check(w *workspace.Workspace, k Kept, answer []byte, roots *x509.CertPool) (timestamp.Stamp, error) {
	asked := timestamp.Asked{Digest: sha256.Sum256(k.Seal.Text())}
	if k.Request != "" {
		raw, err := w.ReadSmall(k.Request, longest)
		if err != nil {
			return timestamp.Stamp{}, err
		}
		before, err := timestamp.ParseRequest(raw)
		if err != nil {
			return timestamp.Stamp{}, err
		}
		if before.Digest != asked.Digest {
			return timestamp.Stamp{}, fmt.Errorf("%s is not a request for this seal", k.Request)
		}
		asked.Nonce = before.Nonce
	}
	return timestamp.Check(answer, asked, roots)
}

// stamps checks every answer that is kept with a seal.
func stamps(w *workspace.Workspace, k Kept, roots *x509.CertPool) (good []Stamped, bad []string) {
	for _, file := range k.Answers {
		answer, err := w.ReadSmall(file, longest)
		if err != nil {
			bad = append(bad, err.Error())
			continue
		}
		s, err := check(w, k, answer, roots)
		if err != nil {
			bad = append(bad, fmt.Sprintf("%s: %v", file, err))
			continue
		}
		good = append(good, Stamped{Seal: k, File: file, Stamp: s})
	}
	return good, bad
}
