package logbook

import (
	"context"
	"errors"
	"slices"

	"foia/internal/docket"
)

// Would is what an entry would change, if it were recorded.
type Would struct {
	Event    docket.Event        `json:"event"`
	Request  docket.Request      `json:"-"`
	Before   docket.State        `json:"before"`
	After    docket.State        `json:"after"`
	Dates    []docket.DateChange `json:"dates"`
	Next     docket.Step         `json:"next"`
	Unusual  []string            `json:"unusual"`
	Opens    string              `json:"opens,omitempty"` // the office for which a request of its own would be opened
	Repeated *docket.Repeated    `json:"-"`               // the same is in the log already; else nil
}

// WouldRecord checks an entry as Record does, and says what would change. It writes nothing. What is
// in the log already is looked at as if it had happened twice.
func (b *Book) WouldRecord(ctx context.Context, entry Entry) (out Would, err error) {
	basis, err := b.Workspace.Basis()
	if err != nil {
		return out, err
	}
	for _, name := range entry.Attach {
		if err := Attachable(name); err != nil {
			return out, err
		}
	}
	log, err := b.Log(ctx)
	if err != nil {
		return out, err
	}
	p := b.proposed(entry, basis)
	e, unusual, err := check(Within(ctx, log), &p)
	if errors.As(err, &out.Repeated) {
		p.Again = true
		e, unusual, err = p.Check()
	}
	if err != nil {
		return out, err
	}
	return out, out.fold(b, p, e, unusual, entry, basis)
}

func (out *Would) fold(b *Book, p docket.Proposed, e docket.Event, unusual []string, entry Entry, basis docket.Basis) error {
	if err := asMade(b.Workspace, p, e); err != nil {
		return err
	}
	if entry.To != nil && e.Kind == docket.Referred {
		out.Opens = entry.To.Name
	}
	last := p.Events[len(p.Events)-1]
	e, err := e.Chain(&last)
	if err != nil {
		return err
	}
	out.Event, out.Request, out.Unusual = e, p.Request, append([]string{}, slices.Concat(unusual, linked(entry.Attach))...)
	out.Before = docket.Fold(p.Request, p.Events, basis)
	out.After = docket.Fold(p.Request, append(p.Events, e), basis)
	out.Dates = append([]docket.DateChange{}, docket.DateChanges(out.Before, out.After)...)
	out.Next = docket.Next(p.Request, out.After, b.Today)
	out.Before, out.After = out.Before.On(b.Today), out.After.On(b.Today)
	return nil
}

// Proposes is an entry as it is checked against the log, for whoever asks a person for it.
func (b *Book) Proposes(ctx context.Context, entry Entry) (p docket.Proposed, s docket.State, err error) {
	basis, err := b.Workspace.Basis()
	if err != nil {
		return p, s, err
	}
	log, err := b.Log(ctx)
	if err != nil {
		return p, s, err
	}
	p = b.proposed(entry, basis)
	if p.Request, p.Events, err = Request(Within(ctx, log), entry.Request); err != nil {
		return p, s, err
	}
	return p, docket.Fold(p.Request, p.Events, basis), nil
}
