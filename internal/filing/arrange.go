package filing

import (
	"context"

	"foia/internal/docket"
	"foia/internal/remedy"
	"foia/internal/store"
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
func (d *Desk) Arrange(ctx context.Context, ids []string, change func(docket.Hands) []docket.Event) (out []Arranged, err error) {
	err = d.writing(ctx, func(log *store.Log) error {
		out, err = d.arrange(ctx, log, ids, change)
		return err
	})
	return out, err
}

// Hide makes requests private: only their owners and these people see them.
func (d *Desk) Hide(ctx context.Context, ids, people []string) (out []Arranged, err error) {
	err = d.writing(ctx, func(log *store.Log) error {
		if err := d.keepsPrivate(log); err != nil {
			return err
		}
		out, err = d.arrange(ctx, log, ids, func(h docket.Hands) []docket.Event { return h.Hide(people, d.By) })
		return err
	})
	return out, err
}

func (d *Desk) arrange(ctx context.Context, log *store.Log, ids []string, change func(docket.Hands) []docket.Event) ([]Arranged, error) {
	var out []Arranged
	written := 0
	err := log.Write(ctx, func(tx *store.Tx) error {
		out, written = nil, 0
		seen := map[string]bool{}
		for _, id := range ids {
			if seen[id] {
				continue
			}
			seen[id] = true
			one, err := d.arrangeOne(tx, id, change)
			if err != nil {
				return err
			}
			out = append(out, one)
			written += len(one.Events)
		}
		return nil
	})
	if err != nil || written == 0 {
		return out, err
	}
	d.renewTrackingLog(context.WithoutCancel(ctx), log)
	return out, nil
}

func (d *Desk) arrangeOne(tx *store.Tx, id string, change func(docket.Hands) []docket.Event) (Arranged, error) {
	events, err := tx.Events(id)
	if err != nil {
		return Arranged{}, err
	}
	one := Arranged{ID: id, Events: []docket.Event{}}
	for _, e := range change(docket.HandsOf(events)) {
		e.Request, e.On, e.By, e.Machine, e.Recorded = id, d.Today, d.By, d.Machine, d.Now
		if e, err = tx.Append(e); err != nil {
			return one, err
		}
		one.Events = append(one.Events, e)
	}
	one.Hands = docket.HandsOf(append(events, one.Events...))
	return one, nil
}

// keepsPrivate refuses where others could read what is private, with foia or without.
func (d *Desk) keepsPrivate(log interface{ KeepsPrivate() bool }) error {
	if d.Workspace.Config.Documents == workspace.InFolder {
		return remedy.Misuse("this log keeps its letters in a shared folder, where everyone can read them",
			"keep documents in the database instead (documents: database in foia.yaml)")
	}
	if log.KeepsPrivate() {
		return nil
	}
	return remedy.Misuse("this log cannot keep a request private: it is a file, and anyone who can open it can read it",
		"keep the log in PostgreSQL, which can (database: postgres://… in foia.yaml)")
}
