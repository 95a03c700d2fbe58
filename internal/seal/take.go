package seal

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"foia/internal/docket"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// History hands over the events of the whole log in the order of their entry, as
// store.Log.History does.
type History func(ctx context.Context, after int, f func(n int, e docket.Event) error) error

// Take makes the seal of a log as it is now.
func Take(ctx context.Context, history History, day workday.Date) (Seal, error) {
	s := Seal{Day: day}
	var tree Tree
	err := read(ctx, history, func(e entry) error {
		s.count(e)
		tree.Add(e.leaf, nil)
		return nil
	})
	s.Root = tree.Root()
	return s, err
}

func (s *Seal) count(e entry) {
	s.Events++
	if e.event.Seq == 1 {
		s.Requests++
	}
}

// entry is an event with its place in the log.
type entry struct {
	n     int
	event docket.Event
	hash  Hash
	leaf  Hash
}

// read goes through the log and makes sure that no number is left out: a log of which
// the reader sees a part has no seal.
func read(ctx context.Context, history History, f func(entry) error) error {
	last := 0
	return history(ctx, 0, func(n int, e docket.Event) error {
		if n != last+1 {
			return &Gap{Entry: last + 1}
		}
		last = n
		hash, err := hashOf(e)
		if err != nil {
			return err
		}
		return f(entry{n: n, event: e, hash: hash, leaf: leafHash(n, hash)})
	})
}

func hashOf(e docket.Event) (h Hash, err error) {
	raw, err := hex.DecodeString(e.Hash)
	if err != nil || len(raw) != len(h) {
		return h, fmt.Errorf("event %d of %s has no hash", e.Seq, e.Request)
	}
	return Hash(raw), nil
}

// Gap says that an entry of the log was not there to be read.
type Gap struct{ Entry int }

func (g *Gap) Error() string {
	return fmt.Sprintf("entry %d of the log is missing, or hidden from you", g.Entry)
}

// Hint says what to do.
func (g *Gap) Hint() string {
	return remedy.To(remedy.Verify).String() + " shows which; if the entry is private, someone who can see the whole log must do this"
}

// Comparison says whether a log still is what was sealed.
type Comparison struct {
	Seal  Seal
	Holds bool
	Found Seal // what the log gives now over as many events, or over all if it has fewer
}

// errEnough ends the reading of a log.
var errEnough = errors.New("enough was read")

// Compare makes the seals anew, in one reading of the log.
func Compare(ctx context.Context, history History, seals ...Seal) ([]Comparison, error) {
	out := make([]Comparison, len(seals))
	longest := 0
	at := map[int][]int{} // number of events → seals
	for i, s := range seals {
		out[i].Seal = s
		at[s.Events] = append(at[s.Events], i)
		longest = max(longest, s.Events)
	}
	var now Seal
	var tree Tree
	note := func(which []int) {
		for _, i := range which {
			out[i].Found = Seal{Day: seals[i].Day, Requests: now.Requests, Events: now.Events, Root: tree.Root()}
			out[i].Holds = out[i].Found == seals[i]
		}
	}
	note(at[0])
	err := read(ctx, history, func(e entry) error {
		if e.n > longest {
			return errEnough
		}
		now.count(e)
		tree.Add(e.leaf, nil)
		note(at[e.n])
		return nil
	})
	for n, which := range at {
		if n > now.Events {
			note(which)
		}
	}
	if errors.Is(err, errEnough) {
		err = nil
	}
	return out, err
}
