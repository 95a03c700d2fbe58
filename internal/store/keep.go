package store

import (
	"database/sql"
)

// writeStanding replaces what is kept of one request.
func (w *Tx) writeStanding(row standingRow) error {
	if _, isNew := w.added[row.Request]; !isNew {
		if _, err := w.exec("DELETE FROM foia.deadlines WHERE request = ?", row.Request); err != nil {
			return err
		}
	}
	if err := w.insert("foia.standings", "request, campaign, series, addressee, assignee, open, last, brief, state", standingAnew,
		row.Request, row.Campaign, row.Series, row.Addressee, row.Assignee, oneIf(row.Open), row.Last, row.Brief, row.State); err != nil {
		return err
	}
	for n, d := range row.deadlines {
		if err := w.insert("foia.deadlines", "due, request, n, what, of, who, lenient, last, cite", "",
			d.Due.String(), row.Request, n, d.What, d.Of, string(d.Who), d.Lenient.String(), d.Last.String(), d.Cite); err != nil {
			return err
		}
	}
	return nil
}

// standingAnew replaces a standing that is there.
const standingAnew = ` ON CONFLICT (request) DO UPDATE SET campaign = excluded.campaign, series = excluded.series,
	addressee = excluded.addressee, assignee = excluded.assignee, open = excluded.open,
	last = excluded.last, brief = excluded.brief, state = excluded.state`

// oneIf is how every database takes a truth value.
func oneIf(b bool) int {
	if b {
		return 1
	}
	return 0
}

// exec runs a statement, prepared once a transaction where that is worth it.
func (w *Tx) exec(text string, args ...any) (sql.Result, error) {
	if !w.log.engine.prepares() {
		result, err := w.asked().ExecContext(w.ctx, text, args...)
		return result, w.explain(err)
	}
	s, err := w.prepared(text)
	if err != nil {
		return nil, err
	}
	result, err := s.ExecContext(w.ctx, args...)
	return result, w.explain(err)
}

func (w *Tx) prepared(text string) (*sql.Stmt, error) {
	if s, ok := w.statements[text]; ok {
		return s, nil
	}
	s, err := w.tx.PrepareContext(w.ctx, w.log.engine.words(text))
	if err != nil {
		return nil, w.explain(err)
	}
	w.statements[text] = s // closed with the transaction
	return s, nil
}

// keepStandings brings the standings of the requests that this transaction
// touched up to date, or all of them if they rest on another basis.
func (w *Tx) keepStandings(p *Projection, before int) error {
	if p == nil || len(w.touched) == 0 || !w.log.keeps {
		return nil
	}
	basis, n, err := basisOf(w.ctx, w.asked())
	if err != nil {
		return w.explain(err)
	}
	if basis != p.Basis || w.log.engine.behind(n, before) {
		return w.foldAll(p)
	}
	return w.foldTouched(p)
}

// refresh makes the standings fresh; right tells that only some lack events.
func (w *Tx) refresh(p *Projection, right bool) error {
	if right {
		return w.foldTouched(p)
	}
	return w.foldAll(p)
}

// foldTouched folds what this transaction touched, and what lacks events of others.
func (w *Tx) foldTouched(p *Projection) error {
	left, err := w.log.engine.stale(w.ctx, w.asked())
	if err != nil {
		return w.explain(err)
	}
	for _, id := range left {
		w.touched[id] = true
	}
	for id := range w.touched {
		if err := w.foldOne(p, id); err != nil {
			return err
		}
	}
	return w.setBasis(p, len(left) > 0)
}

func (w *Tx) foldOne(p *Projection, id string) error {
	if a, ok := w.added[id]; ok {
		row, err := p.row(a.request, a.events)
		if err != nil {
			return err
		}
		return w.writeStanding(row)
	}
	r, err := w.Request(id)
	if err != nil {
		return err
	}
	events, err := w.Events(id)
	if err != nil {
		return err
	}
	row, err := p.row(r, events)
	if err != nil {
		return err
	}
	return w.writeStanding(row)
}

// foldAll folds anew all of the log that can be seen.
func (w *Tx) foldAll(p *Projection) error {
	ids, err := allIDs(w.ctx, w.asked())
	if err != nil {
		return w.explain(err)
	}
	for _, id := range ids {
		if err := w.foldOne(p, id); err != nil {
			return err
		}
	}
	return w.setBasis(p, true)
}

// setBasis says what the standings rest on now. With caughtUp, those that were left
// over are folded too.
func (w *Tx) setBasis(p *Projection, caughtUp bool) error {
	if caughtUp {
		if err := w.log.engine.caughtUp(w.ctx, w.asked()); err != nil {
			return w.explain(err)
		}
	}
	n, err := w.log.engine.eventsWritten(w.ctx, w.asked())
	if err != nil {
		return w.explain(err)
	}
	_, err = w.exec("UPDATE foia.standing_basis SET basis = ?, n = ? WHERE one = 1", p.Basis, n)
	return err
}
