package web

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"unique"

	"foia/internal/docket"
	"foia/internal/lazy"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/report"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// fileID is the file of a log, so that another one in its place is noticed; nil for a database.
type fileID struct{ info fs.FileInfo }

func (f fileID) same(now fileID) bool {
	if f.info == nil || now.info == nil {
		return f.info == nil && now.info == nil
	}
	return os.SameFile(f.info, now.info)
}

// identify tells which file the log is.
func (s *Server) identify() (fileID, error) {
	if _, err := os.Stat(s.Workspace.Dir); errors.Is(err, fs.ErrNotExist) {
		return fileID{}, &remedy.Error{What: "the folder of the desk is not there", Where: s.Workspace.Dir, Cause: err,
			Do: "connect the disk that it is on, or put it back where it was, then try again; nothing was changed"}
	}
	if s.Workspace.Shared() {
		return fileID{}, nil
	}
	info, err := os.Stat(s.Workspace.Path(workspace.LogFile))
	if errors.Is(err, fs.ErrNotExist) {
		return fileID{}, &store.Failure{Kind: store.ErrNoLog, Where: s.Workspace.Path(workspace.LogFile)}
	}
	return fileID{info}, err
}

// shelf is what lists need of every request, read once from what the log keeps; later, only requests that
// something happened to are read again. So a page costs the same with a hundred requests and with many.
type shelf struct {
	day     workday.Date // as of which it is
	written int          // events that are in it
	rows    []*row       // by id
	byID    map[string]*row
	values  [facetCount]valueList // of each facet, which rows name by number
	offices map[string]*row       // the newest request to each, by which it is named

	reports map[string][]*report.Report // that were made of it, by what was asked; until something happens
}

// valueList are the values that a facet has.
type valueList struct {
	all    []string
	number map[string]uint32
}

func (l *valueList) of(v string) uint32 {
	n, known := l.number[v]
	if !known {
		if l.number == nil {
			l.number = map[string]uint32{}
		}
		n = uint32(len(l.all))
		l.all, l.number[v] = append(l.all, v), n
	}
	return n
}

// row is one request.
type row struct {
	report.Counted
	year, number int
	subject      string
	campaign     string
	undated      int    // events whose day nobody knows
	find         string // what words are looked for in, in lower case
	last         string // day of the last event
	due          string // the day of what comes next
	place        docket.Place
	step         docket.Step   // without its reasons
	items        []docket.Item // due within dueDays, or overdue
	weeks        [chartWeeks]owed
	values       []uint32          // of all facets, one after the other
	ends         [facetCount]uint8 // where each ends
}

// facet are the numbers of the values that a request has.
func (r *row) facet(i int) []uint32 {
	from := uint8(0)
	if i > 0 {
		from = r.ends[i-1]
	}
	return r.values[from:r.ends[i]]
}

// owed counts what falls due in a week.
type owed struct{ you, agency uint8 }

// How far ahead lists look: as foia due does without being told.
const (
	dueDays    = 14
	weekDays   = 7
	chartWeeks = 8
)

// refresh brings the shelf up to date.
func (h *shelf) refresh(ctx context.Context, w *workspace.Workspace, log *store.Log, day workday.Date) error {
	written, err := log.Written(ctx)
	if err != nil {
		return err
	}
	if h.byID == nil || h.day != day || written < h.written {
		return h.load(ctx, w, log, day, written)
	}
	if written == h.written {
		return nil
	}
	ids, whole, err := changed(ctx, log, h.written, written)
	if err != nil {
		return err
	}
	if !whole || len(ids) > mostAlone {
		return h.load(ctx, w, log, day, written)
	}
	if err := h.take(ctx, w, log, ids); err != nil {
		return err
	}
	h.written, h.reports = written, nil
	return nil
}

// mostAlone is up to how many requests are read one by one.
const mostAlone = 5000

// changed are the requests of the events after one; whole is false if some cannot be seen: a request may
// have become private to others.
func changed(ctx context.Context, log *store.Log, after, upTo int) (ids []string, whole bool, err error) {
	seen := map[string]bool{}
	next := after + 1
	err = log.History(ctx, after, func(n int, e docket.Event) error {
		if n != next {
			return errGap
		}
		next++
		if !seen[e.Request] {
			seen[e.Request] = true
			ids = append(ids, e.Request)
		}
		return nil
	})
	if errors.Is(err, errGap) {
		return nil, false, nil
	}
	return ids, next > upTo, err
}

const errGap = lazy.Failure("an event is not to be seen")

