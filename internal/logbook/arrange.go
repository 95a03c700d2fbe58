package logbook

import (
	"context"
	"maps"
	"slices"

	"foia/internal/docket"
	"foia/internal/remedy"
	"foia/internal/workspace"
)

// Arranged is what came of a change of who works on a request or who may see it.
type Arranged struct {
	ID     string         `json:"id"`
	Events []docket.Event `json:"events"` // empty: all was so before
	docket.Hands
}

// Arrange changes who works on requests or who may see them: all of them, or none.
// change gives the events for it; where there are none, nothing is written.
func (b *Book) Arrange(ctx context.Context, ids []string, change func(docket.Hands) []docket.Event) (out []Arranged, err error) {
	err = b.Holding(ctx, false, func() error {
		out, err = b.arrange(ctx, ids, change)
		return err
	})
	return out, err
}

// ArrangeSeen is Arrange for somebody who saw the requests as they stood after some event each, by id:
// if one has gone on since, nothing is changed.
func (b *Book) ArrangeSeen(ctx context.Context, seen map[string]int, change func(docket.Hands) []docket.Event) (out []Arranged, err error) {
	ids := slices.Sorted(maps.Keys(seen))
	err = b.Holding(ctx, false, func() error {
		return b.Write(ctx, func(t *Turn) error {
			for _, id := range ids {
				events, err := t.Events(id)
				if err == nil {
					err = movedOn(events, seen[id])
				}
				if err != nil {
					return err
				}
			}
			out, err = t.arrangeAll(ids, change)
			return err
		})
	})
	return out, err
}

// Hide makes requests private: only their owners and these people see them.
func (b *Book) Hide(ctx context.Context, ids, people []string) (out []Arranged, err error) {
	err = b.Holding(ctx, false, func() error {
		if err := keepsPrivate(b.Workspace, b.log); err != nil {
			return err
		}
		out, err = b.arrange(ctx, ids, func(h docket.Hands) []docket.Event { return h.Hide(people, b.By) })
		return err
	})
	return out, err
}

func (b *Book) arrange(ctx context.Context, ids []string, change func(docket.Hands) []docket.Event) (out []Arranged, err error) {
	err = b.Write(ctx, func(t *Turn) error {
		out, err = t.arrangeAll(ids, change)
		return err
	})
	return out, err
}

func (t *Turn) arrangeAll(ids []string, change func(docket.Hands) []docket.Event) (out []Arranged, err error) {
	seen := map[string]bool{}
	for _, id := range ids {
		if seen[id] {
			continue
		}
		seen[id] = true
		one, err := t.arrange(id, change)
		if err != nil {
			return out, err
		}
		out = append(out, one)
	}
	return out, nil
}

func (t *Turn) arrange(id string, change func(docket.Hands) []docket.Event) (Arranged, error) {
	events, err := t.Events(id)
	if err != nil {
		return Arranged{}, err
	}
	one := Arranged{ID: id, Events: []docket.Event{}}
	for _, e := range change(docket.HandsOf(events)) {
		e.Request, e.On = id, t.Today
		if e, err = t.AddEvent(e); err != nil {
			return one, err
		}
		one.Events = append(one.Events, e)
	}
	one.Hands = docket.HandsOf(append(events, one.Events...))
	return one, nil
}

// secretive is what is asked of a log before it is trusted with a secret.
type secretive interface{ KeepsPrivate() bool }

// KeepsPrivate refuses, while the book is held, where others could read what is private.
func (b *Book) KeepsPrivate() error { return keepsPrivate(b.Workspace, b.log) }

// keepsPrivate refuses where others could read what is private, with foia or without.
func keepsPrivate(w *workspace.Workspace, log secretive) error {
	if w.Config.Documents == workspace.InFolder {
		return remedy.Misuse("this log keeps its letters in a shared folder, where everyone can read them",
			"keep documents in the database instead (documents: database in foia.yaml)")
	}
	if log.KeepsPrivate() {
		return nil
	}
	return remedy.Misuse("this log cannot keep a request private: it is a file, and anyone who can open it can read it",
		"keep the log in PostgreSQL, which can (database: postgres://… in foia.yaml)")
}
