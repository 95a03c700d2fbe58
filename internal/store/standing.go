package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"foia/internal/docket"
	"foia/internal/workday"
)

// Projection says how the standing of a request follows from its events. Basis
// names everything that Fold depends on besides them (law, calendar, policy): when
// it is another one, everything is folded anew.
type Projection struct {
	Basis string
	Fold  func(docket.Request, []docket.Event) docket.State
}

// Standing is where a request stands: the request in short, and its state without
// the explanations.
type Standing struct {
	Request docket.Request
	State   docket.State
}

// DueRow is an open deadline of an open request.
type DueRow struct {
	Request  string
	Deadline docket.Deadline
}

// standing is what the database keeps of one request.
type standingRow struct {
	Request, Campaign, Series, Addressee, Assignee string
	Last, Brief, State                             string
	Open                                           bool
	deadlines                                      []docket.Deadline
}

func (p *Projection) row(r docket.Request, events []docket.Event) (standingRow, error) {
	state := p.Fold(r, events).Brief()
	row := standingRow{Request: r.ID, Campaign: r.Campaign, Addressee: AddresseeOf(r).key(), Assignee: strings.ToLower(state.Assigned), Open: state.Open(), Last: lastDay(events).String()}
	if r.Series != nil {
		row.Series = r.Series.First
	}
	for into, from := range map[*string]any{&row.Brief: r.Brief(), &row.State: state} {
		b, err := json.Marshal(from)
		if err != nil {
			return row, &Failure{Kind: ErrRefused, Detail: fmt.Sprintf("the standing of request %s cannot be written as JSON: %v", r.ID, err), Err: err}
		}
		*into = string(b)
	}
	for _, d := range state.Deadlines {
		if row.Open && d.Open() && !d.Due.IsZero() {
			row.deadlines = append(row.deadlines, d)
		}
	}
	return row, nil
}

func lastDay(events []docket.Event) workday.Date {
	var last workday.Date
	for _, e := range events {
		if last.IsZero() || e.On.After(last) {
			last = e.On
		}
	}
	return last
}

// standingOf reads what is kept of one request; nothing, if nothing is.
func standingOf(ctx context.Context, q querier, id string) (standingRow, error) {
	row := standingRow{Request: id}
	err := q.QueryRowContext(ctx, "SELECT campaign, series, addressee, assignee, open, last, brief, state FROM foia.standings WHERE request = ?", id).Scan(&row.Campaign, &row.Series, &row.Addressee, &row.Assignee, &row.Open, &row.Last, &row.Brief, &row.State)
	if errors.Is(err, sql.ErrNoRows) {
		return standingRow{Request: id}, nil
	}
	if err != nil {
		return row, err
	}
	rows, err := dueRows(ctx, q, "WHERE request = ? ORDER BY n", id)
	for _, r := range rows {
		row.deadlines = append(row.deadlines, r.Deadline)
	}
	return row, err
}

// same tells whether two rows say the same of a request.
func (row standingRow) same(other standingRow) bool {
	return row.Campaign == other.Campaign && row.Series == other.Series && row.Addressee == other.Addressee && row.Assignee == other.Assignee && row.Open == other.Open && row.Last == other.Last && row.Brief == other.Brief && row.State == other.State &&
		slices.EqualFunc(row.deadlines, other.deadlines, func(a, b docket.Deadline) bool {
			return a.What == b.What && a.Of == b.Of && a.Who == b.Who && a.Due == b.Due && a.Lenient == b.Lenient && a.Last == b.Last && a.Cite == b.Cite
		})
}

// basisOf is what the standings rest on, and the last event in them.
func basisOf(ctx context.Context, q querier) (basis string, n int, err error) {
	err = q.QueryRowContext(ctx, "SELECT basis, n FROM foia.standing_basis WHERE one = 1").Scan(&basis, &n)
	if errors.Is(err, sql.ErrNoRows) {
		return "", 0, nil
	}
	return basis, n, err
}

// Fresh implements Log.
func (l *database) Fresh(ctx context.Context) (bool, error) {
	if l.project == nil {
		return false, nil
	}
	basis, n, err := basisOf(ctx, l.asked())
	if err != nil {
		return false, explain(err, l.where)
	}
	written, err := l.engine.eventsWritten(ctx, l.asked())
	if err != nil || basis != l.project.Basis || n != written {
		return false, explain(err, l.where)
	}
	left, err := l.engine.stale(ctx, l.asked())
	return len(left) == 0, explain(err, l.where)
}

// Refresh implements Log.
func (l *database) Refresh(ctx context.Context) error {
	fresh, err := l.Fresh(ctx)
	if err != nil || fresh || l.project == nil {
		return err
	}
	return l.Write(ctx, func(tx Tx) error { return tx.(*transaction).foldAll(l.project) })
}

