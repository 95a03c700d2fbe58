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
func (d *Desk) Questions(ctx context.Context, f FollowUp) (fields []letter.Field, err error) {
	t, err := d.template(f.Kind)
	if err != nil || t.Kind == letter.RequestKind {
		return nil, err
	}
	f.Kind = t.Common()
	log, err := d.Log(ctx)
	if err != nil {
		return nil, err
	}
	return d.questions(logbook.Within(ctx, log), t, f)
}

func (d *Desk) questions(in logbook.Reader, t *letter.Template, f FollowUp) ([]letter.Field, error) {
	r, events, err := logbook.Request(in, f.Request)
	if err != nil {
		return nil, err
	}
	basis, err := d.Workspace.Basis()
	if err != nil {
		return nil, err
	}
	if t, err = d.underLaw(t, r); err != nil {
		return nil, err
	}
	view := docket.At(r, events, f.Date, basis)
	if err := d.mayWrite(t, f, events, view); err != nil {
		return nil, err
	}
	order, _, err := d.order(t, f, r, view)
	if err != nil {
		return nil, err
	}
	typing := d.Typing()
	typing.Law, typing.Currency = order.Regime.ID(), order.Regime.Currency()
	return t.Questions(order.Layers, typing, order.Life)
}
