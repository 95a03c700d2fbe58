package evidence

import (
	"context"
	"errors"

	"foia/internal/bundle"
	"foia/internal/seal"
	"foia/internal/workspace"
)

// ForBundle is what shows in a bundle that requests were in a sealed log: the seal of
// that name, or without one the seal over the most events, its time stamps, and the
// proofs. It is nil if no seal is kept.
func ForBundle(ctx context.Context, w *workspace.Workspace, log Log, name string, requests ...string) (*bundle.Sealed, error) {
	k, err := sealFor(w, name)
	if err != nil || k.Name == "" {
		return nil, err
	}
	if err := hidden(ctx, log, "a proof"); err != nil {
		var f *Failure
		if errors.As(err, &f) && f.Hidden && name == "" {
			return nil, nil // the bundle is then without a seal
		}
		return nil, err
	}
	proofs, err := seal.Prove(ctx, log.History, k.Seal, requests...)
	if err != nil {
		return nil, err
	}
	out := &bundle.Sealed{Seal: k.Seal, Proofs: proofs}
	for _, file := range k.Answers {
		answer, err := w.ReadSmall(file, longest)
		if err != nil {
			return nil, err
		}
		if _, err := check(w, k, answer, nil); err != nil {
			return nil, &Failure{What: file + " is not a time stamp of its seal", Err: err, Remedy: "move it away"}
		}
		out.Answers = append(out.Answers, answer)
	}
	return out, nil
}

func sealFor(w *workspace.Workspace, name string) (best Kept, err error) {
	if name != "" {
		return Find(w, name)
	}
	kept, _, err := List(w)
	for _, k := range kept {
		if k.Seal.Events >= best.Seal.Events {
			best = k
		}
	}
	return best, err
}