// load reads all anew.
func (h *shelf) load(ctx context.Context, w *workspace.Workspace, log *store.Log, day workday.Date, written int) error {
	fresh := shelf{day: day, written: written, byID: map[string]*row{}, offices: map[string]*row{}}
	err := log.FindMade(ctx, store.Query{}, func(s store.Standing) (any, error) { return rowOf(s, day), nil }, func(made any) error {
		fresh.put(made.(*row))
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortFunc(fresh.rows, compareIDs)
	later, err := log.ChangedAfter(ctx, day)
	if err != nil {
		return err
	}
	if err := fresh.asOf(ctx, w, log, later); err != nil {
		return err
	}
	*h = fresh
	return nil
}

func (h *shelf) put(r *row) {
	r.values = r.values[:0]
	for i, f := range facets() {
		for _, v := range f.of(r) {
			if len(r.values) < 250 {
				r.values = append(r.values, h.values[i].of(kept(v)))
			}
		}
		r.ends[i] = uint8(len(r.values))
	}
	if before := h.byID[r.ID]; before != nil {
		*before = *r
		return
	}
	if known := h.offices[officeKey(r)]; known == nil || compareIDs(known, r) < 0 {
		h.offices[officeKey(r)] = r
	}
	h.byID[r.ID] = r
	h.rows = append(h.rows, r)
}

// take reads some requests anew.
func (h *shelf) take(ctx context.Context, w *workspace.Workspace, log *store.Log, ids []string) error {
	before := len(h.rows)
	err := logbook.InOrder(ctx, log, ids, func(s store.Standing) (*row, error) { return rowOf(s, h.day), nil },
		func(r *row) error {
			h.put(r)
			return nil
		})
	if err != nil {
		return err
	}
	if len(h.rows) != before {
		slices.SortFunc(h.rows, compareIDs)
	}
	later, err := log.ChangedAfter(ctx, h.day)
	if err != nil {
		return err
	}
	return h.asOf(ctx, w, log, later)
}

// asOf has requests with events of days to come stand as they do today: as foia due has them.
func (h *shelf) asOf(ctx context.Context, w *workspace.Workspace, log *store.Log, later []string) error {
	if len(later) == 0 {
		return nil
	}
	basis, err := w.Basis()
	if err != nil {
		return err
	}
	for _, id := range later {
		s, known, err := logbook.AsOf(ctx, log, id, h.day, basis)
		if err != nil {
			return err
		}
		if !known {
			continue
		}
		now := h.byID[id]
		r := rowOf(s, h.day)
		r.Assigned, r.Tags, r.Private = now.Assigned, now.Tags, now.Private
		h.put(r)
	}
	return nil
}

func compareIDs(a, b *row) int {
	return cmp.Or(cmp.Compare(a.year, b.year), cmp.Compare(a.number, b.number), cmp.Compare(a.ID, b.ID))
}

// rowOf is a request as lists have it. No text of the standing is kept but as a copy.
func rowOf(s store.Standing, day workday.Date) *row {
	step := docket.Next(s.Request, s.State, day)
	r := &row{Counted: report.Count(s, day).Kept(), subject: strings.Clone(s.Request.Subject),
		campaign: kept(s.Request.Campaign), undated: len(s.State.Undated), last: s.State.Last.On.String(),
		place: docket.PlaceOf(s.State, step, day), step: docket.Step{By: step.By, Left: step.Left}}
	r.step.ID = r.ID
	if next := nextOf(r.ID, s.State, day); next != nil {
		r.due = next.Due.String()
	}
	if year, number, err := store.ParseID(r.ID); err == nil {
		r.year, r.number = year, number
	}
	r.find = strings.ToLower(strings.Join([]string{r.ID, s.Request.Subject, s.Request.Agency, s.Request.Component,
		strings.Join(s.State.Numbers, " "), strings.Join(s.State.Tags, " ")}, " "))
	if !s.State.Open() {
		return r
	}
	for _, i := range docket.Agenda(r.ID, s.State.Deadlines, day, dueDays) {
		i.ID, i.What, i.Rule, i.Of = r.ID, kept(i.What), kept(i.Rule), kept(i.Of)
		i.Who = docket.Who(kept(string(i.Who)))
		r.items = append(r.items, i)
	}
	for _, d := range s.State.Deadlines {
		left := day.DaysUntil(d.Due)
		if !d.Open() || d.Due.IsZero() || left < 0 || left >= weekDays*chartWeeks {
			continue
		}
		if d.Who == docket.You {
			r.weeks[left/weekDays].you++
		} else {
			r.weeks[left/weekDays].agency++
		}
	}
	return r
}

// kept is a text that many requests have, kept once.
func kept(s string) string {
	if s == "" {
		return ""
	}
	return unique.Make(s).Value()
}

func (r *row) office() string { return cmp.Or(r.Component, r.Agency) }
