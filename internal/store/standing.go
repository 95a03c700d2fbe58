package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
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
	r, err := docket.Current(r, events)
	if err != nil {
		return standingRow{}, &Failure{Kind: ErrDamaged, Detail: err.Error(), Err: err}
	}
	state := p.Fold(r, events).Brief()
	row := standingRow{Request: r.ID, Campaign: r.Campaign, Addressee: AddresseeOf(r).key(), Assignee: strings.ToLower(state.Assigned),
		Open: state.Open(), Last: lastDay(events).String()}
	if r.Series != nil {
		row.Series = r.Series.First
	}
	for into, from := range map[*string]any{&row.Brief: r.Brief(), &row.State: state} {
		b, err := json.Marshal(from)
		if err != nil {
			return row, &Failure{Kind: ErrRefused,
				Detail: fmt.Sprintf("the standing of request %s cannot be written as JSON: %v", r.ID, err), Err: err}
		}
		*into = string(b)
	}
	for _, d := range state.Deadlines {
		if row.Open && d.Open() && !d.Due.IsZero() {
			d.What, d.If = d.Listed(), ""
			row.deadlines = append(row.deadlines, d)
		}
	}
	return row, nil
}

func lastDay(events []docket.Event) workday.Date {
	var last workday.Date
	for _, e := range events {
		if e.Undated() {
			e.On = e.Entered() // it is known from then on
		}
		if last.IsZero() || e.On.After(last) {
			last = e.On
		}
	}
	return last
}

