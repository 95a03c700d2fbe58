package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"

	"foia/internal/docket"
)

// Sum stands for all that a log holds. Two logs with the same sum hold the same
// requests and events, entered in the same order.
type Sum struct {
	Requests int `json:"requests"`
	Events   int `json:"events"`
	// SHA256 is over one line for each event in the order of entry: its hash and, if
	// it is the first of its request, a space and the SHA-256 of what was frozen.
	SHA256 string `json:"sha256"`
}

// SumOf reads a log to the event of that number, or to its end for -1. The hashes
// are those of what is read, not those that stand beside it.
func SumOf(ctx context.Context, from Source, last int) (Sum, error) {
	sum := sha256.New()
	var s Sum
	err := Walk(ctx, from, 0, func(n int, e docket.Event) error {
		if last >= 0 && n > last {
			return errEnough
		}
		line, err := lineOf(ctx, from, e)
		if err != nil {
			return err
		}
		s.Events++
		if e.Seq == 1 {
			s.Requests++
		}
		_, err = sum.Write(append(line, '\n'))
		return err
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	s.SHA256 = hex.EncodeToString(sum.Sum(nil))
	return s, err
}

func lineOf(ctx context.Context, from Source, e docket.Event) ([]byte, error) {
	hash, err := e.Digest()
	if err != nil {
		return nil, err
	}
	if hash != e.Hash {
		return nil, &Failure{Kind: ErrDamaged,
			Detail: fmt.Sprintf("event %d of request %s was changed after it was written", e.Seq, e.Request)}
	}
	if e.Seq > 1 {
		return []byte(hash), nil
	}
	_, err = firstOf(ctx, from, e)
	return []byte(hash + " " + e.Data[digestKey]), err
}

// sameSum reads the first so many events of the source and all of the target.
func sameSum(ctx context.Context, from Source, to *Log, events int) (Sum, error) {
	want, err := SumOf(ctx, from, events)
	if err != nil {
		return want, err
	}
	got, err := SumOf(ctx, to, -1)
	if err == nil && got != want {
		err = &Different{fmt.Sprintf("the copy does not match: %d requests, %d events, checksum %s; in the copy %d, %d, %s",
			want.Requests, want.Events, want.SHA256, got.Requests, got.Events, got.SHA256)}
	}
	return want, err
}

// common tells how many events the target has. They must be the first ones of the
// source; if not, the error names the first that is another one.
func common(ctx context.Context, from Source, to *Log) (int, error) {
	next, stop := iter.Pull2(entries(ctx, to))
	defer stop()
	theirs, err, more := next()
	if err != nil || !more {
		return 0, err
	}
	n := 0
	err = Walk(ctx, from, 0, func(_ int, ours docket.Event) error {
		if theirs.Hash != ours.Hash {
			return &Different{fmt.Sprintf("the target has a different log: its event %d is event %d of request %s; here it is event %d "+
				"of request %s with another hash",
				n+1, theirs.Seq, theirs.Request, ours.Seq, ours.Request)}
		}
		n++
		if theirs, err, more = next(); err == nil && !more {
			return errEnough
		}
		return err
	})
	switch {
	case errors.Is(err, errEnough):
		return n, nil
	case err == nil:
		return n, &Different{fmt.Sprintf("the target has more events: after the %d here, it has event %d of request %s", n, theirs.Seq,
			theirs.Request)}
	}
	return n, err
}

// entries are the events of a log in the order of entry, with the error that ended them.
func entries(ctx context.Context, log Source) iter.Seq2[docket.Event, error] {
	return func(yield func(docket.Event, error) bool) {
		err := Walk(ctx, log, 0, func(_ int, e docket.Event) error {
			if !yield(e, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(docket.Event{}, err)
		}
	}
}