// Standings implements Log.
func (l *database) Standings(ctx context.Context, openOnly bool, f func(Standing) error) error {
	if openOnly {
		return l.eachStanding(ctx, func(row standingRow) bool { return row.Open }, f, "WHERE open = 1")
	}
	return l.eachStanding(ctx, func(standingRow) bool { return true }, f, "")
}

// OfCampaign implements Log.
func (l *database) OfCampaign(ctx context.Context, name string, f func(Standing) error) error {
	if name == "" {
		return l.eachStanding(ctx, func(row standingRow) bool { return row.Campaign != "" }, f, "WHERE campaign > ''")
	}
	return l.eachStanding(ctx, func(row standingRow) bool { return row.Campaign == name }, f, "WHERE campaign = ?", name)
}

// eachStanding hands over the standings that a condition of the query takes; wanted
// says the same of a request that has to be folded because nothing fresh is kept.
func (l *database) eachStanding(ctx context.Context, wanted func(standingRow) bool, f func(Standing) error, where string, args ...any) error {
	hand := func(row standingRow) error {
		if !wanted(row) {
			return nil
		}
		s, err := row.standing()
		if err != nil {
			return err
		}
		return f(s)
	}
	fresh, err := l.Fresh(ctx)
	if err != nil {
		return err
	}
	if !fresh {
		return l.foldEach(ctx, hand)
	}
	var row standingRow
	err = each(ctx, l.asked(), []any{&row.Campaign, &row.Addressee, &row.Assignee, &row.Open, &row.Brief, &row.State}, func() error { return hand(row) },
		"SELECT campaign, addressee, assignee, open, brief, state FROM foia.standings JOIN foia.requests ON id = request "+where+" ORDER BY year, number", args...)
	return explain(err, l.where)
}

func (row standingRow) standing() (Standing, error) {
	var s Standing
	if err := errors.Join(json.Unmarshal([]byte(row.Brief), &s.Request), json.Unmarshal([]byte(row.State), &s.State)); err != nil {
		return s, &Failure{Kind: ErrDamaged, Detail: fmt.Sprintf("the standing of a request cannot be read: %v", err), Err: err}
	}
	return s, nil
}

// foldEach folds every request from its events: what a log that cannot be
// refreshed, such as an archive, takes instead of its standings.
func (l *database) foldEach(ctx context.Context, f func(standingRow) error) error {
	if l.project == nil {
		return &Failure{Kind: ErrRefused, Detail: "it was opened without the law that its dates follow from", Where: l.where}
	}
	ids, err := allIDs(ctx, l.asked())
	if err != nil {
		return explain(err, l.where)
	}
	for _, id := range ids {
		r, err := l.Request(ctx, id)
		if err != nil {
			return err
		}
		events, err := l.Events(ctx, id)
		if err != nil {
			return err
		}
		row, err := l.project.row(r, events)
		if err != nil {
			return err
		}
		if err := f(row); err != nil {
			return err
		}
	}
	return nil
}

func dueRows(ctx context.Context, q querier, rest string, args ...any) ([]DueRow, error) {
	var rows []DueRow
	var d struct{ due, request, what, of, who, lenient, last, cite string }
	days := dayReader{}
	err := each(ctx, q, []any{&d.due, &d.request, &d.what, &d.of, &d.who, &d.lenient, &d.last, &d.cite}, func() error {
		rows = append(rows, DueRow{Request: d.request, Deadline: docket.Deadline{What: d.what, Of: d.of, Who: docket.Who(d.who), Cite: d.cite,
			Due: days.read(d.due), Lenient: days.read(d.lenient), Last: days.read(d.last)}})
		return days.err
	}, "SELECT due, request, what, of, who, lenient, last, cite FROM foia.deadlines "+rest, args...)
	return rows, err
}

// dayReader reads days that were written by writeStanding.
type dayReader struct{ err error }

func (r *dayReader) read(s string) workday.Date {
	if s == "" {
		return workday.Date{}
	}
	d, err := workday.ParseDate(s)
	if err != nil {
		r.err = &Failure{Kind: ErrDamaged, Detail: "a day among the deadlines cannot be read: " + err.Error(), Err: err}
	}
	return d
}

// ChangedAfter implements Log.
func (l *database) ChangedAfter(ctx context.Context, day workday.Date) ([]string, error) {
	fresh, err := l.Fresh(ctx)
	if err != nil {
		return nil, err
	}
	query := "SELECT request FROM foia.standings WHERE last > ? ORDER BY request"
	if !fresh {
		query = "SELECT DISTINCT request FROM foia.events WHERE on_day > ? ORDER BY request"
	}
	var ids []string
	var id string
	err = each(ctx, l.asked(), []any{&id}, func() error {
		ids = append(ids, id)
		return nil
	}, query, day.String())
	return ids, explain(err, l.where)
}