// standingOf reads what is kept of one request; nothing, if nothing is.
func standingOf(ctx context.Context, q querier, id string) (standingRow, error) {
	row := standingRow{Request: id}
	err := q.QueryRowContext(ctx, "SELECT campaign, series, addressee, assignee, open, last, brief, state FROM foia.standings WHERE "+
		"request = ?", id).Scan(&row.Campaign, &row.Series, &row.Addressee, &row.Assignee, &row.Open, &row.Last, &row.Brief, &row.State)
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
	return row.Campaign == other.Campaign && row.Series == other.Series && row.Addressee == other.Addressee &&
		row.Assignee == other.Assignee && row.Open == other.Open && row.Last == other.Last && row.Brief == other.Brief &&
		row.State == other.State &&
		slices.EqualFunc(row.deadlines, other.deadlines, func(a, b docket.Deadline) bool {
			return a.What == b.What && a.Of == b.Of && a.Who == b.Who && a.Due == b.Due && a.Lenient == b.Lenient && a.Last == b.Last &&
				a.Cite == b.Cite
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

// restsOn tells whether the standings that are kept rest on what this program folds by.
func restsOn(ctx context.Context, q querier, e engine, p *Projection) (bool, error) {
	if p == nil {
		return false, nil
	}
	basis, n, err := basisOf(ctx, q)
	if err != nil {
		return false, err
	}
	written, err := e.eventsWritten(ctx, q)
	return err == nil && basis == p.Basis && !e.behind(n, written), err
}

// keptOf tells whether the standings that are kept rest on what this program folds by, and
// which requests they lack, or lack events of.
func keptOf(ctx context.Context, q querier, e engine, p *Projection) (right bool, stale map[string]bool, err error) {
	if right, err = restsOn(ctx, q, e, p); err != nil || !right {
		return false, nil, err
	}
	left, err := e.stale(ctx, q)
	apart, asking := e.apart(ctx, q)
	stale = make(map[string]bool, len(left)+len(apart))
	for _, id := range slices.Concat(left, apart) {
		stale[id] = true
	}
	err = errors.Join(err, asking)
	return err == nil, stale, err
}

func (l *Log) kept(ctx context.Context) (right bool, stale map[string]bool, err error) {
	right, stale, err = keptOf(ctx, l.asked(), l.engine, l.project)
	return right, stale, explain(err, l.where)
}

// Fresh tells whether the standings that are kept are those that the events give.
// If not, Standings and Due fold those that are not, which takes a while.
func (l *Log) Fresh(ctx context.Context) (bool, error) {
	right, err := restsOn(ctx, l.asked(), l.engine, l.project)
	if err != nil || !right {
		return false, explain(err, l.where)
	}
	left, err := l.engine.stale(ctx, l.asked())
	return err == nil && len(left) == 0, explain(err, l.where)
}

// Complete tells whether they are those of all requests that the caller may see, of which private ones are folded each time.
func (l *Log) Complete(ctx context.Context) (bool, error) {
	right, stale, err := l.kept(ctx)
	return right && len(stale) == 0, err
}

// KeepsStandings tells whether the caller may keep them. In a database that many share
// only its owners may: for the others, what is not fresh is folded as it is read.
func (l *Log) KeepsStandings() bool { return l.keeps }

// Refresh makes the standings that are kept those that the events give, if the caller may
// keep them. It needs to write.
func (l *Log) Refresh(ctx context.Context) error {
	if l.project == nil || !l.keeps {
		return nil
	}
	if fresh, err := l.Fresh(ctx); err != nil || fresh {
		return err
	}
	right, err := restsOn(ctx, l.asked(), l.engine, l.project)
	if err != nil {
		return explain(err, l.where)
	}
	return l.Write(ctx, func(tx *Tx) error { return tx.refresh(l.project, right) })
}

// Standings hands over where each request stands, in the order of the ids.
func (l *Log) Standings(ctx context.Context, openOnly bool, f func(Standing) error) error {
	return l.Find(ctx, Query{OpenOnly: openOnly}, f)
}

// OfCampaign hands over where each request of a campaign stands, in the order of
// the ids; with an empty name, that of the requests of every campaign.
func (l *Log) OfCampaign(ctx context.Context, name string, f func(Standing) error) error {
	if name == "" {
		return l.eachStanding(ctx, choice{func(row standingRow) bool { return row.Campaign != "" }, "campaign > ''", nil, true}, asIs(f))
	}
	return l.eachStanding(ctx, choice{func(row standingRow) bool { return row.Campaign == name }, "campaign = ?", []any{name}, true},
		asIs(f))
}

// asIs hands standings over as they are.
func asIs(f func(Standing) error) pipeline {
	return pipeline{own: true, make: func(s Standing) (any, error) { return s, nil },
		hand: func(made any) error { return f(made.(Standing)) }}
}

// choice is which standings are wanted: by a condition of the query, and by what says the same
// of a request that has to be folded because nothing fresh is kept.
type choice struct {
	wanted  func(standingRow) bool
	where   string
	args    []any
	indexed bool // the condition has an index, by which few are found
}

// eachStanding hands over the standings that a choice takes, in the order of the ids.
func (l *Log) eachStanding(ctx context.Context, c choice, p pipeline) error {
	right, stale, err := l.kept(ctx)
	if err != nil {
		return err
	}
	return p.run(ctx, func(ctx context.Context, hand func(standingRow) error) error {
		chosen := func(row standingRow) error {
			if !c.wanted(row) {
				return nil
			}
			return hand(row)
		}
		if !right {
			return l.foldEach(ctx, chosen)
		}
		left := l.folding(ctx, slices.Collect(maps.Keys(stale)))
		err := l.readStandings(ctx, c, func(row standingRow) error {
			if stale[row.Request] { // its place is among those that are folded
				return nil
			}
			return errors.Join(left.upTo(row.Request, chosen), chosen(row))
		})
		if err == nil {
			err = left.upTo("", chosen)
		}
		return explain(err, l.where)
	})
}

const chosenColumns = "SELECT request, campaign, addressee, assignee, open, brief, state FROM foia.standings WHERE "

// readStandings reads the rows that a choice takes, in the order of the ids. Where most of them
// are wanted, they are read one after the other as they lie in the file, which is in the order of
// the letters: 2026-10000 before 2026-9999. So it is gone over once for each length of an id; to
// look up the next one each time would take several times as long.
func (l *Log) readStandings(ctx context.Context, c choice, f func(standingRow) error) error {
	var row standingRow
	columns := []any{&row.Request, &row.Campaign, &row.Addressee, &row.Assignee, &row.Open, &row.Brief, &row.State}
	hand := func() error { return f(row) }
	if c.indexed {
		return each(ctx, l.asked(), columns, hand, chosenColumns+c.where+" ORDER BY substr(request, 1, 4), length(request), request",
			c.args...)
	}
	years, err := l.years(ctx)
	if err != nil {
		return err
	}
	for _, y := range years {
		for length := len(FormatID(y.year, 1)); length <= len(FormatID(y.year, y.last)); length++ {
			args := append([]any{fmt.Sprintf("%d-", y.year), fmt.Sprintf("%d.", y.year), length}, c.args...)
			if err := each(ctx, l.asked(), columns, hand, chosenColumns+"request > ? AND request < ? AND length(request) = ? AND "+c.where+
				" ORDER BY request", args...); err != nil {
				return err
			}
		}
	}
	return nil
}

// LongestID is the length of the longest id.
func (l *Log) LongestID(ctx context.Context) (n int, err error) {
	years, err := l.years(ctx)
	for _, y := range years {
		n = max(n, len(FormatID(y.year, y.last)))
	}
	return n, explain(err, l.where)
}

// AnyAssigned tells whether anybody works on a request, as far as that is known without folding
// any.
func (l *Log) AnyAssigned(ctx context.Context) (any bool, err error) {
	complete, err := l.Complete(ctx)
	if err != nil {
		return false, err
	}
	query := "SELECT EXISTS (SELECT 1 FROM foia.standings WHERE assignee > '')"
	if !complete { // whoever was assigned may be so no more: then a column is empty
		query = "SELECT EXISTS (SELECT 1 FROM foia.events WHERE kind = 'assigned')"
	}
	err = l.asked().QueryRowContext(ctx, query).Scan(&any)
	return any, explain(err, l.where)
}

type yearOfIDs struct{ year, last int }

// years are those that requests are of, each with its last number.
func (l *Log) years(ctx context.Context) (years []yearOfIDs, err error) {
	var y yearOfIDs
	err = each(ctx, l.asked(), []any{&y.year, &y.last}, func() error {
		years = append(years, y)
		return nil
	}, "SELECT year, max(number) FROM foia.requests GROUP BY year ORDER BY year")
	return years, err
}

// standing reads what is kept; own: its texts are kept by whom it is handed to.
func (row standingRow) standing(own bool) (s Standing, err error) {
	err = row.read(&s, own)
	return s, err
}

func (row standingRow) read(s *Standing, own bool) error {
	*s = Standing{}
	if err := errors.Join(unmarshal(row.Brief, own, &s.Request), unmarshal(row.State, own, &s.State)); err != nil {
		return &Failure{Kind: ErrDamaged, Detail: fmt.Sprintf("the standing of a request cannot be read: %v", err), Err: err}
	}
	return nil
}

func dueRows(ctx context.Context, q querier, rest string, args ...any) ([]DueRow, error) {
	var rows []DueRow
	var d struct{ due, request, what, of, who, lenient, last, cite string }
	days := dayReader{}
	err := each(ctx, q, []any{&d.due, &d.request, &d.what, &d.of, &d.who, &d.lenient, &d.last, &d.cite}, func() error {
		rows = append(rows, DueRow{Request: d.request,
			Deadline: docket.Deadline{What: d.what, Of: d.of, Who: docket.Who(d.who), Cite: d.cite,
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

// changedAfter leaves the order to the program: for its sake SQLite would go over all requests in that order, and not look
// up the few that it wants.
const changedAfter = "SELECT request FROM foia.standings WHERE last > ?"

// ChangedAfter returns the ids of the requests that have an event after a day.
func (l *Log) ChangedAfter(ctx context.Context, day workday.Date) ([]string, error) {
	complete, err := l.Complete(ctx)
	if err != nil {
		return nil, err
	}
	query := changedAfter
	if !complete {
		query = "SELECT DISTINCT request FROM foia.events WHERE on_day > ? OR on_day = ''"
	}
	var ids []string
	var id string
	err = each(ctx, l.asked(), []any{&id}, func() error {
		ids = append(ids, id)
		return nil
	}, query, day.String())
	slices.Sort(ids)
	return ids, explain(err, l.where)
}

// EnteredSince are the requests of which something was entered on a day or later, by the clock in UTC
// of whoever entered it.
func (l *Log) EnteredSince(ctx context.Context, day workday.Date) (ids []string, err error) {
	var id string
	err = each(ctx, l.asked(), []any{&id}, func() error {
		ids = append(ids, id)
		return nil
	}, "SELECT DISTINCT request FROM foia.events WHERE recorded >= ?", day.String())
	slices.Sort(ids)
	return ids, explain(err, l.where)
}
