package logbook

import (
	"context"
	"fmt"
	"io"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"foia/internal/calendar"
	"foia/internal/docket"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// Dates is what a calendar is to hold.
type Dates struct {
	Day     workday.Date // as of which day
	Filter  Filter
	Private bool // private requests, too
	Alarm   int  // how many days before it a deadline of yours rings; 0: none does

	Words func(string) string // words the acts that a text names
}

// Dated is what a calendar holds.
type Dated struct {
	Open, Cancelled int
	Hidden          int // private requests that were left out
}

// CanceledFor is for how many days a calendar takes back what is done. A program that reads it
// less often keeps it.
const CanceledFor = 90

// History is what is asked of a log to follow its deadlines.
type History interface {
	Lists
	Life
	EnteredSince(ctx context.Context, day workday.Date) ([]string, error)
}

// WriteCalendar writes what is due, as Due lists it but without an end, as a calendar: an event for
// each deadline, and one that takes it back once it is met or void. The same log gives the same
// bytes on a day.
func WriteCalendar(ctx context.Context, w *workspace.Workspace, log History, out io.Writer, d Dates) (made Dated, err error) {
	basis, err := w.Basis()
	if err != nil {
		return made, err
	}
	ids, hidden, err := d.requests(ctx, log)
	if err != nil {
		return made, err
	}
	made.Hidden = hidden
	to := calendar.New(out, "FOIA deadlines", d.Alarm)
	for some := range slices.Chunk(ids, followed) {
		events, err := d.follow(ctx, log, some, basis)
		if err != nil {
			return made, err
		}
		for _, e := range events {
			if err := to.Add(e); err != nil {
				return made, err
			}
			if e.Cancelled {
				made.Cancelled++
			} else {
				made.Open++
			}
		}
	}
	return made, to.Close()
}

// followed is how many requests are followed at a time.
const followed = 256

// requests are the ids of those that may have something to tell: what is open, and what was changed
// of late.
func (d Dates) requests(ctx context.Context, log History) (ids []string, hidden int, err error) {
	recent, err := log.EnteredSince(ctx, d.Day.AddDays(-CanceledFor))
	if err != nil {
		return nil, 0, err
	}
	changed := make(map[string]bool, len(recent))
	for _, id := range recent {
		changed[id] = true
	}
	type one struct {
		id              string
		private, wanted bool
	}
	err = FindMade(ctx, log, d.Filter, func(s store.Standing) (one, error) {
		return one{strings.Clone(s.Request.ID), s.State.Private, s.State.Open() || changed[s.Request.ID]}, nil
	}, func(o one) error {
		switch {
		case !o.wanted:
		case o.private && !d.Private:
			hidden++
		default:
			ids = append(ids, o.id)
		}
		return nil
	})
	return ids, hidden, err
}

// follow makes the events of some requests, in their order, on all cores.
func (d Dates) follow(ctx context.Context, log History, ids []string, basis docket.Basis) ([]calendar.Event, error) {
	type life struct {
		request docket.Request
		events  []docket.Event
		dates   []calendar.Event
	}
	lives := make([]life, len(ids))
	for i, id := range ids {
		var err error
		if lives[i].request, lives[i].events, err = Request(Within(ctx, log), id); err != nil {
			return nil, err
		}
	}
	var all sync.WaitGroup
	cores := runtime.GOMAXPROCS(0)
	for core := range cores {
		all.Go(func() {
			for i := core; i < len(lives) && ctx.Err() == nil; i += cores {
				lives[i].dates = d.datesOf(lives[i].request, lives[i].events, basis)
			}
		})
	}
	all.Wait()
	var out []calendar.Event
	for _, l := range lives {
		out = append(out, l.dates...)
	}
	return out, ctx.Err()
}

// datesOf are the events of a request.
func (d Dates) datesOf(r docket.Request, events []docket.Event, basis docket.Basis) (out []calendar.Event) {
	known := docket.Known(events, d.Day)
	if len(known) == 0 {
		return nil
	}
	private := docket.HandsOf(events).Private // who may see it is as it stands now, whatever the day
	for _, t := range docket.Track(r, known, basis) {
		changed := entryTime(t.Changed)
		listed := t.Live && len(docket.AppendItem(nil, r.ID, t.Deadline, d.Day, math.MaxInt32)) > 0
		takenBack := t.Was && !t.Live && workday.DateOf(changed).DaysUntil(d.Day) <= CanceledFor
		if !listed && !takenBack {
			continue
		}
		out = append(out, calendar.Event{
			UID: calendar.UID{Request: r.ID, What: t.What, Of: t.Of, Nth: t.Nth, Log: originOf(events)},
			Day: t.Day, Title: titleOf(r, t), Text: d.Words(textOf(r, t)), Changed: changed, Number: t.Changed.Seq,
			Cancelled: takenBack, Private: private, Alarm: t.Who == docket.You,
		})
	}
	return out
}

// originOf sets apart requests of different logs that have the same id. A log has no name of its own
// that lasts: it is copied, moved and shared. But the first event of a request keeps its hash
// wherever it goes, and whoever sees the request sees it.
func originOf(events []docket.Event) string {
	first := slices.MinFunc(events, func(a, b docket.Event) int { return a.Seq - b.Seq })
	return first.Hash[:min(len(first.Hash), 16)]
}

// entryTime is when an event was entered; where it does not say, the beginning of its day.
func entryTime(e docket.Event) time.Time {
	t, err := time.Parse(time.RFC3339, e.Recorded)
	if err != nil {
		return e.On.Midnight()
	}
	return t.UTC()
}

// titleOf says in a line what is due, for whom, and of which request.
func titleOf(r docket.Request, t docket.Tracked) string {
	what := t.Title()
	switch {
	case t.What == docket.DueAppeal && t.Last.After(t.Due):
		what += ", safe day"
	case t.Who == docket.Agency:
		what = "agency’s " + what
	}
	return fmt.Sprintf("%s: %s %s", remedy.Capital(what), r.ID, calendar.Isolated(r.Subject))
}

// textOf says how the day came about, and what became of it.
func textOf(r docket.Request, t docket.Tracked) string {
	lines := []string{"Office: " + calendar.Isolated(r.OfficeName()), t.Explain()}
	if !t.Live && t.Open() {
		lines = append(lines, "It no longer applies: what it was counted from was corrected.")
	}
	return strings.Join(append(lines, remedy.To(remedy.Explain, r.ID).String()), "\n")
}
