package seal

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"foia/internal/docket"
	"foia/internal/remedy"
)

// Proof shows that one event is in a sealed log, without the other events: its audit
// path (RFC 6962, section 2.1.1). As each event holds the hash of the one before it,
// the proof of an event is also one of all earlier events of the same request.
type Proof struct {
	Request string   `json:"request"`
	Event   int      `json:"event"` // its number in the request
	Entry   int      `json:"entry"` // its number in the whole log
	Path    []string `json:"path"`  // hex, from the leaf upwards
}

// Prove makes the proofs of the last event of each request that a seal is over. A
// request that began after the seal has none.
func Prove(ctx context.Context, history History, s Seal, requests ...string) ([]Proof, error) {
	last, err := lastEntries(ctx, history, s, requests)
	if err != nil {
		return nil, err
	}
	var tree Tree
	paths := make([][]Hash, len(requests))
	wanted := map[int]int{} // entry → index
	for i, id := range requests {
		if p := last[id]; p.Entry > 0 {
			wanted[p.Entry] = i
		}
	}
	err = read(ctx, history, func(e entry) error {
		if e.n > s.Events {
			return errEnough
		}
		var path *[]Hash
		if i, ok := wanted[e.n]; ok {
			path = &paths[i]
		}
		tree.Add(e.leaf, path)
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	if root := tree.Close(); root != s.Root {
		return nil, &Broken{Seal: s}
	}
	var proofs []Proof
	for i, id := range requests {
		if p := last[id]; p.Entry > 0 {
			p.Path = inHex(paths[i])
			proofs = append(proofs, p)
		}
	}
	return proofs, nil
}

// lastEntries finds the last sealed event of each request.
func lastEntries(ctx context.Context, history History, s Seal, requests []string) (map[string]Proof, error) {
	last := map[string]Proof{}
	for _, id := range requests {
		last[id] = Proof{}
	}
	err := history(ctx, 0, func(n int, e docket.Event) error {
		if n > s.Events {
			return errEnough
		}
		if _, asked := last[e.Request]; asked {
			last[e.Request] = Proof{Request: e.Request, Event: e.Seq, Entry: n}
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return last, err
}

func inHex(path []Hash) []string {
	out := make([]string, len(path))
	for i, h := range path {
		out[i] = hex.EncodeToString(h[:])
	}
	return out
}

// Check tells whether the proof leads from the event with that hash to the root of
// the seal.
func (p Proof) Check(s Seal, eventHash string) error {
	event, err := hashOf(docket.Event{Request: p.Request, Seq: p.Event, Hash: eventHash})
	if err != nil {
		return err
	}
	path := make([]Hash, len(p.Path))
	for i, step := range p.Path {
		raw, err := hex.DecodeString(step)
		if err != nil || len(raw) != len(path[i]) {
			return fmt.Errorf("step %d of the proof is not a SHA-256 in hex", i+1)
		}
		path[i] = Hash(raw)
	}
	root, ok := rootOf(leafHash(p.Entry, event), p.Entry-1, s.Events, path)
	if !ok || root != s.Root {
		return fmt.Errorf("the proof does not lead to the root of the seal of %s", s.Day)
	}
	return nil
}

// Broken says that the log is no longer what was sealed.
type Broken struct{ Seal Seal }

func (b *Broken) Error() string {
	return fmt.Sprintf("the log is no longer what was sealed on %s", b.Seal.Day)
}

// Hint says what to do.
func (b *Broken) Hint() string { return remedy.To(remedy.Verify).String() + " tells you more" }
