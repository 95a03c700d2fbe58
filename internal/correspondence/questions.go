package correspondence

import (
	"context"

	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/logbook"
)

// Questions are what a terminal asks before a follow-up letter is made: what it must
// know, and the facts that carry it, given what the agency asserted and decided. The
// error of a letter that may not go out is the same as when it is made, so that nobody
// answers questions for nothing.
func (d *Desk) Questions(ctx context.Context, f FollowUp) (fields []letter.Field, in letter.Typing, err error) {
	t, err := d.template(f.Kind)
	if err != nil || t.Kind == letter.RequestKind {
		return nil, in, err
	}
	f.Kind = t.Common()
	log, err := d.Log(ctx)
	if err != nil {
		return nil, in, err
	}
	return d.questions(logbook.Within(ctx, log), t, f)
}

func (d *Desk) questions(log logbook.Reader, t *letter.Template, f FollowUp) (fields []letter.Field, in letter.Typing, err error) {
	r, events, err := logbook.Request(log, f.Request)
	if err == nil {
		events, err = d.without(r, events, f)
	}
	if err != nil {
		return nil, in, err
	}
	basis, err := d.Workspace.Basis()
	if err != nil {
		return nil, in, err
	}
	if t, err = d.underLaw(t, r); err != nil {
		return nil, in, err
	}
	view := docket.At(r, events, f.Date, basis)
	if err := d.mayWrite(t, f, events, view); err != nil {
		return nil, in, err
	}
	order, _, err := d.order(t, f, r, view)
	if err != nil {
		return nil, in, err
	}
	in = d.Typing()
	in.Law, in.Currency = order.Regime.ID(), order.Regime.Currency()
	fields, err = t.Questions(order.Layers, in, order.Life)
	return fields, in, err
}
